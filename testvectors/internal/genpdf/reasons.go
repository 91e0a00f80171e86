package main

import "strings"

// outcome is the verdict that a reason stands for. Reasons about a signer are those of
// time-stamps under another prefix.
func outcome(reason string) expectation {
	sub := subs[reason]
	if sub == "" {
		_, code, _ := strings.Cut(reason, ".")
		sub = signerSubs[code]
	}
	e := expectation{Verdict: "INDETERMINATE", SubIndication: sub, Reason: reason}
	switch sub {
	case "":
		panic("unknown reason " + reason)
	case "FORMAT_FAILURE", "HASH_FAILURE", "SIG_CRYPTO_FAILURE", "NOT_YET_VALID", "EXPIRED", "REVOKED":
		e.Verdict = "FAILED"
	}
	return e
}

const (
	badFormat      = "FORMAT_FAILURE"
	badConstraints = "SIG_CONSTRAINTS_FAILURE"
	badChain       = "CHAIN_CONSTRAINTS_FAILURE"
	weak           = "CRYPTO_CONSTRAINTS_FAILURE"
)

var subs = map[string]string{
	"pdf.dictionary": badFormat, "pdf.key-twice": badFormat, "pdf.sub-filter": "CUSTOM", "pdf.timestamp-sub-filter": badFormat,
	"pdf.byte-range": badFormat, "pdf.byte-range-gaps": badFormat, "pdf.byte-range-negative": badFormat, "pdf.byte-range-start": badFormat,
	"pdf.byte-range-overlap": badFormat, "pdf.byte-range-outside": badFormat,
	"pdf.contents-missing": badFormat, "pdf.contents-literal": badFormat, "pdf.contents-hexadecimal": badFormat,
	"pdf.contents-gap": badFormat, "pdf.contents-empty": badFormat, "pdf.cms": badFormat, "pdf.signer-count": badFormat, "pdf.signature-value": badFormat,
	"pdf.encapsulated-content": badFormat, "pdf.no-encapsulated-content": badFormat, "pdf.content-type": badConstraints,
	"pdf.digest-mismatch": "HASH_FAILURE", "pdf.weak-digest": weak,
	"pdf.coverage": badConstraints, "pdf.padding": badConstraints, "pdf.not-strict": badConstraints, "pdf.modified-after-signing": badConstraints,
	"pdf.permissions": badConstraints, "pdf.seed-value": badConstraints, "pdf.attachment-not-covered": "NO_POE", "pdf.time-order": "TIMESTAMP_ORDER_FAILURE",
	"pdf.nothing-signed": "CUSTOM", "pdf.encrypted": "CUSTOM", "pdf.limit": "CUSTOM", "pdf.unreadable": badFormat,
	"pdf.byte-range-indirect": badConstraints, "pdf.contents-indirect": badConstraints, "pdf.no-field": badConstraints, "pdf.not-covered": "NO_POE",
	"policy.no-time": "CUSTOM",

	"tsp.malformed": badFormat, "tsp.content-type": badFormat, "tsp.imprint-mismatch": "HASH_FAILURE", "tsp.gen-time-future": "TIMESTAMP_ORDER_FAILURE",
	"tsp.critical-extension": badConstraints, "tsp.trailing-data": badConstraints, "tsp.weak-imprint": weak,
}

var signerSubs = map[string]string{
	"digest-algorithm": weak, "no-signed-attributes": badConstraints, "content-type-missing": badConstraints, "content-type-mismatch": badFormat,
	"message-digest-missing": badFormat, "message-digest-mismatch": "HASH_FAILURE", "signature-invalid": "SIG_CRYPTO_FAILURE",
	"signature-unsupported": weak, "signer-missing": "NO_SIGNING_CERTIFICATE_FOUND", "no-ess": badConstraints,
	"ess-mismatch": "NO_SIGNING_CERTIFICATE_FOUND", "ess-algorithm": weak, "no-chain": "NO_CERTIFICATE_CHAIN_FOUND",
	"path-basic-constraints": badChain, "path-length": badChain, "path-key-usage": badChain, "path-name-constraints": badChain, "path-policies": badChain,
	"path-critical-extension": badChain, "path-extension-unreadable": badChain, "signer-uncertain": "NO_SIGNING_CERTIFICATE_FOUND", "ess-chain": badChain, "extended-key-usage": badChain, "key-usage": badChain, "signer-is-ca": badChain,
	"not-yet-valid": "NOT_YET_VALID", "expired": "EXPIRED", "path-validity": "CERTIFICATE_CHAIN_GENERAL_FAILURE",
	"before-validity": "OUT_OF_BOUNDS_NO_POE", "expired-no-poe": "OUT_OF_BOUNDS_NO_POE", "expired-not-revoked": "OUT_OF_BOUNDS_NOT_REVOKED", "revoked": "REVOKED", "revoked-no-poe": "REVOKED_NO_POE",
	"revocation-missing": "TRY_LATER", "weak-revocation": weak, "ca-revoked": "REVOKED_CA_NO_POE",
	"weak-signature": weak, "weak-path": weak, "algorithm-protection": badConstraints,
}
