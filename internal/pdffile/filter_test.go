package pdffile_test

import (
	"bytes"
	"compress/lzw"
	"compress/zlib"
	"encoding/ascii85"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"image"
	"image/color"
	"image/png"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// decode puts data into a stream with the entries and decodes it.
func decode(t testing.TB, entries string, data []byte) ([]byte, error) {
	t.Helper()
	m := newMaker()
	m.pages()
	m.stream(4, entries, data)
	m.table("")
	f := mustOpen(t, m.Bytes())
	s, ok, err := pdffile.Value[*pdffile.Stream](f.Last(), pdffile.Ref{Number: 4})
	if !ok || err != nil {
		t.Fatalf("%s: %v", entries, err)
	}
	return f.Decode(s)
}

// noise is text that compresses somewhat.
func noise(n int) []byte {
	r := rand.New(rand.NewPCG(1, 2))
	out := make([]byte, n)
	for i := range out {
		out[i] = byte(r.IntN(8) * r.IntN(32))
	}
	return out
}

func TestFilters(t *testing.T) {
	text := noise(10_000)
	var a85 bytes.Buffer
	w := ascii85.NewEncoder(&a85)
	_, _ = w.Write(text)
	w.Close()
	var gif bytes.Buffer // LZW without early change
	l := lzw.NewWriter(&gif, lzw.MSB, 8)
	_, _ = l.Write(text)
	l.Close()
	for name, c := range map[string]struct {
		entries string
		data    string
		want    string
	}{
		"none":                {"", "abc", "abc"},
		"empty chain":         {"/Filter []", "abc", "abc"},
		"null":                {"/Filter null /DecodeParms null", "abc", "abc"},
		"flate":               {"/Filter /FlateDecode", string(deflate(text)), string(text)},
		"flate, empty":        {"/Filter /FlateDecode", "", ""},
		"flate, no sum":       {"/Filter /FlateDecode", string(deflate(text)[:len(deflate(text))-4]), string(text)},
		"flate, more":         {"/Filter /FlateDecode", string(deflate(text)) + "more", string(text)},
		"short names":         {"/Filter [/AHx /Fl]", hex.EncodeToString(deflate(text)), string(text)},
		"hex":                 {"/Filter /ASCIIHexDecode", "48 65\n6C6c6f>xyz", "Hello"},
		"hex, odd":            {"/Filter /ASCIIHexDecode", "48 7>", "Hp"},
		"hex, no end":         {"/Filter /ASCIIHexDecode", "48", "H"},
		"base 85":             {"/Filter /ASCII85Decode", a85.String() + "~>", string(text)},
		"base 85, z":          {"/Filter /ASCII85Decode", "z!!\n~>", "\x00\x00\x00\x00\x00"},
		"base 85, empty":      {"/Filter /ASCII85Decode", "~>", ""},
		"runs":                {"/Filter /RunLengthDecode", "\x02abc\xfed\x00e\x80zzz", "abcddde"},
		"runs, no end":        {"/Filter /RunLengthDecode", "\x81x", strings.Repeat("x", 128)},
		"lzw of the standard": {"/Filter /LZWDecode", "\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01", "-----A---B"},
		"lzw, late":           {"/Filter /LZWDecode /DecodeParms << /EarlyChange 0 >>", gif.String(), string(text)},
		"lzw, early":          {"/Filter /LZWDecode", string(encodeLZW(text)), string(text)},
		"chain":               {"/Filter [/ASCII85Decode /FlateDecode] /DecodeParms [null << /Predictor 1 >>]", encode85(deflate(text)), string(text)},
		"identity":            {"/Filter [/Crypt /FlateDecode]", string(deflate(text)), string(text)},
	} {
		got, err := decode(t, c.entries, []byte(c.data))
		if err != nil || string(got) != c.want {
			t.Errorf("%s: %.60q, %v, want %.60q", name, got, err, c.want)
		}
	}
	for name, c := range map[string][3]string{
		"flate, cut":       {"/Filter /FlateDecode", string(deflate(text)[:1000]), pdffile.CodeFilter},
		"flate, one byte":  {"/Filter /FlateDecode", "x", pdffile.CodeFilter},
		"flate, no header": {"/Filter /FlateDecode", "abcdef", pdffile.CodeFilter},
		"flate, broken":    {"/Filter /FlateDecode", "\x78\x9c\xff\xff\xff", pdffile.CodeFilter},
		"hex, letters":     {"/Filter /ASCIIHexDecode", "48 6x>", pdffile.CodeFilter},
		"base 85, letters": {"/Filter /ASCII85Decode", "ab{~>", pdffile.CodeFilter},
		"base 85, single":  {"/Filter /ASCII85Decode", "abcdea~>", pdffile.CodeFilter},
		"base 85, high":    {"/Filter /ASCII85Decode", "uuuuu~>", pdffile.CodeFilter},
		"base 85, z":       {"/Filter /ASCII85Decode", "abz~>", pdffile.CodeFilter},
		"runs, cut":        {"/Filter /RunLengthDecode", "\x05abc", pdffile.CodeFilter},
		"runs, cut before": {"/Filter /RunLengthDecode", "\x81", pdffile.CodeFilter},
		"lzw, no entry":    {"/Filter /LZWDecode", "\x80\x7f\xff", pdffile.CodeFilter},
		"lzw, far entry":   {"/Filter /LZWDecode", "\x80\x0b\x7f\xff", pdffile.CodeFilter},
		"image":            {"/Filter /DCTDecode", "abc", pdffile.CodeUndecoded},
		"unknown":          {"/Filter [/FlateDecode /Zip]", "abc", pdffile.CodeUndecoded},
		"another file":     {"/F (a.bin)", "abc", pdffile.CodeUndecoded},
		"no name":          {"/Filter [(FlateDecode)]", "abc", pdffile.CodeFilter},
		"predictor 3":      {"/Filter /FlateDecode /DecodeParms << /Predictor 3 >>", "abc", pdffile.CodeFilter},
		"predictor 16":     {"/Filter /FlateDecode /DecodeParms << /Predictor 16 >>", "abc", pdffile.CodeFilter},
		"columns 0":        {"/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 0 >>", "abc", pdffile.CodeFilter},
		"columns below":    {"/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns -5 >>", "abc", pdffile.CodeFilter},
		"columns huge":     {"/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 99999999999 >>", "abc", pdffile.CodeFilter},
		"bits":             {"/Filter /FlateDecode /DecodeParms << /Predictor 12 /BitsPerComponent 3 >>", "abc", pdffile.CodeFilter},
		"colors":           {"/Filter /FlateDecode /DecodeParms << /Predictor 12 /Colors 65 >>", "abc", pdffile.CodeFilter},
		"png function":     {"/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 1 >>", string(deflate([]byte{5, 1})), pdffile.CodeFilter},
	} {
		got, err := decode(t, c[0], []byte(c[1]))
		var e *pdffile.Error
		if !errors.As(err, &e) || e.Code != c[2] || got != nil {
			t.Errorf("%s: %q, %v, want %s", name, got, err, c[2])
		}
	}
}

// Filters and their parameters may be other objects, in each view its own.
func TestFiltersByReference(t *testing.T) {
	m := newMaker()
	m.pages()
	m.stream(4, "/Filter 5 0 R /DecodeParms [6 0 R]", []byte("616263>"))
	m.object(5, "[7 0 R]")
	m.object(6, "null")
	m.object(7, "/ASCIIHexDecode")
	m.table("")
	m.object(5, "[]")
	m.table("")
	f := mustOpen(t, m.Bytes())
	for n, want := range []string{"abc", "616263>", "abc"} {
		s, _, err := pdffile.Value[*pdffile.Stream](f.View(n%2), pdffile.Ref{Number: 4})
		if err != nil {
			t.Fatal(err)
		}
		if got, err := f.Decode(s); string(got) != want || err != nil {
			t.Errorf("revision %d: %q, %v", n%2, got, err)
		}
	}
	s, _, _ := pdffile.Value[*pdffile.Stream](f.View(0), pdffile.Ref{Number: 4})
	if got := s.Filters(); !slices.Equal(got, []pdffile.Name{"ASCIIHexDecode"}) {
		t.Error(got)
	}
	// A Length may change with the view too.
	m = newMaker()
	m.pages()
	m.object(4, "<< /Length 5 0 R >>\nstream\nabcendstream defendstream")
	m.object(5, "3")
	m.table("")
	m.object(5, "16")
	m.table("")
	f = mustOpen(t, m.Bytes())
	for n, want := range []string{"abc", "abcendstream def", "abc"} {
		s, _, _ := pdffile.Value[*pdffile.Stream](f.View(n%2), pdffile.Ref{Number: 4})
		if got, err := f.Decode(s); string(got) != want || err != nil {
			t.Errorf("revision %d: %q, %v", n%2, got, err)
		}
	}
}

func encode85(b []byte) string {
	var out bytes.Buffer
	w := ascii85.NewEncoder(&out)
	_, _ = w.Write(b)
	w.Close()
	return out.String() + "~>"
}

// encodeLZW is the encoder of ISO 32000-2, 7.4.4.2, with early change, by its text.
func encodeLZW(b []byte) []byte {
	var out []byte
	var bits, n uint
	put := func(code, width uint) {
		bits, n = bits<<width|code, n+width
		for ; n >= 8; n -= 8 {
			out = append(out, byte(bits>>(n-8)))
		}
	}
	var table map[string]uint
	var width uint
	reset := func() {
		table, width = map[string]uint{}, 9
		for i := range 256 {
			table[string([]byte{byte(i)})] = uint(i)
		}
	}
	reset()
	put(256, width)
	word := ""
	for _, c := range b {
		if _, ok := table[word+string([]byte{c})]; ok {
			word += string([]byte{c})
			continue
		}
		put(table[word], width)
		table[word+string([]byte{c})] = uint(len(table) + 2)
		if next := len(table) + 2; next+1 > 1<<width {
			width++
		}
		if len(table)+2 == 4095 {
			put(256, 12)
			reset()
		}
		word = string([]byte{c})
	}
	if word != "" {
		put(table[word], width)
	}
	put(257, width)
	put(0, 7)
	return out
}

// PNG's own encoder chooses the functions row by row, so its images are rows of a
// predictor from an independent hand.
func TestPNGPredictor(t *testing.T) {
	gray := image.NewGray(image.Rect(0, 0, 61, 200))
	rgb := image.NewNRGBA(image.Rect(0, 0, 31, 100))
	deep := image.NewGray16(image.Rect(0, 0, 17, 50))
	two := image.NewPaletted(image.Rect(0, 0, 77, 20), color.Palette{color.Black, color.White})
	for i := range gray.Pix {
		gray.Pix[i] = byte(i * i / 300)
	}
	for i := range rgb.Pix {
		rgb.Pix[i] = byte(i*i/77) &^ 1
	}
	for i := range deep.Pix {
		deep.Pix[i] = byte(i * 7)
	}
	for i := range two.Pix {
		two.Pix[i] = byte(i / 3 % 2)
	}
	packed := func() (out []byte) {
		for y := range 20 {
			row := make([]byte, 10)
			for x := range 77 {
				row[x/8] |= two.Pix[y*77+x] << (7 - x%8)
			}
			out = append(out, row...)
		}
		return out
	}
	for name, c := range map[string]struct {
		img   image.Image
		parms string
		want  []byte
	}{
		"gray":   {gray, "/Columns 61", gray.Pix},
		"colors": {rgb, "/Columns 31 /Colors 4", rgb.Pix},
		"deep":   {deep, "/Columns 17 /BitsPerComponent 16", deep.Pix},
		"bits":   {two, "/Columns 77 /BitsPerComponent 1", packed()},
	} {
		var file bytes.Buffer
		if err := png.Encode(&file, c.img); err != nil {
			t.Fatal(err)
		}
		var data []byte
		for b := file.Bytes()[8:]; len(b) > 12; {
			n := binary.BigEndian.Uint32(b)
			if string(b[4:8]) == "IDAT" {
				data = append(data, b[8:8+n]...)
			}
			b = b[12+n:]
		}
		functions := map[byte]bool{}
		z, _ := zlib.NewReader(bytes.NewReader(data))
		rows, _ := io.ReadAll(z)
		for i := 0; i < len(rows); i += len(c.want)/c.img.Bounds().Dy() + 1 {
			functions[rows[i]] = true
		}
		for _, predictor := range []string{"10", "15"} {
			got, err := decode(t, "/Filter /FlateDecode /DecodeParms << "+c.parms+" /Predictor "+predictor+" >>", data)
			if err != nil || !bytes.Equal(got, c.want) {
				t.Errorf("%s: %d bytes, want %d: %v", name, len(got), len(c.want), err)
			}
		}
		t.Logf("%s: functions %v", name, functions)
	}
	// A last row that is short.
	got, err := decode(t, "/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 4 >>", deflate([]byte{0, 1, 2, 3, 4, 2, 1, 1}))
	if err != nil || !slices.Equal(got, []byte{1, 2, 3, 4, 2, 3}) {
		t.Errorf("%v, %v", got, err)
	}
}

// qpdf decodes all filters but predictors of TIFF in another way, on data of ours.
func TestFiltersAgainstQPDF(t *testing.T) {
	text := noise(30_000)
	m := newMaker()
	m.object(1, "<< /Type /Catalog /Pages 2 0 R /X [4 0 R 5 0 R 6 0 R 7 0 R 8 0 R 9 0 R 10 0 R] >>")
	m.object(2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
	m.object(3, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>")
	m.stream(4, "/Filter /LZWDecode", encodeLZW(text))
	m.stream(5, "/Filter [/ASCII85Decode /LZWDecode]", []byte(encode85(encodeLZW(text))))
	m.stream(6, "/Filter [/ASCIIHexDecode /RunLengthDecode]", []byte("02616263FE6480>"))
	m.stream(7, "/Filter /FlateDecode /DecodeParms << /Predictor 2 /Colors 3 /Columns 10 >>", deflate(text))
	m.stream(8, "/Filter /LZWDecode /DecodeParms << /Predictor 2 /BitsPerComponent 4 /Colors 3 /Columns 10 >>", encodeLZW(text))
	m.stream(9, "/Filter /FlateDecode /DecodeParms << /Predictor 2 /BitsPerComponent 16 /Colors 2 /Columns 5 >>", deflate(text))
	m.stream(10, "/Filter /FlateDecode /DecodeParms << /Predictor 2 /BitsPerComponent 1 /Colors 1 /Columns 80 >>", deflate(text))
	m.table("")
	path := filepath.Join(t.TempDir(), "filters.pdf")
	if err := os.WriteFile(path, m.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	out, ok := qpdf(t, "--json=2", "--json-key=qpdf", "--json-stream-data=inline", "--decode-level=specialized", path)
	if !ok {
		t.Fatal("qpdf refuses the file")
	}
	var doc struct {
		QPDF []map[string]json.RawMessage
	}
	if err := json.Unmarshal(out, &doc); err != nil {
		t.Fatal(err)
	}
	f := mustOpen(t, m.Bytes())
	for n, key := range map[uint32]string{4: "obj:4 0 R", 5: "obj:5 0 R", 6: "obj:6 0 R", 7: "obj:7 0 R", 8: "obj:8 0 R", 9: "obj:9 0 R", 10: "obj:10 0 R"} {
		var o struct {
			Stream struct {
				Data string
				Dict map[string]any
			}
		}
		if err := json.Unmarshal(doc.QPDF[1][key], &o); err != nil {
			t.Fatal(err)
		}
		want, _ := base64.StdEncoding.DecodeString(o.Stream.Data)
		if o.Stream.Dict["/Filter"] != nil {
			t.Errorf("stream %d: qpdf does not decode it", n)
			continue
		}
		s, _, _ := pdffile.Value[*pdffile.Stream](f.Last(), pdffile.Ref{Number: n})
		got, err := f.Decode(s)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("stream %d: %d bytes, qpdf has %d: %v", n, len(got), len(want), err)
		}
	}
}
