package main

import (
	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

// frames lists, for one good token per kind of signer, the bytes of the frame that no
// signature covers: the versions, the announced digest algorithms, and the signer
// identifier, whose letters may change case. The signing-certificate attribute binds
// the signer all the same.
func (s *suite) frames() {
	for _, id := range []string{"plain", "signer-rsa-3072", "signer-pss", "signer-p384", "signer-p521", "signer-ed25519"} {
		for _, v := range s.list {
			if v.ID == id {
				v.Uncommitted = frame(v.bytes)
			}
		}
	}
}

// frame walks a bare DER token along RFC 5652, sections 5.1 and 5.3.
func frame(token []byte) (out [][2]int) {
	s := cryptobyte.String(token)
	into := func(tag asn1.Tag) {
		if !s.ReadASN1(&s, tag) {
			panic("the token has another shape")
		}
	}
	take := func(tag asn1.Tag, list bool) {
		from := cap(token) - cap(s) // sub-slices keep the end of what they were cut from
		var element, contents cryptobyte.String
		if !s.ReadASN1Element(&element, tag) {
			panic("the token has another shape")
		}
		if whole := element; list && whole.ReadASN1(&contents, tag) {
			out = append(out, [2]int{from + len(element) - len(contents), from + len(element)})
		}
	}
	into(asn1.SEQUENCE)
	take(asn1.OBJECT_IDENTIFIER, false)
	into(asn1.Tag(0).Constructed().ContextSpecific())
	into(asn1.SEQUENCE)
	take(asn1.INTEGER, true) // SignedData.version
	take(asn1.SET, true)     // digestAlgorithms
	take(asn1.SEQUENCE, false)
	take(asn1.Tag(0).Constructed().ContextSpecific(), false)
	into(asn1.SET)
	into(asn1.SEQUENCE)
	take(asn1.INTEGER, true) // SignerInfo.version
	into(asn1.SEQUENCE)
	take(asn1.SEQUENCE, true) // issuer of the signer identifier
	return out
}
