package verify

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/exhibit-dev/exhibit/internal/testvec"
	"github.com/exhibit-dev/exhibit/verdict"
)

// The corpus as a folder: what other programs find signed is evidence, nothing passes
// without an anchor, nothing keeps the run from its end, and neither time nor memory go
// beyond the limits.
func TestPDFCorpus(t *testing.T) {
	dir := testvec.Corpus(t, "pdf")
	b, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	var manifest struct {
		Files []struct {
			File     string
			Expected struct {
				Signatures int
				Timestamps int `json:"document_timestamps"`
			}
		}
	}
	if err := json.Unmarshal(b, &manifest); err != nil {
		t.Fatal(err)
	}
	o := Options{}
	o.Env.At = time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
	start := time.Now()
	r, err := Paths(context.Background(), []string{dir}, o)
	if err != nil {
		t.Fatal(err)
	}
	if took := time.Since(start); took > testvec.Slack(20*time.Second) {
		t.Errorf("%v", took)
	}
	if len(r.Errors) > 0 || r.Incomplete {
		t.Errorf("%v", r.Errors)
	}
	results := map[string]*Result{}
	for i := range r.Results {
		results[r.Results[i].Subject.Path] = &r.Results[i]
	}
	for _, f := range manifest.Files {
		res := results[f.File]
		if res == nil {
			t.Errorf("%s: no result", f.File)
			continue
		}
		if res.Verdict == TotalPassed {
			t.Errorf("%s passed, and nothing is trusted", f.File)
		}
		if signed := f.Expected.Signatures+f.Expected.Timestamps > 0; signed && res.Verdict == NothingToVerify {
			t.Errorf("%s: %d signatures, and no evidence", f.File, f.Expected.Signatures)
		} else if !signed && res.Verdict != NothingToVerify {
			t.Logf("%s: %s %s", f.File, res.Verdict, res.Reason)
		}
		if len(res.NotChecked) > 0 {
			t.Errorf("%s: %v", f.File, res.NotChecked)
		}
	}
}

// A folder of documents needs no more memory than those that are open at a time.
func TestPDFMemory(t *testing.T) {
	doc, o := pdfVector(t, "detached")
	dir := t.TempDir()
	filler := strings.Repeat("% filler\n", 300_000) // 2.7 MB each
	for i := range 60 {
		name := filepath.Join(dir, string(rune('a'+i/26))+string(rune('a'+i%26))+".pdf")
		if err := os.WriteFile(name, []byte(doc+filler), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var most, now runtime.MemStats
	o.Progress = func(Progress) {
		runtime.ReadMemStats(&now)
		if now.HeapAlloc > most.HeapAlloc {
			most = now
		}
	}
	r, err := Paths(context.Background(), []string{dir}, o)
	if err != nil || len(r.Results) != 60 || r.Incomplete {
		t.Fatal(err, len(r.Results), r.Errors)
	}
	if most.HeapAlloc > 64<<20 {
		t.Errorf("%d bytes of memory", most.HeapAlloc)
	}
}

// More documents than files can be open are judged one after the other.
func TestOpenedDocuments(t *testing.T) {
	r := &run{opts: Options{limits: &usualLimits}, byPath: map[string]int{}}
	released := map[int]bool{}
	var list []*entry
	for i := range maxOpenDocuments + 1 {
		e := newEntry(Item{Path: "x", Size: 1})
		e.held = releaser{func() { released[i] = true }}
		list = append(list, e)
	}
	for _, e := range list[:maxOpenDocuments] {
		r.use(e)
	}
	if len(released) != 0 || len(r.opened.list) != maxOpenDocuments {
		t.Errorf("%d released at the limit", len(released))
	}
	r.use(list[0])
	r.use(list[maxOpenDocuments])
	if len(released) != 1 || !released[1] {
		t.Errorf("released %v, want the one that was not used for longest", released)
	}
	big := newEntry(Item{Path: "big", Size: maxOpenBytes - 1})
	big.held = releaser{func() { released[-1] = true }}
	r.use(big)
	if len(r.opened.list) != 2 || released[-1] {
		t.Errorf("%d open, want the large one and one of one byte", len(r.opened.list))
	}
	huge := newEntry(Item{Path: "huge", Size: maxOpenBytes * 2})
	huge.held = releaser{func() { released[-2] = true }}
	r.use(huge)
	if len(r.opened.list) != 1 || released[-2] || !released[-1] {
		t.Errorf("%d open, want the last one alone", len(r.opened.list))
	}
	r.closeAll()
	if !released[-2] || len(r.opened.list) != 0 {
		t.Error("not closed at the end")
	}
}

type releaser struct{ f func() }

func (r releaser) Release()                   { r.f() }
func (releaser) Commitments(Env) []Commitment { return nil }
func (releaser) Claims() any                  { return nil }
func (releaser) Verify(context.Context, verdict.Subject, Env) (r verdict.Result) {
	return r
}
