package pdf

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// names lists the signatures of a document: source, field, and what became of them.
func names(d *Document) string {
	var out []string
	for _, s := range d.signatures {
		name := "-"
		if len(s.fields) > 0 {
			name = s.fields[0].name
		}
		word := s.source() + " " + name
		if !s.inForce {
			word += " gone"
		}
		if !s.sound() {
			word += " broken"
		}
		out = append(out, word)
	}
	return strings.Join(out, ", ")
}

func TestFind(t *testing.T) {
	usual := func() dictionary { return signedBy(container{}) }
	named := func(name string) dictionary { return usual().with(func(d *dictionary) { d.field = name }) }
	for name, x := range map[string]struct {
		make func(m *maker)
		want string
	}{
		"none":                     {func(m *maker) {}, ""},
		"one":                      {func(m *maker) { m.sign(t, named("A")) }, "#signature-1 A"},
		"directly in its field":    {func(m *maker) { m.sign(t, named("A").with(func(d *dictionary) { d.inField = true })) }, "#signature-1 A"},
		"in no field":              {func(m *maker) { m.sign(t, usual().with(func(d *dictionary) { d.noField = true })) }, "#signature-1 -"},
		"signature and time-stamp": {func(m *maker) { m.sign(t, named("A")); m.end(t); m.sign(t, stampedAt(theHouse(), "2024-03-01")) }, "#signature-1 A, #timestamp-1 Signature13"},
		"in two fields": {func(m *maker) {
			n := m.sign(t, named("A"))
			m.widget(m.number(), fmt.Sprintf("%d 0 R", n), dictionary{field: "B"})
		}, "#signature-1 A"},
		"removed": {func(m *maker) {
			n := m.sign(t, named("A"))
			m.end(t)
			m.obj(n, "null")
			m.obj(objForm, "<</Fields[]>>")
		}, "#signature-1 A gone"},
		"replaced by a copy": {func(m *maker) {
			n := m.sign(t, named("A"))
			m.end(t)
			from := bytes.Index(m.b, fmt.Appendf(nil, "\n%d 0 obj\n", n)) + len(fmt.Sprintf("\n%d 0 obj\n", n))
			m.obj(n, string(m.b[from:from+bytes.Index(m.b[from:], []byte("\nendobj"))]))
		}, "#signature-1 A gone"},
		"a draft, then the signature": {func(m *maker) {
			m.obj(12, "<</Type/Sig/SubFilter/adbe.pkcs7.detached/ByteRange[0 0 0 0]/Contents<00>>>")
			m.obj(11, "<</FT/Sig/T(A)/V 12 0 R>>")
			m.fields(11)
			m.end(t)
			n := m.next
			m.sign(t, named("B"))
			m.obj(11, fmt.Sprintf("<</FT/Sig/T(A)/V %d 0 R>>", n))
			m.obj(12, "null")
		}, "#signature-1 A"},
		"no ByteRange":       {func(m *maker) { m.obj(11, "<</FT/Sig/T(A)/V<</Type/Sig/Contents<00>>>>>"); m.fields(11) }, "#signature-1 A broken"},
		"no dictionary":      {func(m *maker) { m.obj(11, "<</FT/Sig/T(A)/V(text)>>"); m.fields(11) }, "#signature-1 A broken"},
		"an empty field":     {func(m *maker) { m.obj(11, "<</FT/Sig/T(A)>>"); m.fields(11) }, ""},
		"a free value":       {func(m *maker) { m.obj(11, "<</FT/Sig/T(A)/V 99 0 R>>"); m.fields(11) }, ""},
		"another field type": {func(m *maker) { m.obj(11, "<</FT/Tx/T(A)/V(text)>>"); m.fields(11) }, ""},
		"no entry leads there": {func(m *maker) {
			m.sign(t, named("A").with(func(d *dictionary) { d.noField = true }))
			clear(m.offsets)
		}, "#signature-1 - gone"},
		"only a remnant": {func(m *maker) {
			m.b = append(m.b, "77 0 obj\n<</Type/Sig/ByteRange[0 1 2 3]/Contents<00>>>\nendobj\n"...)
		}, "#signature-1 - gone broken"},
		"a remnant beside a signature": {func(m *maker) {
			m.b = append(m.b, "77 0 obj\n<</Type/Sig/ByteRange[0 1 2 3]/Contents<00>>>\nendobj\n"...)
			m.sign(t, named("A"))
		}, "#signature-1 A"},
		"usage rights": {func(m *maker) {
			n := m.sign(t, usual().with(func(d *dictionary) { d.noField = true }))
			m.obj(objCatalog, fmt.Sprintf("<</Type/Catalog/Pages 2 0 R/Perms<</UR3 %d 0 R>>>>", n))
		}, ""},
		"usage rights, and a field": {func(m *maker) {
			n := m.sign(t, named("A"))
			m.obj(objCatalog, fmt.Sprintf("<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R/Perms<</UR3 %d 0 R>>>>", n))
		}, "#signature-1 A"},
		"usage rights by its transform": {func(m *maker) {
			m.sign(t, usual().with(func(d *dictionary) { d.noField, d.entries = true, "/Reference[<</TransformMethod/UR3>>]" }))
		}, ""},
	} {
		m := newMaker().end(t)
		x.make(m)
		m.end(t)
		d := openMade(t, m.b)
		if got := names(d); got != x.want {
			t.Errorf("%s: %q, want %q", name, got, x.want)
		}
		if d.Evidence() != (x.want != "") {
			t.Errorf("%s: evidence", name)
		}
		r := d.Verify(context.Background(), usualEnv(theHouse(), usualDay))
		if strings.Contains(x.want, "gone") && r.Passed() || strings.Contains(x.want, "broken") && len(r.Children) > 0 && r.Children[0].Indication().String() != "FAILED" {
			t.Errorf("%s: %s", name, wordsOf(&r.Result))
		}
	}
}

// A dictionary in an object stream has its Contents nowhere in the file.
func TestInObjectStream(t *testing.T) {
	body := "<</Type/Sig/SubFilter/adbe.pkcs7.detached/ByteRange[0 1 2 3]/Contents<3003020105>>>"
	content := "11 0 " + body
	var b bytes.Buffer
	off := map[int]int{}
	obj := func(n int, s string) { off[n] = b.Len(); fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", n, s) }
	b.WriteString("%PDF-1.7\n")
	obj(1, "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[<</FT/Sig/T(A)/V 11 0 R>>]>>>>")
	obj(2, "<</Type/Pages/Kids[]/Count 0>>")
	obj(3, fmt.Sprintf("<</Type/ObjStm/N 1/First 5/Length %d>>\nstream\n%s\nendstream", len(content), content))
	at := b.Len()
	var rows []byte
	row := func(kind byte, a, b int) { rows = append(rows, kind, byte(a>>8), byte(a), byte(b)) }
	for n := range 12 {
		switch {
		case n == 0:
			row(0, 0, 255)
		case n == 4:
			row(1, at, 0)
		case n == 11:
			row(2, 3, 0)
		case off[n] > 0:
			row(1, off[n], 0)
		default:
			row(0, 0, 0)
		}
	}
	fmt.Fprintf(&b, "4 0 obj\n<</Type/XRef/Size 12/W[1 2 1]/Root 1 0 R/Length %d>>\nstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n", len(rows), rows, at)
	d := openMade(t, b.Bytes())
	if got := names(d); got != "#signature-1 A broken" {
		t.Fatal(got)
	}
	r := d.Verify(context.Background(), usualEnv(theHouse(), usualDay))
	if c, _ := r.Children[0].Check(checkGap); c.Reason != reasonGap || c.State.String() != "FAILED" {
		t.Errorf("%+v", c)
	}
}

// Fields have their names from the tree, inherit type and value, and are entered once.
func TestFieldTree(t *testing.T) {
	for name, x := range map[string]struct {
		objects map[int]string
		want    string
	}{
		"below others":        {map[int]string{11: "<</T(a)/Kids[12 0 R]>>", 12: "<</T(b)/FT/Sig/V 20 0 R>>"}, "a.b=20"},
		"type from above":     {map[int]string{11: "<</T(a)/FT/Sig/Kids[12 0 R 13 0 R]>>", 12: "<</T(b)/V 20 0 R>>", 13: "<</T(c)/FT/Tx/V(x)>>"}, "a=- a.b=20"},
		"value from above":    {map[int]string{11: "<</T(a)/V 20 0 R/Kids[12 0 R]>>", 12: "<</T(b)/FT/Sig>>"}, "a.b=20"},
		"widgets apart":       {map[int]string{11: "<</T(a)/FT/Sig/V 20 0 R/Kids[12 0 R 13 0 R]>>", 12: "<</Subtype/Widget>>", 13: "<</Subtype/Widget>>"}, "a=20 a=20 a=20"},
		"a circle":            {map[int]string{11: "<</T(a)/FT/Sig/V 20 0 R/Kids[12 0 R]>>", 12: "<</T(b)/Kids[11 0 R 12 0 R]>>"}, "a=20 a.b=20"},
		"UTF-16":              {map[int]string{11: "<</T<FEFF00C4>/FT/Sig>>"}, "Ä=-"},
		"kids of other types": {map[int]string{11: "<</T(a)/Kids[null (x) 5 /N 99 0 R [ ] 12 0 R]>>", 12: "<</T 5/FT/Sig>>"}, "a=-"},
	} {
		m := newMaker()
		for n := 11; n < 20; n++ {
			if body, ok := x.objects[n]; ok {
				m.obj(n, body)
			}
		}
		m.obj(objForm, "<</Fields[11 0 R]>>")
		m.end(t)
		list, limited, err := signatureFields(context.Background(), openMade(t, m.b).file.Last())
		if err != nil || limited {
			t.Fatal(err, limited)
		}
		var got []string
		for _, f := range list {
			v := "-"
			if ref, ok := f.value.(pdffile.Ref); ok {
				v = fmt.Sprint(ref.Number)
			}
			got = append(got, f.name+"="+v)
		}
		if strings.Join(got, " ") != x.want {
			t.Errorf("%s: %q, want %q", name, got, x.want)
		}
	}
}

// A name is no longer than a report takes, however deep the tree.
func TestLongFieldName(t *testing.T) {
	long := strings.Repeat("n", maxClaimText-2)
	if got := joinName(long, "a"); got != long+".a" {
		t.Error(len(got))
	}
	if got := joinName(long, "ab"); len(got) > maxClaimText+1 {
		t.Error(len(got))
	}
	if got := joinName(long, "abc"); got != long {
		t.Error(len(got))
	}
}
