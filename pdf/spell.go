package pdf

import (
	"fmt"
	"slices"
	"strings"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// spell writes an object so that what says the same is written the same.
func spell(o pdffile.Object) string {
	var b strings.Builder
	spellTo(&b, o)
	return b.String()
}

func spellTo(b *strings.Builder, o pdffile.Object) {
	switch o := o.(type) {
	case pdffile.Ref:
		fmt.Fprintf(b, "%d %d R", o.Number, o.Generation)
	case pdffile.String:
		fmt.Fprintf(b, "(%q)", o.Bytes)
	case pdffile.Array:
		b.WriteByte('[')
		for _, x := range o {
			spellTo(b, x)
			b.WriteByte(' ')
		}
		b.WriteByte(']')
	case pdffile.Dict:
		list := make([]string, 0, len(o.Members))
		for _, m := range o.Members {
			if !isNull(m.Value) {
				list = append(list, fmt.Sprintf("/%q ", string(m.Key))+spell(m.Value))
			}
		}
		slices.Sort(list)
		b.WriteString("<<" + strings.Join(list, " ") + ">>")
	case pdffile.Integer, pdffile.Real:
		if text, ok := decimal(o); ok {
			b.WriteString(text)
			return
		}
		fmt.Fprint(b, o)
	case pdffile.Null:
		b.WriteString("null")
	case pdffile.Name:
		fmt.Fprintf(b, "/%q", string(o))
	default:
		fmt.Fprintf(b, "%T %v", o, o)
	}
}

// digestOf is a number that is the same for values that say the same. It tells changes
// apart in a list, and decides nothing.
func digestOf(o pdffile.Object) uint64 {
	const odd, other = 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F
	var sum uint64
	switch o := o.(type) {
	case nil, pdffile.Null:
		return 0
	case pdffile.Ref:
		return (uint64(o.Number)<<16|uint64(o.Generation))*odd + 1
	case pdffile.Array:
		for _, x := range o {
			sum = (sum + digestOf(x) + 2) * odd
		}
	case pdffile.Dict:
		for _, m := range o.Members {
			if !isNull(m.Value) {
				sum += (digestOf(m.Key) ^ digestOf(m.Value)*odd) * other
			}
		}
	case *pdffile.Stream:
		sum = digestOf(o.Dict) + uint64(o.From)*odd
	case pdffile.String:
		sum = hashOf(o.Bytes) + 3
	case pdffile.Name:
		sum = hashOf(o) + 4
	default:
		sum = hashOf(spell(o)) + 5
	}
	return sum * other
}

// hashOf is FNV-1a.
func hashOf[T ~string | ~[]byte](b T) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(b) {
		h = (h ^ uint64(b[i])) * 1099511628211
	}
	return h
}
