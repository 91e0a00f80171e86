package certpath

import (
	"bytes"
	"fmt"
	"io"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"github.com/exhibit-dev/exhibit/internal/der"
	"github.com/exhibit-dev/exhibit/internal/sigalg"
)

// Limits of what is held of a list. Before the entries stands little more than a
// name, after them extensions and a signature; real ones stay below 4 KiB, and
// partitioned lists that name hundreds of distribution points below 64 KiB.
const (
	maxCRLHead = 64 << 10 // from the first byte to the first entry
	maxCRLTail = 64 << 10 // from the last entry to the last byte
)

// read takes head and tail of the list.
func (c *CRL) read(r io.ReaderAt) error {
	first := make([]byte, min(max(c.size, 0), maxCRLHead))
	if err := readAt(r, first, 0); err != nil {
		return err
	}
	tbsTo, err := c.readHead(first)
	if err != nil {
		return err
	}
	n := c.size - c.entriesTo
	if n > maxCRLTail {
		return malformed(fmt.Sprintf("CRL: more than %d bytes after the entries", maxCRLTail))
	}
	last := make([]byte, n)
	if err := readAt(r, last, c.entriesTo); err != nil {
		return err
	}
	c.tail = last[:tbsTo-c.entriesTo]
	return c.readTail(last[len(c.tail):])
}

// readHead reads from the first byte to the first entry, and returns where
// TBSCertList ends.
func (c *CRL) readHead(first []byte) (tbsTo int64, err error) {
	s := cryptobyte.String(first)
	pos := func() int64 { return int64(len(first) - len(s)) }
	var n int64
	if !readLength(&s, asn1.SEQUENCE, &n) || n != c.size-pos() {
		return 0, malformed("CRL: not one SEQUENCE")
	}
	tbsAt := pos()
	if !readLength(&s, asn1.SEQUENCE, &n) || n > c.size-pos() {
		return 0, malformed("CRL: tbsCertList")
	}
	tbsTo = pos() + n
	if tbsTo < int64(len(first)) {
		cut := int64(len(first)) - tbsTo
		s, first = s[:int64(len(s))-cut], first[:tbsTo]
	}
	if !c.readFields(&s) {
		return 0, malformed(fmt.Sprintf("CRL: version, signature algorithm, issuer or times, or more than %d bytes of them", maxCRLHead))
	}
	n = 0
	if s.PeekASN1Tag(asn1.SEQUENCE) && (!readLength(&s, asn1.SEQUENCE, &n) || n > tbsTo-pos()) {
		return 0, malformed("CRL: revokedCertificates")
	}
	c.entriesAt, c.entriesTo = pos(), pos()+n
	c.head = bytes.Clone(first[tbsAt:c.entriesAt]) // first is not kept alive
	return tbsTo, nil
}

// readFields reads TBSCertList up to nextUpdate (RFC 5280, section 5.1.2).
func (c *CRL) readFields(s *cryptobyte.String) bool {
	var version int
	if s.PeekASN1Tag(asn1.INTEGER) {
		if !der.ReadSmallInt(s, &version, asn1.INTEGER) || version != 1 {
			return false
		}
		c.v2 = true
	}
	var issuer cryptobyte.String
	if !der.ReadAlgorithm(s, &c.sigAlg) || !s.ReadASN1Element(&issuer, asn1.SEQUENCE) || !der.ReadTime(s, &c.thisUpdate) {
		return false
	}
	if hasTime := s.PeekASN1Tag(asn1.UTCTime) || s.PeekASN1Tag(asn1.GeneralizedTime); hasTime && !der.ReadTime(s, &c.nextUpdate) {
		return false
	}
	c.issuer = bytes.Clone(issuer)
	return true
}

// readTail reads the extensions from c.tail, and after, what follows TBSCertList.
func (c *CRL) readTail(after []byte) error {
	s, outer := cryptobyte.String(c.tail), cryptobyte.String(after)
	var wrapped cryptobyte.String
	var has bool
	if !s.ReadOptionalASN1(&wrapped, &has, asn1.Tag(0).Constructed().ContextSpecific()) || !s.Empty() {
		return malformed("CRL: what follows the entries")
	}
	if has {
		if !c.v2 { // RFC 5280, section 5.1.2.1
			return malformed("CRL: extensions in a list of version 1")
		}
		list, ok := readExtensions(&wrapped)
		if !ok || !wrapped.Empty() {
			return malformed("CRL: extensions")
		}
		if err := c.readCRLExtensions(list); err != nil {
			return err
		}
	}
	var alg der.Algorithm
	if !der.ReadAlgorithm(&outer, &alg) || !readBits(&outer, &c.signature) || !outer.Empty() {
		return malformed("CRL: outer structure")
	}
	if !bytes.Equal(alg.Raw, c.sigAlg.Raw) { // RFC 5280, section 5.1.1.2
		return malformed("CRL: the two signature algorithms differ")
	}
	c.sigAlg = alg
	c.alg, c.algErr = sigalg.Parse(alg, "")
	return nil
}

// readLength consumes identifier and length of a DER element whose contents may lie
// beyond s. Elements of 4 GiB and more are refused.
func readLength(s *cryptobyte.String, tag asn1.Tag, out *int64) bool {
	var t, b uint8
	if !s.ReadUint8(&t) || asn1.Tag(t) != tag || !s.ReadUint8(&b) {
		return false
	}
	if b < 0x80 {
		*out = int64(b)
		return true
	}
	var digits []byte
	if b == 0x80 || b > 0x84 || !s.ReadBytes(&digits, int(b&0x7f)) || digits[0] == 0 {
		return false
	}
	n := int64(0)
	for _, d := range digits {
		n = n<<8 | int64(d)
	}
	*out = n
	return n >= 0x80
}

// readAt fills b from offset at.
func readAt(r io.ReaderAt, b []byte, at int64) error {
	if len(b) == 0 {
		return nil
	}
	n, err := r.ReadAt(b, at)
	if n == len(b) {
		return nil
	}
	if err == nil || err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return fmt.Errorf("CRL: %w", err)
}
