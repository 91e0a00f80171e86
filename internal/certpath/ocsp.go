package certpath

import (
	"fmt"
	"time"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"github.com/exhibit-dev/exhibit/internal/der"
)

// Limits of one response. Responders answer for one certificate, a few for some
// dozens, and send one or two certificates along.
const (
	maxSingleResponses  = 1000
	maxOCSPCertificates = 16
)

var (
	oidOCSPBasic     = der.MustOID("1.3.6.1.5.5.7.48.1.1")
	oidOCSPNonce     = der.MustOID("1.3.6.1.5.5.7.48.1.2")
	oidCRLReferences = der.MustOID("1.3.6.1.5.5.7.48.1.3")
	oidArchiveCutoff = der.MustOID("1.3.6.1.5.5.7.48.1.6")
	oidExtendedRevoc = der.MustOID("1.3.6.1.5.5.7.48.1.9")
)

// OCSPResponse is a BasicOCSPResponse (RFC 6960, section 4.2.1). It is not changed
// after it was parsed and may be shared.
type OCSPResponse struct {
	Origin string // where it came from, for reports; set before it is used

	rawTBS       []byte
	responder    []byte // Name, whole element; nil when the key is named
	responderKey []byte // SHA-1 of the key; nil when the name is given
	producedAt   time.Time
	singles      []singleResponse
	unknown      der.OID // a critical extension of the response that is not known
	sigAlg       der.Algorithm
	signature    []byte
	certificates []*Certificate
}

type certStatus uint8

const (
	statusUnknown certStatus = iota
	statusGood
	statusRevoked
)

// singleResponse is what is said of one certificate.
type singleResponse struct {
	hash       der.Algorithm
	nameHash   []byte
	keyHash    []byte
	serial     []byte
	status     certStatus
	revoked    revocation // when revoked
	thisUpdate time.Time
	nextUpdate time.Time // zero when absent
	cutoff     time.Time // archiveCutoff, zero when absent
	unknown    der.OID   // a critical extension that is not known
}

// ProducedAt returns when the response was signed.
func (r *OCSPResponse) ProducedAt() time.Time { return r.producedAt }

// ParseOCSP reads one DER OCSPResponse that was successful and holds a
// BasicOCSPResponse, or the BasicOCSPResponse itself, as CMS and PDF carry it, and
// nothing after it. raw must not change afterwards. The error wraps ErrMalformed.
func ParseOCSP(raw []byte) (*OCSPResponse, error) {
	s := cryptobyte.String(raw)
	var seq cryptobyte.String
	if !s.ReadASN1(&seq, asn1.SEQUENCE) || !s.Empty() {
		return nil, malformed("OCSP response: not one SEQUENCE")
	}
	if seq.PeekASN1Tag(asn1.ENUM) { // tells the two apart: the other begins with a SEQUENCE
		var err error
		if seq, err = readResponseBytes(seq); err != nil {
			return nil, err
		}
	}
	r := new(OCSPResponse)
	if err := r.readBasic(seq); err != nil {
		return nil, err
	}
	return r, nil
}

// readResponseBytes returns the contents of the BasicOCSPResponse in an
// OCSPResponse.
func readResponseBytes(seq cryptobyte.String) (basic cryptobyte.String, err error) {
	var status int
	if !der.ReadSmallInt(&seq, &status, asn1.ENUM) {
		return nil, malformed("OCSP response: status")
	}
	if status != 0 {
		return nil, malformed(fmt.Sprintf("OCSP response: not successful, status %d", status))
	}
	var wrapped, bytes, octets cryptobyte.String
	var kind der.OID
	if !seq.ReadASN1(&wrapped, asn1.Tag(0).Constructed().ContextSpecific()) || !seq.Empty() ||
		!wrapped.ReadASN1(&bytes, asn1.SEQUENCE) || !wrapped.Empty() ||
		!der.ReadOID(&bytes, &kind) || !bytes.ReadASN1(&octets, asn1.OCTET_STRING) || !bytes.Empty() {
		return nil, malformed("OCSP response: responseBytes")
	}
	if kind != oidOCSPBasic {
		return nil, malformed("OCSP response: not of the basic type")
	}
	if !octets.ReadASN1(&basic, asn1.SEQUENCE) || !octets.Empty() {
		return nil, malformed("BasicOCSPResponse")
	}
	return basic, nil
}

func (r *OCSPResponse) readBasic(seq cryptobyte.String) error {
	var certs cryptobyte.String
	var has bool
	if !seq.ReadASN1Element((*cryptobyte.String)(&r.rawTBS), asn1.SEQUENCE) || !der.ReadAlgorithm(&seq, &r.sigAlg) ||
		!readBits(&seq, &r.signature) ||
		!seq.ReadOptionalASN1(&certs, &has, asn1.Tag(0).Constructed().ContextSpecific()) || !seq.Empty() {
		return malformed("BasicOCSPResponse")
	}
	if has && !r.readCertificates(certs) {
		return malformed(fmt.Sprintf("BasicOCSPResponse: certificates, or more than %d", maxOCSPCertificates))
	}
	tbs := cryptobyte.String(r.rawTBS)
	if !tbs.ReadASN1(&seq, asn1.SEQUENCE) {
		return malformed("ResponseData")
	}
	return r.readData(seq)
}

// readCertificates passes over certificates that cannot be read: nothing signs the
// list, so anybody can add one.
func (r *OCSPResponse) readCertificates(s cryptobyte.String) bool {
	var list cryptobyte.String
	if !s.ReadASN1(&list, asn1.SEQUENCE) || !s.Empty() {
		return false
	}
	for n := 0; !list.Empty(); n++ {
		var raw cryptobyte.String
		if n == maxOCSPCertificates || !list.ReadASN1Element(&raw, asn1.SEQUENCE) {
			return false
		}
		if c, err := ParseCertificate(raw); err == nil {
			r.certificates = append(r.certificates, c)
		}
	}
	return true
}

// readData reads ResponseData.
func (r *OCSPResponse) readData(s cryptobyte.String) error {
	var version, list cryptobyte.String
	var v int
	var has bool
	if !s.ReadOptionalASN1(&version, &has, asn1.Tag(0).Constructed().ContextSpecific()) ||
		has && (!der.ReadSmallInt(&version, &v, asn1.INTEGER) || !version.Empty() || v != 0) {
		return malformed("ResponseData: version")
	}
	if !r.readResponder(&s) || !readGeneralized(&s, &r.producedAt) || !s.ReadASN1(&list, asn1.SEQUENCE) {
		return malformed("ResponseData: responder, time or responses")
	}
	for !list.Empty() {
		if len(r.singles) == maxSingleResponses {
			return malformed(fmt.Sprintf("ResponseData: more than %d responses", maxSingleResponses))
		}
		var one singleResponse
		if !one.read(&list) {
			return malformed("SingleResponse")
		}
		r.singles = append(r.singles, one)
	}
	extensions, ok := readTaggedExtensions(&s)
	if !ok || !s.Empty() {
		return malformed("ResponseData: extensions")
	}
	r.unknown = unknownCritical(extensions, oidOCSPNonce, oidExtendedRevoc)
	return nil
}

func (r *OCSPResponse) readResponder(s *cryptobyte.String) bool {
	var c, v cryptobyte.String
	if s.PeekASN1Tag(asn1.Tag(1).Constructed().ContextSpecific()) {
		ok := s.ReadASN1(&c, asn1.Tag(1).Constructed().ContextSpecific()) && c.ReadASN1Element(&v, asn1.SEQUENCE) && c.Empty()
		r.responder = v
		return ok
	}
	ok := s.ReadASN1(&c, asn1.Tag(2).Constructed().ContextSpecific()) && c.ReadASN1(&v, asn1.OCTET_STRING) && c.Empty()
	r.responderKey = v
	return ok && len(v) > 0
}

// readGeneralized reads a GeneralizedTime (RFC 6960, section 4.2.2.1).
func readGeneralized(s *cryptobyte.String, out *time.Time) bool {
	return s.PeekASN1Tag(asn1.GeneralizedTime) && der.ReadGeneralizedTime(s, out)
}

// readTaggedExtensions reads [1] EXPLICIT Extensions OPTIONAL.
func readTaggedExtensions(s *cryptobyte.String) (out []Extension, ok bool) {
	var wrapped cryptobyte.String
	var has bool
	if !s.ReadOptionalASN1(&wrapped, &has, asn1.Tag(1).Constructed().ContextSpecific()) {
		return nil, false
	}
	if !has {
		return nil, true
	}
	out, ok = readExtensions(&wrapped)
	return out, ok && wrapped.Empty()
}

// unknownCritical returns the first critical extension that is none of the known.
func unknownCritical(list []Extension, known ...der.OID) der.OID {
next:
	for i := range list {
		for _, k := range known {
			if list[i].OID == k {
				continue next
			}
		}
		if list[i].Critical {
			return list[i].OID
		}
	}
	return ""
}
