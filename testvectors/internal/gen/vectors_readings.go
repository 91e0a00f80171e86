package main

import (
	"encoding/pem"
	"slices"

	"github.com/exhibit-dev/exhibit/testvectors/internal/ca"
)

// readings: bytes that another program may read in another way are no token.
func (s *suite) readings() {
	token := s.token()
	more := evidence{ext: ".tsr", der: ca.Seq(ca.Seq(ca.Integer(granted)), token.der, ca.UTF8("more"))}
	s.add("reply-third-member", "a third member behind the token, inside the reply", more).refused("tsp.malformed")
	s.add("econtent-second-member", "a second value behind the content, inside its tag", s.token(editSigned(func(d *ca.SignedData) {
		d.Content = ca.Concat(d.Content, ca.Null())
	}))).refused("tsp.malformed")
	s.add("tst-extension-twice", "the same extension comes twice", s.token(editTST(func(t *ca.TSTInfo) {
		t.Exts = ca.Extensions{ca.UnknownExtension(false), ca.UnknownExtension(false)}
	}))).refused("tsp.malformed").openssl("accept")
	for _, c := range []struct {
		id, comment string
		accuracy    []byte
	}{
		{"accuracy-millis-1000", "1000 milliseconds, where 999 are the most", ca.Accuracy(0, 1000, 0)},
		{"accuracy-micros-1000", "1000 microseconds, where 999 are the most", ca.Accuracy(0, 0, 1000)},
		{"accuracy-negative", "an accuracy of minus one second", ca.Accuracy(-1, 0, 0)},
		{"accuracy-millis-negative", "an accuracy of minus one millisecond", ca.Accuracy(0, -1, 0)},
	} {
		e := s.token(editTST(func(t *ca.TSTInfo) { t.Accuracy = c.accuracy }))
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
		texts = append(texts, ca.UTF8("Operation okay"))
	}
	wordy := evidence{ext: ".tsr", der: ca.Seq(ca.Seq(ca.Integer(granted), ca.Seq(texts...)), token.der)}
	s.add("reply-many-texts", "a reply with twenty status texts", wordy).uncommitted(ca.Contents(ca.Seq(texts...)))
	bits := ca.BitString([]byte("ten bytes!"))
	s.add("reply-long-failure", "a granted reply with a failInfo of ten bytes", evidence{
		ext: ".tsr", der: ca.Seq(ca.Seq(ca.Integer(granted), bits), token.der),
	}).uncommitted([]byte("ten bytes!"))
	s.add("ber-nested-segments", "indefinite lengths, and the content's segments are cut into segments again",
		evidence{ext: ".tst", der: s.signedData().EncodeNested()})
	high := slices.Concat([]byte{0x1f, 33, 14}, []byte("20250301120000")) // DATE-TIME of X.680
	unsigned := ca.Attribute{OID: ca.OIDUnknown, Values: [][]byte{high}}
	s.add("unsigned-high-tag", "an unsigned attribute whose value has a tag number of two bytes", s.token(editInfo(func(i *ca.SignerInfo) {
		i.Unsigned = ca.Attributes{unsigned}
	}))).uncommitted(unsigned.Encode())
}
