package certpath

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"github.com/exhibit-dev/exhibit/internal/der"
	"github.com/exhibit-dev/exhibit/internal/sigalg"
)

// ErrMalformed is wrapped by every parse error of this package.
var ErrMalformed = errors.New("malformed")

// Extension is one extension of a certificate, a CRL or a CRL entry.
type Extension struct {
	OID      der.OID
	Critical bool
	Value    []byte // contents of the OCTET STRING
}

// Certificate is a parsed X.509 certificate (RFC 5280, section 4.1). The slices
// point into Raw; a Certificate is not changed after it was parsed and may be
// shared. Its key and names are read on first use.
type Certificate struct {
	Raw        []byte
	RawTBS     []byte
	Serial     []byte // contents of the INTEGER, as they stand
	RawIssuer  []byte // Name, whole element
	RawSubject []byte
	RawSPKI    []byte
	NotBefore  time.Time
	NotAfter   time.Time // inclusive: valid through this second
	Extensions []Extension
	SigAlg     der.Algorithm
	Signature  []byte

	transient bool // too large for the cache: see Cache.Parse

	lazy struct {
		once sync.Once
		key  *sigalg.Key
		err  error
		sha  [sha256.Size]byte
		use  usage
	}
	names struct {
		once                  sync.Once
		subject, issuer, head string
		selfIssued            bool
	}
}

// ParseCertificate reads one certificate and nothing after it. The error says where
// the structure breaks and wraps ErrMalformed. Extensions are only split here:
// what they say is read by who needs it, and a bad value is a finding there.
func ParseCertificate(raw []byte) (*Certificate, error) {
	c := new(Certificate)
	s := cryptobyte.String(raw)
	var outer, tbs cryptobyte.String
	if !s.ReadASN1Element((*cryptobyte.String)(&c.Raw), asn1.SEQUENCE) || !s.Empty() {
		return nil, malformed("certificate: not one SEQUENCE")
	}
	s = c.Raw
	if !s.ReadASN1(&outer, asn1.SEQUENCE) || !outer.ReadASN1Element((*cryptobyte.String)(&c.RawTBS), asn1.SEQUENCE) ||
		!der.ReadAlgorithm(&outer, &c.SigAlg) || !readBits(&outer, &c.Signature) || !outer.Empty() {
		return nil, malformed("certificate: outer structure")
	}
	inner := cryptobyte.String(c.RawTBS)
	if !inner.ReadASN1(&tbs, asn1.SEQUENCE) {
		return nil, malformed("tbsCertificate")
	}
	if err := c.parseTBS(tbs); err != nil {
		return nil, err
	}
	return c, nil
}

func (c *Certificate) parseTBS(tbs cryptobyte.String) error {
	var validity, rest cryptobyte.String
	var sigAlg der.Algorithm
	version, ok := readVersion(&tbs)
	if !ok {
		return malformed("certificate: version")
	}
	if !readSerial(&tbs, &c.Serial) || !der.ReadAlgorithm(&tbs, &sigAlg) {
		return malformed("certificate: serial number or signature algorithm")
	}
	if !bytes.Equal(sigAlg.Raw, c.SigAlg.Raw) { // RFC 5280, section 4.1.1.2
		return malformed("certificate: the two signature algorithms differ")
	}
	if !tbs.ReadASN1Element((*cryptobyte.String)(&c.RawIssuer), asn1.SEQUENCE) || !tbs.ReadASN1(&validity, asn1.SEQUENCE) ||
		!der.ReadTime(&validity, &c.NotBefore) || !der.ReadTime(&validity, &c.NotAfter) || !validity.Empty() {
		return malformed("certificate: issuer or validity")
	}
	if !tbs.ReadASN1Element((*cryptobyte.String)(&c.RawSubject), asn1.SEQUENCE) ||
		!tbs.ReadASN1Element((*cryptobyte.String)(&c.RawSPKI), asn1.SEQUENCE) {
		return malformed("certificate: subject or key")
	}
	if !tbs.SkipOptionalASN1(asn1.Tag(1).ContextSpecific()) || !tbs.SkipOptionalASN1(asn1.Tag(2).ContextSpecific()) {
		return malformed("certificate: unique identifiers")
	}
	var has bool
	if !tbs.ReadOptionalASN1(&rest, &has, asn1.Tag(3).Constructed().ContextSpecific()) || !tbs.Empty() {
		return malformed("certificate: extensions")
	}
	if !has {
		return nil
	}
	if version != 2 { // section 4.1.2.1: who reads by the version would not see them
		return malformed("certificate: extensions without version 3")
	}
	if c.Extensions, ok = readExtensions(&rest); !ok || !rest.Empty() {
		return malformed("certificate: extensions")
	}
	return nil
}

// readVersion reads the version, absent for version 1: 0, 1 or 2.
func readVersion(tbs *cryptobyte.String) (n int, ok bool) {
	var in cryptobyte.String
	var has bool
	if !tbs.ReadOptionalASN1(&in, &has, asn1.Tag(0).Constructed().ContextSpecific()) {
		return 0, false
	}
	if has && (!der.ReadSmallInt(&in, &n, asn1.INTEGER) || !in.Empty()) {
		return 0, false
	}
	return n, n <= 2
}

// readSerial takes the INTEGER as it stands: padded and negative serial numbers
// were issued, and only equality matters.
func readSerial(s *cryptobyte.String, out *[]byte) bool {
	return s.ReadASN1((*cryptobyte.String)(out), asn1.INTEGER) && len(*out) > 0
}

// readBits reads a BIT STRING of whole bytes.
func readBits(s *cryptobyte.String, out *[]byte) bool {
	var bits cryptobyte.String
	var unused uint8
	ok := s.ReadASN1(&bits, asn1.BIT_STRING) && bits.ReadUint8(&unused) && unused == 0
	*out = bits
	return ok
}

// maxExtensions bounds the extensions of one certificate or CRL entry: about a
// dozen are in use, and duplicates are searched for pair by pair.
const maxExtensions = 100

// readExtensions reads Extensions. The same identifier twice is refused (RFC 5280,
// section 4.2).
func readExtensions(s *cryptobyte.String) ([]Extension, bool) {
	var seq cryptobyte.String
	if !s.ReadASN1(&seq, asn1.SEQUENCE) {
		return nil, false
	}
	out := make([]Extension, 0, 10)
	for !seq.Empty() {
		var e cryptobyte.String
		var x Extension
		if len(out) == maxExtensions || !seq.ReadASN1(&e, asn1.SEQUENCE) || !der.ReadOID(&e, &x.OID) {
			return nil, false
		}
		if e.PeekASN1Tag(asn1.BOOLEAN) && !e.ReadASN1Boolean(&x.Critical) {
			return nil, false
		}
		if !e.ReadASN1((*cryptobyte.String)(&x.Value), asn1.OCTET_STRING) || !e.Empty() || findExtension(out, x.OID) != nil {
			return nil, false
		}
		out = append(out, x)
	}
	return out, true
}

func findExtension(list []Extension, oid der.OID) *Extension {
	for i := range list {
		if list[i].OID == oid {
			return &list[i]
		}
	}
	return nil
}

// Extension returns the extension, or nil.
func (c *Certificate) Extension(oid der.OID) *Extension { return findExtension(c.Extensions, oid) }

func (c *Certificate) load() {
	c.lazy.once.Do(func() {
		c.lazy.key, c.lazy.err = sigalg.ParseKey(c.RawSPKI)
		c.lazy.sha = sha256.Sum256(c.Raw)
		c.lazy.use = readUsage(c)
	})
}

// Key returns the public key. The error wraps sigalg.ErrUnsupported or
// sigalg.ErrMalformed.
func (c *Certificate) Key() (*sigalg.Key, error) { c.load(); return c.lazy.key, c.lazy.err }

// SHA256 returns the digest of the whole certificate.
func (c *Certificate) SHA256() [sha256.Size]byte { c.load(); return c.lazy.sha }

func (c *Certificate) loadNames() {
	c.names.once.Do(func() {
		c.names.subject, c.names.issuer = NameString(c.RawSubject), NameString(c.RawIssuer)
		c.names.head, _, _ = strings.Cut(c.names.subject, ", ")
		c.names.selfIssued = SameName(c.RawSubject, c.RawIssuer)
	})
}

// SelfIssued reports whether subject and issuer are the same name.
func (c *Certificate) SelfIssued() bool { c.loadNames(); return c.names.selfIssued }

// ValidAt reports whether t lies within the validity period; both ends belong to it
// (RFC 5280, section 4.1.2.5). A fraction of the last second still counts.
func (c *Certificate) ValidAt(t time.Time) bool {
	return !t.Before(c.NotBefore) && t.Before(c.NotAfter.Add(time.Second))
}

// ExpiredAt reports whether t is after the validity period.
func (c *Certificate) ExpiredAt(t time.Time) bool { return !t.Before(c.NotAfter.Add(time.Second)) }

// Algorithm returns the algorithm that the issuer signed with.
func (c *Certificate) Algorithm() (sigalg.Algorithm, error) { return sigalg.Parse(c.SigAlg, "") }

// CheckSignedBy verifies the signature of c under the key of issuer. The error is
// one of sigalg.
func (c *Certificate) CheckSignedBy(issuer *Certificate) error {
	key, err := issuer.Key()
	if err != nil {
		return err
	}
	alg, err := c.Algorithm()
	if err != nil {
		return err
	}
	return key.Verify(alg, c.RawTBS, c.Signature)
}

// Subject returns the subject in words, for reports.
func (c *Certificate) Subject() string { c.loadNames(); return c.names.subject }

// ShortName returns the most special part of the subject, for reports.
func (c *Certificate) ShortName() string { c.loadNames(); return c.names.head }

// Issuer returns the issuer in words, for reports.
func (c *Certificate) Issuer() string { c.loadNames(); return c.names.issuer }

func malformed(what string) error { return fmt.Errorf("%s: %w", what, ErrMalformed) }
