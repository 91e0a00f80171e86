package headerfile_test

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/exhibit-dev/exhibit/bitcoin/headerfile"
	"github.com/exhibit-dev/exhibit/internal/testvec"
)

// A chain as long as Bitcoin's is imported, within the memory that the package promises. It
// is one of regtest, since the corpus holds no whole one.
func TestWholeChain(t *testing.T) {
	const perHeader, spare = 130, 16 << 20
	if testing.Short() {
		t.Skip("mines 930 000 headers")
	}
	count := uint32(930_000)
	if testvec.Slack(1) > 1 { // the race detector finds nothing more in many headers
		count = 30_000
	}
	raw := make([]byte, 0, int(count)*size)
	prev := regtestGenesis
	for i := range count {
		prev = mined(prev, 1296688602+600*(i+1))
		raw = append(raw, prev...)
	}
	source := filepath.Join(files(t, map[string][]byte{"h": raw}), "h")
	last := bytes.Clone(raw[len(raw)-size:])
	raw = nil
	runtime.GC()
	var before, now runtime.MemStats
	runtime.ReadMemStats(&before)
	most, begin := uint64(0), time.Now()
	o := headerfile.Options{Checkpoints: regtest(t), Progress: func(headerfile.Step, int64, int64) {
		runtime.ReadMemStats(&now)
		most = max(most, now.HeapAlloc-min(before.HeapAlloc, now.HeapAlloc))
	}}
	out := t.TempDir()
	s, err := headerfile.Import(t.Context(), []string{source}, out, o)
	noError(t, err)
	t.Logf("%d headers in %v, at most %d MiB", s.Scan.Headers, time.Since(begin).Round(time.Millisecond), most>>20)
	if s.First != 1 || s.Last != count || s.Scan.Headers != int(count) || most > perHeader*uint64(count)+spare {
		t.Errorf("%d to %d, %d bytes of memory", s.First, s.Last, most)
	}
	f, err := os.Open(s.File)
	noError(t, err)
	defer f.Close()
	got := make([]byte, size)
	_, err = f.ReadAt(got, int64(count-1)*size)
	noError(t, err)
	if !bytes.Equal(got, last) {
		t.Error("another last header")
	}
}
