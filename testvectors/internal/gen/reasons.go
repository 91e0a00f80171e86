package main

// outcome is what a reason code stands for: the check that gives it and the words of the verdict.
type outcome struct{ check, verdict, sub string }

const (
	failed        = "FAILED"
	indeterminate = "INDETERMINATE"
	passed        = "PASSED"

	weak = "CRYPTO_CONSTRAINTS_FAILURE"
)

var outcomes = map[string]outcome{
	"tsp.malformed":      {"format", failed, "FORMAT_FAILURE"},
	"tsp.signer-count":   {"format", failed, "FORMAT_FAILURE"},
	"tsp.content-type":   {"format", failed, "FORMAT_FAILURE"},
	"tsp.version":        {"format", failed, "FORMAT_FAILURE"},
	"tsp.gen-time":       {"format", failed, "FORMAT_FAILURE"},
	"tsp.imprint-length": {"format", failed, "FORMAT_FAILURE"},
	"tsp.no-token":       {"format", failed, "FORMAT_FAILURE"},
	"tsp.limit":          {"format", indeterminate, "CUSTOM"}, // or certification-path

	"tsp.subject-missing":   {"subject", indeterminate, "SIGNED_DATA_NOT_FOUND"},
	"tsp.imprint-mismatch":  {"message-imprint", failed, "HASH_FAILURE"},
	"tsp.imprint-algorithm": {"message-imprint", indeterminate, weak},

	"tsp.digest-algorithm":        {"digest-algorithm", indeterminate, weak},
	"tsp.no-signed-attributes":    {"signed-attributes", indeterminate, "SIG_CONSTRAINTS_FAILURE"},
	"tsp.content-type-missing":    {"content-type", indeterminate, "SIG_CONSTRAINTS_FAILURE"},
	"tsp.content-type-mismatch":   {"content-type", failed, "FORMAT_FAILURE"},
	"tsp.message-digest-missing":  {"message-digest", failed, "FORMAT_FAILURE"},
	"tsp.message-digest-mismatch": {"message-digest", failed, "HASH_FAILURE"},
	"tsp.signature-invalid":       {"signature", failed, "SIG_CRYPTO_FAILURE"},
	"tsp.signature-unsupported":   {"signature", indeterminate, weak},
	"tsp.signer-missing":          {"signer-certificate", indeterminate, "NO_SIGNING_CERTIFICATE_FOUND"},
	"tsp.no-ess":                  {"signing-certificate", indeterminate, "SIG_CONSTRAINTS_FAILURE"},
	"tsp.ess-mismatch":            {"signing-certificate", indeterminate, "NO_SIGNING_CERTIFICATE_FOUND"},
	"tsp.ess-algorithm":           {"signing-certificate", indeterminate, weak},

	"tsp.no-chain":                {"certification-path", indeterminate, "NO_CERTIFICATE_CHAIN_FOUND"},
	"tsp.path-basic-constraints":  {"path-constraints", indeterminate, "CHAIN_CONSTRAINTS_FAILURE"},
	"tsp.path-length":             {"path-constraints", indeterminate, "CHAIN_CONSTRAINTS_FAILURE"},
	"tsp.path-key-usage":          {"path-constraints", indeterminate, "CHAIN_CONSTRAINTS_FAILURE"},
	"tsp.path-name-constraints":   {"path-constraints", indeterminate, "CHAIN_CONSTRAINTS_FAILURE"},
	"tsp.path-policies":           {"path-constraints", indeterminate, "CHAIN_CONSTRAINTS_FAILURE"},
	"tsp.path-critical-extension": {"path-constraints", indeterminate, "CHAIN_CONSTRAINTS_FAILURE"},
	"tsp.ess-chain":               {"ess-chain", indeterminate, "CHAIN_CONSTRAINTS_FAILURE"},
	"tsp.extended-key-usage":      {"extended-key-usage", indeterminate, "CHAIN_CONSTRAINTS_FAILURE"},
	"tsp.key-usage":               {"key-usage", indeterminate, "CHAIN_CONSTRAINTS_FAILURE"},
	"tsp.signer-is-ca":            {"signer-not-ca", indeterminate, "CHAIN_CONSTRAINTS_FAILURE"},

	"tsp.not-yet-valid":       {"validity", failed, "NOT_YET_VALID"},
	"tsp.expired":             {"validity", failed, "EXPIRED"},
	"tsp.signer-uncertain":    {"validity", indeterminate, "NO_SIGNING_CERTIFICATE_FOUND"},
	"tsp.path-validity":       {"path-validity", indeterminate, "CERTIFICATE_CHAIN_GENERAL_FAILURE"},
	"tsp.expired-no-poe":      {"expiry", indeterminate, "OUT_OF_BOUNDS_NO_POE"},
	"tsp.expired-not-revoked": {"expiry", indeterminate, "OUT_OF_BOUNDS_NOT_REVOKED"},
	"tsp.revoked":             {"revocation", failed, "REVOKED"},
	"tsp.revoked-no-poe":      {"revocation", indeterminate, "REVOKED_NO_POE"},
	"tsp.revocation-missing":  {"revocation", indeterminate, "TRY_LATER"}, // or path-revocation
	"tsp.weak-revocation":     {"revocation", indeterminate, weak},
	"tsp.ca-revoked":          {"path-revocation", indeterminate, "REVOKED_CA_NO_POE"},

	"tsp.weak-imprint":   {"imprint-algorithm", indeterminate, weak},
	"tsp.weak-signature": {"signature-algorithm", indeterminate, weak},
	"tsp.weak-path":      {"path-algorithms", indeterminate, weak},

	"tsp.gen-time-future":      {"gen-time", indeterminate, "TIMESTAMP_ORDER_FAILURE"},
	"tsp.time-order":           {"gen-time", indeterminate, "TIMESTAMP_ORDER_FAILURE"},
	"policy.no-time":           {"gen-time", indeterminate, "CUSTOM"},
	"tsp.gen-time-syntax":      {"gen-time-syntax", indeterminate, "SIG_CONSTRAINTS_FAILURE"},
	"tsp.status":               {"status", indeterminate, "SIG_CONSTRAINTS_FAILURE"},
	"tsp.trailing-data":        {"trailing-data", indeterminate, "SIG_CONSTRAINTS_FAILURE"},
	"tsp.tsa-name":             {"tsa-name", indeterminate, "SIG_CONSTRAINTS_FAILURE"},
	"tsp.critical-extension":   {"critical-extensions", indeterminate, "SIG_CONSTRAINTS_FAILURE"},
	"tsp.algorithm-protection": {"algorithm-protection", indeterminate, "SIG_CONSTRAINTS_FAILURE"},
	"tsp.nonce":                {"nonce", indeterminate, "SIG_CONSTRAINTS_FAILURE"},
	"tsp.request-other":        {"nonce", indeterminate, "SIG_CONSTRAINTS_FAILURE"},
	"tsp.policy":               {"policy", indeterminate, "SIG_CONSTRAINTS_FAILURE"},
}

// neverFirst are the reasons that no verdict is named after, because another check comes before
// them whenever they apply.
var neverFirst = map[string]string{
	"tsp.signer-uncertain": "signing-certificate has refused a signer that the evidence does not name",
}

// opensslSays is what `openssl ts -verify` at genTime says to a token that the check refuses; it
// refuses where nothing stands here. Revocation data and the validation time are not given to it, so
// there it must accept: the token is sound but for them. Algorithms depend on how it was built, and
// it always needs data.
var opensslSays = map[string]string{
	"expiry": "accept", "revocation": "accept", "path-revocation": "accept", "gen-time": "accept",
	"gen-time-syntax": "accept", "algorithm-protection": "accept", "trailing-data": "accept",
	"imprint-algorithm": "", "signature-algorithm": "", "path-algorithms": "", "subject": "",
}
