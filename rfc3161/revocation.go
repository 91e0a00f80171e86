package rfc3161

import (
	"strconv"
	"time"

	"github.com/exhibit-dev/exhibit/internal/certpath"
	"github.com/exhibit-dev/exhibit/trust/pki"
	"github.com/exhibit-dev/exhibit/verdict"
)

// CRLReasons after which tokens issued before stay valid (RFC 3161, section 4):
// unspecified, affiliationChanged, superseded, cessationOfOperation.
var harmless = map[int]bool{0: true, 3: true, 4: true, 5: true}

var reasonNames = map[int]string{
	-1: "no reason given", 0: "unspecified", 1: "keyCompromise", 2: "cACompromise", 3: "affiliationChanged",
	4: "superseded", 5: "cessationOfOperation", 6: "certificateHold", 8: "removeFromCRL",
	9: "privilegeWithdrawn", 10: "aACompromise",
}

func reasonName(n int) string {
	if name := reasonNames[n]; name != "" {
		return name
	}
	return "reason " + strconv.Itoa(n)
}

// existedBefore reports whether the token is proven to have existed before t.
func (v *verifier) existedBefore(t time.Time) bool {
	return v.poe != nil && v.poe.NotLaterThan.Before(t)
}

// revocation judges every certificate of the path below the anchor.
func (v *verifier) revocation(p *certpath.Path) {
	if p.AnchoredLeaf {
		v.p.NotChecked("revocation", "the signer's certificate is itself the anchor; who believes it decides whether it was revoked")
		v.pass(checkRevocation, "", refRevocation)
		v.pass(checkCARevocation, "", refRevocation)
		v.expired(v.signer, certpath.RevocationStatus{})
		v.pass(checkExpiry, "", refPast)
		return
	}
	crls, ocsp := v.revocationData()
	for i, c := range p.Certificates {
		var st certpath.RevocationStatus
		if len(crls)+len(ocsp) > 0 {
			st = certpath.Revocation(certpath.RevocationQuery{
				Certificate: c, Issuer: p.IssuerOf(i), From: v.info.genTime, CRLs: crls, OCSP: ocsp,
				Pool: v.pool, Trusted: v.trusted(p.Anchor), Cache: v.env.Cache,
			})
		}
		for _, note := range st.Ignored {
			v.p.Warn("tsp.revocation-ignored", c.ShortName()+": "+note)
		}
		if i == 0 {
			v.signerStatus(c, st)
		} else {
			v.caStatus(c, st)
		}
		v.expired(c, st)
	}
	v.pass(checkExpiry, "", refPast)
	v.pass(checkRevocation, "", refRevocation)
	v.pass(checkCARevocation, "", refRevocation)
}

// revocationData gathers what was given, what lies in SignedData.crls and what lies
// in unsigned attributes. Data of the token is as good as any: its signer counts.
func (v *verifier) revocationData() (crls []*pki.CRL, ocsp []*pki.OCSPResponse) {
	fromCRL, fromOCSP := v.signed.CRLs, v.signed.OCSP
	moreCRL, moreOCSP := v.Token.signer.Revocations()
	if len(fromCRL)+len(fromOCSP)+len(moreCRL)+len(moreOCSP) == 0 {
		return v.env.CRLs, v.env.OCSP
	}
	crls, ocsp = v.env.CRLs[:len(v.env.CRLs):len(v.env.CRLs)], v.env.OCSP[:len(v.env.OCSP):len(v.env.OCSP)]
	unreadable := false
	for _, list := range [][][]byte{fromCRL, moreCRL} {
		for _, raw := range list {
			if c, err := certpath.ParseCRL(raw); err == nil {
				c.Origin = "in the token"
				crls = append(crls, c)
			} else {
				unreadable = true
			}
		}
	}
	for _, list := range [][][]byte{fromOCSP, moreOCSP} {
		for _, raw := range list {
			if o, err := certpath.ParseOCSP(raw); err == nil {
				o.Origin = "in the token"
				ocsp = append(ocsp, o)
			} else {
				unreadable = true
			}
		}
	}
	if unreadable {
		v.p.Warn("tsp.revocation-unreadable", "revocation data in the token cannot be read and was passed over")
	}
	return crls, ocsp
}

// signerStatus is RFC 3161, section 4, for the authority's own certificate.
func (v *verifier) signerStatus(c *pki.Certificate, st certpath.RevocationStatus) {
	if st.State != certpath.RevocationRevoked {
		v.unrevoked(checkRevocation, c, st)
		return
	}
	what := "revoked at " + verdict.FormatTime(st.At) + ", " + reasonName(st.Reason) + " (" + st.Source + ")"
	switch {
	case !st.At.After(v.info.genTime):
		v.refuse(checkRevocation, verdict.Revoked, "tsp.revoked", what+", not after genTime", refRevocation)
	case v.existedBefore(st.At):
		v.p.Warn("tsp.revoked-later", what+"; lifted by "+v.poe.Source)
	case harmless[st.Reason] && !v.env.Policy.Strict():
		v.p.Warn("tsp.revoked-later", what+", after genTime, for a reason that leaves earlier tokens valid")
	default:
		v.refuse(checkRevocation, verdict.RevokedNoPOE, "tsp.revoked-no-poe", what+", and no proof that the token existed before", refRevocation)
	}
}

func (v *verifier) caStatus(c *pki.Certificate, st certpath.RevocationStatus) {
	if st.State != certpath.RevocationRevoked {
		v.unrevoked(checkCARevocation, c, st)
		return
	}
	what := c.ShortName() + " revoked at " + verdict.FormatTime(st.At) + ", " + reasonName(st.Reason) + " (" + st.Source + ")"
	if v.existedBefore(st.At) {
		v.p.Warn("tsp.revoked-later", what+"; lifted by "+v.poe.Source)
		return
	}
	v.refuse(checkCARevocation, verdict.RevokedCANoPOE, "tsp.ca-revoked", what, refRevocation)
}

// unrevoked is for a certificate of which nobody says that it was revoked: it is
// known to be good, or nothing is known.
func (v *verifier) unrevoked(check string, c *pki.Certificate, st certpath.RevocationStatus) {
	if st.Note != "" {
		v.p.Warn("tsp.revocation-note", c.ShortName()+": "+st.Note)
	}
	if st.State == certpath.RevocationGood {
		v.pass(check, "good at "+verdict.FormatTime(st.ThisUpdate)+" ("+st.Source+")", refRevocation)
		return
	}
	if v.env.Policy.Strict() {
		v.refuse(check, verdict.TryLater, "tsp.revocation-missing", missingData+" for "+c.ShortName(), refRevocation)
		return
	}
	if !v.unknownStatus {
		v.unknownStatus = true
		v.p.Warn("tsp.revocation-missing", "revocation was not fully checked: data is missing, and the policy does not ask for it")
	}
	v.p.NotChecked("revocation of "+c.ShortName(), missingData)
	v.pass(check, "not checked: the policy does not ask for data that is missing", refRevocation)
}

const missingData = "no revocation data that covers genTime"

// expired asks whether a certificate of the path is still valid at the time of
// validation. Its revocation data decides what an expiry means.
func (v *verifier) expired(c *pki.Certificate, st certpath.RevocationStatus) {
	if v.env.At.IsZero() {
		v.refuse(checkExpiry, verdict.Custom, reasonNoTime, noTime, refPast)
		return
	}
	if !c.ExpiredAt(v.env.At) || v.existedBefore(c.NotAfter.Add(time.Second)) {
		return
	}
	what := c.ShortName() + " ended " + verdict.FormatTime(c.NotAfter) + ", before the time of validation"
	switch {
	case !v.env.Policy.Strict():
		v.p.Warn("tsp.expired", what+"; it was valid at genTime")
	case st.State == certpath.RevocationGood && st.Final:
		v.refuse(checkExpiry, verdict.OutOfBoundsNotRevoked, "tsp.expired-not-revoked", what+"; it was never revoked", refPast)
	default:
		v.refuse(checkExpiry, verdict.OutOfBoundsNoPOE, "tsp.expired-no-poe", what+", and no proof that the token existed before", refPast)
	}
}
