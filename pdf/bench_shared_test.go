package pdf

import (
	"bytes"
	"context"
	"hash"
	"io"
	"sync/atomic"
	"testing"
)

// readBytes counts what is read of a file.
type readBytes struct {
	io.ReaderAt
	n atomic.Int64
}

func (r *readBytes) ReadAt(b []byte, off int64) (int, error) {
	n, err := r.ReaderAt.ReadAt(b, off)
	r.n.Add(int64(n))
	return n, err
}

// hashBytes counts what is hashed, also by what goes on from a copy of its state.
type hashBytes struct {
	hash.Cloner
	n *int64
}

func (h hashBytes) Write(b []byte) (int, error) {
	*h.n += int64(len(b))
	return h.Cloner.Write(b)
}

func (h hashBytes) Clone() (hash.Cloner, error) {
	c, err := h.Cloner.Clone()
	return hashBytes{c, h.n}, err
}

// manySigned is a document with noise of the size that was signed again and again.
func manySigned(t testing.TB, size, signatures int) []byte {
	m := newMaker()
	noise(m, size)
	m.end(t)
	for range signatures {
		m.sign(t, signedBy(container{}).with(func(d *dictionary) { d.room = 4096 }))
		m.end(t)
	}
	return m.b
}

// Signatures share the hash of what comes before their gaps, and one pass over the
// file: 25 cost no more than twice the file, read and hashed.
func TestSharedDigests(t *testing.T) {
	const signatures, passes = 25, 2
	for _, size := range []int{100_000, 3_000_000} { // a file that is held, and one that is not
		file := manySigned(t, size, signatures)
		r := &readBytes{ReaderAt: bytes.NewReader(file)}
		d, err := Open(context.Background(), r, int64(len(file)), Options{})
		if err != nil {
			t.Fatal(err)
		}
		opened := r.n.Load()
		env := usualEnv(theHouse(), usualDay)
		got := d.Verify(context.Background(), env)
		if !got.Passed() || len(d.signatures) != signatures {
			t.Fatal(len(d.signatures), wordsOf(&got.Result))
		}
		read := r.n.Load()
		d.Verify(context.Background(), env)
		if again := r.n.Load(); again != read {
			t.Errorf("a second time reads %d bytes", again-read)
		}

		var hashed int64
		v := &verifier{Document: d, ctx: context.Background(), env: &env}
		p := newPass(v.wanted(), hashBudget(int64(len(file))))
		for i := range p.lanes {
			p.lanes[i].h = hashBytes{p.lanes[i].h.(hash.Cloner), &hashed}
		}
		want := len(p.lanes)
		if err := p.run(context.Background(), d.file); err != nil {
			t.Fatal(err)
		}
		for k, sum := range p.sums {
			if known, ok := d.measures.get(k); !ok || !bytes.Equal(known, sum) {
				t.Errorf("a verification did not take %v", k)
			}
		}
		ofFile := func(n int64) float64 { return float64(n) / float64(len(file)) }
		t.Logf("%d bytes, %d lanes: read %.3f of the file to open it and %.3f in all, hashed %.3f", len(file), want, ofFile(opened), ofFile(read), ofFile(hashed))
		if hashed < int64(len(file)) || hashed > passes*int64(len(file)) {
			t.Errorf("%.2f of the file are hashed", ofFile(hashed))
		}
		if read > passes*int64(len(file)) {
			t.Errorf("%.2f of the file are read", ofFile(read))
		}
	}
}
