package rfc3161

import (
	"bytes"
	"encoding/hex"
	"errors"
	"time"

	"github.com/exhibit-dev/exhibit/internal/signercheck"
	"github.com/exhibit-dev/exhibit/trust/pki"
	"github.com/exhibit-dev/exhibit/verdict"
)

// Result is the verdict on one token.
type Result struct {
	verdict.Result
	facts Facts
}

// Facts are what a passed token proves.
type Facts struct {
	GenTime      time.Time
	Accuracy     time.Duration
	HasAccuracy  bool // false: the token states none, and zero is assumed
	Ordering     bool
	NotLaterThan time.Time // genTime + accuracy, rounded up to the second
	Policy       string    // of the authority, dotted
	Serial       []byte    // big-endian, as it stands in the token
	Algorithm    string    // of the imprint
	Imprint      []byte
	Signer       *pki.Certificate
	Anchor       pki.Anchor
}

// Proven returns the facts, and true only for PASSED. It is the only way to a time.
func (r *Result) Proven() (Facts, bool) {
	if !r.Passed() {
		return Facts{}, false
	}
	return r.facts, true
}

// Verify judges the token against the subject. It returns no error: what cannot be
// decided is a verdict. Env gives the anchors (TSA), the material, the policy and
// the time; a zero time is INDETERMINATE policy.no-time.
//
// The time that the token proves is judged by the certificates at genTime. A
// verdict of PASSED says: the subject existed not later than
// ExistedNotLaterThan, according to the anchor.
func (t *Token) Verify(subject verdict.Subject, env pki.Env) Result {
	return t.verify(subject, &env, "")
}

// verify is Verify with one check switched off; only tests name one.
func (t *Token) verify(subject verdict.Subject, env *pki.Env, ignore string) Result {
	v := &verifier{Token: t, env: env, p: verdict.Begin(Kind, owed...), ignore: ignore}
	v.poe = env.Existence(t.raw, t.input)
	v.pass(checkFormat, v.formatDetail(), refToken)
	v.imprint(subject)
	v.authority = v.judge()
	v.authority.Run()
	v.profile()
	return v.result()
}

// verifier carries one verification.
type verifier struct {
	*Token
	env       *pki.Env
	p         *verdict.Procedure
	ignore    string
	poe       *verdict.Existence // earliest proof over the token's own bytes, nil if none
	authority signercheck.Judge
}

func (v *verifier) pass(check, detail, ref string) { v.p.Pass(check, detail, ref) }

func (v *verifier) refuse(check string, sub verdict.SubIndication, reason, detail, ref string) {
	if check == v.ignore {
		v.p.Pass(check, "", ref)
		return
	}
	v.p.Refuse(check, sub, reason, detail, ref)
}

func (v *verifier) formatDetail() string {
	if !v.signed.BER {
		return ""
	}
	return "BER outside the signed parts"
}

// imprint compares the subject with messageImprint.
func (v *verifier) imprint(subject verdict.Subject) {
	alg := v.info.imprintAlgorithm
	if alg == "" || v.info.imprintParams {
		v.pass(checkSubject, "", refToken)
		v.refuse(checkImprint, verdict.CryptoConstraintsFailure, "tsp.imprint-algorithm",
			"unknown digest algorithm, or one with parameters: "+v.info.imprintOID.String(), refToken)
		return
	}
	digest, err := subject.Digest(alg, nil)
	if err != nil {
		sub, reason := verdict.SignedDataNotFound, "tsp.subject-missing"
		if !errors.Is(err, verdict.ErrNotAtHand) {
			sub, reason = verdict.Custom, "run.incomplete"
		}
		v.refuse(checkSubject, sub, reason, err.Error(), refToken)
		return
	}
	v.pass(checkSubject, "", refToken)
	if !bytes.Equal(digest, v.info.imprint) {
		v.refuse(checkImprint, verdict.HashFailure, "tsp.imprint-mismatch",
			"the token commits to "+alg+" "+hex.EncodeToString(v.info.imprint)+", the subject has "+hex.EncodeToString(digest), refToken)
		return
	}
	v.pass(checkImprint, alg+" "+hex.EncodeToString(digest), refToken)
}

// result settles the verdict and dresses the node.
func (v *verifier) result() Result {
	r := Result{Result: v.p.Finish()}
	r.Proves = []string{verdict.ProvesExistence}
	r.Claims = v.Token.Claims()
	r.Covers = &verdict.Covers{Kind: "file"}
	if v.info.imprintAlgorithm == "sha256" {
		r.Covers.SHA256 = hex.EncodeToString(v.info.imprint)
	} else {
		r.Covers.Algorithm, r.Covers.Digest = v.info.imprintAlgorithm, signercheck.ShortHex(v.info.imprint)
	}
	if v.p.State(checkSubject) != verdict.CheckPassed {
		r.Covers.Kind = "digest"
	}
	if !r.Passed() {
		return r
	}
	anchor := v.authority.Path().Anchor
	sha := anchor.Certificate.SHA256()
	r.Trust = &verdict.Trust{Anchor: anchor.Certificate.Subject(), SHA256: hex.EncodeToString(sha[:]), Origin: anchor.Origin}
	r.ExistedNotLaterThan = v.info.latest()
	r.Time = &verdict.TimeBasis{Source: "genTime", Accuracy: v.info.accuracyString(), Basis: "genTime plus accuracy, rounded up to the second"}
	r.facts = Facts{
		GenTime: v.info.genTime, Accuracy: v.info.accuracy, HasAccuracy: v.info.hasAccuracy, Ordering: v.info.ordering,
		NotLaterThan: r.ExistedNotLaterThan,
		Policy:       v.info.policy.String(), Serial: v.info.serial,
		Algorithm: v.info.imprintAlgorithm, Imprint: v.info.imprint,
		Signer: v.authority.Signer(), Anchor: anchor,
	}
	return r
}
