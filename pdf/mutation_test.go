package pdf

import (
	"bytes"
	"context"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/testvec"
)

// A bit of a good document that flips makes its signature fail or stay open, unless the
// bit lies in the Contents and changes nothing there but the letter case of a digit, or
// what nobody signs: the order of what stands beside the signer, and the version numbers.
func TestMutations(t *testing.T) {
	h := theHouse()
	m := newMaker()
	one(signedBy(stamped(h, "2024-03-01")).with(func(d *dictionary) { d.room = 4000 }))(t, m, h)
	good := openMade(t, m.b).signatures[0]
	value := hex.EncodeToString(good.value.der)
	unsigned := strings.Index(value, hex.EncodeToString(asnDER(oidTestStamp)))
	step := 1
	if testing.Short() || testvec.Slack(1) > 1 {
		step = 11
	}
	env := usualEnv(h, usualDay)
	survived := 0
	for i := 0; i < len(m.b); i += step {
		b := bytes.Clone(m.b)
		b[i] ^= 1 << (i % 8)
		d, err := Open(context.Background(), bytes.NewReader(b), int64(len(b)), Options{})
		if err != nil {
			continue
		}
		r := d.Verify(context.Background(), env)
		if !r.Passed() {
			continue
		}
		survived++
		at := int64(i) - good.contents.from - 1 // in the digits
		switch {
		case at < 0 || int64(i) >= good.contents.to-1:
			t.Errorf("byte %d, outside of the Contents: passes", i)
		case d.signatures[0].value.der != nil && bytes.Equal(d.signatures[0].value.der, good.value.der): // letter case, or a zero of the padding that became white space
		case at < int64(len(value)) && (at >= int64(unsigned) || beside(value, at)):
		default:
			t.Errorf("digit %d of the Contents: passes", at)
		}
		for _, c := range r.Children {
			if c.Covers.SHA256 == "" || d.signatures[0].rng.n != good.rng.n {
				t.Errorf("byte %d: another range", i)
			}
		}
	}
	t.Logf("%d of %d mutations pass", survived, (len(m.b)+step-1)/step)
}

// beside reports whether the digit is part of what nobody signs and a verifier does not
// need: the version numbers, the digest algorithms that are announced before the signer,
// and the letter case in the name that leads to the certificate.
func beside(value string, at int64) bool {
	head := int64(strings.Index(value, hex.EncodeToString(asnDER(oidTestData))))
	info := int64(strings.Index(value, hex.EncodeToString(theHouse().signer.std.Raw))) + int64(2*len(theHouse().signer.std.Raw))
	return at < head || at >= info && at < info+70
}
