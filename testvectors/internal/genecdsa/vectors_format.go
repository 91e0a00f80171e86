package main

import (
	"bytes"
	"crypto"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"math/big"
	"strings"
)

const badEncoding = "ecdsa.bad-encoding"

// format: signature values that are not in their one spelling.
func (s *suite) format() {
	p := s.p256.ecdsa(crypto.SHA256, letter)
	n := s.p256.n()
	good := p.der()
	r, sv := p.r.Bytes(), p.s.Bytes()
	for _, c := range []struct {
		id, comment string
		sig         []byte
	}{
		{"der-trailing", "a byte behind the SEQUENCE", append(bytes.Clone(good), 0)},
		{"der-inside-trailing", "a third element inside the SEQUENCE", seq(integer(p.r), integer(p.s), null())},
		{"der-long-length", "the length in the long form where the short one fits", concat([]byte{0x30, 0x81}, good[1:])},
		{"der-padded", "an INTEGER with a zero in front that it does not need", seq(integerOf(concat([]byte{0, 0}, r)...), integer(p.s))},
		{"der-truncated", "the last byte is missing", good[:len(good)-1]},
		{"der-set", "a SET in the place of the SEQUENCE", concat([]byte{0x31}, good[1:])},
		{"der-one-number", "one number alone", seq(integer(p.r))},
		{"der-empty", "an empty SEQUENCE", seq()},
		{"der-indefinite", "an indefinite length, as BER allows", concat([]byte{0x30, 0x80}, integer(p.r), integer(p.s), []byte{0, 0})},
		{"empty", "an empty file", []byte{}},
		{"text-hex-mixed", "hexadecimal in both cases", []byte(strings.ToUpper(hex.EncodeToString(good)[:70]) + hex.EncodeToString(good)[70:])},
		{"text-hex-odd", "hexadecimal with a digit missing", []byte(hex.EncodeToString(good)[1:])},
		{"text-base64-spare-bits", "base64 with spare bits set", spareBits(good)},
		{"text-base64-lines", "base64 in lines of uneven length", []byte(uneven(base64.StdEncoding.EncodeToString(good)))},
		{"text-base64-unpadded", "base64 without its padding", bytes.TrimRight([]byte(base64.StdEncoding.EncodeToString(slashed(s))), "=")},
		{"text-two-line-ends", "two line ends behind hexadecimal", []byte(hex.EncodeToString(good) + "\n\n")},
	} {
		s.add(c.id, c.comment, ".sig", c.sig).usual().refused(badEncoding)
	}
	raw := p.p1363(n)
	for _, c := range []struct {
		id, comment string
		sig         []byte
	}{
		{"p1363-short", "a byte less", raw[1:]},
		{"p1363-long", "a byte more, as a recovery id would be", append(bytes.Clone(raw), 27)},
		{"p1363-uneven", "r with a zero in front", concat([]byte{0}, raw)},
		{"p1363-der", "DER in the place of r and s", good},
		{"p1363-trimmed", "numbers without their leading zeros", concat(r[1:], sv[1:])},
		{"p1363-empty", "an empty file", []byte{}},
	} {
		s.add(c.id, c.comment, ".p1363", c.sig).usualP1363().refused(badEncoding)
	}
	s.add("limit", "a value longer than any signature that is judged", ".sig", stream("limit", 2049)).usual().refused("ecdsa.limit")
}

// spareBits changes the unused bits of the last letter.
func spareBits(sig []byte) []byte {
	for len(sig)%3 != 1 {
		sig = append(bytes.Clone(sig), 0)
	}
	text := base64.StdEncoding.EncodeToString(sig)
	at := len(text) - 3
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
	return []byte(text[:at] + string(letters[strings.IndexByte(letters, text[at])+1]) + text[at+1:])
}

func uneven(text string) string { return text[:50] + "\n" + text[50:] + "\n" }

// slashed finds a signature whose base64 shows that it is not base64url.
func slashed(s *suite) []byte {
	for i := range 1000 {
		sig := s.p256.withNonce(sum(crypto.SHA256, letter), scalar("slash "+string(rune('a'+i)), s.p256.n())).der()
		if text := base64.StdEncoding.EncodeToString(sig); strings.ContainsAny(text, "+/") && strings.HasSuffix(text, "=") {
			return sig
		}
	}
	panic("no such signature")
}

// formatJWS: JSON Web Signatures with two readings, or none.
func (s *suite) formatJWS() {
	kid := member{"kid", "a"}
	good := s.p256.jws(letter, kid)
	parts := strings.Split(string(good.compact()), ".")
	join := func(p ...string) []byte { return []byte(strings.Join(p, ".")) }
	with := func(header []byte) []byte { return s.p256.jwsWith(header, letter).compact() }
	flat := good.flattened()
	for _, c := range []struct {
		id, comment string
		jws         []byte
	}{
		{"jws-empty", "an empty file", []byte{}},
		{"jws-two-parts", "two parts", join(parts[0], parts[1])},
		{"jws-four-parts", "four parts", join(parts[0], parts[1], parts[2], "")},
		{"jws-no-header", "an empty header", join("", parts[1], parts[2])},
		{"jws-padded", "base64url with padding", join(parts[0], parts[1], parts[2]+"==")},
		{"jws-payload-line-end", "a line end inside the payload", join(parts[0], parts[1][:4]+"\n"+parts[1][4:], parts[2])},
		{"jws-signature-alphabet", "a letter of the other alphabet in the signature", join(parts[0], parts[1], "+"+parts[2][1:])},
		{"jws-signature-short", "a signature with a byte less", token{good.header, letter, good.sig[1:], false}.compact()},
		{"jws-signature-der", "a signature in DER", token{good.header, letter, s.p256.ecdsa(crypto.SHA256, letter).der(), false}.compact()},
		{"jws-no-signature", "no signature", token{good.header, letter, nil, false}.compact()},
		{"jws-header-array", "the header is a list", with([]byte(`["ES256"]`))},
		{"jws-header-trailing", "a second value behind the header", with([]byte(`{"alg":"ES256","kid":"a"}{}`))},
		{"jws-header-twice", "a member twice: two readers see two algorithms", with([]byte(`{"alg":"none","alg":"ES256","kid":"a"}`))},
		{"jws-header-twice-escaped", "a member twice, once in escapes", with([]byte(`{"kid":"a","\u006bid":"b","alg":"ES256"}`))},
		{"jws-header-no-alg", "no algorithm", with([]byte(`{"kid":"a"}`))},
		{"jws-header-alg-case", "the member is ALG", with([]byte(`{"ALG":"ES256","kid":"a"}`))},
		{"jws-header-kid-number", "a key id that is a number", with([]byte(`{"alg":"ES256","kid":1}`))},
		{"jws-header-utf8", "a header that is not UTF-8", with([]byte("{\"alg\":\"ES256\",\"kid\":\"\xff\"}"))},
		{"jws-crit-empty", "an empty crit", with([]byte(`{"alg":"ES256","kid":"a","crit":[]}`))},
		{"jws-flattened-truncated", "a flattened JWS that ends too early", flat[:len(flat)-1]},
		{"jws-flattened-twice", "two payloads", []byte(strings.Replace(string(flat), `{`, `{"payload":"`+b64(other)+`",`, 1))},
		{"jws-flattened-no-protected", "no protected header", object(member{"payload", b64(letter)}, member{"header", map[string]string{"alg": "ES256"}}, member{"signature", b64(good.sig)})},
		{"jws-flattened-kid-twice", "the key id in both headers", good.flattened(member{"header", map[string]string{"kid": "a"}})},
	} {
		s.add(c.id, c.comment, ".jws", c.jws).usualJWS().refused(badEncoding)
	}
}

// formatKeys: keys inside the evidence that are none.
func (s *suite) formatKeys() {
	k := s.p256
	jwk := func(members ...member) []byte {
		return s.p256.jws(letter, member{"jwk", json.RawMessage(object(members...))}).compact()
	}
	x, y := b64(k.coordinate(k.x)), b64(k.coordinate(k.y))
	kty, crv := member{"kty", "EC"}, member{"crv", "P-256"}
	zero := b64(make([]byte, 32))
	chain := func(spki []byte) []byte {
		return k.jws(letter, member{"x5c", []string{base64.StdEncoding.EncodeToString(certificate(spki))}}).compact()
	}
	off := k.coordinate(new(big.Int).Add(k.y, big.NewInt(1)))
	for _, c := range []struct {
		id, comment string
		jws         []byte
	}{
		{"jwk-off-curve", "a point off the curve", jwk(kty, crv, member{"x", x}, member{"y", b64(off)})},
		{"jwk-infinity", "the coordinates 0, 0", jwk(kty, crv, member{"x", zero}, member{"y", zero})},
		{"jwk-short", "a coordinate with a byte less", jwk(kty, crv, member{"x", b64(k.coordinate(k.x)[1:])}, member{"y", y})},
		{"jwk-not-reduced", "a coordinate with the field's prime added", jwk(kty, crv, member{"x", b64(make([]byte, 33))}, member{"y", y})},
		{"jwk-private", "the secret key itself", jwk(kty, crv, member{"x", x}, member{"y", y}, member{"d", b64(k.d.Bytes())})},
		{"jwk-other-curve", "a key on P-384 under ES256", k.jws(letter, member{"jwk", json.RawMessage(s.p384.jwk())}).compact()},
		{"jwk-encryption", "a key for encryption", jwk(kty, crv, member{"x", x}, member{"y", y}, member{"use", "enc"})},
		{"jwk-and-x5c", "two different keys", k.jws(letter, member{"jwk", json.RawMessage(k.jwk())},
			member{"x5c", []string{base64.StdEncoding.EncodeToString(certificate(s.other256.spki))}}).compact()},
		{"x5c-hybrid", "a certificate with a hybrid point", chain(k.spkiWith(k.hybrid()))},
		{"x5c-infinity", "a certificate with the point at infinity", chain(k.spkiWith([]byte{0}))},
		{"x5c-garbage", "a certificate that is none", k.jws(letter, member{"x5c", []string{"MAA="}}).compact()},
	} {
		s.add(c.id, c.comment, ".jws", c.jws).usualJWS().refused("ecdsa.bad-key")
	}
	s.add("x5c-explicit", "a certificate with explicit curve parameters", ".jws", chain(k.explicitSPKI())).usualJWS().refused("ecdsa.unsupported")
	s.add("jwk-symmetric", "a symmetric key", ".jws", k.jws(letter, member{"jwk", json.RawMessage(`{"kty":"oct"}`)}).compact()).usualJWS().refused("ecdsa.unsupported")
}

// unsupported: algorithms and extensions that are not judged.
func (s *suite) unsupported() {
	for _, alg := range []string{"none", "HS256", "HS512", "RS256", "PS512", "EdDSA", "ES256k", "es256", "ES224"} {
		t := s.p256.jwsWith(object(member{"alg", alg}, member{"kid", "a"}), letter)
		if alg == "none" {
			t.sig = nil
		}
		s.add("jws-alg-"+strings.ToLower(alg)+suffix(alg), "algorithm "+alg, ".jws", t.compact()).usualJWS().refused("ecdsa.unsupported")
	}
	for _, c := range []struct {
		id, comment string
		jws         []byte
	}{
		{"jws-crit", "an extension that must be understood", s.p256.jws(letter, member{"kid", "a"}, member{"crit", []string{"exp"}}, member{"exp", 1}).compact()},
		{"jws-b64", "an unencoded payload", s.p256.jws(letter, member{"kid", "a"}, member{"crit", []string{"b64"}}, member{"b64", false}).compact()},
		{"jws-b64-alone", "an unencoded payload that crit does not name", s.p256.jws(letter, member{"kid", "a"}, member{"b64", false}).compact()},
		{"jws-general", "a list of signatures", object(member{"payload", b64(letter)}, member{"signatures", []int{}})},
		{"jws-flattened-member", "a member that the form does not know", s.p256.jws(letter).flattened(member{"note", "x"})},
		{"jws-flattened-header", "an unsigned header with more than a key id", s.p256.jws(letter).flattened(member{"header", map[string]string{"typ": "x"}})},
	} {
		s.add(c.id, c.comment, ".jws", c.jws).usualJWS().refused("ecdsa.unsupported")
	}
}

// suffix keeps the names of files apart where only the case of letters differs.
func suffix(alg string) string {
	if alg == strings.ToLower(alg) && alg != "none" {
		return "-lower"
	}
	return ""
}
