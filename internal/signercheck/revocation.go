package signercheck

import (
	"bytes"
	"slices"
	"strconv"

	"github.com/exhibit-dev/exhibit/internal/certpath"
	"github.com/exhibit-dev/exhibit/trust/pki"
	"github.com/exhibit-dev/exhibit/verdict"
)

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

// revocation judges every certificate of the path below the anchor, and the anchor
// itself as far as another anchor has something to say of it.
func (j *Judge) revocation(p *certpath.Path) {
	if j.data.unreadable {
		j.warn("revocation-unreadable", "revocation data in "+j.Profile.Object+" cannot be read and was passed over")
	}
	var good [2]string // what is known of the signer, and of the CAs
	for i, c := range p.Certificates {
		if p.AnchoredLeaf {
			break
		}
		st := j.ask(c, p.IssuerOf(i), p.Anchor)
		j.status(min(i, 1), c, st, &good)
		j.expired(c, st)
	}
	j.anchorStatus(p, &good)
	j.pass(CheckRevocation, good[0], j.Profile.Clauses.Revocation)
	j.pass(CheckCARevocation, good[1], j.Profile.Clauses.Revocation)
	j.pass(CheckExpiry, j.lifted, refPast)
}

// ask puts the question of one certificate to the data at hand.
func (j *Judge) ask(c, issuer *pki.Certificate, anchor pki.Anchor) certpath.RevocationStatus {
	if len(j.data.crls)+len(j.data.ocsp) == 0 {
		return certpath.RevocationStatus{}
	}
	st := certpath.Revocation(certpath.RevocationQuery{
		Certificate: c, Issuer: issuer, From: j.Time.at, UpperBound: j.Time.isBound(), CRLs: j.data.crls, OCSP: j.data.ocsp,
		Pool: j.pool, Trusted: j.trusted(anchor), Acceptable: j.acceptable, Cache: j.Env.Cache,
	})
	for _, note := range st.Ignored {
		j.warn("revocation-ignored", c.ShortName()+": "+note)
	}
	return st
}

// anchorStatus asks about an anchor that has a path to another anchor: who puts a whole
// chain among the anchors still wants to know of a revocation. Without an answer it
// is believed: whoever anchors a certificate decides for it.
func (j *Judge) anchorStatus(p *certpath.Path, good *[2]string) {
	c := p.Anchor.Certificate
	role := 1
	if p.AnchoredLeaf {
		role = 0
		j.expired(c, certpath.RevocationStatus{})
	}
	if len(j.Anchors) > 1 {
		others := slices.DeleteFunc(slices.Clone(j.Anchors), func(a pki.Anchor) bool {
			return a.Certificate == nil || bytes.Equal(a.Certificate.Raw, c.Raw)
		})
		above := certpath.Build(certpath.PathQuery{Leaf: c, Anchors: others, Pool: j.pool, At: j.Time.at, Cache: j.Env.Cache}).Path
		if above != nil && len(above.Findings) == 0 {
			if st := j.ask(c, above.IssuerOf(0), above.Anchor); st.State == certpath.RevocationRevoked {
				j.status(role, c, st, good)
				return
			}
		}
	}
	if !c.SelfIssued() || p.AnchoredLeaf {
		j.Record.NotChecked("revocation of "+c.ShortName(), "it is itself an anchor; who believes it decides whether it was revoked")
	}
}

// status records what is known of the signer (0) or of a CA (1).
func (j *Judge) status(role int, c *pki.Certificate, st certpath.RevocationStatus, good *[2]string) {
	check := [2]string{CheckRevocation, CheckCARevocation}[role]
	switch {
	case st.State == certpath.RevocationRevoked && st.Weak:
		j.refuse(check, verdict.CryptoConstraintsFailure, "weak-revocation",
			c.ShortName()+" is revoked only by data whose signature is not good enough: "+st.Source, j.Profile.Clauses.Revocation)
	case st.State == certpath.RevocationRevoked && role == 0:
		j.Time.rule.revoked(j, st, "revoked at "+verdict.FormatTime(st.At)+", "+reasonName(st.Reason)+" ("+st.Source+")")
	case st.State == certpath.RevocationRevoked:
		j.caRevoked(c, st)
	default:
		j.unrevoked(check, c, st, &good[role])
	}
}

func (j *Judge) caRevoked(c *pki.Certificate, st certpath.RevocationStatus) {
	what := c.ShortName() + " revoked at " + verdict.FormatTime(st.At) + ", " + reasonName(st.Reason) + " (" + st.Source + ")"
	if j.Time.existedBefore(st.At) {
		j.warn("revoked-later", what+"; lifted by "+j.Time.poe.Source)
		return
	}
	j.refuse(CheckCARevocation, verdict.RevokedCANoPOE, "ca-revoked", what, j.Profile.Clauses.Revocation)
}

// unrevoked is for a certificate of which nobody says that it was revoked: it is
// known to be good, or nothing is known. What is not known of one certificate is not
// hidden behind what is known of another.
func (j *Judge) unrevoked(check string, c *pki.Certificate, st certpath.RevocationStatus, good *string) {
	if st.Note != "" {
		j.warn("revocation-note", c.ShortName()+": "+st.Note)
	}
	switch {
	case st.State == certpath.RevocationGood:
		if *good == "" {
			*good = "good at " + verdict.FormatTime(st.ThisUpdate) + " (" + st.Source + ")"
		}
		return
	case j.Env.Policy.Strict():
		j.refuse(check, verdict.TryLater, "revocation-missing", j.uncovered()+" for "+c.ShortName(), j.Profile.Clauses.Revocation)
		return
	}
	if !j.missing {
		j.missing = true
		j.warn("revocation-missing", "revocation was not fully checked: data is missing, and the policy does not ask for it")
	}
	j.Record.NotChecked("revocation of "+c.ShortName(), j.uncovered())
	*good = "not checked: the policy does not ask for data that is missing"
}

// uncovered says what is missing, made once: it is said of each certificate.
func (j *Judge) uncovered() string {
	if j.noData == "" {
		j.noData = "no revocation data that covers " + j.Time.name
	}
	return j.noData
}
