package ca

import "slices"

// Extension is one X.509, CRL or TSTInfo extension before encoding.
type Extension struct {
	OID      string
	Critical bool
	Value    []byte
}

func (e Extension) Encode() []byte {
	if e.Critical {
		return Seq(OID(e.OID), Boolean(true), Octets(e.Value))
	}
	return Seq(OID(e.OID), Octets(e.Value))
}

type Extensions []Extension

func (list Extensions) Encode() []byte {
	var parts [][]byte
	for _, e := range list {
		parts = append(parts, e.Encode())
	}
	return Seq(parts...)
}

// With replaces the extension of the same identifier, or appends.
func (list Extensions) With(e Extension) Extensions {
	return append(list.Without(e.OID), e)
}

func (list Extensions) Without(id string) Extensions {
	return slices.DeleteFunc(slices.Clone(list), func(e Extension) bool { return e.OID == id })
}

// Key usage bits.
const (
	DigitalSignature = 0
	NonRepudiation   = 1
	KeyEncipherment  = 2
	KeyCertSign      = 5
	CRLSign          = 6
)

func KeyUsage(bits ...int) Extension { return Extension{OIDKeyUsage, true, NamedBits(bits...)} }

func ExtKeyUsage(critical bool, purposes ...string) Extension {
	var parts [][]byte
	for _, p := range purposes {
		parts = append(parts, OID(p))
	}
	return Extension{OIDExtKeyUsage, critical, Seq(parts...)}
}

func BasicConstraintsCA() Extension {
	return Extension{OIDBasicConstraints, true, Seq(Boolean(true))}
}

func PathLen(n int64) Extension {
	return Extension{OIDBasicConstraints, true, Seq(Boolean(true), Integer(n))}
}

func NotCA() Extension { return Extension{OIDBasicConstraints, true, Seq()} }

func SubjectKeyID(id []byte) Extension { return Extension{OIDSubjectKeyID, false, Octets(id)} }

func AuthorityKeyID(id []byte) Extension {
	return Extension{OIDAuthorityKeyID, false, Seq(CtxPrimitive(0, id))}
}

func CertificatePolicies(ids ...string) Extension {
	var parts [][]byte
	for _, id := range ids {
		parts = append(parts, Seq(OID(id)))
	}
	return Extension{OIDPolicies, false, Seq(parts...)}
}

func RequireExplicitPolicy(n byte) Extension {
	return Extension{OIDPolicyConstraints, true, Seq(CtxPrimitive(0, []byte{n}))}
}

func InhibitAnyPolicy(n int64) Extension { return Extension{OIDInhibitAnyPolicy, true, Integer(n)} }

func PolicyMapping(issuer, subject string) Extension {
	return Extension{OIDPolicyMappings, true, Seq(Seq(OID(issuer), OID(subject)))}
}

// Permitted and Excluded are name constraints on one directoryName subtree.
func Permitted(subtree []byte) Extension {
	return Extension{OIDNameConstraints, true, Seq(Ctx(0, Seq(DirectoryName(subtree))))}
}

func Excluded(subtree []byte) Extension { return ExcludedName(DirectoryName(subtree)) }

func ExcludedName(subtree []byte) Extension {
	return Extension{OIDNameConstraints, true, Seq(Ctx(1, Seq(subtree)))}
}

func SubjectAltName(names ...[]byte) Extension {
	return Extension{OIDSubjectAltName, false, Seq(names...)}
}

func UnknownExtension(critical bool) Extension { return Extension{OIDUnknown, critical, Null()} }

// CRLPoint names the place, and with an issuer the other authority, where a certificate's CRL is.
func CRLPoint(uri string, crlIssuer []byte) Extension {
	point := Ctx(0, Ctx(0, URIName(uri)))
	if crlIssuer != nil {
		point = Concat(point, Ctx(2, DirectoryName(crlIssuer)))
	}
	return Extension{OIDCRLPoints, false, Seq(Seq(point))}
}

func DirectoryName(name []byte) []byte { return Ctx(4, name) }
func DNSName(name string) []byte       { return CtxPrimitive(2, []byte(name)) }
func URIName(uri string) []byte        { return CtxPrimitive(6, []byte(uri)) }
