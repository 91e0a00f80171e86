package signercheck

import (
	"time"

	"github.com/exhibit-dev/exhibit/internal/certpath"
	"github.com/exhibit-dev/exhibit/trust/pki"
	"github.com/exhibit-dev/exhibit/verdict"
)

// Time is when the signature was made, as far as that is known: SigningTime makes
// one.
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

// At returns the time at which the path is judged, zero when none is known.
func (t *Time) At() time.Time { return t.at }

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
