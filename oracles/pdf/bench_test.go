package pdf

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"slices"
	"testing"
	"time"
)

// The documents have about 91 kB with their signature: one whose bytes are all in one
// image, as of a scanner, and one of 25 pages with 100 objects, as of a word processor.
var documents = []struct {
	name string
	file func() []byte
}{
	{"scan", func() []byte { return pages(1, 85_000) }},
	{"pages", func() []byte { return pages(25, 3_000) }},
}

// times are what the ways to judge one file took.
type times struct {
	floor  []time.Duration // SHA-256 over the file and one RSA-2048 verification
	ours   []time.Duration // Open and Verify: structure, digest, value, path, later changes
	theirs []time.Duration // verify.Verify of pdfsign: digest, value, path
}

// measured does all three in turn, so that what else the machine does meets each.
func measured(tb testing.TB, document []byte, rounds int) (x times) {
	h, err := rsaHouse()
	must(tb, h, err)
	file, env := h.sign(tb, document, nil), h.env(tb)
	sum := sha256.Sum256(file)
	value, err := h.key.Sign(rand.Reader, sum[:], crypto.SHA256)
	must(tb, value, err)
	work := []struct {
		do func() bool
		to *[]time.Duration
	}{
		{func() bool {
			sum := sha256.Sum256(file)
			return rsa.VerifyPKCS1v15(h.key.Public().(*rsa.PublicKey), crypto.SHA256, sum[:], value) == nil
		}, &x.floor},
		{func() bool {
			r := open(tb, file).Verify(tb.Context(), env)
			return r.Passed()
		}, &x.ours},
		{func() bool { return theyVerify(file).valid() == 1 }, &x.theirs},
	}
	for range rounds {
		for _, w := range work {
			start := time.Now()
			if !w.do() {
				tb.Fatal("the signature does not hold")
			}
			*w.to = append(*w.to, time.Since(start))
		}
	}
	for _, w := range work {
		slices.Sort(*w.to)
	}
	return x
}

// median and best are those of sorted times.
func median(list []time.Duration) float64 { return float64(list[len(list)/2]) }
func best(list []time.Duration) float64   { return float64(list[0]) }

// BenchmarkVerify prints how much faster than theirs it is and which part of the time is
// the floor. Of the scan both spend most on arithmetic: theirs takes 1.4 to 1.5 of the
// shortest time and 1.7 to 2.0 of the median, which has the collector's work in it. Of the
// pages it takes 2.1 to 2.4 and more than 3, for it resolves every object.
func BenchmarkVerify(b *testing.B) {
	for _, d := range documents {
		b.Run(d.name, func(b *testing.B) {
			for b.Loop() {
				x := measured(b, d.file(), 400)
				b.ReportMetric(median(x.theirs)/median(x.ours), "theirs/ours")
				b.ReportMetric(best(x.theirs)/best(x.ours), "best-theirs/ours")
				b.ReportMetric(median(x.floor)/median(x.ours), "floor/ours")
				b.ReportMetric(best(x.floor)/best(x.ours), "best-floor/ours")
				b.ReportMetric(median(x.floor)/median(x.theirs), "floor/theirs")
				b.ReportMetric(1e9/median(x.ours), "ours/s")
				b.ReportMetric(1e9/median(x.theirs), "theirs/s")
			}
		})
	}
}

// slack is how much faster than theirs a test asks this project to be with the pages,
// beside other work on the machine.
const slack = 1.6

func TestSpeed(t *testing.T) {
	if testing.Short() {
		t.Skip("a measurement")
	}
	got := 0.0
	for range 5 { // the machine may have been busy
		x := measured(t, documents[1].file(), 200)
		got = max(got, median(x.theirs)/median(x.ours))
		t.Logf("theirs takes %.2f of the time; the floor is %.2f of it", median(x.theirs)/median(x.ours), median(x.floor)/median(x.ours))
		if got >= slack {
			return
		}
	}
	t.Errorf("theirs takes %.2f of the time, at least %.2f is asked for", got, slack)
}
