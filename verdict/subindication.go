package verdict

// SubIndication says why a verdict is not PASSED, by the list of EN 319 102-1.
// It is empty for PASSED.
type SubIndication string

// The sub-indications of EN 319 102-1 and, last, the extension slot for reasons
// that none of them covers (a reason code is then mandatory).
const (
	FormatFailure                 SubIndication = "FORMAT_FAILURE"
	HashFailure                   SubIndication = "HASH_FAILURE"
	SigCryptoFailure              SubIndication = "SIG_CRYPTO_FAILURE"
	Revoked                       SubIndication = "REVOKED"
	Expired                       SubIndication = "EXPIRED"
	NotYetValid                   SubIndication = "NOT_YET_VALID"
	SigConstraintsFailure         SubIndication = "SIG_CONSTRAINTS_FAILURE"
	ChainConstraintsFailure       SubIndication = "CHAIN_CONSTRAINTS_FAILURE"
	CertificateChainFailure       SubIndication = "CERTIFICATE_CHAIN_GENERAL_FAILURE"
	CryptoConstraintsFailure      SubIndication = "CRYPTO_CONSTRAINTS_FAILURE"
	PolicyProcessingError         SubIndication = "POLICY_PROCESSING_ERROR"
	SignaturePolicyNotAvailable   SubIndication = "SIGNATURE_POLICY_NOT_AVAILABLE"
	TimestampOrderFailure         SubIndication = "TIMESTAMP_ORDER_FAILURE"
	NoSigningCertificateFound     SubIndication = "NO_SIGNING_CERTIFICATE_FOUND"
	NoCertificateChainFound       SubIndication = "NO_CERTIFICATE_CHAIN_FOUND"
	NoCertificateChainFoundNoPOE  SubIndication = "NO_CERTIFICATE_CHAIN_FOUND_NO_POE"
	RevokedNoPOE                  SubIndication = "REVOKED_NO_POE"
	RevokedCANoPOE                SubIndication = "REVOKED_CA_NO_POE"
	OutOfBoundsNoPOE              SubIndication = "OUT_OF_BOUNDS_NO_POE"
	OutOfBoundsNotRevoked         SubIndication = "OUT_OF_BOUNDS_NOT_REVOKED"
	RevocationOutOfBoundsNoPOE    SubIndication = "REVOCATION_OUT_OF_BOUNDS_NO_POE"
	CryptoConstraintsFailureNoPOE SubIndication = "CRYPTO_CONSTRAINTS_FAILURE_NO_POE"
	NoPOE                         SubIndication = "NO_POE"
	TryLater                      SubIndication = "TRY_LATER"
	SignedDataNotFound            SubIndication = "SIGNED_DATA_NOT_FOUND"
	Custom                        SubIndication = "CUSTOM"
)

// usual holds every sub-indication with its usual main indication. Custom may
// stand under either, so it is listed with the cautious one.
var usual = map[SubIndication]Indication{
	FormatFailure: Failed, HashFailure: Failed, SigCryptoFailure: Failed,
	Revoked: Failed, Expired: Failed, NotYetValid: Failed,
	SigConstraintsFailure: Indeterminate, ChainConstraintsFailure: Indeterminate,
	CertificateChainFailure: Indeterminate, CryptoConstraintsFailure: Indeterminate,
	PolicyProcessingError: Indeterminate, SignaturePolicyNotAvailable: Indeterminate,
	TimestampOrderFailure: Indeterminate, NoSigningCertificateFound: Indeterminate,
	NoCertificateChainFound: Indeterminate, NoCertificateChainFoundNoPOE: Indeterminate,
	RevokedNoPOE: Indeterminate, RevokedCANoPOE: Indeterminate,
	OutOfBoundsNoPOE: Indeterminate, OutOfBoundsNotRevoked: Indeterminate,
	RevocationOutOfBoundsNoPOE: Indeterminate, CryptoConstraintsFailureNoPOE: Indeterminate,
	NoPOE: Indeterminate, TryLater: Indeterminate, SignedDataNotFound: Indeterminate,
	Custom: Indeterminate,
}

// Known reports whether s is one of the list.
func (s SubIndication) Known() bool { _, ok := usual[s]; return ok }

// Usual returns the main indication that s stands under. An unknown value gives
// Indeterminate.
func (s SubIndication) Usual() Indication { return usual[s] }

// URI returns the identifier of EN 319 102-1; Custom and unknown values have none.
func (s SubIndication) URI() string {
	if s == Custom || !s.Known() {
		return ""
	}
	return "urn:etsi:019102:subindication:" + string(s)
}
