package cms

import (
	"time"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"github.com/exhibit-dev/exhibit/internal/der"
)

// The attributes that are read here.
var (
	OIDContentType          = der.MustOID("1.2.840.113549.1.9.3")
	OIDMessageDigest        = der.MustOID("1.2.840.113549.1.9.4")
	OIDSigningTime          = der.MustOID("1.2.840.113549.1.9.5")
	OIDSigningCertificate   = der.MustOID("1.2.840.113549.1.9.16.2.12")
	OIDSigningCertificateV2 = der.MustOID("1.2.840.113549.1.9.16.2.47")
	OIDAlgorithmProtection  = der.MustOID("1.2.840.113549.1.9.52")
	OIDRevocationValues     = der.MustOID("1.2.840.113549.1.9.16.2.24")
	oidRevocationAdobe      = der.MustOID("1.2.840.113583.1.1.8")
)

func init() {
	der.Intern(oidSignedData, OIDContentType, OIDMessageDigest, OIDSigningTime, OIDSigningCertificate, OIDSigningCertificateV2,
		OIDAlgorithmProtection, OIDRevocationValues, der.MustOID("1.2.840.113549.1.9.16.1.4"))
}

// Protected holds the signed attributes that a verifier asks for, each nil or zero
// when absent.
type Protected struct {
	ContentType   der.OID
	MessageDigest []byte
	HasDigest     bool
	SigningTime   time.Time // a claim of the signer
	V1, V2        *SigningCertificate
	Protection    *AlgorithmProtection
}

// CertID is ESSCertID or ESSCertIDv2 (RFC 5035, sections 4 and 5).
type CertID struct {
	Hash      der.Algorithm // v2; empty OID: the default, SHA-256. v1: empty, SHA-1
	CertHash  []byte
	Issuer    []byte // the Name of issuerSerial, nil when there is none
	Serial    []byte
	HasIssuer bool
	// BadIssuer is true when issuerSerial does not name exactly one directory name:
	// it then fits no certificate.
	BadIssuer bool
}

// SigningCertificate is the list of one signing-certificate attribute; the first
// names the signer's own certificate.
type SigningCertificate struct{ IDs []CertID }

// AlgorithmProtection is the CMSAlgorithmProtection attribute (RFC 6211).
type AlgorithmProtection struct {
	Digest, Signature der.Algorithm
	HasSignature      bool
}

// maxCertIDs bounds the identifiers of one attribute; about ten are in use.
const maxCertIDs = 64

// ReadProtected reads the signed attributes of si. Each of them must have exactly one
// value (RFC 5652, section 11; RFC 5035, section 3). The error wraps
// ErrMalformed or ErrLimit.
func (si *SignerInfo) ReadProtected() (p Protected, err error) {
	for i := range si.Signed {
		a := &si.Signed[i]
		read, known := protectedReaders[a.Type]
		if !known {
			continue
		}
		if len(a.Values) != 1 {
			return p, malformed("signed attribute " + a.Type.String() + " has not exactly one value")
		}
		if ok, err := read(&p, a.Values[0]); err != nil {
			return p, err
		} else if !ok {
			return p, malformed("signed attribute " + a.Type.String())
		}
	}
	return p, nil
}

var protectedReaders = map[der.OID]func(*Protected, cryptobyte.String) (bool, error){
	OIDContentType: func(p *Protected, v cryptobyte.String) (bool, error) {
		return der.ReadOID(&v, &p.ContentType) && v.Empty(), nil
	},
	OIDMessageDigest: func(p *Protected, v cryptobyte.String) (bool, error) {
		p.HasDigest = true
		return v.ReadASN1((*cryptobyte.String)(&p.MessageDigest), asn1.OCTET_STRING) && v.Empty(), nil
	},
	OIDSigningTime: func(p *Protected, v cryptobyte.String) (bool, error) {
		// Nothing depends on this claim, so a spelling beyond RFC 5652 (a zone, a
		// fraction) only leaves it unread; another type is refused.
		if !v.PeekASN1Tag(asn1.UTCTime) && !v.PeekASN1Tag(asn1.GeneralizedTime) {
			return false, nil
		}
		der.ReadTime(&v, &p.SigningTime)
		return true, nil
	},
	OIDSigningCertificate: func(p *Protected, v cryptobyte.String) (bool, error) {
		p.V1 = new(SigningCertificate)
		return p.V1.read(v, false)
	},
	OIDSigningCertificateV2: func(p *Protected, v cryptobyte.String) (bool, error) {
		p.V2 = new(SigningCertificate)
		return p.V2.read(v, true)
	},
	OIDAlgorithmProtection: func(p *Protected, v cryptobyte.String) (bool, error) {
		p.Protection = new(AlgorithmProtection)
		return p.Protection.read(v), nil
	},
}

func (sc *SigningCertificate) read(v cryptobyte.String, v2 bool) (bool, error) {
	var seq, certs, policies cryptobyte.String
	if !v.ReadASN1(&seq, asn1.SEQUENCE) || !v.Empty() || !seq.ReadASN1(&certs, asn1.SEQUENCE) || certs.Empty() {
		return false, nil
	}
	if !seq.Empty() && (!seq.ReadASN1(&policies, asn1.SEQUENCE) || !seq.Empty()) {
		return false, nil
	}
	for !certs.Empty() {
		var id CertID
		var c cryptobyte.String
		if len(sc.IDs) == maxCertIDs {
			return false, limit("identifiers in a signing-certificate attribute", maxCertIDs)
		}
		if !certs.ReadASN1(&c, asn1.SEQUENCE) || !id.read(c, v2) {
			return false, nil
		}
		sc.IDs = append(sc.IDs, id)
	}
	return true, nil
}

func (id *CertID) read(c cryptobyte.String, v2 bool) bool {
	if v2 && c.PeekASN1Tag(asn1.SEQUENCE) && !der.ReadAlgorithm(&c, &id.Hash) {
		return false
	}
	if !c.ReadASN1((*cryptobyte.String)(&id.CertHash), asn1.OCTET_STRING) {
		return false
	}
	if c.Empty() {
		return true
	}
	var is, names cryptobyte.String
	if !c.ReadASN1(&is, asn1.SEQUENCE) || !c.Empty() || !is.ReadASN1(&names, asn1.SEQUENCE) ||
		!is.ReadASN1((*cryptobyte.String)(&id.Serial), asn1.INTEGER) {
		return false
	}
	// Some signers add the issuer's unique identifier of RFC 3281; it is passed over.
	if !is.SkipOptionalASN1(asn1.BIT_STRING) || !is.Empty() {
		return false
	}
	id.HasIssuer = true
	var dn cryptobyte.String
	id.BadIssuer = !names.ReadASN1(&dn, asn1.Tag(4).Constructed().ContextSpecific()) || !names.Empty()
	id.Issuer = dn
	return true
}

func (ap *AlgorithmProtection) read(v cryptobyte.String) bool {
	var seq cryptobyte.String
	if !v.ReadASN1(&seq, asn1.SEQUENCE) || !v.Empty() || !der.ReadAlgorithm(&seq, &ap.Digest) {
		return false
	}
	if tag := asn1.Tag(1).Constructed().ContextSpecific(); seq.PeekASN1Tag(tag) {
		ap.HasSignature = true
		if !der.ReadAlgorithmTag(&seq, &ap.Signature, tag) {
			return false
		}
	}
	return seq.SkipOptionalASN1(asn1.Tag(2).Constructed().ContextSpecific()) && seq.Empty()
}

// Fits reports whether the attribute's algorithms are those of the signer.
func (ap *AlgorithmProtection) Fits(si *SignerInfo) bool {
	return ap.Digest.Equal(si.DigestAlgorithm) && ap.HasSignature && ap.Signature.Equal(si.SignatureAlgorithm)
}

// Revocations returns the CRLs and OCSP responses that lie in the unsigned attributes
// revocation-values (RFC 5126, section 6.3.4) and in Adobe's RevocationInfoArchival,
// wherever it stands. What cannot be read is left out: nobody vouches for it.
func (si *SignerInfo) Revocations() (crls, ocsp [][]byte) {
	for _, a := range []*Attribute{si.UnsignedAttribute(OIDRevocationValues), si.UnsignedAttribute(oidRevocationAdobe), si.SignedAttribute(oidRevocationAdobe)} {
		if a == nil || len(a.Values) == 0 {
			continue
		}
		s := cryptobyte.String(a.Values[0])
		var seq cryptobyte.String
		if !s.ReadASN1(&seq, asn1.SEQUENCE) {
			continue
		}
		crls = append(crls, explicitList(&seq, 0)...)
		ocsp = append(ocsp, explicitList(&seq, 1)...)
	}
	return crls[:min(len(crls), MaxRevocations)], ocsp[:min(len(ocsp), MaxRevocations)]
}

// explicitList reads an optional [n] SEQUENCE OF and returns its elements.
func explicitList(s *cryptobyte.String, n uint8) (out [][]byte) {
	var tagged, seq cryptobyte.String
	var has bool
	if !s.ReadOptionalASN1(&tagged, &has, asn1.Tag(n).Constructed().ContextSpecific()) || !has || !tagged.ReadASN1(&seq, asn1.SEQUENCE) {
		return nil
	}
	for !seq.Empty() && len(out) < MaxRevocations {
		var e cryptobyte.String
		if !seq.ReadASN1Element(&e, asn1.SEQUENCE) {
			return out
		}
		out = append(out, e)
	}
	return out
}
