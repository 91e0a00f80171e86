package pdffile_test

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
	"github.com/exhibit-dev/exhibit/internal/testvec"
)

// cheap runs work and fails when it takes longer or allocates more than it may. What
// takes too long may do so on a busy machine, and is tried again.
func cheap(t testing.TB, name string, most time.Duration, memory uint64, work func()) {
	t.Helper()
	if testvec.Slack(1) > 1 { // the race detector empties pools now and then
		memory *= 4
	}
	for try := 0; ; try++ {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		start := time.Now()
		work()
		took := time.Since(start)
		runtime.ReadMemStats(&after)
		if used := after.TotalAlloc - before.TotalAlloc; used > memory {
			t.Errorf("%s: %d bytes", name, used)
		}
		if took <= testvec.Slack(most) {
			return
		}
		if try == 3 {
			t.Errorf("%s: %v", name, took)
			return
		}
	}
}

// everything reads whatever can be read of a file.
func everything(f *pdffile.File) {
	for n := range f.Revisions() {
		v := f.View(n)
		_, _ = v.Root()
		for number := range v.Numbers() {
			_, e := v.Where(pdffile.Ref{Number: number})
			ref := pdffile.Ref{Number: number, Generation: e.Generation}
			o, err := v.Get(ref)
			v.Notes(ref)
			if err != nil {
				continue
			}
			_, _ = v.Resolve(o)
			if s, ok := o.(*pdffile.Stream); ok {
				if r, err := f.Reader(s); err == nil {
					_, _ = io.Copy(io.Discard, r)
					r.Close()
				}
			}
		}
	}
}

// hostileErrors are the codes with which the hostile files are refused; what is not
// named opens. "strict" opens by the strict pass.
var hostileErrors = map[string]string{
	"hostile__a_selflength.pdf":          "strict",
	"hostile__b2_self_ref.pdf":           "strict",
	"hostile__b3_root_self.pdf":          pdffile.CodeUnreadable,
	"hostile__b_mutual_ref.pdf":          "strict",
	"hostile__e2_xrefstm_size_1e18.pdf":  pdffile.CodeUnreadable,
	"hostile__e3_neg_size.pdf":           pdffile.CodeUnreadable,
	"hostile__e4_index_huge.pdf":         pdffile.CodeUnreadable,
	"hostile__e5_index_neg.pdf":          pdffile.CodeUnreadable,
	"hostile__e6_W_huge.pdf":             pdffile.CodeUnreadable,
	"hostile__e7_W_neg.pdf":              pdffile.CodeUnreadable,
	"hostile__e8_index_1e9cnt.pdf":       pdffile.CodeUnreadable,
	"hostile__e_xrefstm_size_1e10.pdf":   pdffile.CodeUnreadable,
	"hostile__f2_table_big_start.pdf":    pdffile.CodeUnreadable,
	"hostile__f3_size_huge.pdf":          "strict",
	"hostile__f_table_huge_start.pdf":    pdffile.CodeUnreadable,
	"hostile__g_neg_byterange.pdf":       "strict",
	"hostile__i_objstm_cycle.pdf":        "strict",
	"hostile__j_extends_self.pdf":        "strict",
	"hostile__l_unterminated_string.pdf": "strict",
	"hostile__m2_header_only.pdf":        pdffile.CodeUnreadable,
	"hostile__m_empty.pdf":               pdffile.CodeNotPDF,
	"hostile__n_xrefstm_W_short.pdf":     pdffile.CodeUnreadable,
	"hostile__q2_predictor_neg.pdf":      pdffile.CodeUnreadable,
	"hostile__q3_predictor1.pdf":         pdffile.CodeUnreadable,
	"hostile__q_predictor.pdf":           pdffile.CodeUnreadable,
}

// The hostile files end within their time and memory, with the right error.
func TestHostile(t *testing.T) {
	count := 0
	for _, c := range corpus(t) {
		if !strings.HasPrefix(c.name, "hostile__") {
			continue
		}
		count++
		cheap(t, c.name, time.Second, 64<<20, func() {
			f, err := open(c.data)
			got := ""
			var e *pdffile.Error
			switch {
			case errors.As(err, &e):
				got = e.Code
			case err != nil:
				got = err.Error()
			case f.Strict():
				got = "strict"
			}
			if want := hostileErrors[c.name]; got != want {
				t.Errorf("%s: %q, want %q: %v", c.name, got, want, err)
			}
			if err == nil {
				everything(f)
			}
		})
	}
	if count != 27 {
		t.Errorf("%d hostile files, want 27", count)
	}
}

// Everything in every file can be read within bounds.
func TestCorpusCheap(t *testing.T) {
	for _, c := range corpus(t) {
		cheap(t, c.name, 2*time.Second, 256<<20, func() {
			for _, o := range []pdffile.Options{{}, {Rebuild: true}} {
				if f, err := openWith(c.data, o); err == nil {
					everything(f)
				}
			}
		})
	}
}

// measured opens a file in each way, and reads its objects if whole is set.
func measured(t testing.TB, h hostile, b []byte) {
	const most = 2 * time.Second // a second where nothing else runs
	memory := 64<<20 + 200*h.rows
	ways := map[string]pdffile.Options{"": {}, ", by search": {Rebuild: true}, ", without the tolerant pass": {NoScan: true}}
	if testvec.Slack(1) > 1 { // the others add nothing that the race detector could see
		ways = map[string]pdffile.Options{"": {}}
	}
	for name, o := range ways {
		var f *pdffile.File
		cheap(t, h.name+name, most, memory, func() { f, _ = openWith(b, o) })
		if f != nil && h.whole {
			cheap(t, h.name+name+", all objects", most, memory, func() { everything(f) })
		}
	}
}

// Inputs that other readers crashed, hung or overflowed on, and relatives.
func TestHostileMade(t *testing.T) {
	for _, h := range slices.Concat(published, further) {
		t.Run(h.name, func(t *testing.T) { measured(t, h, h.make()) })
	}
}

// A file that is one word over and over, in each place of a file.
func TestHostileWords(t *testing.T) {
	size := flood
	if testvec.Slack(1) > 1 { // the whole size takes minutes with the race detector
		size /= 16
	}
	for _, word := range []string{
		"1 0 obj", "1 0 obj\n", "xref", "xref\n0 1\n", "startxref", "startxref\n0\n%%EOF\n", "trailer", "trailer<<", "trailer<<>>\n", "<<", "<</A", "[", "(", "\\", "<", ">", "%", "%\n",
		"%%EOF", "endobj", "endobj ", "obj", "1 0 ", "1 0 R ", "stream", "stream\n", "endstream", "1 0 obj<<>>stream\n", "1 0 obj<<>>endobj", "1 0 obj<</Length 9>>stream\n",
		"/", "/A", "/#00", "#41", "0", "-", ".", "\x00", "\r", " ", "\xff", "{", "]", ">>",
	} {
		for where, b := range inFile(word, size) {
			h := hostile{name: fmt.Sprintf("%q, %s", word, where), whole: true}
			if len(word) >= 8 { // objects
				h.rows = uint64(size / len(word))
			}
			t.Run(h.name, func(t *testing.T) { measured(t, h, b) })
		}
	}
}
