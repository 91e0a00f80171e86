package signercheck

import (
	"encoding/hex"

	"github.com/exhibit-dev/exhibit/trust/pki"
)

// Profile is what one kind of evidence asks of its signer, and the words for it in
// reports. It is not changed once it is in use, so it may be shared.
type Profile struct {
	Kind    string // of the nodes
	Prefix  string // of reason and warning codes: tsp, pdf
	Object  string // what carries the signature: the token
	Content string // what message-digest covers: TSTInfo
	Needs   string // who or what asks for signed attributes: RFC 3161
	// NoAnchor says that no anchor was given, in the words of the anchor set.
	NoAnchor string

	// Purpose says why a certificate's extended key usage does not allow this use, ""
	// when it does.
	Purpose func(*pki.Certificate) string
	// CAMaySign leaves the check signer-not-ca out, and warns instead.
	CAMaySign bool
	// WithoutESS lets a signature pass that no signing-certificate attribute binds to
	// a certificate. One that is there is judged all the same.
	WithoutESS bool

	Clauses Clauses
}

// Clauses are the references that differ between the kinds.
type Clauses struct {
	ESS        string // asks for the signing-certificate attribute
	Purpose    string // asks for the extended key usage
	Revocation string // says what a revocation means
}

func (p *Profile) reason(code string) string { return p.Prefix + "." + code }

// The clauses that ask for the checks of every kind.
const (
	refDigestAlg     = "RFC 5652 5.3"
	refSigned        = "RFC 5652 5.3"
	refContentType   = "RFC 5652 11.1"
	refMessageDigest = "RFC 5652 11.2"
	refSignature     = "RFC 5652 5.6"
	refRawSignature  = "ISO 32000-1 12.8.3.2"
	refESSChain      = "RFC 2634 5.4"
	refPath          = "RFC 5280 6.1"
	refBasic         = "RFC 5280 4.2.1.9"
	refKeyUsage      = "RFC 5280 4.2.1.3"
	refValidity      = "RFC 5280 4.1.2.5"
	refPast          = "EN 319 102-1 5.6.2"
	refAlgorithms    = "EN 319 102-1 5.2.8"
	refProtection    = "RFC 6211 3"
)

// Codes that have no prefix, because they mean the same everywhere.
const (
	reasonNoTime     = "policy.no-time"
	noTime           = "no time of validation was given"
	reasonIncomplete = "run.incomplete"
)

// shownBytes bounds what ShortHex shows: digests and key identifiers fit, and nothing
// hostile floods a report.
const shownBytes = 64

// ShortHex writes bytes of the evidence in hexadecimal for a report, at most 64 of
// them.
func ShortHex(b []byte) string {
	if len(b) > shownBytes {
		return hex.EncodeToString(b[:shownBytes]) + "…"
	}
	return hex.EncodeToString(b)
}
