package rfc3161

import "github.com/exhibit-dev/exhibit/internal/signercheck"

// Kind is the kind of the nodes that this package makes.
const Kind = "rfc3161"

// The owed checks. Their order decides which defect names the verdict: format,
// data, digests, signature, signer, path, validity and revocation, algorithms,
// profile. Those that any signer owes are judged in internal/signercheck.
const (
	checkFormat        = "format"
	checkSubject       = "subject"
	checkImprint       = "message-imprint"
	checkDigestAlg     = signercheck.CheckDigestAlg
	checkSignedAttrs   = signercheck.CheckSignedAttrs
	checkContentType   = signercheck.CheckContentType
	checkMessageDigest = signercheck.CheckMessageDigest
	checkSignature     = signercheck.CheckSignature
	checkSignerCert    = signercheck.CheckSignerCert
	checkESS           = signercheck.CheckESS
	checkPath          = signercheck.CheckPath
	checkPathRules     = signercheck.CheckPathRules
	checkESSChain      = signercheck.CheckESSChain
	checkEKU           = signercheck.CheckEKU
	checkKeyUsage      = signercheck.CheckKeyUsage
	checkNotCA         = signercheck.CheckNotCA
	checkValidity      = signercheck.CheckValidity
	checkPathValidity  = signercheck.CheckPathValidity
	checkExpiry        = signercheck.CheckExpiry
	checkRevocation    = signercheck.CheckRevocation
	checkCARevocation  = signercheck.CheckCARevocation
	checkImprintAlg    = "imprint-algorithm"
	checkSignatureAlg  = signercheck.CheckSignatureAlg
	checkPathAlg       = signercheck.CheckPathAlg
	checkGenTime       = "gen-time"
	checkTimeSyntax    = "gen-time-syntax"
	checkStatus        = "status"
	checkTrailing      = "trailing-data"
	checkTSAName       = "tsa-name"
	checkExtensions    = "critical-extensions"
	checkProtection    = signercheck.CheckProtection
	checkNonce         = "nonce"
	checkPolicy        = "policy"
)

var owed = []string{
	checkFormat, checkSubject, checkImprint, checkDigestAlg, checkSignedAttrs, checkContentType, checkMessageDigest,
	checkSignature, checkSignerCert, checkESS,
	checkPath, checkPathRules, checkESSChain, checkEKU, checkKeyUsage, checkNotCA,
	checkValidity, checkPathValidity, checkExpiry, checkRevocation, checkCARevocation,
	checkImprintAlg, checkSignatureAlg, checkPathAlg,
	checkGenTime, checkTimeSyntax, checkStatus, checkTrailing, checkTSAName, checkExtensions, checkProtection,
	checkNonce, checkPolicy,
}

// Checks returns the names of the checks that every token owes, in their order.
func Checks() []string { return append([]string(nil), owed...) }

// The clauses that ask for the checks of a token.
const (
	refToken     = "RFC 3161 2.4.2"
	refRequest   = "RFC 3161 2.4.1"
	refTimeStamp = "EN 319 102-1 5.4"
)
