package pdffile_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
	"github.com/exhibit-dev/exhibit/internal/testvec"
)

// signature is a signature dictionary as a revision has it.
type signature struct {
	ref      pdffile.Ref
	revision int
	dict     pdffile.Dict
	contents pdffile.String
	ranges   []int64
}

// signatures finds the dictionaries that each revision brings, also those inside other
// objects.
func signatures(t testing.TB, f *pdffile.File) (out []signature) {
	for _, m := range f.Marks() {
		if !m.Named {
			continue
		}
		o, err := f.View(m.Revision).Get(m.Ref)
		if err != nil {
			t.Error(err)
			continue
		}
		pdffile.Walk(o, func(o pdffile.Object) bool {
			d, ok := o.(pdffile.Dict)
			if !ok || !d.Has("ByteRange") {
				return true
			}
			s := signature{ref: m.Ref, revision: m.Revision, dict: d}
			s.contents, _ = d.Get("Contents").(pdffile.String)
			a, _ := d.Get("ByteRange").(pdffile.Array)
			for _, x := range a {
				n, _ := x.(pdffile.Integer)
				s.ranges = append(s.ranges, int64(n))
			}
			out = append(out, s)
			return true
		})
	}
	return out
}

// Of every signature that others found sound, the gap of the ByteRange is exactly where
// this reader sees the Contents, and the revision ends where others say.
func TestSignatures(t *testing.T) {
	b, err := os.ReadFile(filepath.Join(testvec.Corpus(t, "pdf"), "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	var manifest struct {
		Files []struct {
			Expected struct {
				Signatures []struct {
					Range     []int64 `json:"byte_range"`
					OneString bool    `json:"gap_is_one_hex_string"`
					Whole     bool    `json:"covers_whole_file"`
					Coverage  string  `json:"coverage_pyhanko"`
				} `json:"per_signature"`
			}
		}
	}
	if err := json.Unmarshal(b, &manifest); err != nil {
		t.Fatal(err)
	}
	count := 0
	for i, c := range corpus(t) {
		if len(manifest.Files[i].Expected.Signatures) == 0 {
			continue
		}
		f, err := open(c.data)
		if err != nil {
			t.Fatal(err)
		}
		got := signatures(t, f)
		for _, want := range manifest.Files[i].Expected.Signatures {
			k := slices.IndexFunc(got, func(s signature) bool { return slices.Equal(s.ranges, want.Range) })
			if k < 0 {
				t.Errorf("%s: no signature over %d", c.name, want.Range)
				continue
			}
			s := got[k]
			count++
			if !want.OneString {
				continue
			}
			if from, to := want.Range[0]+want.Range[1], want.Range[2]; !s.contents.Hex || s.contents.From != from || s.contents.To != to {
				t.Errorf("%s: Contents from %d to %d, the gap is from %d to %d", c.name, s.contents.From, s.contents.To, from, to)
			}
			o, end, err := f.Lex(s.contents.From, s.contents.To)
			if x, ok := o.(pdffile.String); err != nil || !ok || end != s.contents.To || x.From != s.contents.From {
				t.Errorf("%s: the gap is %v, %v", c.name, o, err)
			}
			signed, r := want.Range[2]+want.Range[3], f.Revisions()[s.revision]
			if want.Whole && (signed != f.Size() || r.End != f.Size()) {
				t.Errorf("%s: the revision ends at %d, the file at %d", c.name, r.End, f.Size())
			}
			if want.Coverage == "ENTIRE_REVISION" && (signed > r.End || signed < r.Marker+5) {
				t.Errorf("%s: signed up to %d, the revision ends at %d and its marker is at %d", c.name, signed, r.End, r.Marker)
			}
		}
	}
	if count < 120 {
		t.Errorf("%d signatures", count)
	}
	t.Logf("%d signatures", count)
}
