package main

// outcome is what a reason code stands for: the check that gives it and the words of
// the verdict.
type outcome struct{ check, verdict, sub string }

const (
	failed        = "FAILED"
	indeterminate = "INDETERMINATE"
	passed        = "PASSED"
)

var outcomes = map[string]outcome{
	"ecdsa.bad-encoding": {"format", failed, "FORMAT_FAILURE"},
	"ecdsa.bad-key":      {"format", failed, "FORMAT_FAILURE"},
	"ecdsa.unsupported":  {"format", indeterminate, "CUSTOM"},
	"ecdsa.limit":        {"format", indeterminate, "CUSTOM"},

	"ecdsa.subject-missing":   {"subject", indeterminate, "SIGNED_DATA_NOT_FOUND"},
	"ecdsa.digest-mismatch":   {"signed-digest", failed, "HASH_FAILURE"},
	"ecdsa.out-of-range":      {"range", failed, "SIG_CRYPTO_FAILURE"},
	"ecdsa.signature-invalid": {"signature", failed, "SIG_CRYPTO_FAILURE"},

	"ecdsa.signer-missing":  {"signer-key", indeterminate, "NO_SIGNING_CERTIFICATE_FOUND"},
	"ecdsa.key-id-unknown":  {"signer-key", indeterminate, "NO_SIGNING_CERTIFICATE_FOUND"},
	"ecdsa.key-id-mismatch": {"key-id", indeterminate, "NO_SIGNING_CERTIFICATE_FOUND"},
	"ecdsa.key-not-trusted": {"key-trust", indeterminate, "NO_CERTIFICATE_CHAIN_FOUND"},

	"ecdsa.key-expired":       {"key-window", indeterminate, "OUT_OF_BOUNDS_NO_POE"},
	"ecdsa.key-not-yet-valid": {"key-window", indeterminate, "OUT_OF_BOUNDS_NO_POE"},
	"ecdsa.key-revoked":       {"key-revocation", indeterminate, "REVOKED_NO_POE"},
	"policy.no-time":          {"key-window", indeterminate, "CUSTOM"},

	"ecdsa.weak-digest": {"digest-algorithm", indeterminate, "CRYPTO_CONSTRAINTS_FAILURE_NO_POE"},
	"ecdsa.weak-key":    {"key-algorithm", indeterminate, "CRYPTO_CONSTRAINTS_FAILURE_NO_POE"},
	"ecdsa.key-profile": {"key-profile", indeterminate, "SIG_CONSTRAINTS_FAILURE"},
	"ecdsa.high-s":      {"low-s", indeterminate, "SIG_CONSTRAINTS_FAILURE"},
}
