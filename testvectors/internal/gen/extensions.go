package main

import "slices"

// extension is one X.509, CRL or TSTInfo extension before encoding.
type extension struct {
	oid      string
	critical bool
	value    []byte
}

func (e extension) encode() []byte {
	if e.critical {
		return seq(oid(e.oid), boolean(true), octets(e.value))
	}
	return seq(oid(e.oid), octets(e.value))
}

type extensions []extension

func (list extensions) encode() []byte {
	var parts [][]byte
	for _, e := range list {
		parts = append(parts, e.encode())
	}
	return seq(parts...)
}

// with replaces the extension of the same identifier, or appends.
func (list extensions) with(e extension) extensions {
	return append(list.without(e.oid), e)
}

func (list extensions) without(id string) extensions {
	return slices.DeleteFunc(slices.Clone(list), func(e extension) bool { return e.oid == id })
}

// Key usage bits.
const (
	digitalSignature = 0
	nonRepudiation   = 1
	keyEncipherment  = 2
	keyCertSign      = 5
	cRLSign          = 6
)

func keyUsage(bits ...int) extension { return extension{oidKeyUsage, true, namedBits(bits...)} }

func extKeyUsage(critical bool, purposes ...string) extension {
	var parts [][]byte
	for _, p := range purposes {
		parts = append(parts, oid(p))
	}
	return extension{oidExtKeyUsage, critical, seq(parts...)}
}

func basicConstraintsCA() extension {
	return extension{oidBasicConstraints, true, seq(boolean(true))}
}

func pathLen(n int64) extension {
	return extension{oidBasicConstraints, true, seq(boolean(true), integer(n))}
}

func notCA() extension { return extension{oidBasicConstraints, true, seq()} }

func subjectKeyID(id []byte) extension { return extension{oidSubjectKeyID, false, octets(id)} }

func authorityKeyID(id []byte) extension {
	return extension{oidAuthorityKeyID, false, seq(ctxPrimitive(0, id))}
}

func certificatePolicies(ids ...string) extension {
	var parts [][]byte
	for _, id := range ids {
		parts = append(parts, seq(oid(id)))
	}
	return extension{oidPolicies, false, seq(parts...)}
}

func requireExplicitPolicy(n byte) extension {
	return extension{oidPolicyConstraints, true, seq(ctxPrimitive(0, []byte{n}))}
}

func inhibitAnyPolicy(n int64) extension { return extension{oidInhibitAnyPolicy, true, integer(n)} }

func policyMapping(issuer, subject string) extension {
	return extension{oidPolicyMappings, true, seq(seq(oid(issuer), oid(subject)))}
}

// permitted and excluded are name constraints on one directoryName subtree.
func permitted(subtree []byte) extension {
	return extension{oidNameConstraints, true, seq(ctx(0, seq(directoryName(subtree))))}
}

func excluded(subtree []byte) extension { return excludedName(directoryName(subtree)) }

func excludedName(subtree []byte) extension {
	return extension{oidNameConstraints, true, seq(ctx(1, seq(subtree)))}
}

func subjectAltName(names ...[]byte) extension {
	return extension{oidSubjectAltName, false, seq(names...)}
}

func unknownExtension(critical bool) extension { return extension{oidUnknown, critical, null()} }

// crlPoint names the place, and with an issuer the other authority, where a certificate's CRL is.
func crlPoint(uri string, crlIssuer []byte) extension {
	point := ctx(0, ctx(0, uriName(uri)))
	if crlIssuer != nil {
		point = concat(point, ctx(2, directoryName(crlIssuer)))
	}
	return extension{oidCRLPoints, false, seq(seq(point))}
}

func directoryName(name []byte) []byte { return ctx(4, name) }
func dnsName(name string) []byte       { return ctxPrimitive(2, []byte(name)) }
func uriName(uri string) []byte        { return ctxPrimitive(6, []byte(uri)) }
