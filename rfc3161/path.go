package rfc3161

import (
	"bytes"
	"strings"
	"time"

	"github.com/exhibit-dev/exhibit/internal/certpath"
	"github.com/exhibit-dev/exhibit/internal/cms"
	"github.com/exhibit-dev/exhibit/trust/pki"
	"github.com/exhibit-dev/exhibit/verdict"
)

// way is a path that was tried, and what its checks said.
type way struct {
	path   *certpath.Path
	result verdict.Result
}

// pathChecks are the owed checks that depend on the path that is taken.
var pathChecks = []string{
	checkPathRules, checkESSChain, checkPathValidity, checkExpiry, checkRevocation, checkCARevocation, checkPathAlg,
}

// path leads the signer to an anchor and judges everything that hangs on it. Of
// several paths the first whose checks all pass is taken: a cross certificate that
// somebody added must not turn a sound token away.
func (v *verifier) path() {
	v.usage()
	v.validity()
	v.search = certpath.Build(certpath.PathQuery{
		Leaf: v.signer, Anchors: v.env.TSA, Pool: v.pool, At: v.info.genTime, Cache: v.env.Cache,
		Accept: func(p *certpath.Path) bool { r := v.try(p); return r.Passed() },
	})
	p := v.search.Path
	if p == nil {
		v.noPath()
		return
	}
	v.pass(checkPath, pathString(p), refPath)
	if v.search.Limited {
		v.p.Warn(codeLimit, "the search for a path was ended by its limit; a better path may exist")
	}
	if !p.AnchoredLeaf && !p.Anchor.Certificate.ValidAt(v.info.genTime) {
		v.p.Warn("tsp.anchor-expired", "the anchor's own certificate was not valid at genTime; an anchor is believed for its key all the same")
	}
	v.p.Adopt(v.try(p))
}

// try judges one path apart from the others, once.
func (v *verifier) try(p *certpath.Path) *verdict.Result {
	for i := range v.tried {
		if v.tried[i].path == p {
			return &v.tried[i].result
		}
	}
	part := *v
	part.p = verdict.Begin(Kind, pathChecks...)
	part.search.Path, part.missing = p, false
	part.pathRules(p)
	part.essChain(p)
	part.revocation(p)
	part.pathUses(p)
	v.tried = append(v.tried, way{p, part.p.Finish()})
	return &v.tried[len(v.tried)-1].result
}

func (v *verifier) noPath() {
	if v.search.Limited {
		v.refuse(checkPath, verdict.Custom, codeLimit, "the search for a path was ended by its limit", refPath)
		return
	}
	detail := "no path to a given anchor"
	if len(v.env.TSA) == 0 {
		detail = "no anchor for time-stamping authorities was given"
	}
	top := certpath.Top(v.signer, v.pool, v.env.Cache)
	v.refuse(checkPath, verdict.NoCertificateChainFound, "tsp.no-chain", detail+"; the path ends at "+top.Subject(), refPath)
	missing := "an anchor is missing: " + top.Issuer()
	if id := top.AuthorityKeyID(); id != nil {
		missing += ", key id " + hexString(id)
	}
	v.p.Warn("tsp.missing-anchor", missing)
}

func pathString(p *certpath.Path) string {
	if p.AnchoredLeaf {
		return "the signer's certificate is itself an anchor"
	}
	var b strings.Builder
	for _, c := range p.Certificates {
		b.WriteString(c.ShortName())
		b.WriteString(" < ")
	}
	b.WriteString(p.Anchor.Certificate.ShortName())
	return b.String()
}

var ruleReasons = map[certpath.Rule]string{
	certpath.RuleBasicConstraints:  "tsp.path-basic-constraints",
	certpath.RulePathLength:        "tsp.path-length",
	certpath.RuleKeyUsage:          "tsp.path-key-usage",
	certpath.RuleNameConstraints:   "tsp.path-name-constraints",
	certpath.RulePolicies:          "tsp.path-policies",
	certpath.RuleCriticalExtension: "tsp.path-critical-extension",
	certpath.RuleUnreadable:        "tsp.path-extension-unreadable",
}

func (v *verifier) pathRules(p *certpath.Path) {
	for _, f := range p.Findings {
		detail := f.Certificate.ShortName() + ": " + f.Detail
		if f.Rule == certpath.RuleValidity {
			v.refuse(checkPathValidity, verdict.CertificateChainFailure, "tsp.path-validity", detail, refPath)
			continue
		}
		v.refuse(checkPathRules, verdict.ChainConstraintsFailure, ruleReasons[f.Rule], detail, refPath)
	}
	v.pass(checkPathRules, "", refPath)
	v.pass(checkPathValidity, "", refPath)
}

// essChain: when a signing-certificate attribute lists further certificates, only
// those may stand in the path. The anchor is ours and needs no listing.
func (v *verifier) essChain(p *certpath.Path) {
	for _, sc := range []*cms.SigningCertificate{v.attrs.V1, v.attrs.V2} {
		if sc == nil || len(sc.IDs) < 2 {
			continue
		}
		for _, c := range p.Certificates[1:] {
			if !listed(sc, c, sc == v.attrs.V1) {
				v.refuse(checkESSChain, verdict.ChainConstraintsFailure, "tsp.ess-chain",
					c.ShortName()+" is not among the certificates that the signing-certificate attribute allows", refESSChain)
				return
			}
		}
	}
	v.pass(checkESSChain, "", refESSChain)
}

func listed(sc *cms.SigningCertificate, c *pki.Certificate, v1 bool) bool {
	for i := range sc.IDs {
		if fits(&sc.IDs[i], c, v1) == fitYes {
			return true
		}
	}
	return false
}

// usage holds the signer's certificate to the rules for time-stamping authorities.
func (v *verifier) usage() {
	purposes, present, critical := v.signer.ExtKeyUsage()
	switch {
	case !present:
		v.refuse(checkEKU, verdict.ChainConstraintsFailure, "tsp.extended-key-usage", "no extended key usage", refEKU)
	case len(purposes) != 1 || purposes[0] != certpath.OIDTimeStamping:
		v.refuse(checkEKU, verdict.ChainConstraintsFailure, "tsp.extended-key-usage", "the extended key usage is not time-stamping alone", refEKU)
	case !critical:
		v.refuse(checkEKU, verdict.ChainConstraintsFailure, "tsp.extended-key-usage", "the extended key usage is not critical", refEKU)
	default:
		v.pass(checkEKU, "", refEKU)
	}
	const signing = certpath.DigitalSignature | certpath.NonRepudiation
	switch bits, present := v.signer.KeyUsage(); {
	case !present:
		v.pass(checkKeyUsage, "no key usage extension", refKeyUsage)
	case bits&signing == 0:
		v.refuse(checkKeyUsage, verdict.ChainConstraintsFailure, "tsp.key-usage",
			"the key usage has neither digitalSignature nor nonRepudiation", refKeyUsage)
	default:
		if bits&^signing != 0 {
			v.p.Warn("tsp.key-usage", "the signer's key may be used for more than signing")
		}
		v.pass(checkKeyUsage, "", refKeyUsage)
	}
	if v.signer.IsCA() {
		v.refuse(checkNotCA, verdict.ChainConstraintsFailure, "tsp.signer-is-ca", "the signer's certificate is that of a CA", refBasic)
	} else {
		v.pass(checkNotCA, "", refBasic)
	}
}

// validity holds genTime, the token's own time of signing, against the signer's
// certificate. Where the evidence does not say which certificate that is, a period
// that does not fit proves nothing: another one of the same key may be meant.
func (v *verifier) validity() {
	c, at := v.signer, v.info.genTime
	var sub verdict.SubIndication
	var reason, detail string
	switch {
	case at.Before(c.NotBefore):
		sub, reason = verdict.NotYetValid, "tsp.not-yet-valid"
		detail = "genTime " + verdict.FormatTime(at) + " is before the certificate begins, " + verdict.FormatTime(c.NotBefore)
	case c.ExpiredAt(at):
		sub, reason = verdict.Expired, "tsp.expired"
		detail = "genTime " + verdict.FormatTime(at) + " is after the certificate ended, " + verdict.FormatTime(c.NotAfter)
	}
	switch {
	case reason == "":
		v.pass(checkValidity, "", refValidity)
	case !v.named:
		v.refuse(checkValidity, verdict.NoSigningCertificateFound, "tsp.signer-uncertain", detail+"; the evidence does not say that it is the signer's", refValidity)
	default:
		v.refuse(checkValidity, sub, reason, detail, refValidity)
	}
	if st := v.attrs.SigningTime; !st.IsZero() && !c.ValidAt(st) {
		v.p.Warn("tsp.signing-time", "the signing-time attribute lies outside the certificate's validity; genTime decides")
	}
}

// trusted answers whether another certificate leads to the same anchor without
// breaking a rule; revocation data may be signed by such a one.
func (v *verifier) trusted(anchor pki.Anchor) func(*pki.Certificate, time.Time) bool {
	return func(c *pki.Certificate, at time.Time) bool {
		s := certpath.Build(certpath.PathQuery{Leaf: c, Anchors: []certpath.Anchor{anchor}, Pool: v.pool, At: at, Cache: v.env.Cache})
		if s.Path == nil || len(s.Path.Findings) > 0 || bytes.Equal(c.Raw, v.signer.Raw) {
			return false
		}
		return s.Path.AnchoredLeaf || c.ValidAt(at) // an anchor is believed for its key
	}
}
