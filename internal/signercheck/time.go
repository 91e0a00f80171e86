package signercheck

import (
	"time"

	"github.com/exhibit-dev/exhibit/internal/certpath"
	"github.com/exhibit-dev/exhibit/trust/pki"
	"github.com/exhibit-dev/exhibit/verdict"
)

// Time is when the signature was made, as far as that is known: SigningTime or
// UpperBound makes one. The zero Time is an UpperBound without proofs.
type Time struct {
	at       time.Time // the path is judged at this time; zero when nothing is known
	name     string    // of at, for reports
	poe      *verdict.Existence
	material *verdict.Existence
	rule     rule
}

// rule is what a time proves when it lies outside of a validity, or after a
// revocation.
type rule interface {
	// validity holds the time against the signer's certificate.
	validity(j *Judge)
	// pathValidity is told of a CA certificate that is not valid at the time.
	pathValidity(j *Judge, c *pki.Certificate, detail string)
	// expired asks what it means that a certificate of the path is no longer valid.
	expired(j *Judge, c *pki.Certificate, st certpath.RevocationStatus)
	// revoked asks what the revocation of the signer's certificate means.
	revoked(j *Judge, st certpath.RevocationStatus, what string)
	// once is a time at which the signature may have been made: an algorithm that counted
	// then lacks only a proof of existence. when says in words when that was.
	once(j *Judge) (at time.Time, when string)
}

// SigningTime is a time that the evidence itself states and that its signer is the
// witness of, such as genTime. poe is the earliest proof over the evidence's own
// bytes, all of them, nil if there is none.
func SigningTime(at time.Time, name string, poe *verdict.Existence) Time {
	return Time{at: at, name: name, poe: poe, material: poe, rule: ownTime{}}
}

// Proofs are the proofs of existence that a document's signature has. Each is the
// earliest of its kind that passed under the policy in use, or nil; one of another
// policy is not counted.
type Proofs struct {
	// Signature covers the signature value: a time-stamp on it, or on a revision of the
	// document that holds it.
	Signature *verdict.Existence
	// Material covers the certificates and revocation data too: a time-stamp on a
	// revision that holds them. Without one their algorithms are judged at the time of
	// validation, as step 10 of EN 319 102-1, 5.5.4 says: a time-stamp on the value
	// alone does not show that a certificate beside it is as old.
	Material *verdict.Existence
}

// UpperBound is the time of a document's signature: it was made not later than the
// proof says and, without a proof, than the validation. A proof from after the time of
// validation bounds nothing at that time.
func UpperBound(env *pki.Env, p Proofs) Time {
	t := Time{at: env.At, name: "the time of validation", rule: upperBound{}}
	if counts(env, p.Material) {
		t.material = p.Material
	}
	if !counts(env, p.Signature) {
		return t
	}
	t.poe = p.Signature
	if at := t.poe.NotLaterThan; env.At.IsZero() || !at.After(env.At) {
		t.at, t.name = at, "the proven time"
	}
	return t
}

func counts(env *pki.Env, e *verdict.Existence) bool {
	return e != nil && !e.NotLaterThan.IsZero() && e.Policy == string(env.Policy)
}

// isBound reports whether at is only an upper bound of the time of signing.
func (t *Time) isBound() bool {
	_, bound := t.rule.(upperBound)
	return bound
}

// existedBefore reports whether the signature is proven to have existed before then.
func (t *Time) existedBefore(then time.Time) bool {
	return t.poe != nil && t.poe.NotLaterThan.Before(then)
}

// algorithmTime is the time at which algorithms are judged: that of a proof which
// covers what they were used on, else the time of validation. The time that the
// evidence states is never asked. ok is false when there is neither.
func (j *Judge) algorithmTime(poe *verdict.Existence) (at time.Time, ok bool) {
	at = j.Env.At
	if poe != nil && (at.IsZero() || poe.NotLaterThan.Before(at)) {
		at = poe.NotLaterThan
	}
	return at, !at.IsZero()
}
