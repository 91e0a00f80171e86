package report

import "github.com/exhibit-dev/exhibit/verdict"

// meaning says in plain words what a sub-indication stands for. Each ends a sentence
// that says which evidence and which subject.
var meaning = map[verdict.SubIndication]string{
	verdict.FormatFailure:                 "the evidence is broken and cannot be read as what it claims to be",
	verdict.HashFailure:                   "the data is not the data that the evidence commits to",
	verdict.SigCryptoFailure:              "the signature in the evidence is wrong",
	verdict.Revoked:                       "the signer's certificate was revoked before the evidence was signed",
	verdict.Expired:                       "the signer's certificate had ended before the evidence was signed",
	verdict.NotYetValid:                   "the signer's certificate had not begun when the evidence was signed",
	verdict.SigConstraintsFailure:         "the evidence does not meet the rules for its kind",
	verdict.ChainConstraintsFailure:       "the signer's certificates do not meet the rules for this use",
	verdict.CertificateChainFailure:       "the signer's certificates do not fit together",
	verdict.CryptoConstraintsFailure:      "an algorithm or a key is not good enough",
	verdict.PolicyProcessingError:         "the signature policy could not be processed",
	verdict.SignaturePolicyNotAvailable:   "the signature policy is not at hand",
	verdict.TimestampOrderFailure:         "the times are not in the order they must have",
	verdict.NoSigningCertificateFound:     "the signer's certificate or key could not be identified",
	verdict.NoCertificateChainFound:       "nothing that you trust vouches for the signer",
	verdict.NoCertificateChainFoundNoPOE:  "what vouched for the signer no longer applies, and nothing proves that the evidence is older",
	verdict.RevokedNoPOE:                  "the signer's certificate is revoked, and nothing proves that the evidence is older",
	verdict.RevokedCANoPOE:                "a certificate above the signer's is revoked, and nothing proves that the evidence is older",
	verdict.OutOfBoundsNoPOE:              "the signer's certificate has ended, and nothing proves that the evidence is older",
	verdict.OutOfBoundsNotRevoked:         "the signer's certificate has ended unrevoked, and nothing proves that the evidence is older",
	verdict.RevocationOutOfBoundsNoPOE:    "the certificate behind the revocation data has ended, and nothing proves that the data is older",
	verdict.CryptoConstraintsFailureNoPOE: "an algorithm is no longer good enough, and nothing proves that the evidence is older",
	verdict.NoPOE:                         "no time is proven",
	verdict.TryLater:                      "data is missing that may be had later",
	verdict.SignedDataNotFound:            "the data that the evidence speaks of is not at hand",
}

// byReason explains reasons of the run itself, which stand under CUSTOM, and those of
// plain keys, of logs, of trees and of blocks, which have no certificates.
var byReason = map[string]string{
	"run.incomplete":          "not everything could be read",
	"run.kind-unsupported":    "this version does not judge evidence of this kind",
	"run.internal-error":      "the program itself failed",
	"policy.no-time":          "no time of validation was given",
	"ecdsa.signer-missing":    "no key that you trust is shown to have made the signature",
	"ecdsa.key-id-unknown":    "the key that the signature names is none that you trust",
	"ecdsa.key-id-mismatch":   "the key that the signature names is another than the one it holds",
	"ecdsa.key-not-trusted":   "the key that comes with the signature is none that you trust",
	"ecdsa.key-expired":       "the signer's key is past its time, and nothing proves that the signature is older",
	"ecdsa.key-not-yet-valid": "the signer's key was not in use yet",
	"ecdsa.key-revoked":       "the signer's key is revoked, and nothing proves that the signature is older",
	"ecdsa.unsupported":       "the signature is of a kind that this version does not support",

	"tlog.log-unknown": "no log that you trust has signed the tree that the evidence leads to",
	"tlog.quorum":      "too few witnesses that you trust have signed the log's tree",

	"merkle.root-not-anchored":   "nothing vouches for the root of the tree that the evidence leads to",
	"merkle.convention-unknown":  "it is not known how the tree was hashed",
	"merkle.root-mismatch":       "the path does not lead from the data to the root",
	"merkle.inconsistent":        "the older tree is not the beginning of the newer one",
	"merkle.leaf-node-ambiguity": "the data may be a node of the tree instead of a leaf",

	"pdf.modified-after-signing":  "the signed bytes are intact, but what was added later is not permitted",
	"pdf.encrypted":               "the document is encrypted, and the password is missing or wrong",
	"pdf.limit":                   "the document is larger than this program reads",
	"pdf.unreadable":              "the document carries a signature and cannot be read",
	"pdf.nothing-signed":          "the document is not signed and bears no time-stamp",
	"pdf.not-covered":             "no time-stamp speaks of the whole file",
	"pdf.not-strict":              "the document can be read only by repairing it, which readers do in different ways",
	"pdf.attachment-not-covered":  "no signature or time-stamp speaks of the attachment",
	"pdf.sub-filter":              "the signature is of a kind that this version does not support",
	"pdf.coverage":                "bytes of the document belong to no signed revision",
	"pdf.contents-gap":            "the signature leaves out other bytes than its own value",
	"pdf.message-digest-mismatch": "the document was changed after it was signed",
	"pdf.digest-mismatch":         "the document was changed after it was signed",

	"ots.pending":             "the proof is not complete: a calendar has yet to anchor it",
	"ots.unknown-attestation": "the proof ends in an attestation of an unknown kind",
	"ots.chain-unsupported":   "the proof ends in a block chain that this version does not judge",
	"ots.no-attestation":      "the proof ends in nothing that gives a time",
	"btc.header-missing":      "the header of the block that the proof names is not at hand",
	"btc.header-only":         "nothing shows that the header at hand is part of the block chain",
	"btc.header-not-trusted":  "the header at hand is not shown to be part of the block chain",
	"btc.work-only":           "the block stands above the checkpoints, and only work speaks for it",
	"btc.merkle-root":         "the block that the proof names commits to something else",
	"btc.time-future":         "the block is later than the time of validation",
}

func explain(sub verdict.SubIndication, reason string) string {
	if s := byReason[reason]; s != "" {
		return s
	}
	if s := meaning[sub]; s != "" {
		return s
	}
	return "something is missing or not supported"
}

// codes is the part in brackets: what programs go by.
func codes(sub verdict.SubIndication, reason string) string {
	if reason == "" {
		return string(sub)
	}
	return string(sub) + ", " + reason
}
