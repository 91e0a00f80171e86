package pdf

import (
	"bytes"
	"context"
	"io"
	"math/rand/v2"
	"testing"

	"github.com/exhibit-dev/exhibit/verdict"
)

// counting counts what is read of it.
type counting struct {
	io.ReaderAt
	bytes int64
}

func (c *counting) ReadAt(p []byte, off int64) (int, error) {
	n, err := c.ReaderAt.ReadAt(p, off)
	c.bytes += int64(n)
	return n, err
}

func naive(file []byte, k measure) []byte {
	var b []byte
	for _, p := range k.parts {
		if p.size() > 0 {
			b = append(b, file[p.from:p.to]...)
		}
	}
	return verdict.Sum(k.algorithm, b)
}

// The pass gives what hashing each range alone gives, whatever the ranges share, and
// reads nothing twice where gaps ascend.
func TestMeasures(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	file := make([]byte, 3*readSize/2)
	for i := range file {
		file[i] = byte(rng.Uint32())
	}
	size := int64(len(file))
	at := func() int64 { return rng.Int64N(size + 1) }
	algorithms := []string{"sha256", "sha1", "sha512", "sha384", "sha3-256", "ripemd160", "md5"}
	for round := range 60 {
		var want []measure
		for range rng.IntN(30) + 1 {
			k := measure{algorithm: algorithms[rng.IntN(len(algorithms))]}
			a, b, c, d := at(), at(), at(), at()
			if round%2 == 0 {
				a = 0
			}
			k.parts = [2]extent{{min(a, b), max(a, b)}, {min(c, d), max(c, d)}}
			switch rng.IntN(4) {
			case 0:
				k.parts[1] = extent{}
			case 1:
				k.parts[0].to = k.parts[0].from
			}
			want = append(want, k)
		}
		var m measures
		if err := m.take(context.Background(), bytes.NewReader(file), size, want); err != nil {
			t.Fatal(err)
		}
		for _, k := range want {
			if got, ok := m.get(k); ok != (verdict.DigestSize(k.algorithm) > 0) || ok && !bytes.Equal(got, naive(file, k)) {
				t.Fatalf("round %d: %+v differs", round, k)
			}
		}
		again := &counting{ReaderAt: bytes.NewReader(file)}
		if err := m.take(context.Background(), again, size, want); err != nil || again.bytes != 0 {
			t.Fatalf("read again: %d bytes, %v", again.bytes, err)
		}
	}
}

// 25 signatures, each over all that stands before it, cost one reading of the file.
func TestMeasuresReadOnce(t *testing.T) {
	const step, gap = 40_000, 8_000
	file := make([]byte, 25*step)
	var want []measure
	for i := range int64(25) {
		end := (i + 1) * step
		want = append(want, measure{"sha256", [2]extent{{0, end - 2*gap}, {end - gap, end}}}, upTo("sha256", end))
	}
	r := &counting{ReaderAt: bytes.NewReader(file)}
	var m measures
	p := newPass(want, hashBudget(int64(len(file))))
	if used := hashBudget(int64(len(file))) - p.budget; used > 2*int64(len(file)) {
		t.Errorf("%d bytes are hashed of a file of %d", used, len(file))
	}
	if err := m.take(context.Background(), r, int64(len(file)), want); err != nil {
		t.Fatal(err)
	}
	if r.bytes != int64(len(file)) {
		t.Errorf("%d bytes read of a file of %d", r.bytes, len(file))
	}
}

// What exceeds the budget stays unknown; what fits it exactly does not.
func TestHashBudget(t *testing.T) {
	want := []measure{upTo("sha256", 100), {"sha256", [2]extent{{0, 10}, {20, 100}}}, {"sha256", [2]extent{{0, 10}, {30, 100}}}}
	for budget, known := range map[int64]int{250: 3, 249: 2, 160: 2, 159: 1, 0: 0} {
		p := newPass(append([]measure(nil), want...), budget)
		if err := p.run(context.Background(), bytes.NewReader(make([]byte, 100))); err != nil {
			t.Fatal(err)
		}
		if len(p.sums) != known {
			t.Errorf("budget %d: %d of %d", budget, len(p.sums), known)
		}
	}
	if got := hashBudget(1 << 20); got != 64<<20+16<<20 {
		t.Error(got)
	}
}

// A file that ends early is an error, and so is one that cannot be read.
func TestMeasuresErrors(t *testing.T) {
	var m measures
	if err := m.take(context.Background(), bytes.NewReader(make([]byte, 50)), 100, []measure{upTo("sha256", 100)}); err == nil {
		t.Error("no error")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := m.take(ctx, bytes.NewReader(make([]byte, 100)), 100, []measure{upTo("sha256", 100)}); err == nil {
		t.Error("no error")
	}
	if _, ok := m.get(upTo("sha256", 100)); ok {
		t.Error("a digest of what was not read")
	}
}
