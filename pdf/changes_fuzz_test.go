package pdf

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// painter writes down everything that the pages of a view show without their
// annotations, and what the catalog leads to beside the entries that may change. It is
// an oracle of its own: it compares whole documents, and knows nothing of revisions.
type painter struct {
	f    *pdffile.File
	v    *pdffile.View
	seen map[uint32]bool
	left int
	out  strings.Builder
}

func painted(f *pdffile.File, v *pdffile.View) (string, bool) {
	p := painter{f: f, v: v, seen: map[uint32]bool{}, left: 20_000}
	root, err := v.Root()
	if err != nil {
		return "", false
	}
	p.dict(root)
	return p.out.String(), p.left > 0
}

// skipped are the entries of dictionaries that may change by a rule of their own. None
// of them means anything to a page, its contents or resources.
const skipped = " DSS Extensions Metadata AcroForm Version Annots Fields SigFlags DR DA V AP M Producer ModDate CreationDate Length Filter DecodeParms "

func (p *painter) dict(d pdffile.Dict) {
	var keys []string
	for _, m := range d.Members {
		if !strings.Contains(skipped, " "+string(m.Key)+" ") && !isNull(d.Get(m.Key)) {
			keys = append(keys, string(m.Key))
		}
	}
	for _, key := range sortedSet(keys) {
		fmt.Fprintf(&p.out, "/%q ", key)
		p.value(d.Get(pdffile.Name(key)))
	}
}

func sortedSet(list []string) (out []string) {
	set := map[string]int{}
	for _, s := range list {
		set[s] = 1
	}
	for _, s := range list {
		if set[s] == 1 {
			out = append(out, s)
			set[s] = 0
		}
	}
	for i := range out { // few: sort as simply as can be
		for j := range i {
			if out[i] < out[j] {
				out[i], out[j] = out[j], out[i]
			}
		}
	}
	return out
}

func (p *painter) value(o pdffile.Object) {
	if p.left--; p.left < 0 {
		return
	}
	if ref, ok := o.(pdffile.Ref); ok {
		x, err := p.v.Get(ref)
		switch {
		case err != nil:
			p.out.WriteString("unreadable ")
		case p.seen[ref.Number] && !isNull(x):
			fmt.Fprintf(&p.out, "#%d ", ref.Number)
		default:
			p.seen[ref.Number] = true
			p.value(x)
		}
		return
	}
	switch o := o.(type) {
	case pdffile.Array:
		p.out.WriteString("[")
		for _, x := range o {
			p.value(x)
		}
		p.out.WriteString("]")
	case pdffile.Dict:
		t := o.Get("Type")
		if t == pdffile.Object(pdffile.Name("Annot")) || o.Get("Subtype") == pdffile.Object(pdffile.Name("Widget")) || o.Has("FT") {
			p.out.WriteString("annotation ")
			return
		}
		p.dict(o)
	case *pdffile.Stream:
		p.dict(o.Dict)
		h := sha256.New()
		if r, err := p.f.Reader(o); err == nil {
			if _, err := io.Copy(h, r); err != nil {
				h.Reset()
				io.Copy(h, p.f.Raw(o))
			}
			r.Close()
		} else {
			io.Copy(h, p.f.Raw(o))
		}
		fmt.Fprintf(&p.out, "data %x ", h.Sum(nil))
	default:
		p.out.WriteString(spell(o) + " ")
	}
}

// FuzzCompare changes documents at random. Whatever comes: no panic, the same report
// twice, a verdict that fits its changes; and where a signature without permissions is
// not harmed, the pages look as before.
func FuzzCompare(f *testing.F) {
	f.Add([]byte("4 <</Length 1>>\nstream\nx\nendstream"), uint8(0))
	f.Add([]byte("3 <</Type/Page /Parent 2 0 R /Contents 4 0 R>>\x0040 <</A 1>>"), uint8(1))
	for _, p := range newSignature(sigValue) {
		f.Add([]byte(fmt.Sprintf("%d %s", p.number, p.body)), uint8(2))
	}
	var all []string
	for _, p := range newSignature(stampValue) {
		all = append(all, fmt.Sprintf("%d %s", p.number, p.body))
	}
	f.Add([]byte(strings.Join(all, "\x00")), uint8(0))
	f.Add([]byte(strings.Join(all, "\x01")), uint8(3))
	for _, p := range signedParts() {
		f.Add([]byte(fmt.Sprintf("%d %s\x0119 <</Font<</Helv 20 0 R /X 40 0 R>>>>", p.number, p.body)), uint8(p.number%4))
	}
	f.Add(signedDocument.clone().update(newSignature(sigValue)...).Bytes(), uint8(0))
	f.Fuzz(func(t *testing.T, data []byte, mode uint8) {
		if len(data) > 1<<16 {
			return
		}
		if !bytes.HasPrefix(data, []byte("%PDF")) {
			data = assemble(data)
		}
		sameAfter(t, data, mode)
	})
}

// sameAfter holds the properties of FuzzCompare, and reports whether the changes of a
// document were permitted.
func sameAfter(t *testing.T, data []byte, mode uint8) bool {
	file, err := pdffile.Open(context.Background(), bytes.NewReader(data), int64(len(data)), pdffile.Options{})
	if err != nil {
		return false
	}
	p := permissions{DocMDP: int(mode % 4)}
	if mode&4 != 0 {
		p.Locked = func(name string) bool { return len(name)%2 == 0 }
	}
	from := int(mode>>3) % len(file.Revisions())
	r := compareRevisions(file, from, p)
	checkReport(t, r, p)
	if again := compareRevisions(file, from, p); listChanges(again) != listChanges(r) {
		t.Fatalf("%s\nthen\n%s", listChanges(r), listChanges(again))
	}
	if r.Verdict != changesPermitted {
		return false
	}
	if p.annotates() {
		return true
	}
	for k := from + 1; k < len(file.Revisions()); k++ {
		before, ok := painted(file, file.View(from))
		after, ok2 := painted(file, file.View(k))
		if ok && ok2 && before != after {
			t.Fatalf("the document looks different\n%s\n%s\n%s\n%s", listChanges(r), before, after, data)
		}
	}
	return true
}

// assemble makes revisions of lines "number body"; 0x00 stands between objects, 0x01
// between revisions.
func assemble(data []byte) []byte {
	d := signedDocument.clone()
	for revision := range bytes.SplitSeq(data, []byte{1}) {
		parts := []part{keepInfo}
		for text := range bytes.SplitSeq(revision, []byte{0}) {
			var n uint16
			number, body, _ := bytes.Cut(text, []byte{' '})
			fmt.Sscan(string(number), &n)
			p := part{number: int(n % 200), body: string(body)}
			if len(body) == 0 {
				p = freed(p.number)
			}
			parts = append(parts, p)
		}
		d.update(parts...)
	}
	return d.Bytes()
}

// checkReport holds what is true of every report.
func checkReport(t *testing.T, r changeReport, p permissions) {
	t.Helper()
	denied := false
	for _, c := range r.Changes {
		denied = denied || !c.Permitted
		if c.Class == "" || c.What == "" || !c.Permitted && c.Why == "" || len(c.What) > 2000 {
			t.Fatalf("%+v", c)
		}
	}
	switch {
	case r.Err != nil:
		t.Fatal(r.Err)
	case r.Verdict == changesNone && (len(r.Changes) > 0 || r.Trailing > 0):
		t.Fatal(listChanges(r))
	case r.Verdict == changesPermitted && denied, r.Verdict == changesNotPermitted && !denied && !r.Cut:
		t.Fatal(listChanges(r))
	case r.Verdict != changesNotPermitted && !r.PermittedIfLTVAllowed:
		t.Fatal(listChanges(r))
	case r.PermittedIfLTVAllowed && r.Verdict == changesNotPermitted && p.DocMDP != 1:
		t.Fatal(listChanges(r))
	}
}
