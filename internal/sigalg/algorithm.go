package sigalg

import (
	"fmt"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"github.com/exhibit-dev/exhibit/internal/der"
	"github.com/exhibit-dev/exhibit/verdict"
)

// Scheme is the way a signature is made.
type Scheme uint8

// The schemes. The zero value verifies nothing.
const (
	None Scheme = iota
	PKCS1
	PSS
	ECDSA
	DSA
	Ed25519
	Ed448
)

var schemeNames = [...]string{"none", "RSA PKCS#1 v1.5", "RSASSA-PSS", "ECDSA", "DSA", "Ed25519", "Ed448"}

func (s Scheme) String() string { return schemeNames[s] }

// Algorithm is a signature algorithm, ready to verify with.
type Algorithm struct {
	Scheme Scheme
	Digest string // of the message; for Ed25519 and Ed448 the one inside the scheme
	mgf    string // PSS: digest of the mask generation
	salt   int    // PSS: salt length in bytes
}

// PSSWith returns RSASSA-PSS in the form that RFC 7518, section 3.5, fixes: the same
// digest for message and mask, a salt as long as the digest.
func PSSWith(digest string) Algorithm {
	return Algorithm{Scheme: PSS, Digest: digest, mgf: digest, salt: verdict.DigestSize(digest)}
}

// String describes the algorithm for a report.
func (a Algorithm) String() string {
	if a.Scheme == Ed25519 || a.Scheme == Ed448 {
		return a.Scheme.String()
	}
	return a.Scheme.String() + " with " + a.Digest
}

// Parse reads a signature AlgorithmIdentifier. Where the identifier names only the
// kind of key (rsaEncryption in a SignerInfo, RFC 3370 section 3.2), digest, the
// name of the CMS digest algorithm, completes it; elsewhere digest is "".
// The error wraps ErrUnsupported or ErrMalformed.
func Parse(id der.Algorithm, digest string) (Algorithm, error) {
	switch id.OID {
	case oidPSS:
		return parsePSS(id.Params)
	case oidECDSASpec:
		var d der.Algorithm
		s := cryptobyte.String(id.Params)
		if !der.ReadAlgorithm(&s, &d) || !s.Empty() {
			return Algorithm{}, fmt.Errorf("ecdsa-with-Specified: %w", ErrMalformed)
		}
		return withDigest(ECDSA, DigestName(d.OID), d.OID)
	}
	row, ok := signatureByOID[id.OID]
	if !ok {
		return Algorithm{}, fmt.Errorf("signature algorithm %s: %w", id.OID, ErrUnsupported)
	}
	if !id.NoParams() {
		return Algorithm{}, fmt.Errorf("parameters of signature algorithm %s: %w", id.OID, ErrMalformed)
	}
	if row.digest == "" {
		row.digest = digest
	}
	return withDigest(row.scheme, row.digest, id.OID)
}

func withDigest(s Scheme, digest string, oid der.OID) (Algorithm, error) {
	if digest == "" {
		return Algorithm{}, fmt.Errorf("digest of signature algorithm %s: %w", oid, ErrUnsupported)
	}
	return Algorithm{Scheme: s, Digest: digest}, nil
}

// parsePSS reads RSASSA-PSS-params (RFC 4055, section 3.1). Every member has a
// default with SHA-1; the trailer can only be 1.
func parsePSS(params []byte) (Algorithm, error) {
	a := Algorithm{Scheme: PSS, Digest: "sha1", mgf: "sha1", salt: 20}
	bad := fmt.Errorf("RSASSA-PSS parameters: %w", ErrMalformed)
	s := cryptobyte.String(params)
	var seq cryptobyte.String
	if len(params) == 0 {
		return Algorithm{}, bad // in a signature the parameters are mandatory
	}
	if !s.ReadASN1(&seq, asn1.SEQUENCE) || !s.Empty() {
		return Algorithm{}, bad
	}
	var in cryptobyte.String
	var has bool
	var id der.Algorithm
	if !seq.ReadOptionalASN1(&in, &has, asn1.Tag(0).Constructed().ContextSpecific()) {
		return Algorithm{}, bad
	}
	if has {
		if !der.ReadAlgorithm(&in, &id) || !in.Empty() {
			return Algorithm{}, bad
		}
		a.Digest = DigestName(id.OID)
	}
	if !seq.ReadOptionalASN1(&in, &has, asn1.Tag(1).Constructed().ContextSpecific()) {
		return Algorithm{}, bad
	}
	if has {
		if !der.ReadAlgorithm(&in, &id) || !in.Empty() {
			return Algorithm{}, bad
		}
		if id.OID != oidMGF1 {
			return Algorithm{}, fmt.Errorf("mask generation %s: %w", id.OID, ErrUnsupported)
		}
		p := cryptobyte.String(id.Params)
		if !der.ReadAlgorithm(&p, &id) || !p.Empty() {
			return Algorithm{}, bad
		}
		a.mgf = DigestName(id.OID)
	}
	if !seq.ReadOptionalASN1(&in, &has, asn1.Tag(2).Constructed().ContextSpecific()) {
		return Algorithm{}, bad
	}
	if has && (!der.ReadSmallInt(&in, &a.salt, asn1.INTEGER) || !in.Empty()) {
		return Algorithm{}, bad
	}
	if !seq.ReadOptionalASN1(&in, &has, asn1.Tag(3).Constructed().ContextSpecific()) || !seq.Empty() {
		return Algorithm{}, bad
	}
	if trailer := 0; has && (!der.ReadSmallInt(&in, &trailer, asn1.INTEGER) || !in.Empty() || trailer != 1) {
		return Algorithm{}, bad
	}
	if verdict.DigestSize(a.Digest) == 0 || verdict.DigestSize(a.mgf) == 0 {
		return Algorithm{}, fmt.Errorf("RSASSA-PSS digest: %w", ErrUnsupported)
	}
	return a, nil
}
