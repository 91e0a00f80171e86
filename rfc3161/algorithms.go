package rfc3161

import (
	"time"

	"github.com/exhibit-dev/exhibit/internal/certpath"
	"github.com/exhibit-dev/exhibit/internal/sigalg"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/verdict"
)

const (
	reasonNoTime = "policy.no-time"
	noTime       = "no time of validation was given"
)

// judgedAt is the time at which algorithms are judged: the earliest independent proof
// that the token existed, else the time of validation. The token's own time is never
// asked. ok is false when there is neither.
func (v *verifier) judgedAt() (at time.Time, ok bool) {
	at = v.env.At
	if v.poe != nil && (at.IsZero() || v.poe.NotLaterThan.Before(at)) {
		at = v.poe.NotLaterThan
	}
	return at, !at.IsZero()
}

// algorithms judges what does not depend on the path.
func (v *verifier) algorithms() {
	at, ok := v.judgedAt()
	if !ok {
		v.refuse(checkImprintAlg, verdict.Custom, reasonNoTime, noTime, refAlgorithms)
		v.refuse(checkSignatureAlg, verdict.Custom, reasonNoTime, noTime, refAlgorithms)
		return
	}
	if v.info.imprintAlgorithm != "" {
		v.judge(checkImprintAlg, "tsp.weak-imprint", at, trust.Use{Digest: v.info.imprintAlgorithm, Where: "messageImprint"})
		v.pass(checkImprintAlg, "", refAlgorithms)
	}
	if v.signatureUses(at) {
		v.pass(checkSignatureAlg, "", refAlgorithms)
	}
}

// signatureUses judges the CMS digest, the digest of the signature and the key; it
// reports whether all of them are known.
func (v *verifier) signatureUses(at time.Time) bool {
	const check, reason = checkSignatureAlg, "tsp.weak-signature"
	if d := sigalg.DigestName(v.Token.signer.DigestAlgorithm.OID); d != "" {
		v.judge(check, reason, at, trust.Use{Digest: d, Where: "CMS digest"})
	}
	if sc := v.attrs.V2; sc != nil && sc.IDs[0].Hash.OID != "" { // by SHA-1 the first version binds, and nothing is better there
		if d := sigalg.DigestName(sc.IDs[0].Hash.OID); d != "" {
			v.judge(check, reason, at, trust.Use{Digest: d, Where: "signing-certificate attribute"})
		}
	}
	if v.signer == nil {
		return false
	}
	alg, err := v.algorithm()
	key, err2 := v.signer.Key()
	if err != nil || err2 != nil {
		return false
	}
	v.judge(check, reason, at, trust.Use{Digest: alg.Digest, Where: "signature"})
	v.judge(check, reason, at, trust.Use{Key: key.Kind, Bits: key.Bits, Where: "the signer's key"})
	return true
}

// pathUses judges the signatures of a path: the certificates below the anchor and
// the keys that signed them. The anchor's own signature is nobody's argument.
func (v *verifier) pathUses(p *certpath.Path) {
	at, ok := v.judgedAt()
	if !ok {
		v.refuse(checkPathAlg, verdict.Custom, reasonNoTime, noTime, refAlgorithms)
		return
	}
	for i, c := range p.Certificates {
		if !p.AnchoredLeaf && !v.judgeLink(at, c, p.IssuerOf(i)) {
			return
		}
	}
	v.pass(checkPathAlg, "", refAlgorithms)
}

func (v *verifier) judgeLink(at time.Time, c, issuer *certpath.Certificate) bool {
	alg, err := c.Algorithm()
	key, err2 := issuer.Key()
	if err != nil || err2 != nil {
		return false
	}
	v.judge(checkPathAlg, "tsp.weak-path", at, trust.Use{Digest: alg.Digest}, c)
	v.judge(checkPathAlg, "tsp.weak-path", at, trust.Use{Key: key.Kind, Bits: key.Bits}, c)
	return true
}

// judge refuses an algorithm that no longer counts at the given time. It was good at
// genTime: then only a proof of existence is missing.
func (v *verifier) judge(check, reason string, at time.Time, u trust.Use, of ...*certpath.Certificate) {
	table := v.env.Table()
	good, last := table.Good(u, at)
	if good {
		return
	}
	for _, c := range of {
		u.Where = "signature on " + c.ShortName()
	}
	sub := verdict.CryptoConstraintsFailure
	detail := u.Where + ": " + u.Name() + " is not good enough at " + verdict.FormatTime(at) + " (last good day: " + last + ")"
	if once, _ := table.Good(u, v.info.genTime); once {
		sub = verdict.CryptoConstraintsFailureNoPOE
		detail += "; it was at genTime, but no proof of existence shows that the token is that old"
	}
	v.refuse(check, sub, reason, detail, refAlgorithms)
}
