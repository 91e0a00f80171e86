package attest

// Kind is the kind of the nodes that this package makes.
const Kind = "ecdsa"

// The owed checks. Their order decides which defect names the verdict: format,
// data, signed digest, signature, signer, trust, validity and revocation,
// algorithms, profile.
const (
	checkFormat    = "format"
	checkSubject   = "subject"
	checkSigned    = "signed-digest"
	checkRange     = "range"
	checkSignature = "signature"
	checkSigner    = "signer-key"
	checkKeyID     = "key-id"
	checkTrust     = "key-trust"
	checkWindow    = "key-window"
	checkRevoked   = "key-revocation"
	checkDigestAlg = "digest-algorithm"
	checkKeyAlg    = "key-algorithm"
	checkProfile   = "key-profile"
	checkLowS      = "low-s"
)

var owed = []string{
	checkFormat, checkSubject, checkSigned, checkRange, checkSignature, checkSigner, checkKeyID, checkTrust,
	checkWindow, checkRevoked, checkDigestAlg, checkKeyAlg, checkProfile, checkLowS,
}

// Checks returns the names of the checks that every attestation owes, in their order.
func Checks() []string { return append([]string(nil), owed...) }

// The clauses that ask for the checks.
const (
	refDER        = "SEC 1 C.5"
	refP1363      = "IEEE 1363 E.3.1"
	refJWS        = "RFC 7515 5.2"
	refHeader     = "RFC 7515 4.1"
	refKey        = "SEC 1 3.2.2.1"
	refRange      = "FIPS 186-5 6.4.2"
	refEquation   = "FIPS 186-5 6.4.2"
	refEd25519    = "RFC 8032 5.1.7"
	refRSA        = "RFC 8017 8"
	refPayload    = "RFC 7515 5.1"
	refSigner     = "EN 319 102-1 5.2.3"
	refTrust      = "EN 319 102-1 5.2.6"
	refPast       = "EN 319 102-1 5.6.2"
	refAlgorithms = "EN 319 102-1 5.2.8"
	refProfile    = "EN 319 102-1 5.2.8"
	refLowS       = "BIP 146"
)

// The reason codes.
const (
	codeEncoding    = "ecdsa.bad-encoding"
	codeBadKey      = "ecdsa.bad-key"
	codeUnsupported = "ecdsa.unsupported"
	codeLimit       = "ecdsa.limit"

	reasonSubject     = "ecdsa.subject-missing"
	reasonDigest      = "ecdsa.digest-mismatch"
	reasonRange       = "ecdsa.out-of-range"
	reasonSignature   = "ecdsa.signature-invalid"
	reasonSigner      = "ecdsa.signer-missing"
	reasonKeyUnknown  = "ecdsa.key-id-unknown"
	reasonKeyMismatch = "ecdsa.key-id-mismatch"
	reasonNotTrusted  = "ecdsa.key-not-trusted"
	reasonEarly       = "ecdsa.key-not-yet-valid"
	reasonExpired     = "ecdsa.key-expired"
	reasonRevoked     = "ecdsa.key-revoked"
	reasonWeakDigest  = "ecdsa.weak-digest"
	reasonWeakKey     = "ecdsa.weak-key"
	reasonProfile     = "ecdsa.key-profile"
	reasonHighS       = "ecdsa.high-s"
	reasonNoTime      = "policy.no-time"
	reasonIncomplete  = "run.incomplete"
)
