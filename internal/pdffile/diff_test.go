package pdffile_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// changes lists what is different between two revisions: + new, - freed, ~ at another
// place, = there but the same by content.
func changes(t testing.TB, f *pdffile.File, older, newer int) string {
	var out []string
	a, b := f.View(older), f.View(newer)
	for c := range pdffile.Changes(a, b) {
		mark := "~"
		x, err := a.Get(pdffile.Ref{Number: c.Number, Generation: c.Old.Generation})
		y, err2 := b.Get(pdffile.Ref{Number: c.Number, Generation: c.New.Generation})
		if err != nil || err2 != nil {
			t.Error(err, err2)
		}
		same, err := f.Equal(x, y)
		switch {
		case err != nil:
			t.Error(err)
		case c.Old.Kind == pdffile.Free:
			mark = "+"
		case c.New.Kind == pdffile.Free:
			mark = "-"
		case same:
			mark = "="
		}
		out = append(out, fmt.Sprintf("%s%d", mark, c.Number))
	}
	return strings.Join(out, " ")
}

func TestChanges(t *testing.T) {
	m := small()
	m.object(4, "(four)")
	m.stream(5, "/A 1", []byte("data"))
	m.table("")
	m.object(4, "<666F7572>") // the same string, spelt otherwise
	m.stream(5, "/A 1", []byte("data"))
	m.object(6, "6")
	m.table("")
	m.stream(5, "/A 1", []byte("DATA"))
	m.object(3, "<< /Parent 2 0 R /MediaBox [0 0 100 100] /Type /Page /Gone null >>")
	m.table("")
	f := mustOpen(t, m.Bytes())
	for _, c := range []struct {
		from, to int
		want     string
	}{{0, 1, "+4 +5"}, {1, 2, "=4 =5 +6"}, {2, 3, "=3 ~5"}, {0, 3, "=3 +4 +5 +6"}, {1, 3, "=3 =4 ~5 +6"}, {2, 2, ""}, {3, 3, ""}} {
		if got := changes(t, f, c.from, c.to); got != c.want {
			t.Errorf("from %d to %d: %q, want %q", c.from, c.to, got, c.want)
		}
	}
	// An object that is freed, and named again at its old place.
	at := bytes.Index(m.Bytes(), []byte("4 0 obj"))
	old := m.prev
	start := m.Len()
	fmt.Fprintf(m, "xref\n4 1\n0000000000 00001 f \ntrailer\n<< /Size 7 /Root 1 0 R /Prev %d >>\n", old)
	m.end(start)
	m.offsets[4] = at
	m.table("")
	f = mustOpen(t, m.Bytes())
	for _, c := range []struct {
		from, to int
		want     string
	}{{3, 4, "-4"}, {4, 5, "+4"}, {3, 5, "=4"}, {1, 5, "=3 ~5 +6"}} {
		if got := changes(t, f, c.from, c.to); got != c.want {
			t.Errorf("from %d to %d: %q, want %q", c.from, c.to, got, c.want)
		}
	}
	checkFindings(t, "named again", f, "pdf.entry-repointed")
}

// Stopping early is allowed in all that yields.
func TestIterators(t *testing.T) {
	m := small()
	m.object(3, "1")
	m.object(4, "1")
	m.table("")
	f := mustOpen(t, m.Bytes())
	for range f.Revisions()[0].Entries() {
		break
	}
	for range f.Last().Numbers() {
		break
	}
	for range pdffile.Changes(f.View(0), f.View(1)) {
		break
	}
}

func TestEqual(t *testing.T) {
	f := mustOpen(t, small().Bytes())
	parse := func(s string) pdffile.Object {
		o, _, _, err := pdffile.Parse([]byte(s))
		if err != nil {
			t.Fatal(err)
		}
		return o
	}
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"1", "1", true}, {"1", "+1", true}, {"1", "1.0", false}, {"1.0", "1.00", false}, {"1", "2", false},
		{"(a)", "<61>", true}, {"(a)", "(b)", false}, {"/A", "/#41", true}, {"/A", "(A)", false}, {"null", "null", true}, {"true", "false", false},
		{"1 0 R", "1 0 R", true}, {"1 0 R", "1 1 R", false}, {"[1 2]", "[1 2]", true}, {"[1 2]", "[2 1]", false}, {"[1]", "[1 1]", false},
		{"<</A 1/B 2>>", "<</B 2/A 1>>", true}, {"<</A 1>>", "<</A 1/B null>>", true}, {"<</A 1>>", "<</A 2>>", false}, {"<</A 1>>", "<</B 1>>", false},
		{"<</A 1/A 2>>", "<</A 1>>", false}, {"<</A 1/A 2>>", "<</A 2/A 1>>", false}, {"<</A[<</B(x)>>]>>", "<</A[<</B<78>>>]>>", true},
		{"[]", "<<>>", false}, {"xyz", "xyz", true}, {"[1]", "1", false}, {"<<>>", "null", false},
	} {
		for range 2 {
			if same, err := f.Equal(parse(c.a), parse(c.b)); same != c.same || err != nil {
				t.Errorf("%s and %s: %v, %v", c.a, c.b, same, err)
			}
			c.a, c.b = c.b, c.a
		}
	}
}

// Of two revisions of each file, what Changes leaves out is the same object.
func TestCorpusChanges(t *testing.T) {
	pairs, objects := 0, 0
	for _, c := range corpus(t) {
		f, err := open(c.data)
		if err != nil {
			continue
		}
		for n := 1; n < len(f.Revisions()); n++ {
			a, b := f.View(n-1), f.View(n)
			changed := map[uint32]bool{}
			for x := range pdffile.Changes(a, b) {
				changed[x.Number] = true
			}
			for number := range b.Numbers() {
				if changed[number] {
					continue
				}
				_, e := b.Where(pdffile.Ref{Number: number})
				ref := pdffile.Ref{Number: number, Generation: e.Generation}
				x, err := a.Get(ref)
				y, err2 := b.Get(ref)
				if (err == nil) != (err2 == nil) {
					t.Errorf("%s, object %d: %v, later %v", c.name, number, err, err2)
				}
				if err != nil || err2 != nil {
					continue
				}
				if same, err := f.Equal(x, y); !same || err != nil {
					t.Errorf("%s, object %d differs between revisions %d and %d", c.name, number, n-1, n)
				}
				objects++
			}
			for number := range a.Numbers() {
				if _, e := b.Where(pdffile.Ref{Number: number}); e.Kind == pdffile.Free && !changed[number] {
					t.Errorf("%s, object %d is freed and not listed", c.name, number)
				}
			}
			pairs++
		}
	}
	t.Logf("%d pairs of revisions, %d objects", pairs, objects)
}
