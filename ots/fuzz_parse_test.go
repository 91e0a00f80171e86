package ots_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"slices"
	"testing"

	"github.com/exhibit-dev/exhibit/ots"
)

// readable checks what holds for everything that was read.
func readable(t *testing.T, p *ots.Proof, again func([]byte) (*ots.Proof, error), tree []byte) {
	out := p.Marshal()
	q, err := again(out)
	if err != nil {
		t.Fatalf("what Marshal writes cannot be read: %v", err)
	}
	if !slices.Equal(said(p), said(q)) {
		t.Fatalf("%q was written as %q", said(p), said(q))
	}
	if !q.Canonical() || !bytes.Equal(q.Marshal(), out) || len(q.Attestations()) > len(p.Attestations()) {
		t.Fatal("what Marshal writes is not canonical")
	}
	if p.Canonical() != bytes.Equal(out, tree) || p.Canonical() != (len(p.Findings()) == 0) {
		t.Fatalf("canonical is %v: %x, written %x", p.Canonical(), tree, out)
	}
	// The writer, also where it is not asked because nothing needs to be written anew.
	twice, err := ots.Merge(p, q)
	if err != nil {
		t.Fatal(err)
	}
	if p.Form() == q.Form() && !bytes.Equal(twice.Raw(), out) {
		t.Fatal("united with its own copy it changed")
	}
	if n := len(p.Attestations()); n > 0 {
		if _, err := p.Prune(func(ots.Attestation) bool { n--; return n == 0 }); err != nil {
			t.Fatal(err)
		}
	} else {
		t.Fatal("no attestation")
	}
	for _, c := range p.Text(true) {
		if (c < ' ' || c > '~') && c != '\n' {
			t.Fatalf("the text holds %q", c)
		}
	}
	for _, v := range []any{p.Claims(), p.Tree(true)} {
		if _, err := json.Marshal(v); err != nil {
			t.Fatal(err)
		}
	}
}

// oneOf checks that there is a value or an error of the package, within the input.
func oneOf(t *testing.T, p *ots.Proof, err error, in []byte) bool {
	if got := class(t, p, err); got == "ok" {
		return true
	}
	if e := err.(*ots.Error); e.Offset < 0 || e.Offset > len(in) {
		t.Fatalf("%v: the input has %d bytes", err, len(in))
	}
	return false
}

func FuzzParse(f *testing.F) {
	for _, c := range edgeTrees() {
		f.Add(detached(c))
	}
	f.Add(cat([]byte(header), digest))
	f.Add(parseEverything(f))
	f.Fuzz(func(t *testing.T, in []byte) {
		p, err := ots.Parse(in)
		if oneOf(t, p, err, in) {
			if !ots.Sniff(in) || !bytes.Equal(p.Raw(), in) {
				t.Fatal("read, but not recognised")
			}
			readable(t, p, ots.Parse, in)
		}
	})
}

func FuzzTree(f *testing.F) {
	for _, c := range edgeTrees() {
		f.Add(c, byte(2))
		f.Add(c, byte(0))
	}
	algorithms := []string{"sha1", "ripemd160", "sha256", "keccak256"}
	f.Fuzz(func(t *testing.T, in []byte, choice byte) {
		algorithm := algorithms[choice%4]
		d := digest[:map[bool]int{true: 20, false: 32}[choice%4 < 2]]
		read := func(b []byte) (*ots.Proof, error) { return ots.ParseTree(b, algorithm, d) }
		p, err := read(in)
		if !oneOf(t, p, err, in) {
			return
		}
		readable(t, p, read, in)
		file, err := p.Detached()
		if err != nil || !slices.Equal(said(file), said(p)) || !bytes.HasSuffix(file.Raw(), p.Marshal()) {
			t.Fatal("another proof as a file of its own", err)
		}
	})
}

func FuzzCommit(f *testing.F) {
	f.Add(goodCommit(0))
	f.Add(goodCommit(1))
	f.Add(commit(commitHead, armour(versioned(0, pending(""))), "\n"))
	f.Add(commit(commitHead, signature, commitText))
	f.Fuzz(func(t *testing.T, in []byte) {
		p, err := ots.ParseCommit(in)
		if !oneOf(t, p, err, in) {
			return
		}
		text, signed, _ := looseCommit(in)
		if want := startOf(string(text), string(signed)); !bytes.Equal(p.Digest(), want) {
			t.Fatalf("begins with %x, as the reference reads it with %x", p.Digest(), want)
		}
		// Text, signature, version and tree make the commit again: nothing else is in it.
		minor := p.Claims().Version[2] - '0'
		if p.Canonical() {
			head, message, _ := bytes.Cut(text, []byte("\n\n"))
			made := commit(string(head)+"\n", string(signed)+armour(versioned(minor, p.Marshal())), "\n"+string(message))
			if !bytes.Equal(made, in) {
				t.Fatalf("made again:\n%q, not\n%q", made, in)
			}
		}
		readable(t, p, func(b []byte) (*ots.Proof, error) { return ots.ParseTree(b, "sha256", p.Digest()) }, p.Marshal()[:treeLength(p)])
	})
}

// treeLength is a length that tells a canonical tree from another: Marshal returns the
// former as it is.
func treeLength(p *ots.Proof) int {
	if p.Canonical() {
		return len(p.Marshal())
	}
	return 0
}

// looseCommit takes a commit apart as the reference does: the first line that begins
// with "gpgsig ", and all lines behind it up to an empty one without their first byte;
// the armour begins where its first line and an empty one are found.
func looseCommit(object []byte) (text, signature, rest []byte) {
	var kept, sig [][]byte
	state := 0
	for _, line := range bytes.Split(object, []byte("\n")) {
		switch {
		case state == 0 && bytes.HasPrefix(line, []byte("gpgsig ")):
			sig, state = append(sig, line[7:]), 1
		case state == 1 && len(line) > 0:
			sig = append(sig, line[1:])
		default:
			if state == 1 {
				state = 2
			}
			kept = append(kept, line)
		}
	}
	all := append(bytes.Join(sig, []byte("\n")), '\n')
	at := bytes.Index(all, []byte(begin+"\n"))
	if at < 0 {
		return bytes.Join(kept, []byte("\n")), all, nil
	}
	return bytes.Join(kept, []byte("\n")), all[:at], all[at:]
}

// edgeTrees are trees with every element, and some that cannot be read.
func edgeTrees() [][]byte {
	a := pending("https://a.example")
	return [][]byte{
		a, block(0), block(1 << 40), unknown(nil), unknown([]byte("x")), pending(""), nil, {0xff}, {0xff, 0xff}, {0xf0, 0}, {0x42},
		attested("06869a0d73d71b45", []byte{1}), attested("30fe8087b5c7ead7", []byte{0x80, 0}), attested("0588960d73d71901", bytes.Repeat([]byte{0xff}, 12)),
		forked(a, a), forked(block(2), block(1)), forked(cat(sha256Op, a), a), forked(cat(sha256Op, a), cat(sha256Op, block(1))),
		cat(appended([]byte{1}), prepended([]byte{2}), []byte{2, 3, 0x67, 0xf2, 0xf3}, a), cat([]byte{0xf0, 0x81, 0, 1}, a),
		cat(bytes.Repeat(sha256Op, 256), a), comb(5), comb(255), cat(a, a),
	}
}

func parseEverything(t testing.TB) []byte { return everything(t).Raw() }

// The start of a commit is what the reference's reading gives, for commits that a
// stricter reading takes.
func TestLooseCommit(t *testing.T) {
	text, signed, _ := looseCommit(goodCommit(0))
	if string(text) != commitHead+commitText || string(signed) != signature {
		t.Errorf("%q %q", text, signed)
	}
	if sum := sha256.Sum256(goodCommit(0)); bytes.Equal(sum[:], startOf(string(text), string(signed))) {
		t.Error("a digest that covers its own proof")
	}
}
