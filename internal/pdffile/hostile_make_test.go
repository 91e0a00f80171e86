package pdffile_test

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// hostile is a file made to cost much. rows is how many entries or values, of 200
// bytes each and garbage included, it may cost beyond 64 MiB by the limits, and whole
// says that all its objects are read besides.
type hostile struct {
	name  string
	make  func() []byte
	whole bool
	rows  uint64
}

const flood = 16 << 20 // bytes of one word repeated

// inFile puts text into a file of some objects: as the whole file, between its objects,
// and as an object.
func inFile(word string, size int) map[string][]byte {
	text := strings.Repeat(word, size/len(word))
	whole := newMaker()
	whole.pages()
	whole.WriteString(text + "\nstartxref\n9\n%%EOF\n")
	gap := newMaker()
	gap.pages()
	gap.WriteString(text + "\n")
	gap.object(4, "(behind)")
	gap.table("")
	object := newMaker()
	object.pages()
	object.object(4, text)
	object.table("")
	return map[string][]byte{"whole file": whole.Bytes(), "between objects": gap.Bytes(), "an object": object.Bytes()}
}

// raw is a file whose last object is a cross-reference stream with any entries.
func rawStream(entries string, data []byte) []byte {
	m := newMaker()
	m.pages()
	at := m.Len()
	m.stream(4, "/Type /XRef /Root 1 0 R "+entries, data)
	m.end(at)
	return m.Bytes()
}

// published are the rows of inputs that other readers crashed, hung or overflowed on.
var published = []hostile{
	{"object streams that hold each other", func() []byte {
		m := newMaker()
		m.pages()
		for i := range 2 {
			entries, data := box(7-i, "<< /Type /ObjStm >>")
			m.stream(6+i, entries, data)
		}
		m.offsets = map[int]int{1: m.offsets[1], 2: m.offsets[2], 3: m.offsets[3]}
		m.crossStream(9, "", inside{6, 7, 0}, inside{7, 6, 0})
		return m.Bytes()
	}, true, 0},
	{"an object stream that extends itself", func() []byte {
		m := newMaker()
		m.pages()
		entries, data := box(5, "1")
		m.stream(4, entries+" /Extends 4 0 R", data)
		m.crossStream(9, "", inside{5, 4, 0})
		return m.Bytes()
	}, true, 0},
	{"a chain of Extends", func() []byte {
		m := newMaker()
		m.pages()
		var in []inside
		for i := range 5000 {
			entries, data := box(10_000+i, "1")
			m.stream(4+i, entries+fmt.Sprintf(" /Extends %d 0 R", 4+(i+1)%5000), data)
			in = append(in, inside{10_000 + i, 4 + i, 0})
		}
		m.crossStream(9_999, "", in...)
		return m.Bytes()
	}, true, 0},
	{"Columns of a predictor", func() []byte {
		return rawStream("/Size 5 /W [1 2 1] /Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 99999999999 >>", deflate(make([]byte, 100)))
	}, true, 0},
	{"Colors, bits and Columns of a predictor", func() []byte {
		return rawStream("/Size 5 /W [1 2 1] /Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 8000000 /Colors 64 /BitsPerComponent 16 >>", deflate(make([]byte, 100)))
	}, true, 0},
	{"Size", func() []byte { return rawStream("/Size 10000000000 /W [1 2 1]", make([]byte, 100)) }, true, 0},
	{"Size beyond 63 bits", func() []byte { return rawStream("/Size 99999999999999999999 /W [1 2 1]", make([]byte, 100)) }, true, 0},
	{"a start in Index", func() []byte { return rawStream("/Size 5 /W [1 2 1] /Index [3000000000 5]", make([]byte, 100)) }, true, 0},
	{"a count in Index", func() []byte { return rawStream("/Size 5 /W [1 2 1] /Index [0 3000000000]", make([]byte, 100)) }, true, 0},
	{"a start in a table", func() []byte {
		return replace(small().Bytes(), "trailer", "4294967295 1\n0000000015 00000 n \ntrailer")
	}, true, 0},
	{"a count in a table", func() []byte { return replace(small().Bytes(), "xref\n0 1", "xref\n0 3000000000") }, true, 0},
	{"numbers below 0", func() []byte {
		return rawStream("/Size -5 /W [-1 2 -1] /Index [-1 -5] /DecodeParms << /Predictor 12 /Columns -4 >>", make([]byte, 100))
	}, true, 0},
	{"nested arrays", func() []byte { return inFile("[", 10_000_000)["an object"] }, true, 0},
	{"nested dictionaries", func() []byte { return inFile("<</A", 12_000_000)["an object"] }, true, 0},
	{"a Length that is its stream", func() []byte { return withStream("/Length 4 0 R", "\nABCDEFG\nendstream") }, true, 0},
	{"Lengths that lead in a circle", func() []byte {
		m := newMaker()
		m.pages()
		for i := range 3 {
			m.object(4+i, fmt.Sprintf("<< /Length %d 0 R >>\nstream\nABC\nendstream", 4+(i+1)%3))
		}
		m.table("")
		return m.Bytes()
	}, true, 0},
	{"Prev to itself", func() []byte {
		m := newMaker()
		m.pages()
		m.prev = m.Len()
		m.table("")
		return m.Bytes()
	}, true, 0},
	{"an inflated object stream", func() []byte {
		m := newMaker()
		m.pages()
		m.stream(4, "/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", zeros(1<<30))
		m.crossStream(9, "", inside{5, 4, 0})
		return m.Bytes()
	}, true, 0},
	{"pairs in a ByteRange", func() []byte {
		m := newMaker()
		m.pages()
		m.object(4, "<< /Type /Sig /Contents <00> /ByteRange ["+strings.Repeat("0 100000 ", 200_000)+"] >>")
		m.table("")
		return m.Bytes()
	}, true, 0},
}

// further are inputs of our own.
var further = []hostile{
	{"keys of one dictionary", func() []byte {
		var text strings.Builder
		for i := range 250_000 {
			fmt.Fprintf(&text, "/K%d 1", i)
		}
		return withStream("/Length 7 "+text.String(), "\nABCDEFG\nendstream")
	}, true, 1_000_000},
	{"the same key", func() []byte { return withStream("/Length 7 "+strings.Repeat("/K 1", 260_000), "\nABCDEFG\nendstream") }, true, 260_000},
	{"revisions", func() []byte {
		m := small()
		for range pdffile.MaxRevisions + 500 {
			m.table("")
		}
		return m.Bytes()
	}, true, 0},
	{"revisions with the whole table", func() []byte {
		m := newMaker()
		m.pages()
		offsets := []int{m.offsets[1], m.offsets[2], m.offsets[3]}
		for range pdffile.MaxRevisions {
			for i := range 800 {
				m.offsets[i+1] = offsets[i%3]
			}
			m.size = 801
			m.table("")
		}
		return m.Bytes()
	}, false, 800 * pdffile.MaxRevisions},
	{"tables that are one table, entered at each row", func() []byte {
		// Each subsection's rows contain the next xref keyword: sections overlap.
		m := newMaker()
		m.pages()
		at := m.Len()
		for i := range 3000 {
			fmt.Fprintf(m, "xref\n0 0\ntrailer<</Root 1 0 R/Size 4/Prev %010d>>\n", at+(i+1)*53)
		}
		fmt.Fprintf(m, "xref\n0 0\ntrailer<<>>\nstartxref\n%d\n%%%%EOF", at)
		return m.Bytes()
	}, true, 0},
	{"widths of 0", func() []byte { return rawStream("/Size 4000000 /W [0 0 0]", make([]byte, 100)) }, true, 0},
	{"an Index that repeats", func() []byte {
		return rawStream("/Size 5 /W [0 1 0] /Index ["+strings.Repeat("1 100 ", 2000)+"] /Filter /FlateDecode", zeros(200_000))
	}, true, 0},
	{"an Index of nothing", func() []byte {
		return rawStream("/Size 5 /W [0 1 0] /Index ["+strings.Repeat("1 0 ", 200_000)+"]", nil)
	}, true, 400_000},
	{"entries that share one object stream", func() []byte {
		m := newMaker()
		m.pages()
		entries, data := box(5, "["+strings.Repeat("1 ", 100_000)+"]")
		m.stream(4, entries, data)
		var in []inside
		for i := range 50_000 {
			in = append(in, inside{5 + i, 4, 0})
		}
		m.crossStream(100_000, "", in...)
		return m.Bytes()
	}, true, 0},
	{"objects that overlap in an object stream", func() []byte {
		m := newMaker()
		m.pages()
		var head strings.Builder
		var in []inside
		for i := range 5000 {
			fmt.Fprintf(&head, "%d %d ", 10_000+i, i)
			in = append(in, inside{10_000 + i, 4, i})
		}
		m.stream(4, fmt.Sprintf("/Type /ObjStm /N 5000 /First %d", head.Len()), []byte(head.String()+strings.Repeat("[", 50)+strings.Repeat("[ ", 5000)))
		m.crossStream(9, "", in...)
		return m.Bytes()
	}, true, 0},
	{"strings that overlap in an object stream", func() []byte {
		m := newMaker()
		m.pages()
		var head strings.Builder
		var in []inside
		for i := range 20_000 {
			fmt.Fprintf(&head, "%d %d ", 30_000+i, i)
			in = append(in, inside{30_000 + i, 4, i})
		}
		m.stream(4, fmt.Sprintf("/Type /ObjStm /N 20000 /First %d /Filter /FlateDecode", head.Len()), deflate([]byte(head.String()+strings.Repeat("(", 20_000)+strings.Repeat("x", 10<<20))))
		m.crossStream(9, "", in...)
		return m.Bytes()
	}, true, 1_000_000},
	{"object streams that push each other out", func() []byte {
		m := newMaker()
		m.pages()
		var in []inside
		for i := range 2 {
			var head strings.Builder
			for k := range 5000 {
				n := 10_000 + 2*k + i
				fmt.Fprintf(&head, "%d 0 ", n)
				in = append(in, inside{n, 4 + i, k})
			}
			m.stream(4+i, fmt.Sprintf("/Type /ObjStm /N 5000 /First %d /Filter /FlateDecode", head.Len()), deflate([]byte(head.String()+"1 "+strings.Repeat(" ", 10<<20))))
		}
		m.crossStream(9, "", in...)
		return m.Bytes()
	}, true, 1_500_000},
	{"Lengths that lead on and on", func() []byte {
		m := newMaker()
		m.pages()
		for i := range 20_000 {
			m.object(4+i, fmt.Sprintf("<< /Length %d 0 R >>\nstream\nABC\nendstream", 5+i))
		}
		m.object(20_004, "3")
		m.table("")
		return m.Bytes()
	}, true, 300_000},
	{"references that lead on and on", func() []byte {
		m := newMaker()
		m.pages()
		for i := range 20_000 {
			m.object(4+i, fmt.Sprintf("%d 0 R", 5+i))
		}
		m.object(20_004, "3")
		m.table("")
		return m.Bytes()
	}, true, 0},
	{"predictors with long rows", func() []byte {
		m := newMaker()
		m.pages()
		for i := range 200 {
			m.stream(4+i, fmt.Sprintf("/Filter [%s] /DecodeParms [%s]", strings.Repeat("/Fl ", 8), strings.Repeat("<< /Predictor 12 /Columns 1048576 >> ", 8)), deflate([]byte("x")))
		}
		m.table("")
		return m.Bytes()
	}, true, 0},
	{"LZW", func() []byte {
		m := newMaker()
		m.pages()
		m.stream(4, "/Filter /LZWDecode", encodeLZW(make([]byte, 1<<20)))
		m.stream(5, "/Filter [/LZWDecode /LZWDecode]", encodeLZW(encodeLZW(make([]byte, 2<<20))))
		m.stream(6, "/Filter [/LZWDecode /FlateDecode]", encodeLZW(zeros(300<<20)))
		m.table("")
		return m.Bytes()
	}, true, 0},
	{"nested filters", func() []byte {
		m := newMaker()
		m.pages()
		data := zeros(1 << 30)
		for range 6 {
			data = deflate(data)
		}
		m.stream(4, "/Filter ["+strings.Repeat("/FlateDecode ", 7)+"]", data)
		m.stream(5, "/Filter ["+strings.Repeat("/RL ", 8)+"]", bytes.Repeat([]byte("\x81\x81"), 1<<20))
		m.stream(6, "/Filter ["+strings.Repeat("/A85 ", 8)+"]", bytes.Repeat([]byte("z"), 1<<20))
		m.table("")
		return m.Bytes()
	}, true, 0},
	{"streams that hold streams", func() []byte {
		m := newMaker()
		m.pages()
		for i := range 20_000 {
			m.offsets[4+i] = m.Len()
			fmt.Fprintf(m, "%d 0 obj<</Length 99999999>>stream\n", 4+i)
		}
		m.size = 20_004
		m.WriteString("endstream endobj\n")
		m.table("")
		return m.Bytes()
	}, true, 300_000},
	{"streams of one length and no end", func() []byte {
		m := newMaker()
		m.pages()
		for i := range 100_000 {
			m.offsets[4+i] = m.Len()
			fmt.Fprintf(m, "%d 0 obj<</Length 1>>stream\n", 4+i)
		}
		m.size = 100_004
		m.table("")
		return m.Bytes()
	}, true, 0},
	{"entries to each byte", func() []byte {
		m := newMaker()
		m.pages()
		first := m.Len()
		for range 100_000 {
			m.WriteString("1")
		}
		m.WriteString(" 0 obj 1 endobj\n")
		for i := range 100_000 {
			m.offsets[4+i] = first + i
		}
		m.size = 100_004
		m.table("")
		return m.Bytes()
	}, true, 0},
	{"entries to white space", func() []byte {
		m := newMaker()
		m.pages()
		first := m.Len()
		m.WriteString(strings.Repeat(" ", 100_000))
		m.WriteString("4 0 obj 1 endobj\n")
		for i := range 100_000 {
			m.offsets[4+i] = first + i
		}
		m.size = 100_004
		m.table("")
		return m.Bytes()
	}, true, 0},
	{"an encryption for each revision", func() []byte {
		m := newMaker()
		m.pages()
		for i := range 900 {
			m.object(4, fmt.Sprintf("<< /Filter /Standard /V 5 /R 6 /Length 256 /O <%096d> /U <%096d> /OE <%064d> /UE <%064d> /P %d >>", i, i, i, i, i))
			m.table("/Encrypt 4 0 R /ID [<00><00>]")
		}
		return m.Bytes()
	}, true, 0},
}
