package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// TestMaxChanges: the list ends at its limit, the verdict does not.
func TestMaxChanges(t *testing.T) {
	for _, n := range []int{maxChanges, maxChanges + 1} {
		d := signedDocument.clone()
		var parts []part
		for i := range n {
			parts = append(parts, obj(1000+i, "1"))
		}
		d.update(append(parts, keepInfo)...)
		r := d.compare(t, 0, permissions{})
		if r.Verdict != changesPermitted || len(r.Changes) != maxChanges || r.Cut != (n > maxChanges) {
			t.Errorf("%d: %s, %d changes, cut %v", n, r.Verdict, len(r.Changes), r.Cut)
		}
	}
	d := signedDocument.clone()
	parts := []part{streamOf(4, "", "evil")}
	for i := range maxChanges + 1 {
		parts = append(parts, obj(1000+i, "1"))
	}
	d.update(append(parts, keepInfo)...)
	if r := d.compare(t, 0, permissions{}); r.Verdict != changesNotPermitted || !r.Cut {
		t.Errorf("%s, cut %v", r.Verdict, r.Cut)
	}
}

// TestMaxVisits: what would take too long is not permitted, and says so.
func TestMaxVisits(t *testing.T) {
	f := signedDocument.clone().update(newSignature(sigValue)...).open(t)
	c := newComparer(f)
	c.after(0, 0, permissions{})
	need := maxVisits - c.visits
	for _, left := range []int{need, need - 1, 1, 0} {
		c := newComparer(f)
		c.visits = left
		r := c.after(0, 0, permissions{})
		want := changesPermitted
		if left < need {
			want = changesNotPermitted
		}
		if r.Verdict != want || r.PermittedIfLTVAllowed != (left == need) {
			t.Errorf("%d of %d: %s", left, need, listChanges(r))
		}
	}
	// All comparisons of a file together have the limit.
	c = newComparer(f)
	c.visits = need + 1
	c.after(0, 0, permissions{})
	if r := c.after(0, 0, permissions{}); r.Verdict != changesNotPermitted {
		t.Error(listChanges(r))
	}
}

// TestFormDepth: fields below the limit are judged as no fields.
func TestFormDepth(t *testing.T) {
	for _, depth := range []int{maxFormDepth, maxFormDepth + 1} {
		parts := []part{was(5, "32 0 R]", "32 0 R 100 0 R]"), keepInfo}
		for i := range depth {
			parts = append(parts, obj(100+i, fmt.Sprintf("<</T(n%d) /Kids[%d 0 R]>>", i, 101+i)))
		}
		parts = append(parts, obj(100+depth, "<</FT/Sig /T(third) /V 99 0 R>>"), obj(99, sigValue))
		r := signedDocument.clone().update(parts...).compare(t, 0, permissions{})
		if want := pick(depth <= maxFormDepth, changesPermitted, changesNotPermitted); r.Verdict != want {
			t.Errorf("%d: %s", depth, listChanges(r))
		}
	}
	// Circles end.
	r := signedDocument.clone().update(was(5, "32 0 R]", "32 0 R 40 0 R]"), obj(40, "<</T(a) /Kids[40 0 R]>>"), keepInfo).compare(t, 0, permissions{})
	if r.Verdict != changesNotPermitted {
		t.Error(listChanges(r))
	}
	d := prepared(was(29, "[30 0 R 31 0 R]", "[29 0 R 30 0 R 31 0 R]"))
	permitted("signature").check(t, d.update(newSignature(sigValue)...).compare(t, 0, permissions{DocMDP: 2}))
}

// TestActionDepth: a chain of actions is followed up to the limit.
func TestActionDepth(t *testing.T) {
	for _, n := range []int{maxFormDepth - 1, maxFormDepth} {
		action := strings.Repeat("<</S/URI /Next ", n) + "null" + strings.Repeat(">>", n)
		if n > 40 { // deeper than the reader goes: in objects of their own
			action = "50 0 R"
		}
		parts := []part{was(3, "32 0 R]", "32 0 R 40 0 R]"), obj(40, "<</Type/Annot /Subtype/Link /A "+action+">>"), keepInfo}
		for i := range n {
			next := fmt.Sprintf("%d 0 R", 51+i)
			if i+1 == n {
				next = "null"
			}
			parts = append(parts, obj(50+i, "<</S/URI /Next "+next+">>"))
		}
		r := signedDocument.clone().update(parts...).compare(t, 0, permissions{DocMDP: 3})
		if want := pick(n < maxFormDepth, changesPermitted, changesNotPermitted); r.Verdict != want {
			t.Errorf("%d: %s", n, listChanges(r))
		}
	}
}

// TestMaxBare: appearances without resources beyond the limit are taken to use anything.
func TestMaxBare(t *testing.T) {
	const text = len("/Helv 0 Tf") // the DA of the form counts too
	for _, n := range []int{maxBare - text, maxBare - text + 1} {
		d := prepared(streamOf(9, "/Subtype/Form", strings.Repeat(" ", n)))
		r := d.update(append(newSignature(sigValue), was(19, "/Helv 20 0 R", "/Helv 20 0 R /F9 13 0 R"))...).compare(t, 0, permissions{})
		if want := pick(n <= maxBare-text, changesPermitted, changesNotPermitted); r.Verdict != want {
			t.Errorf("%d: %s", n, listChanges(r))
		}
	}
}

// failingReader is a reader that fails behind a number of reads.
type failingReader struct {
	*bytes.Reader
	left int
}

var errFailing = errors.New("the disk is gone")

func (f *failingReader) ReadAt(b []byte, off int64) (int, error) {
	if f.left--; f.left < 0 {
		return 0, errFailing
	}
	return f.Reader.ReadAt(b, off)
}

// TestReaderError: an error of the reader is no property of the document.
func TestReaderError(t *testing.T) {
	d := signedDocument.clone()
	d.update(streamOf(99, "", strings.Repeat("x", 2<<20)), was(17, "(one)", "(two)"), keepInfo) // too large to be held
	r := &failingReader{Reader: bytes.NewReader(d.Bytes()), left: 1 << 30}
	f, err := pdffile.Open(context.Background(), r, int64(d.Len()), pdffile.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r.left = 3
	report := compareRevisions(f, 0, permissions{})
	if !errors.Is(report.Err, errFailing) || report.Verdict != changesNotPermitted {
		t.Errorf("%v\n%s", report.Err, listChanges(report))
	}
}

// TestBetween tells what a single revision did.
func TestBetween(t *testing.T) {
	d := signedDocument.clone().update(newSignature(sigValue)...).update(streamOf(4, "", "x"), keepInfo)
	c := newComparer(d.open(t))
	permitted("signature").check(t, c.between(0, 1))
	denied("page-content!").check(t, c.between(1, 2))
	denied("page-content!", "signature").check(t, c.between(0, 2))
}

// TestManyRevisions: the same change in later views is told once.
func TestManyRevisions(t *testing.T) {
	d := signedDocument.clone().update(newSignature(sigValue)...)
	for range 20 {
		d.update(was(17, "(one)", "(two)"), keepInfo)
	}
	r := d.compare(t, 0, permissions{})
	permitted("signature", "metadata").check(t, r)
	if len(r.Changes) > 8 {
		t.Error(listChanges(r))
	}
}
