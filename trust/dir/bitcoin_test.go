package dir

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/exhibit-dev/exhibit/bitcoin"
	"github.com/exhibit-dev/exhibit/internal/testvec"
	"github.com/exhibit-dev/exhibit/trust"
)

// passes reports whether the root of header i of raw is proven at the height.
func passes(t *testing.T, tr *Trust, raw []byte, i int, height uint64) bool {
	t.Helper()
	a := bitcoin.Attestation{Root: raw[80*i+36 : 80*i+68], Height: height, HeightText: fmt.Sprint(height)}
	r := a.Verify(context.Background(), bitcoin.Env{
		Env:   trust.Env{At: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Policy: trust.Issuance},
		Chain: tr.Bitcoin,
	})
	return r.Passed()
}

func TestHeadersAreTaken(t *testing.T) {
	m := testvec.Mine(100, testvec.Roots(20)...)
	raw := m.Raw
	list := testvec.Regtest(m.Checkpoint(19))
	for name, fsys := range map[string][]any{
		"place in the name":       {"bitcoin/headers-100-119.bin", raw},
		"place beside it":         {"bitcoin/node.bin", raw, "bitcoin/node.json", []byte(`{"first_height": 100}`)},
		"place by the checkpoint": {"bitcoin/node.bin", raw},
		"in a folder":             {"bitcoin/2026/deep/node.bin", raw},
	} {
		t.Run(name, func(t *testing.T) {
			tr := load(t, files(append(fsys, "bitcoin/checkpoints.json", []byte(list))...))
			if len(tr.Errors) != 0 || len(tr.Headers) != 1 {
				t.Fatalf("errors %v, %d files of headers", tr.Errors, len(tr.Headers))
			}
			if !passes(t, tr, raw, 3, 103) || passes(t, tr, raw, 3, 104) {
				t.Error("the header is not at its height")
			}
			if len(tr.Files) != len(fsys)/2+1 {
				t.Errorf("files %v", tr.Files)
			}
		})
	}
}

// What is wrong about the place of headers takes the file out.
func TestHeadersThatContradictTheirName(t *testing.T) {
	m := testvec.Mine(100, testvec.Roots(20)...)
	raw := m.Raw
	list := testvec.Regtest(m.Checkpoint(19))
	for name, fsys := range map[string][]any{
		"one header more than the name":      {"bitcoin/headers-100-118.bin", raw},
		"not where the checkpoint says":      {"bitcoin/headers-101-120.bin", raw},
		"name and note differ":               {"bitcoin/headers-100-119.bin", raw, "bitcoin/headers-100-119.json", []byte(`{"first_height": 99}`)},
		"a note that is no note":             {"bitcoin/a.bin", raw, "bitcoin/a.json", []byte(`{"first_height": "100"}`)},
		"a note with more":                   {"bitcoin/a.bin", raw, "bitcoin/a.json", []byte(`{"first_height": 100, "x": 1}`)},
		"a note beyond all heights":          {"bitcoin/a.bin", raw, "bitcoin/a.json", []byte(`{"first_height": 4294967296}`)},
		"part of a header":                   {"bitcoin/a.bin", raw[:150]},
		"nothing":                            {"bitcoin/a.bin", []byte{}},
		"a pack that is none":                {"bitcoin/a.anchorpack", raw},
		"a name that ends before its begins": {"bitcoin/headers-119-100.bin", raw},
	} {
		t.Run(name, func(t *testing.T) {
			tr := load(t, files(append(fsys, "bitcoin/checkpoints.json", []byte(list))...))
			if len(tr.Headers) != 0 || len(tr.Errors) == 0 || tr.Errors[0].Note {
				t.Errorf("taken: %v, errors %v", tr.Files, tr.Errors)
			}
		})
	}
}

// A list that is there and cannot be used does not bring the built-in one back.
func TestCheckpointLists(t *testing.T) {
	m := testvec.Mine(5, testvec.Roots(1)...)
	builtin := bitcoin.Builtin().Len()
	for name, c := range map[string]struct {
		files []any
		want  int
	}{
		"none":               {nil, builtin},
		"added":              {[]any{"bitcoin/checkpoints.json", []byte("[" + m.Checkpoint(0) + "]")}, builtin + 1},
		"replaced":           {[]any{"bitcoin/checkpoints.json", []byte(testvec.Regtest(m.Checkpoint(0)))}, 1},
		"switched off":       {[]any{"bitcoin/checkpoints.json", []byte(`{"replace":true,"checkpoints":[]}`)}, 0},
		"broken":             {[]any{"bitcoin/checkpoints.json", []byte(`[{"height":5}]`)}, 0},
		"contradicted":       {[]any{"bitcoin/checkpoints.json", []byte(strings.Replace("["+m.Checkpoint(0)+"]", ":5,", ":2015,", 1))}, 0},
		"two":                {[]any{"bitcoin/checkpoints.json", []byte("[]"), "bitcoin/b/checkpoints.json", []byte("[]")}, 0},
		"in other letters":   {[]any{"bitcoin/Checkpoints.json", []byte("[]")}, 0},
		"a folder":           {[]any{"bitcoin/checkpoints.json/x.bin", []byte("x")}, 0},
		"proving no network": {[]any{"bitcoin/checkpoints.json", []byte(`{"replace":true,"network":"testnet3","checkpoints":[]}`)}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			tr := load(t, files(c.files...))
			if got := tr.Bitcoin.Checkpoints().Len(); got != c.want {
				t.Errorf("%d checkpoints, want %d; errors %v", got, c.want, tr.Errors)
			}
			if c.want == 0 && name != "switched off" && len(tr.Errors) == 0 {
				t.Error("no error says so")
			}
		})
	}
}

// A header file that was changed after it was read proves nothing.
func TestHeadersThatChange(t *testing.T) {
	m := testvec.Mine(100, testvec.Roots(20)...)
	raw := m.Raw
	root := t.TempDir()
	folder := filepath.Join(root, "bitcoin")
	must(t, os.Mkdir(folder, 0o755))
	must(t, os.WriteFile(filepath.Join(folder, "checkpoints.json"), []byte(testvec.Regtest(m.Checkpoint(19))), 0o644))
	name := filepath.Join(folder, "headers-100-119.bin")
	must(t, os.WriteFile(name, raw, 0o644))
	tr, err := Load(os.DirFS(root), "x")
	must(t, err)
	if !passes(t, tr, raw, 3, 103) {
		t.Fatal("not taken", tr.Errors)
	}
	other := slices.Clone(raw)
	other[80*3+40] ^= 1
	must(t, os.WriteFile(name, other, 0o644))
	if passes(t, tr, other, 3, 103) || passes(t, tr, raw, 3, 103) {
		t.Error("a changed file still proves")
	}
}

func TestUnknownFilesOfBitcoin(t *testing.T) {
	tr := load(t, files("bitcoin/peers.dat", []byte("x"), "bitcoin/lonely.json", []byte("{}"), "bitcoin/notes.txt", []byte("x")))
	if len(tr.Errors) != 2 || !tr.Errors[0].Note || !tr.Errors[1].Note || len(tr.Unused) != 1 {
		t.Errorf("errors %v, unused %v", tr.Errors, tr.Unused)
	}
}

// swapped gives other bytes of the same length and time after some openings of a file.
type swapped struct {
	fstest.MapFS
	name  string
	after int
	other []byte
}

func (f *swapped) Open(name string) (fs.File, error) {
	if name == f.name {
		if f.after--; f.after == -1 {
			f.MapFS[name].Data = f.other
		}
	}
	return f.MapFS.Open(name)
}

// The digest in the report is that of the bytes that were judged, whenever a file changes.
func TestDigestIsOfWhatWasJudged(t *testing.T) {
	m := testvec.Mine(100, testvec.Roots(20)...)
	spoilt := slices.Clone(m.Raw)
	spoilt[10*80+40] ^= 1
	const name = "bitcoin/headers-100-119.bin"
	for after := range 8 {
		f := &swapped{files(name, spoilt, "bitcoin/checkpoints.json", []byte(testvec.Regtest(m.Checkpoint(19)))), name, after, m.Raw}
		tr, err := Load(f, "x")
		must(t, err)
		for _, run := range tr.Headers {
			judged := m.Raw
			if len(run.Defects()) > 0 {
				judged = spoilt
			}
			want := fmt.Sprintf("%x", sha256.Sum256(judged))
			for _, file := range tr.Files {
				if file.Name == name && file.SHA256 != want || run.SHA256() != want {
					t.Errorf("after %d openings: %s, run %s, judged %s", after, file.SHA256, run.SHA256(), want)
				}
			}
		}
	}
}
