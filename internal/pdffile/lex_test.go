package pdffile_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// The examples of ISO 32000-2, 7.3, and what writers make of it.
func TestObjects(t *testing.T) {
	text := func(s string, hex bool, from, to int64) pdffile.String {
		return pdffile.String{Bytes: []byte(s), Hex: hex, From: from, To: to}
	}
	for in, want := range map[string]pdffile.Object{
		"true":                    pdffile.Bool(true),
		"false ":                  pdffile.Bool(false),
		"null":                    pdffile.Null{},
		"":                        pdffile.Null{},
		"endobj":                  pdffile.Null{},
		" % nothing\r endobj":     pdffile.Null{},
		"123":                     pdffile.Integer(123),
		"+17":                     pdffile.Integer(17),
		"-98":                     pdffile.Integer(-98),
		"0":                       pdffile.Integer(0),
		"-0":                      pdffile.Integer(0),
		"00012":                   pdffile.Integer(12),
		"9223372036854775807":     pdffile.Integer(1<<63 - 1),
		"-9223372036854775808":    pdffile.Integer(-1 << 63),
		"9223372036854775808":     pdffile.Real("9223372036854775808"),
		"34.5":                    pdffile.Real("34.5"),
		"-3.62":                   pdffile.Real("-3.62"),
		"+123.6":                  pdffile.Real("+123.6"),
		"4.":                      pdffile.Real("4."),
		"-.002":                   pdffile.Real("-.002"),
		"+.0":                     pdffile.Real("+.0"),
		"1.2.3":                   pdffile.Keyword("1.2.3"),
		"--5":                     pdffile.Keyword("--5"),
		"5-":                      pdffile.Keyword("5-"),
		".":                       pdffile.Keyword("."),
		"-":                       pdffile.Keyword("-"),
		"1e5":                     pdffile.Keyword("1e5"),
		"True":                    pdffile.Keyword("True"),
		"/Name1":                  pdffile.Name("Name1"),
		"/A;Name_With-Various***": pdffile.Name("A;Name_With-Various***"),
		"/":                       pdffile.Name(""),
		"/Lime#20Green":           pdffile.Name("Lime Green"),
		"/paired#28#29":           pdffile.Name("paired()"),
		"/A#42/B":                 pdffile.Name("AB"),
		"/A#4":                    pdffile.Name("A#4"),
		"/A#G0":                   pdffile.Name("A#G0"),
		"/#":                      pdffile.Name("#"),
		"(This is a string)":      text("This is a string", false, 0, 18),
		"(a (b (c)) d)":           text("a (b (c)) d", false, 0, 13),
		"()":                      text("", false, 0, 2),
		`(\n\r\t\b\f\(\)\\\q)`:    text("\n\r\t\b\f()\\q", false, 0, 20),
		"(a\\\nb\\\r\nc\\\rd)":    text("abcd", false, 0, 13),
		"(a\nb\r\nc\rd)":          text("a\nb\nc\nd", false, 0, 10),
		`(\0053\053\53\5x\777\8)`: text("\x053++\x05x\xff8", false, 0, 23),
		`(a\)b)`:                  text("a)b", false, 0, 6),
		"<4E6F76 20736868>":       text("Nov shh", true, 0, 17),
		"<901FA>":                 text("\x90\x1f\xa0", true, 0, 7),
		"<>":                      text("", true, 0, 2),
		" \n<aF\n>":               text("\xaf", true, 2, 7),
		"12 0 R":                  pdffile.Ref{Number: 12},
		"12 % of\n65535\x00R/x":   pdffile.Ref{Number: 12, Generation: 65535},
		"12 0 RR":                 pdffile.Integer(12),
		"12 0":                    pdffile.Integer(12),
		"-12 0 R":                 pdffile.Integer(-12),
		"12 65536 R":              pdffile.Null{},
		"4294967296 0 R":          pdffile.Null{},
		"[]":                      pdffile.Array{},
		"[1 2 0 R 3 0]":           pdffile.Array{pdffile.Integer(1), pdffile.Ref{Number: 2}, pdffile.Integer(3), pdffile.Integer(0)},
		"[1 2 3 0 R]":             pdffile.Array{pdffile.Integer(1), pdffile.Integer(2), pdffile.Ref{Number: 3}},
		"[true[null]/a(b)]":       pdffile.Array{pdffile.Bool(true), pdffile.Array{pdffile.Null{}}, pdffile.Name("a"), text("b", false, 13, 16)},
		"[Q]":                     pdffile.Array{pdffile.Keyword("Q")},
	} {
		got, _, _, err := pdffile.Parse([]byte(in))
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %#v, %v, want %#v", in, got, err, want)
		}
	}
}

// Members keep their order and their place.
func TestDictionary(t *testing.T) {
	in := "  <</A 1/B[2 0 R]%c\n/C<</D(x)>>/E null/A/F>>>"
	o, end, notes, err := pdffile.Parse([]byte(in))
	d, ok := o.(pdffile.Dict)
	if err != nil || !ok || end != len(in)-1 || d.From != 2 || d.To != int64(end) {
		t.Fatalf("%#v, %d, %v", o, end, err)
	}
	var text []string
	for _, m := range d.Members {
		text = append(text, in[m.From:m.To])
	}
	if got := strings.Join(text, "|"); got != "/A 1|/B[2 0 R]|/C<</D(x)>>|/E null|/A/F" {
		t.Error(got)
	}
	if n, ok := d.Integer("A"); !ok || n != 1 {
		t.Error("the first of two values does not count")
	}
	if len(notes) != 1 || notes[0].Code != pdffile.FoundKeyTwice || notes[0].Offset != int64(strings.LastIndex(in, "/A")) {
		t.Errorf("%+v", notes)
	}
	if d.Has("E") || d.Has("G") || !d.Has("C") || d.Get("G") != (pdffile.Null{}) {
		t.Error("absent and null are not the same")
	}
	var long strings.Builder
	long.WriteString("<<")
	for range 3 {
		for i := range 100 {
			long.WriteString("/K" + strings.Repeat("x", i) + " 0")
		}
	}
	if _, _, notes, _ = pdffile.Parse([]byte(long.String() + ">>")); len(notes) != 200 {
		t.Errorf("%d keys stand twice, want 200", len(notes))
	}
	for in, at := range map[string]int64{"<</A>>": 4, "<<1 2>>": -1, "</A 1>": 0} {
		o, _, notes, err := pdffile.Parse([]byte(in))
		if at < 0 {
			if err == nil {
				t.Errorf("%q: %#v", in, o)
			}
		} else if err != nil || len(notes) != 1 || notes[0].Code != pdffile.FoundIrregular || notes[0].Offset != at {
			t.Errorf("%q: %v, %+v", in, err, notes)
		}
	}
}

// What cannot be an object is an error with its place.
func TestBrokenObjects(t *testing.T) {
	for in, at := range map[string]int64{
		"(abc":          0,
		"(abc\\)":       0,
		" <abc":         1,
		"[1 2":          0,
		"[1 2 endobj":   0,
		"<</A 1":        6,
		"<</A":          4,
		"<</A 1 endobj": 7,
		"<</A [1 2>>":   9,
		"[<</A 1]":      7,
		"]":             0,
		">>":            0,
		">":             0,
		")":             0,
		"{}":            0,
		"<</A endobj>>": 5,
	} {
		o, _, _, err := pdffile.Parse([]byte(in))
		var e *pdffile.Error
		if !errors.As(err, &e) || e.Code != pdffile.CodeUnreadable || e.Offset != at || o != nil {
			t.Errorf("%q: %#v, %v", in, o, err)
		}
	}
}

func nested(open, end string, n int) []byte {
	return []byte(strings.Repeat(open, n) + strings.Repeat(end, n))
}

// Depth and number of values are limited exactly, in the parser and in what only skips.
func TestObjectLimits(t *testing.T) {
	for name, make := range map[string]func(n int) []byte{
		"arrays":       func(n int) []byte { return nested("[", "]", n) },
		"dictionaries": func(n int) []byte { return []byte(strings.Repeat("<</A", n) + " 1" + strings.Repeat(">>", n)) },
	} {
		for n, ok := range map[int]bool{pdffile.MaxDepth: true, pdffile.MaxDepth + 1: false, 3_000_000: false} {
			_, _, _, err := pdffile.Parse(make(n))
			_, _, _, err2 := pdffile.Skip(make(n))
			for _, err := range []error{err, err2} {
				var e *pdffile.Error
				if (err == nil) != ok || err != nil && (!errors.As(err, &e) || e.Code != pdffile.CodeLimit) {
					t.Errorf("%d %s: %v", n, name, err)
				}
			}
		}
	}
	for n, ok := range map[int]bool{pdffile.MaxValues: true, pdffile.MaxValues + 1: false} {
		_, _, _, err := pdffile.Parse([]byte("[" + strings.Repeat("1 ", n-1) + "]"))
		var e *pdffile.Error
		if (err == nil) != ok || err != nil && (!errors.As(err, &e) || e.Code != pdffile.CodeLimit) {
			t.Errorf("%d values: %v", n, err)
		}
	}
}

// skip ends where the parser does, and reads the same Length.
func TestSkipAgrees(t *testing.T) {
	for _, in := range []string{
		"<</Length 12>>", "<</Length 12 0 R>>", "<</Length 12/A 0 R>>", "<</Length -1>>", "<</Length 1 2>>", "<</Length(1)>>",
		"<</Length 12 0 R/Length 3>>", "<</Length[1]/Length 2>>", "<</Type/Length/A 5>>", "<</A/Length/Length 7>>",
		"<</A<</Length 1>>/Length 2>>", "<</A[/Length 3]/Length%x\n4>>", "<</L#65ngth 5>>", "<</Length true>>", "<</Length null/B 1>>",
		"[/Length 3]", "[<</Length 3>>]", "<</A(>>\\)()]])/B<3E3E>>>", "<</A[(])<5D>]>>", "<</Length 4294967296 0 R>>", "<</Length 1 65536 R>>",
		"<</Length +5>>", "<</Length 5.0>>", "<</Length 1 0 RR>>", "<<%>>\n/A%]\r1>>", "<</Length>>", "<</Length/A>>", "<</Length 1234567890123456789>>",
		"<</A 1]", "[>>", "<</A endobj>>", "[1 stream", "<<>", "<</A(", "<", "[", "{", "<<{}>>", "[)]",
	} {
		checkSkip(t, []byte(in))
	}
}

// checkSkip compares skip with the parser, which reads more: it also refuses what skip
// has no eye for.
func checkSkip(t testing.TB, in []byte) {
	if len(in) < 2 || in[0] != '[' && (in[0] != '<' || in[1] != '<') {
		return
	}
	o, end, _, err := pdffile.Parse(in)
	got, length, ref, err2 := pdffile.Skip(in)
	if err != nil {
		return
	}
	if err2 != nil || got != end {
		t.Fatalf("%q: skip ends at %d with %v, the parser at %d", in, got, err2, end)
	}
	d, ok := o.(pdffile.Dict)
	if !ok {
		return
	}
	want, wantRef := int64(-1), pdffile.Ref{}
	switch n := d.Get("Length").(type) {
	case pdffile.Integer:
		want = max(int64(n), -1)
	case pdffile.Ref:
		wantRef = n
	}
	if length != want || ref != wantRef {
		t.Fatalf("%q: skip reads the Length %d %v, the parser %d %v", in, length, ref, want, wantRef)
	}
}

// Whatever a window cuts off, more of it is asked for, and never is a shorter object
// taken for the whole.
func TestWindows(t *testing.T) {
	whole := []byte("<</A 12 0 R/B(a\\)b)/C<41>/D[1 2 3]/E<</F true>>/Length 5%c\n>>")
	for n := range whole {
		if parse, skips := pdffile.WantsMore(whole[:n]); !parse || n > 1 && !skips {
			t.Errorf("%q: %v, %v", whole[:n], parse, skips)
		}
	}
	if parse, skips := pdffile.WantsMore(whole); parse || skips {
		t.Error("more is asked for than there is")
	}
}
