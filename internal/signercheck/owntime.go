package signercheck

import (
	"time"

	"github.com/exhibit-dev/exhibit/internal/certpath"
	"github.com/exhibit-dev/exhibit/trust/pki"
	"github.com/exhibit-dev/exhibit/verdict"
)

// ownTime is the rule for a time that the evidence states itself (SigningTime). It is
// the time of signing, so lying outside of the certificate's validity is a proven
// defect, and what happens later only touches what a later proof could lift.
type ownTime struct{}

// validity: where the evidence does not say which certificate is the signer's, a period
// that does not fit proves nothing: another one of the same key may be meant.
func (ownTime) validity(j *Judge) {
	c, at := j.signer, j.Time.at
	var sub verdict.SubIndication
	var code, detail string
	switch {
	case at.Before(c.NotBefore):
		sub, code = verdict.NotYetValid, "not-yet-valid"
		detail = j.Time.name + " " + verdict.FormatTime(at) + " is before the certificate begins, " + verdict.FormatTime(c.NotBefore)
	case c.ExpiredAt(at):
		sub, code = verdict.Expired, "expired"
		detail = j.Time.name + " " + verdict.FormatTime(at) + " is after the certificate ended, " + verdict.FormatTime(c.NotAfter)
	}
	switch {
	case code == "":
		j.pass(CheckValidity, "", refValidity)
	case !j.named:
		j.signerUncertain(detail)
	default:
		j.refuse(CheckValidity, sub, code, detail, refValidity)
	}
}

func (j *Judge) signerUncertain(detail string) {
	j.refuse(CheckValidity, verdict.NoSigningCertificateFound, "signer-uncertain", detail+"; the evidence does not say that it is the signer's", refValidity)
}

func (ownTime) pathValidity(j *Judge, _ *pki.Certificate, detail string) {
	j.refuse(CheckPathValidity, verdict.CertificateChainFailure, "path-validity", detail, refPath)
}

// harmless are the CRLReasons after which what was signed before stays valid (RFC
// 3161, section 4): unspecified, affiliationChanged, superseded, cessationOfOperation.
var harmless = map[int]bool{0: true, 3: true, 4: true, 5: true}

// revoked is RFC 3161, section 4, for the authority's own certificate.
func (ownTime) revoked(j *Judge, st certpath.RevocationStatus, what string) {
	ref, name := j.Profile.Clauses.Revocation, j.Time.name
	switch later := st.At.After(j.Time.at); {
	case j.Time.existedBefore(st.At):
		j.warn("revoked-later", what+"; lifted by "+j.Time.poe.Source)
	case !later && st.Released:
		j.refuse(CheckRevocation, verdict.RevokedNoPOE, "revoked-no-poe",
			what+"; the hold was released, but nothing shows that it was before "+name, ref)
	case !later && !j.named:
		j.refuse(CheckRevocation, verdict.RevokedNoPOE, "revoked-no-poe",
			what+"; the evidence does not say that this certificate is the signer's", ref)
	case !later:
		j.refuse(CheckRevocation, verdict.Revoked, "revoked", what+", not after "+name, ref)
	case harmless[st.Reason] && !j.Env.Policy.Strict():
		j.warn("revoked-later", what+", after "+name+", for a reason that leaves earlier tokens valid")
	default:
		j.refuse(CheckRevocation, verdict.RevokedNoPOE, "revoked-no-poe", what+", and no proof that "+j.Profile.Object+" existed before", ref)
	}
}

// expired holds a certificate against the time of validation: policy issuance asks only
// about the time of signing, etsi for a proof from before the end.
func (ownTime) expired(j *Judge, c *pki.Certificate, st certpath.RevocationStatus) {
	if !c.ExpiredAt(j.Env.At) || j.Time.existedBefore(end(c)) {
		return
	}
	what := c.ShortName() + " ended " + verdict.FormatTime(c.NotAfter) + ", before the time of validation"
	if j.Env.Policy.Strict() {
		j.refuseExpired(st, what, ", and no proof that "+j.Profile.Object+" existed before")
		return
	}
	if c.ValidAt(j.Time.at) {
		what += "; it was valid at " + j.Time.name
	}
	j.warn("expired", what)
}

func (ownTime) once(j *Judge) (time.Time, string) { return j.Time.at, "at " + j.Time.name }

// end is the first moment after the certificate's validity.
func end(c *pki.Certificate) time.Time { return c.NotAfter.Add(time.Second) }

// expired asks whether a certificate of the path is still in force. Its revocation data
// decides what an expiry means.
func (j *Judge) expired(c *pki.Certificate, st certpath.RevocationStatus) {
	if j.Env.At.IsZero() {
		j.refuseAs(CheckExpiry, verdict.Custom, reasonNoTime, noTime, refPast)
		return
	}
	j.Time.rule.expired(j, c, st)
}

// refuseExpired tells apart what is known of a certificate that ended: that it was never
// revoked, or nothing.
func (j *Judge) refuseExpired(st certpath.RevocationStatus, what, why string) {
	if st.State == certpath.RevocationGood && st.Final {
		j.refuse(CheckExpiry, verdict.OutOfBoundsNotRevoked, "expired-not-revoked",
			what+"; no revocation is recorded up to "+verdict.FormatTime(st.ThisUpdate), refPast)
		return
	}
	j.refuse(CheckExpiry, verdict.OutOfBoundsNoPOE, "expired-no-poe", what+why, refPast)
}
