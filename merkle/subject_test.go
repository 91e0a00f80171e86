package merkle_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/exhibit-dev/exhibit/merkle"
	"github.com/exhibit-dev/exhibit/verdict"
)

// broken is a subject that cannot be read to its end.
type broken struct{}

func (broken) Digest(string, []byte) ([]byte, error) { return nil, errors.New("the disk is gone") }

// A subject that cannot be read, or gives a digest that is none, is no defect of the
// evidence.
func TestBrokenSubject(t *testing.T) {
	for _, id := range []string{"good-rfc6962-sha256", "block"} {
		v := vector(t, id)
		for _, subject := range []verdict.Subject{broken{}, known("short"), merkle.Sized{Subject: broken{}, Bytes: 10}} {
			v.of = subject
			if r := v.run(t, ""); r.Indication() != verdict.Indeterminate || r.Reason != "run.incomplete" {
				t.Errorf("%s: %v", id, r.Err())
			}
		}
		for _, subject := range []verdict.Subject{nil, verdict.Absent{}, merkle.Sized{Bytes: 10}, verdict.Digests{}} {
			v.of = subject
			if r := v.run(t, ""); r.Indication() != verdict.Indeterminate || r.Reason != "merkle.subject-missing" {
				t.Errorf("%s: %v", id, r.Err())
			}
		}
	}
	if _, err := merkle.Leaf(merkle.Hash{}).Digest("sha256", nil); !errors.Is(err, verdict.ErrNotAtHand) {
		t.Errorf("a leaf gives a digest: %v", err)
	}
}

// A streamed subject, of which only digests are known, gives the same leaf as one in
// memory.
func TestStreamedSubject(t *testing.T) {
	v := vector(t, "good-rfc6962-sha256")
	d, _, err := verdict.HashStream(t.Context(), bytes.NewReader(v.File(t, v.Subject)), []verdict.DigestOf{{Algorithm: "sha256", Prefix: "\x00"}})
	if err != nil {
		t.Fatal(err)
	}
	v.of = d
	if r := v.run(t, ""); !r.Passed() {
		t.Error(r.Err())
	}
}

func TestBlockHeader(t *testing.T) {
	v := vector(t, "block")
	b := v.File(t, v.Evidence)
	m, err := merkle.ParseBlock(b)
	if err != nil {
		t.Fatal(err)
	}
	h := m.Header()
	if !bytes.Equal(h, b[:80]) {
		t.Errorf("header %x", h)
	}
	h[0]++
	if bytes.Equal(h, m.Header()) {
		t.Error("the header can be changed from outside")
	}
}

// What a proof was made of may change afterwards; the proof does not.
func TestImmutable(t *testing.T) {
	g := grow("rfc6962-sha256", 7)
	s := g.statement(4, 4, 7)
	p, err := merkle.New(s)
	if err != nil {
		t.Fatal(err)
	}
	*s.Index, s.Root[0], s.Path[0].Hash[0] = 9, s.Root[0]+1, s.Path[0].Hash[0]+1
	*p.Claims().Index = 5
	g = grow("rfc6962-sha256", 7)
	r := p.Verify(verdict.Bytes(g.data[4]), merkle.Anchored{Root: g.root[:], Size: 7})
	f, ok := r.Proven()
	if !ok || *f.Index != 4 {
		t.Error(r.Err())
	}
}
