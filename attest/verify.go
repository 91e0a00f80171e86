package attest

import (
	"encoding/hex"
	"time"

	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/verdict"
)

// Result is the verdict on one attestation.
type Result struct {
	verdict.Result
	facts Facts
}

// Facts are what a passed attestation proves.
type Facts struct {
	Key       trust.Key // the trusted key that verified
	Algorithm string    // hash of the subject that was compared or signed
	Digest    []byte    // of the subject, by it
	Signature []byte    // the signature value
}

// Proven returns the facts, and true only for PASSED.
func (r *Result) Proven() (Facts, bool) {
	if !r.Passed() {
		return Facts{}, false
	}
	return r.facts, true
}

// Verify judges the attestation against the subject. It returns no error: what cannot
// be decided is a verdict. Env gives the trusted keys, the policy, the algorithm dates
// and the time; a zero time is INDETERMINATE policy.no-time.
//
// PASSED says: the holder of a trusted key signed the subject. It says no time. The
// key's window, its revocation and the algorithm dates are judged at the earliest
// proof of existence over the signature value or the evidence, else at the time of
// validation.
func (a *Attestation) Verify(subject verdict.Subject, env trust.Env) Result {
	return a.verify(subject, &env, "")
}

// verify is Verify with one check switched off; only tests name one.
func (a *Attestation) verify(subject verdict.Subject, env *trust.Env, ignore string) Result {
	v := &verifier{Attestation: a, env: env, p: verdict.Begin(Kind, owed...), ignore: ignore, data: data{subject: subject}}
	v.when()
	v.p.Pass(checkFormat, string(a.form), a.formRef())
	if v.find() {
		v.judgeKey()
		v.judgeAlgorithms()
		v.judgeProfile()
	}
	v.warn()
	return v.result()
}

// verifier carries one verification.
type verifier struct {
	*Attestation
	env     *trust.Env
	p       *verdict.Procedure
	ignore  string
	data    data
	at      time.Time          // when the signature is judged; zero without a validation time
	poe     *verdict.Existence // earliest proof over the signature value, nil if none
	key     *trust.Key         // that the attestation is judged under
	named   bool               // the evidence itself points at the key
	assumed bool               // what the key signs is only assumed
}

func (v *verifier) pass(check, detail, ref string) { v.p.Pass(check, detail, ref) }

func (v *verifier) refuse(check string, sub verdict.SubIndication, reason, detail, ref string) {
	if check == v.ignore {
		v.p.Pass(check, "", ref)
		return
	}
	v.p.Refuse(check, sub, reason, detail, ref)
}

// when finds the time of judgement. Without a time of validation there is none: a
// proof alone does not say that nobody asks about a later day.
func (v *verifier) when() {
	v.at = v.env.At
	if len(v.env.Existences) == 0 || v.at.IsZero() {
		return
	}
	v.poe = v.env.Existence(v.raw, v.sig)
	if v.poe != nil && v.poe.NotLaterThan.Before(v.at) {
		v.at = v.poe.NotLaterThan
	}
}

// warn says what a reader must see, whatever the verdict.
func (v *verifier) warn() {
	if v.jws != nil && len(v.jws.header.urls) > 0 {
		v.p.Warn("ecdsa.key-url", "the header names an address for its key; it was not fetched, and a key from there would not be trusted")
	}
}

// result settles the verdict and dresses the node.
func (v *verifier) result() Result {
	r := Result{Result: v.p.Finish()}
	r.Proves = provesSignature
	r.Claims = v.Claims()
	r.Covers = &verdict.Covers{Kind: "file"}
	if v.key == nil {
		return r
	}
	hash := v.hash(v.key)
	digest := v.data.known(hash)
	switch {
	case digest == nil:
	case hash == "sha256":
		r.Covers.SHA256 = hex.EncodeToString(digest)
	default:
		r.Covers.Algorithm, r.Covers.Digest = hash, hex.EncodeToString(digest)
	}
	if v.p.State(checkTrust) == verdict.CheckPassed {
		r.Trust = &verdict.Trust{Anchor: v.key.Name(), SHA256: v.key.SHA256(), Origin: v.key.Origin}
	}
	if r.Passed() {
		r.facts = Facts{Key: *v.key, Algorithm: hash, Digest: digest, Signature: v.sig}
	}
	return r
}

var provesSignature = []string{verdict.ProvesSignature}
