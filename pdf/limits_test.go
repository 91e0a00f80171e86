package pdf

import (
	"bytes"
	"compress/zlib"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// draft is the smallest signature dictionary.
const draft = "<</Type/Sig/ByteRange[0 1 2 3]/Contents<00>>>"

func TestMaxSignatures(t *testing.T) {
	for n, full := range map[int]bool{maxSignatures: false, maxSignatures + 1: true} {
		m := newMaker()
		for range n {
			m.obj(m.number(), draft)
		}
		m.end(t)
		d := openMade(t, m.b)
		if d.full != full || len(d.signatures) != maxSignatures {
			t.Errorf("%d dictionaries: %d taken, full %v", n, len(d.signatures), d.full)
		}
		if got := d.Verify(context.Background(), usualEnv(theHouse(), usualDay)); wordsOf(&got.Result) != "FAILED FORMAT_FAILURE pdf.contents-empty" {
			t.Error(wordsOf(&got.Result))
		}
	}
	// A document that would pass does not where something was left out.
	m := newMaker()
	one(signedBy(container{}))(t, m, theHouse())
	d := openMade(t, m.b)
	d.full = true
	if got := d.Verify(context.Background(), usualEnv(theHouse(), usualDay)); wordsOf(&got.Result) != "INDETERMINATE CUSTOM pdf.limit" {
		t.Error(wordsOf(&got.Result))
	}
}

// What the Contents of all signatures hold together is bounded.
func TestMaxContents(t *testing.T) {
	m := newMaker()
	then(signedBy(container{}), func(t testing.TB, m *maker, h house) { m.sign(t, signedBy(container{})) })(t, m, theHouse())
	d := openMade(t, m.b)
	both := len(d.signatures[0].contents.bytes) + len(d.signatures[1].contents.bytes)
	for left, want := range map[int]string{both: passed, both - 1: "INDETERMINATE CUSTOM pdf.limit"} {
		d := openMade(t, m.b)
		for _, s := range d.signatures {
			s.value = value{}
		}
		if err := d.readValues(context.Background(), left); err != nil {
			t.Fatal(err)
		}
		if got := d.Verify(context.Background(), usualEnv(theHouse(), usualDay)); wordsOf(&got.Result) != want {
			t.Errorf("%d bytes: %s", left, wordsOf(&got.Result))
		}
	}
}

func TestMaxFields(t *testing.T) {
	for name, x := range map[string]struct {
		fields string
		kept   int
		over   bool
	}{
		"signature fields":                        {strings.Repeat("<</FT/Sig>>", maxSignatureFields), maxSignatureFields, false},
		"one signature field more":                {strings.Repeat("<</FT/Sig>>", maxSignatureFields+1), maxSignatureFields, true},
		"fields":                                  {strings.Repeat("0 ", maxFields), 0, false},
		"one field more":                          {strings.Repeat("0 ", maxFields+1), 0, true},
		"nested as deep as an object may be":      {strings.Repeat("<</Kids[", 45) + "<</FT/Sig>>" + strings.Repeat("]>>", 45), 1, false},
		"a signature field behind as many others": {strings.Repeat("0 ", maxFields-1) + "<</FT/Sig>>", 1, false},
	} {
		m := newMaker()
		m.obj(objForm, "<</Fields["+x.fields+"]>>")
		m.end(t)
		list, limited, err := signatureFields(context.Background(), openMade(t, m.b).file.Last())
		if err != nil || limited != x.over || len(list) != x.kept {
			t.Errorf("%s: %d, limited %v, %v", name, len(list), limited, err)
		}
	}
	// Deeper than one object can be, by references.
	for depth, over := range map[int]bool{100: false, 101: true} {
		m := newMaker()
		m.obj(objForm, "<</Fields[11 0 R]>>")
		for i := range depth {
			m.obj(11+i, fmt.Sprintf("<</T(a)/Kids[%d 0 R]>>", 12+i))
		}
		m.obj(11+depth, "<</FT/Sig>>")
		m.end(t)
		list, limited, err := signatureFields(context.Background(), openMade(t, m.b).file.Last())
		if err != nil || limited != over || (len(list) == 1) == over {
			t.Errorf("depth %d: %d, limited %v, %v", depth, len(list), limited, err)
		}
	}
}

func TestMaxStamps(t *testing.T) {
	h := theHouse()
	for n, kept := range map[int]int{maxStamps: maxStamps, maxStamps + 1: maxStamps} {
		c := container{by: h.signer, stamps: func(v []byte) (list [][]byte) {
			token := h.token(v, "2024-03-01")
			for range n {
				list = append(list, token)
			}
			return list
		}}
		m := newMaker()
		one(signedBy(c).with(func(d *dictionary) { d.room = 40_000 }))(t, m, h)
		d := openMade(t, m.b)
		r := d.Verify(context.Background(), usualEnv(h, usualDay))
		if got := len(d.signatures[0].value.stamps); got != kept || (notChecked(&r.Children[0], "time-stamps in attributes")) != (n > kept) {
			t.Errorf("%d tokens: %d, not checked: %v", n, got, r.Children[0].NotChecked)
		}
	}
}

// storeOf opens a document whose DSS is the text.
func storeOf(t *testing.T, m *maker, dss string) *store {
	t.Helper()
	m.obj(objCatalog, "<</Type/Catalog/Pages 2 0 R/DSS<<"+dss+">>>>")
	m.end(t)
	return openMade(t, m.b).store
}

func TestMaxStore(t *testing.T) {
	cert := theHouse().root.std.Raw
	for name, x := range map[string]struct {
		make    func(m *maker) string
		items   int
		limited bool
	}{
		"entries": {func(m *maker) string {
			m.stream(11, cert)
			return "/Certs[" + strings.Repeat("11 0 R ", maxStoreEntries) + "]"
		}, 1, false},
		"one entry more": {func(m *maker) string {
			m.stream(11, cert)
			return "/Certs[" + strings.Repeat("11 0 R ", maxStoreEntries+1) + "]"
		}, 1, true},
		"items":         {func(m *maker) string { return "/Certs[" + distinct(m, cert, maxStoreItems) + "]" }, maxStoreItems, false},
		"one item more": {func(m *maker) string { return "/Certs[" + distinct(m, cert, maxStoreItems+1) + "]" }, maxStoreItems, true},
		"bytes":         {func(m *maker) string { deflatedStream(m, 11, maxStoreBytes); return "/Certs[11 0 R]" }, 0, false},
		"one byte more": {func(m *maker) string { deflatedStream(m, 11, maxStoreBytes+1); return "/Certs[11 0 R]" }, 0, true},
	} {
		m := newMaker()
		s := storeOf(t, m, x.make(m))
		if s.limited != x.limited || len(s.items) != x.items {
			t.Errorf("%s: %d items, limited %v", name, len(s.items), s.limited)
		}
	}
	for n, limited := range map[int]bool{maxVRI: false, maxVRI + 1: true} {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "/K%d<<>>", i)
		}
		if s := storeOf(t, newMaker(), "/VRI<<"+b.String()+">>"); s.limited != limited || len(s.uses) != maxVRI {
			t.Errorf("%d entries of VRI: %d, limited %v", n, len(s.uses), s.limited)
		}
	}
}

// The references that are looked up to tell one store from another are bounded; behind
// that each revision is read as if its store were another.
func TestMaxStorePlaces(t *testing.T) {
	if maxStorePlaces != 1_000_000 {
		t.Error(maxStorePlaces)
	}
	m := newMaker()
	m.stream(11, theHouse().root.std.Raw)
	m.obj(objCatalog, "<</Type/Catalog/Pages 2 0 R/DSS<</Certs[11 0 R 11 0 R 11 0 R]>>>>")
	m.end(t)
	v := openMade(t, m.b).file.Last()
	root, err := v.Root()
	if err != nil {
		t.Fatal(err)
	}
	for places, ended := range map[int]bool{4: false, 3: true} {
		s := store{places: places}
		if _, err := s.layout(v, root.Get("DSS"), root.Get("DSS").(pdffile.Dict)); err != nil || s.places <= 0 != ended {
			t.Errorf("%d: %d left, %v", places, s.places, err)
		}
	}
}

// distinct writes certificates that differ in their signatures, which nobody has looked
// at yet, and returns the references.
func distinct(m *maker, cert []byte, n int) string {
	var refs strings.Builder
	for i := range n {
		c := bytes.Clone(cert)
		c[len(c)-1], c[len(c)-2] = byte(i), byte(i>>8)
		k := m.number()
		m.stream(k, c)
		fmt.Fprintf(&refs, "%d 0 R ", k)
	}
	return refs.String()
}

func deflatedStream(m *maker, n, size int) {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	w.Write(make([]byte, size))
	w.Close()
	m.obj(n, fmt.Sprintf("<</Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream", b.Len(), b.Bytes()))
}

// A certificate beside a raw value is a few kilobytes long.
func TestMaxCert(t *testing.T) {
	for n, want := range map[int]int{maxCert: 1, maxCert + 1: 0} {
		m := newMaker().end(t)
		m.sign(t, dictionary{subFilter: "adbe.x509.rsa_sha1", entries: "/Cert<" + strings.Repeat("00", n) + ">",
			value: func([]byte) []byte { return asnDER([]byte{1}) }})
		m.end(t)
		if got := len(openMade(t, m.b).signatures[0].value.certs); got != want {
			t.Errorf("%d bytes: %d certificates", n, got)
		}
	}
}
