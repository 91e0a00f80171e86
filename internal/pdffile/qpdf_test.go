package pdffile_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// qpdf runs the program, which repairs and warns (exit code 3); the test skips where it
// is not installed.
func qpdf(t testing.TB, args ...string) (out []byte, ok bool) {
	t.Helper()
	path, err := exec.LookPath("qpdf")
	if err != nil {
		t.Skip("qpdf is not installed")
	}
	out, err = exec.Command(path, args...).Output()
	exit, _ := err.(*exec.ExitError)
	return out, err == nil || exit != nil && exit.ExitCode() == 3
}

var xrefLine = regexp.MustCompile(`(?m)^(\d+)/(\d+): (?:uncompressed; offset = (\d+)|compressed; stream = (\d+), index = (\d+))$`)

// tableDifferences are files in which qpdf has other entries, and why.
var tableDifferences = map[string]string{
	"pdfjs__prefilled_f1040.pdf": "an object in use at offset 0, which is free for us",
}

// The present table is the one that qpdf reads, entry by entry.
func TestTablesAgainstQPDF(t *testing.T) {
	for _, c := range corpus(t) {
		out, ok := qpdf(t, "--show-xref", c.path)
		f, err := open(c.data)
		if !ok || err != nil {
			continue
		}
		want := map[string]bool{}
		for _, m := range xrefLine.FindAllStringSubmatch(string(out), -1) {
			if m[3] != "" {
				n, _ := strconv.Atoi(m[3])
				for n < len(c.data) && strings.IndexByte(" \r\n\t", c.data[n]) >= 0 {
					n++ // our offset is the object's
				}
				m[3] = strconv.Itoa(n)
			}
			want[strings.Join(m[1:], " ")] = true
		}
		got := map[string]bool{}
		v := f.Last()
		for n := range v.Numbers() {
			_, e := v.Where(pdffile.Ref{Number: n})
			if e.Kind == pdffile.InFile {
				got[fmt.Sprintf("%d %d %d  ", n, e.Generation, e.Offset)] = true
			} else {
				got[fmt.Sprintf("%d 0  %d %d", n, e.Container, e.Index)] = true
			}
		}
		var differences []string
		for k := range want {
			if !got[k] {
				differences = append(differences, "only qpdf: "+k)
			}
		}
		for k := range got {
			if !want[k] {
				differences = append(differences, "only here: "+k)
			}
		}
		if why := tableDifferences[c.name]; (why == "") != (len(differences) == 0) {
			t.Errorf("%s: %d entries, %q", c.name, len(want), differences)
		}
	}
}

// unlike are files and objects that cannot be compared, and why.
var unlike = map[string]string{
	"pyhanko__CompactedPDFSyntaxTest.pdf":                 "qpdf writes numbers such as -1. and +.0 into its JSON as they are",
	"dss__pades-enveloping-empty-bytes-cms.pdf obj:1 0 R": "the same",
	"dss__Signature-P-SK-1_HASH_FAILURE_.pdf obj:125 0 R": "a key twice, of which qpdf takes the last value",
	"dss__hide.pdf obj:6 0 R":                             "its entry leads to object 8: qpdf searches the file for it",
	"dss__hide.pdf obj:8 0 R":                             "of a stream with a wrong Length, qpdf keeps the line feed before endstream",
	"pyhanko__broken-objstream3.pdf obj:1 0 R":            "qpdf drops keys whose object it cannot read",
}

// Every object and every decoded stream of the present document is what qpdf reads.
func TestObjectsAgainstQPDF(t *testing.T) {
	objects, streams := 0, 0
	for _, c := range corpus(t) {
		if strings.HasPrefix(c.name, "hostile__") || unlike[c.name] != "" {
			continue
		}
		out, ok := qpdf(t, "--json=2", "--json-key=qpdf", "--json-stream-data=inline", "--decode-level=generalized", c.path)
		if !ok {
			continue
		}
		f, err := open(c.data)
		if err != nil {
			t.Errorf("%s: qpdf opens it: %v", c.name, err)
			continue
		}
		x := comparison{t, f, c.name, 0, 0}
		x.document(out)
		objects, streams = objects+x.objects, streams+x.streams
	}
	t.Logf("%d objects, %d streams", objects, streams)
}

type comparison struct {
	t                testing.TB
	f                *pdffile.File
	name             string
	objects, streams int
}

func (x *comparison) document(out []byte) {
	var doc struct {
		QPDF []map[string]json.RawMessage `json:"qpdf"`
	}
	if err := json.Unmarshal(out, &doc); err != nil || len(doc.QPDF) != 2 {
		x.t.Fatalf("%s: the answer of qpdf: %v", x.name, err)
	}
	v := x.f.Last()
	for key, raw := range doc.QPDF[1] {
		var ref pdffile.Ref
		if _, err := fmt.Sscanf(key, "obj:%d %d R", &ref.Number, &ref.Generation); err != nil {
			continue
		}
		var want struct {
			Value  any
			Stream *struct {
				Data string
				Dict map[string]any
			}
		}
		d := json.NewDecoder(bytes.NewReader(raw))
		d.UseNumber()
		if err := d.Decode(&want); err != nil {
			x.t.Fatal(err)
		}
		o, err := v.Get(ref)
		where := ""
		switch {
		case err != nil && want.Stream == nil && want.Value == nil: // broken for both
		case err != nil:
			where = err.Error()
		case o == pdffile.Null{} && want.Stream != nil && want.Stream.Dict["/Type"] == "/XRef": // which no entry names
		case want.Stream != nil:
			where = x.stream(o, want.Stream.Dict, want.Stream.Data)
			x.streams++
		default:
			where = same(o, want.Value)
		}
		x.objects++
		if id := x.name + " " + key; (where != "") != (unlike[id] != "") {
			x.t.Errorf("%s: %.300s", id, where)
		}
	}
}

// stream compares dictionary and data.
func (x *comparison) stream(o pdffile.Object, dict map[string]any, data string) string {
	s, ok := o.(*pdffile.Stream)
	if !ok {
		return fmt.Sprintf("%T is no stream", o)
	}
	want, err := base64.StdEncoding.DecodeString(data)
	if err != nil {
		return err.Error()
	}
	_, encoded := dict["/Filter"]
	var d pdffile.Dict
	for _, m := range s.Dict.Members {
		if m.Key == "Length" || !encoded && (m.Key == "Filter" || m.Key == "DecodeParms") {
			continue
		}
		d.Members = append(d.Members, m)
	}
	delete(dict, "/Length")
	if where := same(d, dict); where != "" {
		return where
	}
	if encoded { // qpdf does not decode it either; it gives what the file has, decrypted
		_, err := x.f.Decode(s)
		if err == nil {
			return "qpdf cannot decode it"
		}
		if _, locked := x.f.Encrypted(); !locked && s.To-s.From != int64(len(want)) {
			return fmt.Sprintf("%d bytes of data, qpdf has %d", s.To-s.From, len(want))
		}
		return ""
	}
	got, err := x.f.Decode(s)
	if err != nil {
		return err.Error()
	}
	if !bytes.Equal(got, want) {
		return fmt.Sprintf("%d bytes decoded, qpdf has %d", len(got), len(want))
	}
	return ""
}

// same compares an object with its form in qpdf's JSON, and says where they differ.
func same(o pdffile.Object, want any) string {
	differ := func() string { return fmt.Sprintf("%#v here, %#v there", o, want) }
	switch o := o.(type) {
	case pdffile.Null:
		if want != nil {
			return differ()
		}
	case pdffile.Bool:
		if want != bool(o) {
			return differ()
		}
	case pdffile.Integer:
		return sameNumber(strconv.FormatInt(int64(o), 10), want)
	case pdffile.Real:
		return sameNumber(string(o), want)
	case pdffile.Name:
		if s, _ := want.(string); strings.TrimPrefix(s, "n:") != "/"+string(o) && nameText(s) != "/"+strings.ToValidUTF8(string(o), "\ufffd") {
			return differ()
		}
	case pdffile.Ref:
		if want != fmt.Sprintf("%d %d R", o.Number, o.Generation) {
			return differ()
		}
	case pdffile.String:
		s, _ := want.(string)
		if b, ok := strings.CutPrefix(s, "b:"); ok {
			if hex.EncodeToString(o.Bytes) != b {
				return differ()
			}
		} else if u, ok := strings.CutPrefix(s, "u:"); !ok || text(o.Bytes) != u {
			return differ()
		}
	case pdffile.Array:
		list, ok := want.([]any)
		if !ok || len(list) != len(o) {
			return differ()
		}
		for i := range o {
			if where := same(o[i], list[i]); where != "" {
				return fmt.Sprintf("[%d] %s", i, where)
			}
		}
	case pdffile.Dict:
		dict, ok := want.(map[string]any)
		if !ok {
			return differ()
		}
		have := 0
		for _, m := range o.Members {
			if !o.Has(m.Key) {
				continue
			}
			value, ok := dict["/"+string(m.Key)]
			if !ok {
				value = dict["n:/"+string(m.Key)]
			}
			if where := same(o.Get(m.Key), value); where != "" {
				return fmt.Sprintf("/%s %s", m.Key, where)
			}
			have++
		}
		if have != len(dict) {
			return fmt.Sprintf("%d keys here, %d there", have, len(dict))
		}
	default:
		return differ()
	}
	return ""
}

func nameText(s string) string {
	s, ok := strings.CutPrefix(s, "n:")
	if !ok {
		return s
	}
	return regexp.MustCompile(`#[0-9a-f]{2}`).ReplaceAllStringFunc(s, func(x string) string {
		b, _ := hex.DecodeString(x[1:])
		return string(b)
	})
}

func sameNumber(text string, want any) string {
	n, ok := want.(json.Number)
	a, err := strconv.ParseFloat(text, 64)
	b, err2 := strconv.ParseFloat(n.String(), 64)
	if !ok || err != nil || err2 != nil || a != b {
		return fmt.Sprintf("%s here, %v there", text, want)
	}
	return ""
}

// text decodes a text string (ISO 32000-2, 7.9.2.2) for the comparison.
func text(b []byte) string {
	switch {
	case bytes.HasPrefix(b, []byte{0xfe, 0xff}), bytes.HasPrefix(b, []byte{0xff, 0xfe}):
		var u []uint16
		for i := 2; i+1 < len(b); i += 2 {
			if b[0] == 0xfe {
				u = append(u, uint16(b[i])<<8|uint16(b[i+1]))
			} else {
				u = append(u, uint16(b[i+1])<<8|uint16(b[i]))
			}
		}
		return string(utf16.Decode(u))
	case bytes.HasPrefix(b, []byte{0xef, 0xbb, 0xbf}) && utf8.Valid(b):
		return string(b[3:])
	}
	var out []rune
	for _, c := range b {
		switch {
		case c >= 0x18 && c < 0x20:
			out = append(out, []rune("\u02d8\u02c7\u02c6\u02d9\u02dd\u02db\u02da\u02dc")[c-0x18])
		case c >= 0x80 && c <= 0xa0:
			out = append(out, []rune("•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž\ufffd€")[c-0x80])
		default:
			out = append(out, rune(c))
		}
	}
	return string(out)
}

// What qpdf checks and finds whole is read by the strict pass.
func TestStrictAgainstQPDF(t *testing.T) {
	for _, c := range corpus(t) {
		out, _ := qpdf(t, "--check", c.path)
		whole := strings.Contains(string(out), "No syntax or stream encoding errors found")
		f, err := open(c.data)
		if whole && (err != nil || !f.Strict()) {
			t.Errorf("%s: %v", filepath.Base(c.path), err)
		}
	}
}
