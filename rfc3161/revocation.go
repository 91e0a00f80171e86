package rfc3161

import (
	"bytes"
	"slices"
	"strconv"
	"time"

	"github.com/exhibit-dev/exhibit/internal/certpath"
	"github.com/exhibit-dev/exhibit/trust"
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

// revocation judges every certificate of the path below the anchor, and the anchor
// itself as far as another anchor has something to say of it.
func (v *verifier) revocation(p *certpath.Path) {
	crls, ocsp := v.revocationData()
	ask := func(c, issuer *pki.Certificate, anchor pki.Anchor) certpath.RevocationStatus {
		if len(crls)+len(ocsp) == 0 {
			return certpath.RevocationStatus{}
		}
		st := certpath.Revocation(certpath.RevocationQuery{
			Certificate: c, Issuer: issuer, From: v.info.genTime, CRLs: crls, OCSP: ocsp,
			Pool: v.pool, Trusted: v.trusted(anchor), Acceptable: v.acceptable, Cache: v.env.Cache,
		})
		for _, note := range st.Ignored {
			v.p.Warn("tsp.revocation-ignored", c.ShortName()+": "+note)
		}
		return st
	}
	var good [2]string // what is known of the signer, and of the CAs
	for i, c := range p.Certificates {
		if p.AnchoredLeaf {
			break
		}
		st := ask(c, p.IssuerOf(i), p.Anchor)
		v.status(min(i, 1), c, st, &good)
		v.expired(c, st)
	}
	v.anchorStatus(p, ask, &good)
	v.pass(checkRevocation, good[0], refRevocation)
	v.pass(checkCARevocation, good[1], refRevocation)
	v.pass(checkExpiry, "", refPast)
}

// anchorStatus asks about an anchor that has a path to another anchor: who puts a whole
// chain among the anchors still wants to know of a revocation. Without an answer it
// is believed: whoever anchors a certificate decides for it.
func (v *verifier) anchorStatus(p *certpath.Path, ask func(c, issuer *pki.Certificate, anchor pki.Anchor) certpath.RevocationStatus, good *[2]string) {
	c := p.Anchor.Certificate
	role := 1
	if p.AnchoredLeaf {
		role = 0
		v.expired(c, certpath.RevocationStatus{})
	}
	if len(v.env.TSA) > 1 {
		others := slices.DeleteFunc(slices.Clone(v.env.TSA), func(a pki.Anchor) bool {
			return a.Certificate == nil || bytes.Equal(a.Certificate.Raw, c.Raw)
		})
		above := certpath.Build(certpath.PathQuery{Leaf: c, Anchors: others, Pool: v.pool, At: v.info.genTime, Cache: v.env.Cache}).Path
		if above != nil && len(above.Findings) == 0 {
			if st := ask(c, above.IssuerOf(0), above.Anchor); st.State == certpath.RevocationRevoked {
				v.status(role, c, st, good)
				return
			}
		}
	}
	if !c.SelfIssued() || p.AnchoredLeaf {
		v.p.NotChecked("revocation of "+c.ShortName(), "it is itself an anchor; who believes it decides whether it was revoked")
	}
}

// status records what is known of the signer (0) or of a CA (1).
func (v *verifier) status(role int, c *pki.Certificate, st certpath.RevocationStatus, good *[2]string) {
	check := [2]string{checkRevocation, checkCARevocation}[role]
	switch {
	case st.State == certpath.RevocationRevoked && st.Weak:
		v.refuse(check, verdict.CryptoConstraintsFailure, "tsp.weak-revocation",
			c.ShortName()+" is revoked only by data whose signature is not good enough: "+st.Source, refRevocation)
	case st.State == certpath.RevocationRevoked && role == 0:
		v.signerRevoked(c, st)
	case st.State == certpath.RevocationRevoked:
		v.caRevoked(c, st)
	default:
		v.unrevoked(check, c, st, &good[role])
	}
}

// acceptable asks the table of dates about an algorithm of revocation data.
func (v *verifier) acceptable(digest, kind string, bits int) (bool, string) {
	at, ok := v.judgedAt()
	if !ok {
		return true, "" // without a time of validation nothing passes anyway
	}
	for _, u := range []trust.Use{{Digest: digest}, {Key: kind, Bits: bits}} {
		if good, last := v.env.Table().Good(u, at); !good {
			return false, u.Name() + " (last good day: " + last + ")"
		}
	}
	return true, ""
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

// signerRevoked is RFC 3161, section 4, for the authority's own certificate.
func (v *verifier) signerRevoked(c *pki.Certificate, st certpath.RevocationStatus) {
	what := "revoked at " + verdict.FormatTime(st.At) + ", " + reasonName(st.Reason) + " (" + st.Source + ")"
	switch {
	case v.existedBefore(st.At):
		v.p.Warn("tsp.revoked-later", what+"; lifted by "+v.poe.Source)
	case !st.At.After(v.info.genTime) && st.Released:
		v.refuse(checkRevocation, verdict.RevokedNoPOE, "tsp.revoked-no-poe",
			what+"; the hold was released, but nothing shows that it was before genTime", refRevocation)
	case !st.At.After(v.info.genTime) && !v.named:
		v.refuse(checkRevocation, verdict.RevokedNoPOE, "tsp.revoked-no-poe",
			what+"; the evidence does not say that this certificate is the signer's", refRevocation)
	case !st.At.After(v.info.genTime):
		v.refuse(checkRevocation, verdict.Revoked, "tsp.revoked", what+", not after genTime", refRevocation)
	case harmless[st.Reason] && !v.env.Policy.Strict():
		v.p.Warn("tsp.revoked-later", what+", after genTime, for a reason that leaves earlier tokens valid")
	default:
		v.refuse(checkRevocation, verdict.RevokedNoPOE, "tsp.revoked-no-poe", what+", and no proof that the token existed before", refRevocation)
	}
}

func (v *verifier) caRevoked(c *pki.Certificate, st certpath.RevocationStatus) {
	what := c.ShortName() + " revoked at " + verdict.FormatTime(st.At) + ", " + reasonName(st.Reason) + " (" + st.Source + ")"
	if v.existedBefore(st.At) {
		v.p.Warn("tsp.revoked-later", what+"; lifted by "+v.poe.Source)
		return
	}
	v.refuse(checkCARevocation, verdict.RevokedCANoPOE, "tsp.ca-revoked", what, refRevocation)
}

// unrevoked is for a certificate of which nobody says that it was revoked: it is
// known to be good, or nothing is known. What is not known of one certificate is not
// hidden behind what is known of another.
func (v *verifier) unrevoked(check string, c *pki.Certificate, st certpath.RevocationStatus, good *string) {
	if st.Note != "" {
		v.p.Warn("tsp.revocation-note", c.ShortName()+": "+st.Note)
	}
	switch {
	case st.State == certpath.RevocationGood:
		if *good == "" {
			*good = "good at " + verdict.FormatTime(st.ThisUpdate) + " (" + st.Source + ")"
		}
		return
	case v.env.Policy.Strict():
		v.refuse(check, verdict.TryLater, "tsp.revocation-missing", missingData+" for "+c.ShortName(), refRevocation)
		return
	}
	if !v.missing {
		v.missing = true
		v.p.Warn("tsp.revocation-missing", "revocation was not fully checked: data is missing, and the policy does not ask for it")
	}
	v.p.NotChecked("revocation of "+c.ShortName(), missingData)
	*good = "not checked: the policy does not ask for data that is missing"
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
		if c.ValidAt(v.info.genTime) {
			what += "; it was valid at genTime"
		}
		v.p.Warn("tsp.expired", what)
	case st.State == certpath.RevocationGood && st.Final:
		v.refuse(checkExpiry, verdict.OutOfBoundsNotRevoked, "tsp.expired-not-revoked", what+"; no revocation is recorded up to "+verdict.FormatTime(st.ThisUpdate), refPast)
	default:
		v.refuse(checkExpiry, verdict.OutOfBoundsNoPOE, "tsp.expired-no-poe", what+", and no proof that the token existed before", refPast)
	}
}
