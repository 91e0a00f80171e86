package pdf

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
	"github.com/exhibit-dev/exhibit/verdict"
)

// Signatures that a later revision removed from the form have the names of their fields
// from the revisions that they cover, as far as these are read.
func TestMaxEarlierViews(t *testing.T) {
	for _, n := range []int{maxEarlierViews, maxEarlierViews + 1} {
		m := newMaker()
		for range n {
			m.end(t)
			m.sign(t, dictionary{room: 1})
		}
		m.end(t)
		m.obj(objForm, "<</Fields[9 0 R]>>")
		m.end(t)
		named := 0
		for _, s := range openMade(t, m.b).signatures {
			if len(s.fields) > 0 {
				named++
			}
			if s.linked {
				t.Error("a removed field counts")
			}
		}
		if named != maxEarlierViews {
			t.Errorf("%d signatures: %d named", n, named)
		}
	}
}

// What a report repeats of numbers and fields is bounded.
func TestMaxRangeShown(t *testing.T) {
	for _, n := range []int{maxRangeShown, maxRangeShown + 1} {
		m := newMaker()
		m.obj(11, "<</Type/Sig/ByteRange["+strings.Repeat("1 ", n)+"]/Contents<00>>>")
		var fields strings.Builder
		for i := range n {
			fmt.Fprintf(&fields, "<</FT/Sig/T(%d)/V 11 0 R>>", i)
		}
		m.obj(objForm, "<</Fields["+fields.String()+"]>>")
		m.end(t)
		r := openMade(t, m.b).Verify(t.Context(), usualEnv(theHouse(), usualDay))
		c := r.Children[0].Claims.(signatureClaims)
		if len(c.ByteRange) != maxRangeShown || len(c.Fields) != maxRangeShown {
			t.Errorf("%d: %d numbers and %d fields", n, len(c.ByteRange), len(c.Fields))
		}
	}
}

// The claims list so many changes and count the rest, and a text names a few.
func TestMaxChangesShown(t *testing.T) {
	m := newMaker()
	one(signedBy(container{}))(t, m, theHouse())
	for n, cut := range map[int]int{maxChangesShown: 0, maxChangesShown + 1: 1} {
		d := openMade(t, m.b)
		report := changeReport{Verdict: changesNotPermitted, Changes: make([]Change, n)}
		d.comparer, d.changes = newComparer(d.file), map[*signature]changeReport{d.signatures[0]: report}
		r := d.Verify(t.Context(), usualEnv(theHouse(), usualDay))
		c := r.Children[0].Claims.(signatureClaims)
		if len(c.Changes) != maxChangesShown || c.ChangesCut != cut {
			t.Errorf("%d: %d listed, %d cut", n, len(c.Changes), c.ChangesCut)
		}
	}
	for n, more := range map[int]string{maxSummary: "", maxSummary + 1: "and 1 more"} {
		got := summary(&changeReport{Changes: make([]Change, n)})
		if strings.Count(got, "object") != maxSummary || more != "" && !strings.HasSuffix(got, more) || more == "" && strings.Contains(got, "more") {
			t.Errorf("%d: %s", n, got)
		}
	}
}

// A signer is judged again by so many proofs, the earliest first.
func TestMaxTries(t *testing.T) {
	for _, n := range []int{maxTries, maxTries + 1} {
		v := &verifier{}
		for i := range n {
			v.proofs = append(v.proofs, proof{end: 10, Existence: verdict.Existence{NotLaterThan: time.Unix(int64(n-i), 0)}})
		}
		list := v.over(extent{0, 10})
		if len(list) != maxTries || list[0].NotLaterThan.Unix() != 1 || list[7].NotLaterThan.Unix() != 8 {
			t.Errorf("%d proofs: %d", n, len(list))
		}
		if len(v.over(extent{0, 11})) != 0 {
			t.Error("a proof of less")
		}
	}
}

func TestMaxSeedWords(t *testing.T) {
	m := newMaker().end(t)
	v := openMade(t, m.b).file.Last()
	for _, n := range []int{maxSeedWords, maxSeedWords + 1} {
		a := make(pdffile.Array, n)
		for i := range a {
			a[i] = pdffile.Name("A")
		}
		if got := len(words(v, a)); got != maxSeedWords {
			t.Errorf("%d: %d", n, got)
		}
	}
}

// More names than this lock everything, and are told.
func TestMaxLockedFields(t *testing.T) {
	m := newMaker().end(t)
	v := openMade(t, m.b).file.Last()
	for n, over := range map[int]bool{maxLockedFields: false, maxLockedFields + 1: true} {
		a := make(pdffile.Array, n)
		for i := range a {
			a[i] = pdffile.String{Bytes: []byte("A")}
		}
		var r rules
		d := pdffile.Dict{Members: []pdffile.Member{{Key: "Action", Value: pdffile.Name("Include")}, {Key: "Fields", Value: a}}}
		if err := r.set(v, d); err != nil || (r.problem != "") != over || (r.locks[0].action == "All") != over {
			t.Errorf("%d: %v, %q, %s", n, err, r.problem, r.locks[0].action)
		}
	}
}

// A dictionary that no entry leads to is found behind so much white space.
func TestLongestHead(t *testing.T) {
	for space, found := range map[int]bool{longestHead - len("obj"): true, longestHead - len("obj") + 1: false} {
		m := newMaker()
		m.b = append(m.b, "11 0"+strings.Repeat(" ", space)+"obj"+draft+"\nendobj\n"...)
		m.end(t)
		d := openMade(t, m.b)
		if got := len(d.signatures) == 1; got != found || !bytes.Contains(m.b, []byte(draft)) {
			t.Errorf("%d spaces: %d signatures", space, len(d.signatures))
		}
	}
}
