package main

import (
	stdasn1 "encoding/asn1"
	"math/big"
	"strconv"
	"strings"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

func tlv(tag asn1.Tag, parts ...[]byte) []byte {
	var b cryptobyte.Builder
	b.AddASN1(tag, func(b *cryptobyte.Builder) { b.AddBytes(concat(parts...)) })
	return b.BytesOrPanic()
}

func seq(parts ...[]byte) []byte   { return tlv(asn1.SEQUENCE, parts...) }
func set(parts ...[]byte) []byte   { return tlv(asn1.SET, parts...) }
func null() []byte                 { return tlv(asn1.NULL) }
func bitString(b []byte) []byte    { return tlv(asn1.BIT_STRING, []byte{0}, b) }
func integerOf(raw ...byte) []byte { return tlv(asn1.INTEGER, raw) }

func integer(n *big.Int) []byte {
	var b cryptobyte.Builder
	b.AddASN1BigInt(n)
	return b.BytesOrPanic()
}

func oid(dotted string) []byte {
	var id stdasn1.ObjectIdentifier
	for arc := range strings.SplitSeq(dotted, ".") {
		n, err := strconv.Atoi(arc)
		must(err)
		id = append(id, n)
	}
	var b cryptobyte.Builder
	b.AddASN1ObjectIdentifier(id)
	return b.BytesOrPanic()
}

// certificate holds a key, from 2025 to 2027. Nobody checks who signed it: as a trusted
// key it is believed as it is, and inside evidence it only names a key.
func certificate(spki []byte) []byte {
	name := seq(set(seq(oid("2.5.4.3"), tlv(asn1.UTF8String, []byte("Exhibit test signer")))))
	alg := seq(oid(oidEd25519))
	validity := seq(tlv(asn1.UTCTime, []byte("250101000000Z")), tlv(asn1.UTCTime, []byte("270101000000Z")))
	version := tlv(asn1.Tag(0).ContextSpecific().Constructed(), integer(big.NewInt(2)))
	tbs := seq(version, integer(big.NewInt(7)), alg, name, validity, name, spki)
	return seq(tbs, alg, bitString(edKey("issuer").ed(tbs)))
}

// explicitSPKI writes the curve by its parameters instead of its name (RFC 5480 forbids
// it): whoever computes with them computes with the attacker's generator.
func (k *key) explicitSPKI() []byte {
	p := k.curve.Params()
	field := seq(oid("1.2.840.10045.1.1"), integer(p.P))
	a := new(big.Int).Sub(p.P, big.NewInt(3))
	coefficients := seq(tlv(asn1.OCTET_STRING, k.coordinate(a)), tlv(asn1.OCTET_STRING, k.coordinate(p.B)))
	base := tlv(asn1.OCTET_STRING, []byte{4}, k.coordinate(p.Gx), k.coordinate(p.Gy))
	params := seq(integer(big.NewInt(1)), field, coefficients, base, integer(p.N), integer(big.NewInt(1)))
	return seq(seq(oid(oidEC), params), bitString(k.point()))
}
