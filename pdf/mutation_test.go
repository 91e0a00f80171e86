package pdf

import (
	"bytes"
	"context"
	"encoding/asn1"
	"encoding/hex"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/testvec"
	"github.com/exhibit-dev/exhibit/trust/pki"
	"github.com/exhibit-dev/exhibit/verdict"
)

// Each bit of a good document that flips makes it fail or stay open, but for those that
// were listed before: see uncommitted. What passes then says what the good one says.
func TestMutations(t *testing.T) {
	h := theHouse()
	small := func(d dictionary) dictionary {
		m := newMaker()
		one(d)(t, m, h)
		d.room = len(openMade(t, m.b).signatures[0].value.der) + 8
		return d
	}
	for _, x := range []struct {
		name string
		d    dictionary
		at   string // the time-stamp is needed where the certificate has ended
	}{
		{"PAdES B-T", signedBy(stamped(h, "2024-03-01")).with(func(d *dictionary) { d.subFilter = "ETSI.CAdES.detached" }), afterEnding},
		{"document time-stamp", stampedAt(h, "2024-03-01"), usualDay},
		{"certified", signedBy(container{}).with(func(d *dictionary) { d.entries = docMDP("/P 2") }), usualDay},
	} {
		t.Run(x.name, func(t *testing.T) {
			m := newMaker()
			one(small(x.d))(t, m, h)
			env := usualEnv(h, x.at)
			env.Cache = pki.NewCache()
			flipAll(t, m.b, uncommitted(t, m.b), env)
		})
	}
}

// said is what a mutation must leave as it is.
func said(d *Document, r *Result) string {
	if !r.Passed() || len(r.Children) != 1 || len(d.signatures) != 1 {
		return fmt.Sprint(r.Indication(), len(r.Children))
	}
	c := &r.Children[0]
	facts, _ := r.Proven()
	var signer verdict.Trust
	if c.Trust != nil {
		signer = *c.Trust
	}
	out := fmt.Sprint(c.Kind, d.signatures[0].rng.n, d.signatures[0].rules, c.ExistedNotLaterThan, r.ExistedNotLaterThan, r.Proves, signer)
	for _, f := range append(facts.Signatures, facts.Timestamps...) {
		out += fmt.Sprint(f.Signer.Subject(), f.Signer.SHA256(), f.NotLaterThan)
	}
	return out
}

// shortStep is coprime to the bits of a byte, so that a sample has all of them.
const shortStep = 101

func flipAll(t *testing.T, good []byte, free []byte, env pki.Env) {
	d := openMade(t, good)
	r := d.Verify(context.Background(), env)
	if !r.Passed() {
		t.Fatal(r.Err())
	}
	want := said(d, &r)
	step := 1
	if testing.Short() || testvec.Slack(1) > 1 {
		step = shortStep
	}
	bits := 8 * len(good)
	var survived atomic.Int64
	var wg sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		wg.Go(func() {
			b := bytes.Clone(good)
			for i := w * step; i < bits; i += workers * step {
				b[i/8] ^= 1 << (i % 8)
				if passesAs(t, b, env, want, i) {
					survived.Add(1)
					if free[i/8]&(1<<(i%8)) == 0 {
						t.Errorf("bit %d of byte %d (%q in %q): passes", i%8, i/8, good[i/8], good[max(0, i/8-20):min(len(good), i/8+20)])
					}
				}
				b[i/8] ^= 1 << (i % 8)
			}
		})
	}
	wg.Wait()
	listed := 0
	for _, f := range free {
		for ; f > 0; f &= f - 1 {
			listed++
		}
	}
	t.Logf("%d bits, %d tried; %d listed before (%.2f%%); %d pass", bits, (bits+step-1)/step, listed, 100*float64(listed)/float64(bits), survived.Load())
	if listed*10 > bits {
		t.Error("more than a tenth of the bits is listed")
	}
}

func passesAs(t *testing.T, b []byte, env pki.Env, want string, bit int) bool {
	d, err := Open(context.Background(), bytes.NewReader(b), int64(len(b)), Options{})
	if err != nil {
		return false
	}
	r := d.Verify(context.Background(), env)
	if !r.Passed() {
		return false
	}
	if got := said(d, &r); got != want {
		t.Errorf("bit %d: passes and says %s, not %s", bit, got, want)
	}
	return true
}

// uncommitted lists the bits of a document with one signature that may change: the letter
// case of the digits in its Contents; a digit of the padding that becomes a space; and of
// its SignedData what nobody signs and no verifier needs. It is found by reading
// the ASN.1 apart from the code that is tested.
func uncommitted(t *testing.T, file []byte) []byte {
	t.Helper()
	free := make([]byte, len(file))
	from := bytes.LastIndex(file, []byte("/Contents <")) + len("/Contents <")
	to := from + bytes.IndexByte(file[from:], '>')
	raw, err := hex.DecodeString(string(file[from:to]))
	if err != nil {
		t.Fatal(err)
	}
	for i := from; i < to; i++ {
		if file[i] >= 'a' {
			free[i] |= 0x20
		}
	}
	var whole asn1.RawValue
	padding, err := asn1.Unmarshal(raw, &whole)
	if err != nil {
		t.Fatal(err)
	}
	zeros := to - 2*len(padding)
	for file[zeros-1] == '0' { // a value that ends in zeros runs on into them
		zeros--
	}
	for i := zeros; i < to; i++ {
		free[i] |= '0' ^ ' '
	}
	for _, x := range looseIn(t, raw[:len(whole.FullBytes)], 0) {
		for i := x[0]; i < x[1]; i++ {
			free[from+2*i], free[from+2*i+1] = 0xff, 0xff
		}
	}
	return free
}

// looseIn lists the bytes of a SignedData that may change, from and to, and those of a
// token in its unsigned attributes.
func looseIn(t *testing.T, raw []byte, base int) (list [][2]int) {
	t.Helper()
	parts := func(at [2]int) [][2]int { return partsOf(t, raw, at) }
	inside := func(at [2]int) [2]int { return insideOf(t, raw, at) }
	sd := parts(parts(parts([2]int{0, len(raw)})[1])[0])
	list = append(list, inside(sd[0]), inside(sd[1])) // version, digestAlgorithms
	info := parts(parts(sd[len(sd)-1])[0])
	list = append(list, inside(info[0]))           // version
	list = append(list, inside(parts(info[1])[0])) // the issuer's name in sid: its letter case
	for i := range list {
		list[i] = [2]int{base + list[i][0], base + list[i][1]}
	}
	if last := info[len(info)-1]; raw[last[0]] == 0xa1 {
		token := parts(parts(parts(last)[0])[1])[0]
		list = append(list, looseIn(t, raw[token[0]:token[1]], base+token[0])...)
	}
	return list
}

func insideOf(t *testing.T, raw []byte, at [2]int) [2]int {
	t.Helper()
	var v asn1.RawValue
	if _, err := asn1.Unmarshal(raw[at[0]:at[1]], &v); err != nil {
		t.Fatal(err)
	}
	return [2]int{at[0] + len(v.FullBytes) - len(v.Bytes), at[0] + len(v.FullBytes)}
}

func partsOf(t *testing.T, raw []byte, at [2]int) (list [][2]int) {
	t.Helper()
	in := insideOf(t, raw, at)
	for in[0] < in[1] {
		var v asn1.RawValue
		if _, err := asn1.Unmarshal(raw[in[0]:in[1]], &v); err != nil {
			t.Fatal(err)
		}
		list = append(list, [2]int{in[0], in[0] + len(v.FullBytes)})
		in[0] += len(v.FullBytes)
	}
	return list
}
