package main

import (
	"encoding/pem"
	"slices"

	"golang.org/x/crypto/cryptobyte/asn1"
)

// readings: bytes that another program may read in another way are no token.
func (s *suite) readings() {
	token := s.token()
	more := evidence{ext: ".tsr", der: seq(seq(integer(granted)), token.der, utf8("more"))}
	s.add("reply-third-member", "a third member behind the token, inside the reply", more).refused("tsp.malformed")
	s.add("econtent-second-member", "a second value behind the content, inside its tag", s.token(editSigned(func(d *signedData) {
		d.content = concat(d.content, null())
	}))).refused("tsp.malformed")
	s.add("tst-extension-twice", "the same extension comes twice", s.token(editTST(func(t *tstInfo) {
		t.exts = extensions{unknownExtension(false), unknownExtension(false)}
	}))).refused("tsp.malformed").openssl("accept")
	for _, c := range []struct {
		id, comment string
		accuracy    []byte
	}{
		{"accuracy-millis-1000", "1000 milliseconds, where 999 are the most", accuracy(0, 1000, 0)},
		{"accuracy-micros-1000", "1000 microseconds, where 999 are the most", accuracy(0, 0, 1000)},
		{"accuracy-negative", "an accuracy of minus one second", accuracy(-1, 0, 0)},
		{"accuracy-millis-negative", "an accuracy of minus one millisecond", accuracy(0, -1, 0)},
	} {
		e := s.token(editTST(func(t *tstInfo) { t.accuracy = c.accuracy }))
		s.add(c.id, c.comment, e).refused("tsp.malformed").openssl("accept") // it does not look
	}
	text := pem.EncodeToMemory(&pem.Block{Type: "CMS", Bytes: token.der})
	s.add("pem-text-after", "text behind the end of the PEM block", evidence{ext: ".tst", der: slices.Concat(text, []byte("and a word more\n"))}).
		refused("tsp.malformed").openssl("")
	s.add("pem-text-before", "a line of text before the PEM block, which begins like DER does", evidence{
		ext: ".tst", der: slices.Concat([]byte("0 is the number of this token\n"), text),
	}).openssl("")
}

// goodReadings: long and odd, but readable in one way only.
func (s *suite) goodReadings() {
	token := s.token()
	var texts [][]byte
	for range 20 {
		texts = append(texts, utf8("Operation okay"))
	}
	wordy := evidence{ext: ".tsr", der: seq(seq(integer(granted), seq(texts...)), token.der)}
	s.add("reply-many-texts", "a reply with twenty status texts", wordy).uncommitted(contents(seq(texts...)))
	bits := bitString([]byte("ten bytes!"))
	s.add("reply-long-failure", "a granted reply with a failInfo of ten bytes", evidence{
		ext: ".tsr", der: seq(seq(integer(granted), bits), token.der),
	}).uncommitted([]byte("ten bytes!"))
	s.add("ber-nested-segments", "indefinite lengths, and the content's segments are cut into segments again",
		evidence{ext: ".tst", der: s.signedData().encodeNested()})
	high := slices.Concat([]byte{0x1f, 33, 14}, []byte("20250301120000")) // DATE-TIME of X.680
	unsigned := attribute{oidUnknown, [][]byte{high}}
	s.add("unsigned-high-tag", "an unsigned attribute whose value has a tag number of two bytes", s.token(editInfo(func(i *signerInfo) {
		i.unsigned = attributes{unsigned}
	}))).uncommitted(unsigned.encode())
}

// encodeNested is encodeBER with one more level of segments.
func (d signedData) encodeNested() []byte {
	body := contents(d.content)
	third := len(body) / 3
	inner := indefinite(0x24, octets(body[:third]), octets(body[third:2*third]))
	last := tlv(asn1.OCTET_STRING.Constructed(), octets(body[2*third:]))
	return d.encodeSegments(indefinite(0x24, inner, last))
}
