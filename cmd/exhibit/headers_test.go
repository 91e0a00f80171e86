package main

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/testvec"
)

// corpusFile is a file of real headers as the corpus describes it.
type corpusFile struct {
	File   string
	First  uint32 `json:"first_height"`
	Last   uint32 `json:"last_height"`
	Count  int
	SHA256 string
	Tip    string `json:"hash_of_last"`
}

func corpusHeaders(t *testing.T) (dir string, list []corpusFile) {
	t.Helper()
	dir = testvec.Corpus(t, "bitcoin")
	b, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	noError(t, err)
	var manifest struct{ Headers []corpusFile }
	noError(t, json.Unmarshal(b, &manifest))
	if len(manifest.Headers) != 5 {
		t.Fatalf("%d files", len(manifest.Headers))
	}
	return dir, manifest.Headers
}

// Real headers are found to be what the corpus says they are.
func TestHeadersCheckOfCorpus(t *testing.T) {
	dir, list := corpusHeaders(t)
	want := map[uint32]struct {
		committed, above, retargets int
		result                      string
	}{ // committed: the highest 2016 k - 1 in the file; a retarget needs both ends of a period
		0:      {98783, 1216, 49, "right"},
		586655: {588671, 618, 1, "right"},
		822527: {830591, 1, 4, "right"},
		831328: {0, 8, 0, "not-connected"},
		898738: {899135, 602, 0, "right"},
	}
	args := []string{"headers", "check", "--json"}
	for _, f := range list {
		args = append(args, filepath.Join(dir, f.File))
	}
	var out bytes.Buffer
	if code, stderr := runWith(&out, args...); code != headersMissing || stderr != "" {
		t.Fatalf("exit code %d, %s", code, stderr)
	}
	var v headersView
	noError(t, json.Unmarshal(out.Bytes(), &v))
	if len(v.Files) != len(list) || v.Checkpoints.Count != 474 || *v.Checkpoints.Last != 953567 || len(v.NotChecked) == 0 {
		t.Fatalf("%+v", v)
	}
	for i, f := range list {
		got, w := v.Files[i], want[f.First]
		if got.Headers != f.Count || *got.First != f.First || *got.Last != f.Last || got.SHA256 != f.SHA256 || got.Tip != f.Tip {
			t.Errorf("%s: %+v", f.File, got)
		}
		s := got.Stretches[0]
		if got.Result != w.result || got.Retargets != w.retargets || s.Above != w.above || s.Committed != nil && int(*s.Committed) != w.committed || len(got.Defects) != 0 {
			t.Errorf("%s: %+v", f.File, got)
		}
	}
}

// The real stale block 823226 has all its work, and check finds where it leaves the chain.
func TestHeadersCheckOfStaleBlock(t *testing.T) {
	dir, _ := corpusHeaders(t)
	var doc struct {
		Stale map[string]struct{ Hex, Hash string }
	}
	b, err := os.ReadFile(filepath.Join(dir, "stale-headers.json"))
	noError(t, err)
	noError(t, json.Unmarshal(b, &doc))
	stale, err := hex.DecodeString(doc.Stale["823226"].Hex)
	noError(t, err)
	raw, err := os.ReadFile(filepath.Join(dir, "headers-822527-830592.bin"))
	noError(t, err)
	copy(raw[(823226-822527)*80:], stale)
	root := trustDir(t, map[string][]byte{"spoiled.bin": raw, "branch.bin": raw[:(823227-822527)*80]})
	var out bytes.Buffer
	code, stderr := runWith(&out, "headers", "check", filepath.Join(root, "spoiled.bin"))
	if code != headersDefect || stderr != "" || !strings.Contains(out.String(), "defect       height 823227: btc.break: it follows") {
		t.Errorf("exit code %d, %s%s", code, stderr, out.String())
	}
	out.Reset()
	code, _ = runWith(&out, "headers", "check", filepath.Join(root, "branch.bin"))
	if want := "up to the checkpoint at 822527, the last of 1 met; 699 headers above it"; code != 0 || !strings.Contains(out.String(), want) {
		t.Errorf("exit code %d, %s", code, out.String())
	}
}

// Of a file that holds only the two ends of every period, each pair is judged, and what
// is printed is bounded.
func TestHeadersCheckOfPeriodEnds(t *testing.T) {
	dir, _ := corpusHeaders(t)
	b, err := os.ReadFile(filepath.Join(dir, "period-boundaries.json"))
	noError(t, err)
	var doc struct{ Headers map[string]string }
	noError(t, json.Unmarshal(b, &doc))
	var raw []byte
	for height := range 832609 {
		if h, ok := doc.Headers[strconv.Itoa(height)]; ok {
			b, err := hex.DecodeString(h)
			noError(t, err)
			raw = append(raw, b...)
		}
	}
	file := filepath.Join(trustDir(t, map[string][]byte{"ends.bin": raw}), "ends.bin")
	var out bytes.Buffer
	if code, stderr := runWith(&out, "headers", "check", file); code != headersDefect || stderr != "" {
		t.Fatalf("exit code %d, %s", code, stderr)
	}
	for _, want := range []string{
		"headers      827, heights 0 to 832608\n", "breaks       413\n", "stretch      and 394 more\n", "height 2015: btc.break", "defect       and 393 more\n",
		"stretch      2 headers, heights 2015 to 2016\n  committed    up to the checkpoint at 2015, the last of 1 met; 1 header above it\n",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
}

// A pack of a real block is as long as its headers ask for, and stands alone.
func TestHeadersPackOfCorpus(t *testing.T) {
	dir, _ := corpusHeaders(t)
	from := filepath.Join(dir, "headers-822527-830592.bin")
	raw, err := os.ReadFile(from)
	noError(t, err)
	root := raw[(826360-822527)*80+36:][:32]
	name := filepath.Join(t.TempDir(), "p.anchorpack")
	var out bytes.Buffer
	if code, stderr := runWith(&out, "headers", "pack", "--height", "826360", "--from", from, "--out", name); code != 0 || stderr != "" {
		t.Fatalf("exit code %d, %s", code, stderr)
	}
	shown := slices.Clone(root)
	slices.Reverse(shown)
	for _, want := range []string{
		"211 headers, heights 826349 to 826559", "10242 bytes", fmt.Sprintf("%x (as the header has it)", root), fmt.Sprintf("%x (as block explorers show it)", shown),
		"the checkpoint at 826559, 000000000000000000026ab1b5e445f9320cf2ec3dc6720b501877d4e0b40eff", "existence not later than 2024-01-19T06:00:00Z",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
	info, err := os.Stat(name)
	noError(t, err)
	if info.Size() != 114+48*211 {
		t.Errorf("%d bytes", info.Size())
	}
	out.Reset()
	if code, _ := runWith(&out, "headers", "check", "--json", name); code != 0 || !strings.Contains(out.String(), `"committed_up_to": 826559`) {
		t.Errorf("exit code %d, %s", code, out.String())
	}
}

// Where the result cannot be printed, the exit code is not that of a result.
func TestHeadersOutputThatCannotBeWritten(t *testing.T) {
	dir, list := corpusHeaders(t)
	file := filepath.Join(dir, list[1].File)
	for _, args := range [][]string{
		{"check", file}, {"check", "--json", file}, {"import", file, "--out", t.TempDir()},
		{"pack", "--height", "588101", "--from", file, "--out", filepath.Join(t.TempDir(), "p")},
	} {
		if code, stderr := runWith(fullDisk{}, append([]string{"headers"}, args...)...); code != exitInternal || !strings.Contains(stderr, "no space left") {
			t.Errorf("%v: exit code %d, %q", args, code, stderr)
		}
	}
}

// Bits that only the headers themselves tell are named as not checked: those of a period
// that a checkpoint outside the file cuts, and not where it lies in the file.
func TestHeadersCheckNamesUnknownBits(t *testing.T) {
	dir, _ := corpusHeaders(t)
	raw, err := os.ReadFile(filepath.Join(dir, "headers-0-99999.bin"))
	noError(t, err)
	hash := slices.Clone(raw[40001*80+4:][:32]) // of 40000
	slices.Reverse(hash)
	root := trustDir(t, map[string][]byte{
		"c.json":                  fmt.Appendf(nil, `{"replace":true,"checkpoints":[{"height":40000,"hash":"%x"}]}`, hash),
		"headers-40001-40100.bin": raw[40001*80 : 40101*80],
		"headers-40000-40100.bin": raw[40000*80 : 40101*80],
	})
	for file, want := range map[string]bool{"headers-40001-40100.bin": true, "headers-40000-40100.bin": false} {
		var out bytes.Buffer
		code, stderr := runWith(&out, "headers", "check", "--checkpoints", filepath.Join(root, "c.json"), filepath.Join(root, file))
		if got := strings.Contains(out.String(), "bits: of 100 headers, because neither"); code != 0 || got != want {
			t.Errorf("%s: exit code %d, %s%s", file, code, stderr, out.String())
		}
	}
}
