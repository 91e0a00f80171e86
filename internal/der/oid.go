package der

import (
	"strconv"
	"strings"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

// OID is an object identifier: the contents of its DER encoding, so that two are
// equal exactly when the identifiers are.
type OID string

// maxShown bounds how much of an identifier is written out. The longest in use are
// below 30 bytes; a hostile one must not flood a report.
const maxShown = 128

// ReadOID consumes an OBJECT IDENTIFIER. Empty and unfinished ones and padded arcs
// are refused.
func ReadOID(s *cryptobyte.String, out *OID) bool {
	var c cryptobyte.String
	if !s.ReadASN1(&c, asn1.OBJECT_IDENTIFIER) || len(c) == 0 || c[len(c)-1]&0x80 != 0 {
		return false
	}
	for i, b := range c {
		if b == 0x80 && (i == 0 || c[i-1]&0x80 == 0) {
			return false
		}
	}
	if known, ok := interned[string(c)]; ok {
		*out = known
	} else {
		*out = OID(c)
	}
	return true
}

// interned holds the identifiers that evidence is full of, so that reading one does
// not make a new string.
var interned = make(map[string]OID)

// Intern adds identifiers to those that are read without a copy. It is called from
// init functions only: afterwards the set is read by many goroutines.
func Intern(oids ...OID) {
	for _, o := range oids {
		interned[string(o)] = o
	}
}

// String returns the dotted form. Arcs that do not fit 64 bits show as "?", and after
// 128 bytes an ellipsis stands for the rest.
func (o OID) String() string {
	var out []byte
	var arc uint64
	var bits int
	for i := 0; i < len(o); i++ {
		if i == maxShown {
			return string(out) + "…"
		}
		arc, bits = arc<<7|uint64(o[i]&0x7f), bits+7
		if o[i]&0x80 != 0 {
			continue
		}
		switch {
		case bits > 63:
			out = append(out, ".?"...)
		case len(out) == 0:
			first := min(arc/40, 2)
			out = strconv.AppendUint(out, first, 10)
			out = append(out, '.')
			out = strconv.AppendUint(out, arc-40*first, 10)
		default:
			out = append(out, '.')
			out = strconv.AppendUint(out, arc, 10)
		}
		arc, bits = 0, 0
	}
	return string(out)
}

// MustOID encodes a dotted identifier written in the source code; it panics on one
// that is none.
func MustOID(dotted string) OID {
	var arcs []uint64
	for _, part := range strings.Split(dotted, ".") {
		n, err := strconv.ParseUint(part, 10, 63)
		if err != nil {
			panic("internal error: bad object identifier " + dotted)
		}
		arcs = append(arcs, n)
	}
	if len(arcs) < 2 || arcs[0] > 2 {
		panic("internal error: bad object identifier " + dotted)
	}
	out := appendArc(nil, arcs[0]*40+arcs[1])
	for _, n := range arcs[2:] {
		out = appendArc(out, n)
	}
	return OID(out)
}

func appendArc(out []byte, n uint64) []byte {
	shift := 0
	for n>>shift >= 0x80 {
		shift += 7
	}
	for ; shift > 0; shift -= 7 {
		out = append(out, byte(n>>shift)|0x80)
	}
	return append(out, byte(n)&0x7f)
}
