package rfc3161

// Kind is the kind of the nodes that this package makes.
const Kind = "rfc3161"

// The owed checks. Their order decides which defect names the verdict: format,
// data, digests, signature, signer, path, validity and revocation, algorithms,
// profile.
const (
	checkFormat        = "format"
	checkSubject       = "subject"
	checkImprint       = "message-imprint"
	checkDigestAlg     = "digest-algorithm"
	checkSignedAttrs   = "signed-attributes"
	checkContentType   = "content-type"
	checkMessageDigest = "message-digest"
	checkSignature     = "signature"
	checkSignerCert    = "signer-certificate"
	checkESS           = "signing-certificate"
	checkPath          = "certification-path"
	checkPathRules     = "path-constraints"
	checkESSChain      = "ess-chain"
	checkEKU           = "extended-key-usage"
	checkKeyUsage      = "key-usage"
	checkNotCA         = "signer-not-ca"
	checkValidity      = "validity"
	checkPathValidity  = "path-validity"
	checkExpiry        = "expiry"
	checkRevocation    = "revocation"
	checkCARevocation  = "path-revocation"
	checkImprintAlg    = "imprint-algorithm"
	checkSignatureAlg  = "signature-algorithm"
	checkPathAlg       = "path-algorithms"
	checkGenTime       = "gen-time"
	checkTimeSyntax    = "gen-time-syntax"
	checkStatus        = "status"
	checkTrailing      = "trailing-data"
	checkTSAName       = "tsa-name"
	checkExtensions    = "critical-extensions"
	checkProtection    = "algorithm-protection"
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

// The clauses that ask for the checks.
const (
	refToken         = "RFC 3161 2.4.2"
	refRequest       = "RFC 3161 2.4.1"
	refRevocation    = "RFC 3161 4"
	refDigestAlg     = "RFC 5652 5.3"
	refSigned        = "RFC 5652 5.3"
	refContentType   = "RFC 5652 11.1"
	refMessageDigest = "RFC 5652 11.2"
	refSignature     = "RFC 5652 5.6"
	refESS           = "RFC 5816 2.2.1"
	refESSChain      = "RFC 2634 5.4"
	refPath          = "RFC 5280 6.1"
	refEKU           = "RFC 3161 2.3"
	refBasic         = "RFC 5280 4.2.1.9"
	refKeyUsage      = "RFC 5280 4.2.1.3"
	refValidity      = "RFC 5280 4.1.2.5"
	refPast          = "EN 319 102-1 5.6.2"
	refAlgorithms    = "EN 319 102-1 5.2.8"
	refTimeStamp     = "EN 319 102-1 5.4"
	refProtection    = "RFC 6211 3"
)
