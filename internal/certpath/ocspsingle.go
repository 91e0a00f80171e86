package certpath

import (
	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"github.com/exhibit-dev/exhibit/internal/der"
	"github.com/exhibit-dev/exhibit/internal/sigalg"
	"github.com/exhibit-dev/exhibit/verdict"
)

// read consumes a SingleResponse (RFC 6960, section 4.2.1).
func (r *singleResponse) read(s *cryptobyte.String) bool {
	var one, id, next cryptobyte.String
	var has bool
	if !s.ReadASN1(&one, asn1.SEQUENCE) || !one.ReadASN1(&id, asn1.SEQUENCE) || !r.readCertID(id) ||
		!r.readStatus(&one) || !readGeneralized(&one, &r.thisUpdate) ||
		!one.ReadOptionalASN1(&next, &has, asn1.Tag(0).Constructed().ContextSpecific()) {
		return false
	}
	if has && (!readGeneralized(&next, &r.nextUpdate) || !next.Empty()) {
		return false
	}
	extensions, ok := readTaggedExtensions(&one)
	return ok && one.Empty() && r.readExtensions(extensions)
}

func (r *singleResponse) readCertID(s cryptobyte.String) bool {
	return der.ReadAlgorithm(&s, &r.hash) &&
		s.ReadASN1((*cryptobyte.String)(&r.nameHash), asn1.OCTET_STRING) &&
		s.ReadASN1((*cryptobyte.String)(&r.keyHash), asn1.OCTET_STRING) &&
		readSerial(&s, &r.serial) && s.Empty()
}

// readStatus reads CertStatus: [0] NULL, [1] RevokedInfo, [2] NULL.
func (r *singleResponse) readStatus(s *cryptobyte.String) bool {
	var c cryptobyte.String
	switch {
	case s.PeekASN1Tag(asn1.Tag(0).ContextSpecific()):
		r.status = statusGood
		return s.ReadASN1(&c, asn1.Tag(0).ContextSpecific()) && c.Empty()
	case s.PeekASN1Tag(asn1.Tag(2).ContextSpecific()):
		r.status = statusUnknown
		return s.ReadASN1(&c, asn1.Tag(2).ContextSpecific()) && c.Empty()
	}
	r.status = statusRevoked
	r.revoked.reason = reasonNone
	var reason cryptobyte.String
	var has bool
	if !s.ReadASN1(&c, asn1.Tag(1).Constructed().ContextSpecific()) || !readGeneralized(&c, &r.revoked.at) ||
		!c.ReadOptionalASN1(&reason, &has, asn1.Tag(0).Constructed().ContextSpecific()) || !c.Empty() {
		return false
	}
	return !has || der.ReadSmallInt(&reason, &r.revoked.reason, asn1.ENUM) && reason.Empty()
}

// readExtensions keeps what decides. CRL entry extensions may stand here too
// (section 4.4.5).
func (r *singleResponse) readExtensions(list []Extension) bool {
	r.unknown = unknownCritical(list, oidArchiveCutoff, oidCRLReferences, oidReasonCode, oidHoldInstruction, oidInvalidityDate)
	if x := findExtension(list, oidArchiveCutoff); x != nil {
		s := cryptobyte.String(x.Value)
		if !readGeneralized(&s, &r.cutoff) || !s.Empty() {
			return false
		}
	}
	x := findExtension(list, oidInvalidityDate)
	return x == nil || r.status != statusRevoked || r.revoked.readInvalidity(x.Value)
}

// issuerHashes are the two digests of a CertID under one algorithm. The name is the
// one in the certificate (RFC 6960, section 4.1.1); a responder may spell it as
// the issuer's certificate does.
type issuerHashes struct{ name, subject, key []byte }

// certIDs recognises the CertIDs of one certificate.
type certIDs struct {
	cert, issuer *Certificate
	keyBits      []byte
	known        map[string]issuerHashes // by digest name
}

func newCertIDs(cert, issuer *Certificate) *certIDs {
	return &certIDs{cert: cert, issuer: issuer, keyBits: issuer.keyBits(), known: make(map[string]issuerHashes)}
}

// keyBits returns the contents of the BIT STRING in the public key, nil when they
// cannot be read.
func (c *Certificate) keyBits() []byte {
	s := cryptobyte.String(c.RawSPKI)
	var seq cryptobyte.String
	var alg der.Algorithm
	var bits []byte
	if !s.ReadASN1(&seq, asn1.SEQUENCE) || !der.ReadAlgorithm(&seq, &alg) || !readBits(&seq, &bits) {
		return nil
	}
	return bits
}

// fits reports whether the response speaks of the certificate. unknown is true when
// the serial number is the same but the digest algorithm is not known.
func (m *certIDs) fits(r *singleResponse) (fits, unknown bool) {
	if !sameNumber(r.serial, m.cert.Serial) || m.keyBits == nil {
		return false, false
	}
	name := sigalg.DigestName(r.hash.OID)
	if verdict.DigestSize(name) == 0 {
		return false, true
	}
	h, ok := m.known[name]
	if !ok {
		h = issuerHashes{
			verdict.Sum(name, m.cert.RawIssuer), verdict.Sum(name, m.issuer.RawSubject), verdict.Sum(name, m.keyBits),
		}
		m.known[name] = h
	}
	nameFits := string(r.nameHash) == string(h.name) || string(r.nameHash) == string(h.subject)
	return nameFits && string(r.keyHash) == string(h.key), false
}
