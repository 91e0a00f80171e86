package certpath

import (
	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"github.com/exhibit-dev/exhibit/internal/der"
)

var (
	oidKeyUsage          = der.MustOID("2.5.29.15")
	oidBasicConstraints  = der.MustOID("2.5.29.19")
	oidNameConstraints   = der.MustOID("2.5.29.30")
	oidPolicies          = der.MustOID("2.5.29.32")
	oidPolicyMappings    = der.MustOID("2.5.29.33")
	oidPolicyConstraints = der.MustOID("2.5.29.36")
	oidExtKeyUsage       = der.MustOID("2.5.29.37")
	oidInhibitAnyPolicy  = der.MustOID("2.5.29.54")
	oidSubjectAltName    = der.MustOID("2.5.29.17")
	oidSubjectKeyID      = der.MustOID("2.5.29.14")
	oidAuthorityKeyID    = der.MustOID("2.5.29.35")
	oidCRLPoints         = der.MustOID("2.5.29.31")
	oidOCSPNoCheck       = der.MustOID("1.3.6.1.5.5.7.48.1.5")
	oidAnyPolicy         = der.MustOID("2.5.29.32.0")

	// OIDTimeStamping is id-kp-timeStamping (RFC 3161, section 2.3).
	OIDTimeStamping = der.MustOID("1.3.6.1.5.5.7.3.8")
	// OIDOCSPSigning is id-kp-OCSPSigning (RFC 6960, section 4.2.2.2).
	OIDOCSPSigning = der.MustOID("1.3.6.1.5.5.7.3.9")
)

func init() {
	der.Intern(oidKeyUsage, oidBasicConstraints, oidPolicies, oidExtKeyUsage, oidSubjectAltName, oidSubjectKeyID, oidAuthorityKeyID,
		oidCRLPoints, OIDTimeStamping)
}

// KeyUsage bits, RFC 5280 section 4.2.1.3.
const (
	DigitalSignature = 1 << iota
	NonRepudiation
	KeyEncipherment
	DataEncipherment
	KeyAgreement
	KeyCertSign
	CRLSign
	EncipherOnly
	DecipherOnly
)

// usage is what the extensions that every path needs say. A value that cannot be
// read is in bad, and counts as the most restrictive reading of it.
type usage struct {
	isCA     bool
	pathLen  int // -1 = no bound
	keyUsage int // -1 = extension absent
	eku      []der.OID
	hasEKU   bool
	ekuCrit  bool
	ski, aki []byte
	bad      []string
}

func readUsage(c *Certificate) usage {
	u := usage{pathLen: -1, keyUsage: -1}
	for i := range c.Extensions {
		x := &c.Extensions[i]
		ok := true
		switch x.OID {
		case oidBasicConstraints:
			ok = u.readBasic(x.Value)
		case oidKeyUsage:
			u.keyUsage, ok = readKeyUsage(x.Value)
		case oidExtKeyUsage:
			u.hasEKU, u.ekuCrit = true, x.Critical
			u.eku, ok = readOIDs(x.Value)
		case oidSubjectKeyID:
			s := cryptobyte.String(x.Value)
			ok = s.ReadASN1((*cryptobyte.String)(&u.ski), asn1.OCTET_STRING) && s.Empty()
		case oidAuthorityKeyID:
			u.aki, ok = readAuthorityKeyID(x.Value)
		}
		if !ok {
			u.bad = append(u.bad, x.OID.String())
		}
	}
	return u
}

func (u *usage) readBasic(value []byte) bool {
	s := cryptobyte.String(value)
	var seq cryptobyte.String
	ca, n := false, -1
	if !s.ReadASN1(&seq, asn1.SEQUENCE) || !s.Empty() || seq.PeekASN1Tag(asn1.BOOLEAN) && !seq.ReadASN1Boolean(&ca) ||
		seq.PeekASN1Tag(asn1.INTEGER) && !der.ReadSmallInt(&seq, &n, asn1.INTEGER) || !seq.Empty() {
		return false
	}
	u.isCA, u.pathLen = ca, n
	return true
}

// readKeyUsage returns 0, no use at all, for a value that cannot be read.
func readKeyUsage(value []byte) (int, bool) {
	s := cryptobyte.String(value)
	var bits cryptobyte.String
	if !s.ReadASN1(&bits, asn1.BIT_STRING) || !s.Empty() || len(bits) < 1 || len(bits) > 3 || bits[0] > 7 {
		return 0, false
	}
	n := 0
	for i, b := range bits[1:] {
		for j := 0; j < 8; j++ {
			if b&(0x80>>j) != 0 {
				n |= 1 << (8*i + j)
			}
		}
	}
	return n, true
}

func readOIDs(value []byte) (out []der.OID, ok bool) {
	s := cryptobyte.String(value)
	var seq cryptobyte.String
	if !s.ReadASN1(&seq, asn1.SEQUENCE) || !s.Empty() || seq.Empty() {
		return nil, false
	}
	for !seq.Empty() {
		var oid der.OID
		if len(out) == maxExtensions || !der.ReadOID(&seq, &oid) {
			return nil, false
		}
		out = append(out, oid)
	}
	return out, true
}

func readAuthorityKeyID(value []byte) (id []byte, ok bool) {
	s := cryptobyte.String(value)
	var seq cryptobyte.String
	if !s.ReadASN1(&seq, asn1.SEQUENCE) || !s.Empty() {
		return nil, false
	}
	ok = seq.ReadOptionalASN1((*cryptobyte.String)(&id), nil, asn1.Tag(0).ContextSpecific())
	return id, ok // issuer and serial number may follow; they only help to find, never to trust
}

func (c *Certificate) usage() *usage { c.load(); return &c.lazy.use }

// IsCA reports whether basicConstraints names the certificate a CA.
func (c *Certificate) IsCA() bool { return c.usage().isCA }

// KeyUsage returns the bits of the key usage extension; present is false when
// there is none.
func (c *Certificate) KeyUsage() (bits int, present bool) {
	n := c.usage().keyUsage
	return max(n, 0), n >= 0
}

// ExtKeyUsage returns the purposes, and whether the extension is there and critical.
func (c *Certificate) ExtKeyUsage() (purposes []der.OID, present, critical bool) {
	u := c.usage()
	return u.eku, u.hasEKU, u.ekuCrit
}

// SubjectKeyID returns the key identifier, nil when there is none.
func (c *Certificate) SubjectKeyID() []byte { return c.usage().ski }

// SubjectAltNames returns the GeneralNames of the subject alternative name
// extension, each a whole element; nil when there is none or it cannot be read.
func (c *Certificate) SubjectAltNames() [][]byte {
	x := c.Extension(oidSubjectAltName)
	if x == nil {
		return nil
	}
	names, _ := readGeneralNames(x.Value)
	return names
}

// maxGeneralNames bounds a list of names; real ones stay below a few dozen.
const maxGeneralNames = 1024

// readGeneralNames splits GeneralNames into its elements.
func readGeneralNames(value []byte) (out [][]byte, ok bool) {
	s := cryptobyte.String(value)
	var seq cryptobyte.String
	if !s.ReadASN1(&seq, asn1.SEQUENCE) || !s.Empty() {
		return nil, false
	}
	for !seq.Empty() {
		var n cryptobyte.String
		var tag asn1.Tag
		if len(out) == maxGeneralNames || !seq.ReadAnyASN1Element(&n, &tag) {
			return nil, false
		}
		out = append(out, n)
	}
	return out, true
}

// AuthorityKeyID returns the key identifier of the issuer as the certificate names
// it, nil when it does not.
func (c *Certificate) AuthorityKeyID() []byte { return c.usage().aki }
