package signercheck

import (
	"time"

	"github.com/exhibit-dev/exhibit/internal/certpath"
	"github.com/exhibit-dev/exhibit/trust/pki"
	"github.com/exhibit-dev/exhibit/verdict"
)

// upperBound is the rule for a signature that proves no time (UpperBound): it was made
// at the bound or before. Where a certificate ended or was revoked before the bound,
// signing may lie on either side, so nothing is proven. Only a proof from before the
// certificate began contradicts it: what existed then was not made with it (EN 319
// 102-1, 5.5.4, step 4, and 5.6.2.4, step 3). Both policies judge alike, but for
// missing revocation data.
type upperBound struct{}

// proven reports whether the bound is that of a proof, and not the time of validation
// in its place.
func (j *Judge) proven() bool { return j.Time.poe != nil && j.Time.at.Equal(j.Time.poe.NotLaterThan) }

func (upperBound) validity(j *Judge) {
	c, at := j.signer, j.Time.at
	detail := verdict.FormatTime(at) + " is before the certificate begins, " + verdict.FormatTime(c.NotBefore)
	switch {
	case at.IsZero():
		j.refuseAs(CheckValidity, verdict.Custom, reasonNoTime, noTime, refValidity)
	case !at.Before(c.NotBefore):
		j.pass(CheckValidity, "", refValidity)
	case !j.proven():
		j.refuse(CheckValidity, verdict.OutOfBoundsNoPOE, "before-validity", j.Time.name+" "+detail, refValidity)
	case !j.named:
		j.signerUncertain(j.existed() + ": " + detail)
	default:
		j.refuse(CheckValidity, verdict.NotYetValid, "not-yet-valid", j.existed()+": "+detail, refValidity)
	}
}

// existed says what is proven.
func (j *Judge) existed() string {
	return j.Profile.Object + " existed at " + verdict.FormatTime(j.Time.poe.NotLaterThan) + " (" + j.Time.poe.Source + ")"
}

// pathValidity: that a CA certificate ended is told under expiry, as of the signer's. One
// that began later is no contradiction: a CA gets a new certificate for the same key.
func (upperBound) pathValidity(j *Judge, c *pki.Certificate, detail string) {
	switch {
	case j.Time.at.IsZero():
		j.refuseAs(CheckPathValidity, verdict.Custom, reasonNoTime, noTime, refPath)
	case !c.ExpiredAt(j.Time.at):
		j.refuse(CheckPathValidity, verdict.CertificateChainFailure, "path-validity", detail, refPath)
	}
}

func (upperBound) revoked(j *Judge, st certpath.RevocationStatus, what string) {
	switch {
	case j.Time.existedBefore(st.At):
		j.warn("revoked-later", what+"; lifted by "+j.Time.poe.Source)
	case j.Time.poe != nil:
		j.refuse(CheckRevocation, verdict.RevokedNoPOE, "revoked-no-poe", what+"; "+j.existed()+", not before that", j.Profile.Clauses.Revocation)
	default:
		j.refuse(CheckRevocation, verdict.RevokedNoPOE, "revoked-no-poe",
			what+", and no proof that "+j.Profile.Object+" existed before", j.Profile.Clauses.Revocation)
	}
}

// expired: a proof from before the certificate's end lifts it, and the report says so.
func (upperBound) expired(j *Judge, c *pki.Certificate, st certpath.RevocationStatus) {
	what := c.ShortName() + " ended " + verdict.FormatTime(c.NotAfter)
	switch {
	case c.ExpiredAt(j.Time.at) && j.Time.poe != nil:
		j.refuseExpired(st, what, "; "+j.existed()+", not before that")
	case c.ExpiredAt(j.Time.at):
		j.refuseExpired(st, what+", before the time of validation", ", and no proof that "+j.Profile.Object+" existed before")
	case c.ExpiredAt(j.Env.At) && j.lifted == "":
		j.lifted = what + "; " + j.existed()
	}
}

// once is when the signer's certificate began: what no longer counted then, no proof of
// existence can lift.
func (upperBound) once(j *Judge) (at time.Time, when string) {
	if j.signer != nil {
		at = j.signer.NotBefore
	}
	return at, "once"
}
