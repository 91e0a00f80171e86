package main

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"strings"
)

// signature is a signature dictionary with its field, to be written into a document. The
// zero value of each member is the usual.
type signature struct {
	typ       string // Sig; "-" leaves it out
	filter    string // Adobe.PPKLite
	subFilter string // adbe.pkcs7.detached
	more      string // further entries, in front of ByteRange
	behind    string // further entries, behind Contents
	field     string // name; Signature and a number
	fieldMore string // further entries of the field: Lock, SV
	noField   bool   // nothing leads to the dictionary
	inField   bool   // the dictionary lies directly in its field
	rect      string // of the widget; [0 0 0 0], which nobody sees

	rangeBehind bool // ByteRange stands behind Contents

	// value makes what Contents holds, over the signed bytes; nil leaves the room empty.
	value func(content []byte) []byte
	// room is how many bytes are reserved for it; 0 is some more than it has.
	room int
	// padding stands behind the value, in front of the zeros.
	padding []byte

	// ranges writes another ByteRange than the usual one, which it is given. The value is
	// made over the usual bytes, unless covers says over which.
	ranges func(r [4]int) string
	covers func(file []byte, r [4]int) []byte
	// written writes Contents otherwise than in hexadecimal; it must be as long.
	written func(hex string) string
}

// hole is a signature that is filled in when its revision is complete.
type hole struct {
	signature
	byteRange, value [2]int // from and to
	node             int
}

// rangeRoom is for four numbers, two of them as large as can be.
const rangeRoom = 60

// sign writes dictionary and field, and enlists the field in form and page. It returns the
// object number of the dictionary. It is filled in by end.
func (d *document) sign(s signature) int {
	n := d.number()
	if s.inField {
		d.widget(n, "", s)
		return n
	}
	d.rows[n] = row{'n', len(d.b), 0}
	d.raw(fmt.Sprintf("%d 0 obj\n", n))
	d.dictionary(s)
	d.raw("\nendobj\n")
	if !s.noField {
		d.widget(d.number(), ref(n), s)
	}
	return n
}

// dictionary writes the signature dictionary alone, at this place.
func (d *document) dictionary(s signature) {
	if s.room == 0 && s.value != nil {
		s.room = len(s.value(nil)) + len(s.padding) + 32
	}
	h := &hole{signature: s, node: len(d.nodes)}
	if s.subFilter == "ETSI.RFC3161" {
		d.timestamps++
		d.nodes = append(d.nodes, fmt.Sprintf("#timestamp-%d", d.timestamps))
	} else {
		d.signatures++
		d.nodes = append(d.nodes, fmt.Sprintf("#signature-%d", d.signatures))
	}
	d.values = append(d.values, nil)
	d.raw("<<")
	if s.typ != "-" {
		d.raw("/Type/" + or(s.typ, "Sig"))
	}
	d.raw("/Filter/" + or(s.filter, "Adobe.PPKLite") + "/SubFilter/" + or(s.subFilter, detached) + s.more)
	if !s.rangeBehind {
		h.byteRange = d.rangeSpace()
	}
	d.raw("/Contents ")
	h.value = d.space("<" + strings.Repeat("00", s.room) + ">")
	if s.rangeBehind {
		h.byteRange = d.rangeSpace()
	}
	d.raw(s.behind + ">>")
	d.holes = append(d.holes, h)
}

func (d *document) rangeSpace() [2]int {
	d.raw("/ByteRange ")
	return d.space(strings.Repeat(" ", rangeRoom))
}

func (d *document) space(s string) [2]int {
	at := len(d.b)
	d.raw(s)
	return [2]int{at, len(d.b)}
}

func (d *document) widget(n int, value string, s signature) {
	d.rows[n] = row{'n', len(d.b), 0}
	name := or(s.field, fmt.Sprintf("Signature%d", len(d.nodes)))
	d.raw(fmt.Sprintf("%d 0 obj\n<</Type/Annot/Subtype/Widget/Rect%s/F 132/P %s/FT/Sig/T%s%s/V ", n, or(s.rect, "[0 0 0 0]"), ref(objPage), d.text(n, name), s.fieldMore))
	if value == "" {
		d.dictionary(s)
	}
	d.raw(value + ">>\nendobj\n")
	d.enlist(n)
}

// certify signs with DocMDP at level p (ISO 32000-2, 12.8.2.2), which the catalog says
// too.
func (d *document) certify(p int, s signature) int {
	s.more += docMDP(p)
	n := d.sign(s)
	d.set("Perms", "<</DocMDP "+ref(n)+">>")
	return n
}

func docMDP(p int) string {
	return fmt.Sprintf("/Reference[<</Type/SigRef/TransformMethod/DocMDP/TransformParams<</Type/TransformParams/V/1.2/P %d>>>>]", p)
}

// fieldMDP are the entries of a signature that locks fields: All, Include or Exclude.
func fieldMDP(action string, fields ...string) string {
	return fmt.Sprintf("/Reference[<</Type/SigRef/TransformMethod/FieldMDP/Data %s/TransformParams<</Type/TransformParams/V/1.2%s>>>>]", ref(objCatalog), locked(action, fields))
}

// lock is the entry of a signature field that says what its signature locks.
func lock(action string, fields ...string) string {
	return "/Lock<</Type/SigFieldLock" + locked(action, fields) + ">>"
}

func locked(action string, fields []string) string {
	s := "/Action/" + action
	if action != "All" {
		s += "/Fields[(" + strings.Join(fields, ")(") + ")]"
	}
	return s
}

func (d *document) fill(h *hole) {
	r := [4]int{0, h.value[0], h.value[1], len(d.b) - h.value[1]}
	text := fmt.Sprint(r)
	if h.ranges != nil {
		text = h.ranges(r)
	}
	if len(text) > rangeRoom {
		panic("no room for the ByteRange " + text)
	}
	copy(d.b[h.byteRange[0]:], text)
	all := make([]byte, h.room)
	if h.signature.value != nil {
		covers := h.covers
		if covers == nil {
			covers = around
		}
		value := append(h.signature.value(covers(d.b, r)), h.padding...)
		if len(value) > h.room {
			panic(fmt.Sprintf("%d bytes, and room for %d", len(value), h.room))
		}
		copy(all, value)
	}
	d.values[h.node] = all
	out := "<" + hex.EncodeToString(all) + ">"
	if h.written != nil {
		out = h.written(out)
	}
	if len(out) != h.value[1]-h.value[0] {
		panic("Contents of another length")
	}
	copy(d.b[h.value[0]:], out)
}

// around are the bytes that a ByteRange names.
func around(file []byte, r [4]int) []byte {
	return append(bytes.Clone(file[r[0]:r[0]+r[1]]), file[r[2]:r[2]+r[3]]...)
}

func or(s, usual string) string {
	if s == "" {
		return usual
	}
	return s
}
