package main

import "fmt"

// vectorsGeometry: ByteRange and Contents that name other bytes than they must.
func vectorsGeometry(s *suite) {
	s.add("range-from-1", "the ByteRange leaves out the first byte, and the digest fits", ranged(func(r [4]int) [4]int {
		return [4]int{1, r[1] - 1, r[2], r[3]}
	})).refused("#signature-1", "byte-range", "pdf.byte-range-start")
	s.add("gap-wide", "the gap has one byte more than Contents, and the digest fits", ranged(func(r [4]int) [4]int {
		return [4]int{0, r[1] - 1, r[2], r[3]}
	})).refused("#signature-1", "contents-gap", "pdf.contents-gap")
	s.add("gap-wide-behind", "the gap has one byte more behind Contents, and the digest fits", ranged(func(r [4]int) [4]int {
		return [4]int{0, r[1], r[2] + 1, r[3] - 1}
	})).refused("#signature-1", "contents-gap", "pdf.contents-gap")
	s.add("gap-without-brackets", "the brackets of Contents are signed, and the digest fits", rangedOver(around, func(r [4]int) [4]int {
		return [4]int{0, r[1] + 1, r[2] - 1, r[3] + 1}
	})).refused("#signature-1", "contents-gap", "pdf.contents-gap")
	s.add("coverage", "the ByteRange ends before the end-of-file marker, and the digest fits", ranged(func(r [4]int) [4]int {
		return [4]int{0, r[1], r[2], r[3] - len("%%EOF\n")}
	})).refused("#signature-1", "coverage", "pdf.coverage")
	s.add("coverage-line-end", "the end of line behind the end-of-file marker is not signed: some writers add it later", ranged(func(r [4]int) [4]int {
		return [4]int{0, r[1], r[2], r[3] - 1}
	}))
	s.add("padding", "other bytes than zeros behind the signature", signed(cades(container{}).with(func(s *signature) {
		s.padding = []byte{0, 0, 1}
	}))).refused("#signature-1", "padding", "pdf.padding")
	s.add("padding-zeros", "zeros alone behind the signature, and many of them", signed(cades(container{}).with(func(s *signature) { s.room = 4096 })))
	s.add("padding-none", "the room is just as large as the signature", func() *document {
		x := cades(container{by: rsaSigner()}) // of the same length whatever it is over
		x.room = len(x.value(nil))
		return signed(x)
	}())
	rangesThatAreNone(s)
}

// rangesThatAreNone: the numbers name no bytes that could be signed.
func rangesThatAreNone(s *suite) {
	for _, x := range []struct {
		id, comment, check, reason string
		written                    func(r [4]int) string
	}{
		{"range-gaps", "the ByteRange has a second gap, in which anything could be changed", "", "pdf.byte-range-gaps", func(r [4]int) string {
			return fmt.Sprint([]int{0, 100, 110, r[1] - 110, r[2], r[3]})
		}},
		{"range-three", "the ByteRange has three numbers", "", "pdf.byte-range", func(r [4]int) string { return fmt.Sprint(r[:3]) }},
		{"range-none", "there is no number in the ByteRange", "", "pdf.byte-range", func(r [4]int) string { return "[]" }},
		{"range-reals", "a number of the ByteRange is no integer", "", "pdf.byte-range", func(r [4]int) string {
			return fmt.Sprintf("[0 %d %d %d.5]", r[1], r[2], r[3])
		}},
		{"range-negative", "the ByteRange begins before the file", "", "pdf.byte-range-negative", func(r [4]int) string {
			return fmt.Sprintf("[-1 %d %d %d]", r[1]+1, r[2], r[3])
		}},
		{"range-length-negative", "a length in the ByteRange is negative", "", "pdf.byte-range-negative", func(r [4]int) string {
			return fmt.Sprintf("[0 %d %d -%d]", r[1], r[2], r[3])
		}},
		{"range-outside", "the ByteRange ends behind the end of the file", "", "pdf.byte-range-outside", func(r [4]int) string {
			return fmt.Sprintf("[0 %d %d %d]", r[1], r[2], r[3]+1)
		}},
		{"range-large", "a sum of the ByteRange leaves 64 bits", "", "pdf.byte-range-outside", func(r [4]int) string {
			return fmt.Sprintf("[0 %d %d 9223372036854775807]", r[1], r[2])
		}},
		{"range-overlap", "the two parts of the ByteRange overlap", "", "pdf.byte-range-overlap", func(r [4]int) string {
			return fmt.Sprintf("[0 %d %d %d]", r[2]+1, r[2], r[3])
		}},
	} {
		s.add(x.id, x.comment, signed(cades(container{}).with(func(s *signature) { s.ranges = x.written }))).
			refused("#signature-1", x.check, x.reason)
	}
	d := newDocument().end()
	zero := d.add("0")
	d.sign(cades(container{}).with(func(s *signature) {
		s.ranges = func(r [4]int) string { return fmt.Sprintf("[%s %d %d %d]", ref(zero), r[1], r[2], r[3]) }
	}))
	s.add("range-indirect", "a number of the ByteRange is another object, which a later revision could replace", d.end()).
		refused("#signature-1", "byte-range", "pdf.byte-range-indirect")
}

// ranged has another ByteRange, and its signature is over what that names.
func ranged(change func(r [4]int) [4]int) *document { return rangedOver(around, change) }

func rangedOver(bytes func(file []byte, r [4]int) []byte, change func(r [4]int) [4]int) *document {
	return signed(cades(container{}).with(func(s *signature) {
		s.ranges = func(r [4]int) string { return fmt.Sprint(change(r)) }
		s.covers = func(b []byte, r [4]int) []byte { return bytes(b, change(r)) }
	}))
}
