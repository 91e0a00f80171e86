package pdf

import (
	"bytes"
	"io"
	"slices"
	"strconv"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// sameValue reports whether two objects say the same: numbers by their value, strings
// by their bytes, dictionaries whatever their order. References are the same if they
// name the same object. Streams are compared by sameObject.
func sameValue(a, b pdffile.Object) bool {
	switch a := a.(type) {
	case nil:
		return b == nil
	case pdffile.String:
		b, ok := b.(pdffile.String)
		return ok && a.Sealed == b.Sealed && bytes.Equal(a.Bytes, b.Bytes)
	case pdffile.Array:
		b, ok := b.(pdffile.Array)
		return ok && slices.EqualFunc(a, b, sameValue)
	case pdffile.Dict:
		b, ok := b.(pdffile.Dict)
		return ok && len(diffKeys(a, b)) == 0
	case *pdffile.Stream:
		b, ok := b.(*pdffile.Stream)
		return ok && a.From == b.From && a.To == b.To && sameValue(a.Dict, b.Dict)
	case pdffile.Integer, pdffile.Real:
		if a == b {
			return true
		}
		x, ok := decimal(a)
		y, ok2 := decimal(b)
		return ok && ok2 && x == y
	}
	return a == b
}

// decimal returns a number in one spelling.
func decimal(o pdffile.Object) (string, bool) {
	var text string
	switch o := o.(type) {
	case pdffile.Integer:
		return strconv.FormatInt(int64(o), 10), true
	case pdffile.Real:
		text = string(o)
	default:
		return "", false
	}
	negative := false
	if text != "" && (text[0] == '-' || text[0] == '+') {
		negative, text = text[0] == '-', text[1:]
	}
	whole, part, _ := cutByte(text, '.')
	for _, c := range []byte(whole + part) {
		if c < '0' || c > '9' {
			return "", false
		}
	}
	for len(whole) > 1 && whole[0] == '0' {
		whole = whole[1:]
	}
	for part != "" && part[len(part)-1] == '0' {
		part = part[:len(part)-1]
	}
	if whole == "" {
		whole = "0"
	}
	if part != "" {
		whole += "." + part
	}
	if negative && whole != "0" {
		whole = "-" + whole
	}
	return whole, true
}

func cutByte(s string, c byte) (before, after string, found bool) {
	for i := range len(s) {
		if s[i] == c {
			return s[:i], s[i+1:], true
		}
	}
	return s, "", false
}

// diffKeys returns the keys whose values differ, in the order of the newer dictionary
// and then of the older one. Null is no value (7.3.7); of a key that stands twice, all
// values count.
func diffKeys(a, b pdffile.Dict) []pdffile.Name {
	var out []pdffile.Name
	if len(a.Members) > 32 || len(b.Members) > 32 {
		return diffLarge(a, b)
	}
	for i, m := range b.Members {
		if !sameEntry(a, b, m.Key) && !hasBefore(b.Members[:i], m.Key) {
			out = append(out, m.Key)
		}
	}
	for i, m := range a.Members {
		if _, also := b.Member(m.Key); !also && !isNull(m.Value) && !hasBefore(a.Members[:i], m.Key) {
			out = append(out, m.Key)
		}
	}
	return out
}

func sameEntry(a, b pdffile.Dict, key pdffile.Name) bool {
	return slices.EqualFunc(valuesOf(a, key), valuesOf(b, key), sameValue)
}

func valuesOf(d pdffile.Dict, key pdffile.Name) (out []pdffile.Object) {
	for _, m := range d.Members {
		if m.Key == key && !isNull(m.Value) {
			out = append(out, m.Value)
		}
	}
	return out
}

func hasBefore(list []pdffile.Member, key pdffile.Name) bool {
	return slices.ContainsFunc(list, func(m pdffile.Member) bool { return m.Key == key })
}

func isNull(o pdffile.Object) bool {
	_, null := o.(pdffile.Null)
	return null || o == nil
}

// diffLarge is diffKeys for dictionaries with many entries.
func diffLarge(a, b pdffile.Dict) (out []pdffile.Name) {
	x, y := map[pdffile.Name][]pdffile.Object{}, map[pdffile.Name][]pdffile.Object{}
	for _, m := range a.Members {
		if !isNull(m.Value) {
			x[m.Key] = append(x[m.Key], m.Value)
		}
	}
	for _, m := range b.Members {
		if !isNull(m.Value) {
			y[m.Key] = append(y[m.Key], m.Value)
		}
	}
	for _, m := range b.Members {
		if values, ok := y[m.Key]; ok {
			if !slices.EqualFunc(x[m.Key], values, sameValue) {
				out = append(out, m.Key)
			}
			delete(y, m.Key)
			delete(x, m.Key)
		}
	}
	for _, m := range a.Members {
		if _, ok := x[m.Key]; ok {
			out = append(out, m.Key)
			delete(x, m.Key)
		}
	}
	return out
}

// sameObject compares two objects, streams by their data as they stand. Where only the
// filters differ, or the document is encrypted, the decoded data are compared, and
// recoded is true. The view is that of b.
func (c *comparer) sameObject(a, b pdffile.Object, v *pdffile.View) (same, recoded bool, err error) {
	x, ok := a.(*pdffile.Stream)
	y, ok2 := b.(*pdffile.Stream)
	if !ok || !ok2 {
		return ok == ok2 && sameValue(a, b), false, nil
	}
	filters := false
	for _, key := range diffKeys(x.Dict, y.Dict) {
		switch key {
		case "Length": // where the data end is known, but not all readers look for it
			n, err := resolveIn(v, y.Dict.Get(key))
			if n != pdffile.Object(pdffile.Integer(y.To-y.From)) || err != nil {
				return false, false, err
			}
		case "Filter", "DecodeParms":
			filters = true
		default:
			return false, false, nil
		}
	}
	_, encrypted := c.f.Encrypted()
	if !filters && (x.To-x.From == y.To-y.From || !encrypted) {
		if x.To-x.From != y.To-y.From {
			return false, false, nil
		}
		same, err = c.sameBytes(c.f.Raw(x), c.f.Raw(y), rawAVisit)
		if same || err != nil || !encrypted {
			return same, false, err
		}
	}
	p, err := c.f.Reader(x)
	if err != nil {
		return false, false, passingOwn(err)
	}
	defer p.Close()
	q, err := c.f.Reader(y)
	if err != nil {
		return false, false, passingOwn(err)
	}
	defer q.Close()
	same, err = c.sameBytes(p, q, decodedAVisit)
	return same, same, passingOwn(err)
}

// passingOwn drops errors that are properties of the document.
func passingOwn(err error) error {
	if _, own := err.(*pdffile.Error); own {
		return nil
	}
	return err
}

// sameBytes compares two streams. So many bytes cost as much as an object.
func (c *comparer) sameBytes(a, b io.Reader, perVisit int) (bool, error) {
	x, y := make([]byte, 16<<10), make([]byte, 16<<10)
	for {
		if err := c.spend(len(x) / perVisit); err != nil {
			return false, err
		}
		n, err := io.ReadFull(a, x)
		m, err2 := io.ReadFull(b, y)
		end, end2 := err == io.EOF || err == io.ErrUnexpectedEOF, err2 == io.EOF || err2 == io.ErrUnexpectedEOF
		switch { // what could not be read is no difference
		case err != nil && !end:
			return false, err
		case err2 != nil && !end2:
			return false, err2
		case n != m || !bytes.Equal(x[:n], y[:m]):
			return false, nil
		case end || end2:
			return end && end2, nil
		}
	}
}
