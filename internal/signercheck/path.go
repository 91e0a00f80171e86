package signercheck

import (
	"bytes"
	"strings"
	"time"

	"github.com/exhibit-dev/exhibit/internal/certpath"
	"github.com/exhibit-dev/exhibit/trust/pki"
	"github.com/exhibit-dev/exhibit/verdict"
)

// way is a path that was tried, and what its checks said.
type way struct {
	path   *certpath.Path
	result verdict.Result
}

// path leads the signer to an anchor and judges everything that hangs on it. Of
// several paths the first whose checks all pass is taken: a cross certificate that
// somebody added must not turn a sound signature away.
func (j *Judge) path() {
	j.usage()
	j.Time.rule.validity(j)
	if st := j.signingTime(); !st.IsZero() && !j.signer.ValidAt(st) {
		j.warn("signing-time", "the signing-time attribute lies outside the certificate's validity; "+j.Time.name+" decides")
	}
	j.search = certpath.Build(certpath.PathQuery{
		Leaf: j.signer, Anchors: j.Anchors, Pool: j.pool, At: j.Time.at, Cache: j.Env.Cache,
		Accept: func(p *certpath.Path) bool { r := j.try(p); return r.Passed() },
	})
	p := j.search.Path
	if p == nil {
		j.noPath()
		return
	}
	j.pass(CheckPath, pathString(p), refPath)
	if j.search.Limited {
		j.warn(codeLimit, "the search for a path was ended by its limit; a better path may exist")
	}
	if !p.AnchoredLeaf && !j.Time.at.IsZero() && !p.Anchor.Certificate.ValidAt(j.Time.at) {
		j.warn("anchor-expired", "the anchor's own certificate was not valid at "+j.Time.name+"; an anchor is believed for its key all the same")
	}
	j.Record.Adopt(j.try(p))
}

// signingTime is the claim of the signing-time attribute, zero without one.
func (j *Judge) signingTime() (claim time.Time) {
	if j.Signed.Raw == nil {
		claim = j.Signed.Attrs.SigningTime
	}
	return claim
}

// try judges one path apart from the others, once.
func (j *Judge) try(p *certpath.Path) *verdict.Result {
	for i := range j.tried {
		if j.tried[i].path == p {
			return &j.tried[i].result
		}
	}
	j.gather()
	owed := pathChecks
	if j.Signed.Raw != nil {
		owed = rawPathChecks
	}
	whole := j.Record
	j.Record, j.missing, j.lifted = verdict.Begin(j.Profile.Kind, owed...), false, ""
	j.pathRules(p)
	if j.Signed.Raw == nil {
		j.essChain(p)
	}
	j.revocation(p)
	j.pathAlgorithms(p)
	j.tried = append(j.tried, way{p, j.Record.Finish()})
	j.Record = whole
	return &j.tried[len(j.tried)-1].result
}

func (j *Judge) noPath() {
	if j.search.Limited {
		j.refuse(CheckPath, verdict.Custom, codeLimit, "the search for a path was ended by its limit", refPath)
		return
	}
	detail := "no path to a given anchor"
	if len(j.Anchors) == 0 {
		detail = j.Profile.NoAnchor
	}
	top := certpath.Top(j.signer, j.pool, j.Env.Cache)
	j.refuse(CheckPath, verdict.NoCertificateChainFound, "no-chain", detail+"; the path ends at "+top.Subject(), refPath)
	missing := "an anchor is missing: " + top.Issuer()
	if id := top.AuthorityKeyID(); id != nil {
		missing += ", key id " + ShortHex(id)
	}
	j.warn("missing-anchor", missing)
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
	certpath.RuleBasicConstraints:  "path-basic-constraints",
	certpath.RulePathLength:        "path-length",
	certpath.RuleKeyUsage:          "path-key-usage",
	certpath.RuleNameConstraints:   "path-name-constraints",
	certpath.RulePolicies:          "path-policies",
	certpath.RuleCriticalExtension: "path-critical-extension",
	certpath.RuleUnreadable:        "path-extension-unreadable",
}

func (j *Judge) pathRules(p *certpath.Path) {
	for _, f := range p.Findings {
		detail := f.Certificate.ShortName() + ": " + f.Detail
		if f.Rule == certpath.RuleValidity {
			j.Time.rule.pathValidity(j, f.Certificate, detail)
			continue
		}
		j.refuse(CheckPathRules, verdict.ChainConstraintsFailure, ruleReasons[f.Rule], detail, refPath)
	}
	j.pass(CheckPathRules, "", refPath)
	j.pass(CheckPathValidity, "", refPath)
}

// trusted answers whether another certificate leads to the same anchor without
// breaking a rule; revocation data may be signed by such a one.
func (j *Judge) trusted(anchor pki.Anchor) func(*pki.Certificate, time.Time) bool {
	return func(c *pki.Certificate, at time.Time) bool {
		s := certpath.Build(certpath.PathQuery{Leaf: c, Anchors: []certpath.Anchor{anchor}, Pool: j.pool, At: at, Cache: j.Env.Cache})
		if s.Path == nil || len(s.Path.Findings) > 0 || bytes.Equal(c.Raw, j.signer.Raw) {
			return false
		}
		return s.Path.AnchoredLeaf || c.ValidAt(at) // an anchor is believed for its key
	}
}
