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
	s.add("padding", "other bytes than zeros behind the signature", signed(cades(container{}).with(func(s *signature) {
		s.padding = []byte{0, 0, 1}
	}))).refused("#signature-1", "padding", "pdf.padding")
}

// ranged has another ByteRange, and its signature is over what that names.
func ranged(change func(r [4]int) [4]int) *document {
	return signed(cades(container{}).with(func(s *signature) {
		s.ranges = func(r [4]int) string { return fmt.Sprint(change(r)) }
		s.covers = func(b []byte, r [4]int) []byte { return around(b, change(r)) }
	}))
}
