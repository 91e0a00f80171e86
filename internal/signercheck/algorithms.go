package signercheck

import (
	"github.com/exhibit-dev/exhibit/internal/certpath"
	"github.com/exhibit-dev/exhibit/internal/sigalg"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/trust/pki"
	"github.com/exhibit-dev/exhibit/verdict"
)

// Algorithms judges the uses of algorithms that a check of the caller stands for, such
// as the imprint's digest, and passes the check when there are any. code names the
// reason, without prefix.
func (j *Judge) Algorithms(check, code string, uses ...trust.Use) {
	if j.weigh(check, j.Time.poe, code, nil, uses...) && len(uses) > 0 {
		j.pass(check, "", refAlgorithms)
	}
}

// weigh refuses each use that no longer counts at the time of the proof. The uses are
// those of the signature on a certificate, if one is given. It reports whether there is
// a time to judge at.
func (j *Judge) weigh(check string, poe *verdict.Existence, code string, on *pki.Certificate, uses ...trust.Use) bool {
	at, ok := j.algorithmTime(poe)
	if !ok {
		j.refuseAs(check, verdict.Custom, reasonNoTime, noTime, refAlgorithms)
		return false
	}
	table := j.Env.Table()
	for _, u := range uses {
		good, last := table.Good(u, at)
		if good {
			continue
		}
		if on != nil {
			u.Where = "signature on " + on.ShortName()
		}
		sub := verdict.CryptoConstraintsFailure
		detail := u.Where + ": " + u.Name() + " is not good enough at " + verdict.FormatTime(at) + " (last good day: " + last + ")"
		once, when := j.Time.rule.once(j)
		if was, _ := table.Good(u, once); was { // then only a proof of existence is missing
			sub = verdict.CryptoConstraintsFailureNoPOE
			detail += "; it was " + when + ", but no proof of existence shows that " + j.Profile.Object + " is that old"
		}
		j.refuse(check, sub, code, detail, refAlgorithms)
	}
	return true
}

// signatureAlgorithm judges the CMS digest, the digest of the signature and the key.
// The check passes only when all of them are known.
func (j *Judge) signatureAlgorithm() {
	uses := make([]trust.Use, 0, 4)
	if j.Signed.Raw == nil {
		if d := sigalg.DigestName(j.Signed.Info.DigestAlgorithm.OID); d != "" {
			uses = append(uses, trust.Use{Digest: d, Where: "CMS digest"})
		}
		if sc := j.Signed.Attrs.V2; sc != nil && sc.IDs[0].Hash.OID != "" { // by SHA-1 the first version binds, and nothing is better there
			if d := sigalg.DigestName(sc.IDs[0].Hash.OID); d != "" {
				uses = append(uses, trust.Use{Digest: d, Where: "signing-certificate attribute"})
			}
		}
	}
	known := false
	if j.signer != nil {
		alg, err := j.algorithm()
		key, err2 := j.signer.Key()
		if known = err == nil && err2 == nil; known {
			uses = append(uses, trust.Use{Digest: alg.Digest, Where: "signature"}, trust.Use{Key: key.Kind, Bits: key.Bits, Where: "the signer's key"})
		}
	}
	if j.weigh(CheckSignatureAlg, j.Time.poe, "weak-signature", nil, uses...) && known {
		j.pass(CheckSignatureAlg, "", refAlgorithms)
	}
}

// pathAlgorithms judges the signatures of a path: the certificates below the anchor
// and the keys that signed them. The anchor's own signature is nobody's argument.
func (j *Judge) pathAlgorithms(p *certpath.Path) {
	if !j.weigh(CheckPathAlg, j.Time.material, "weak-path", nil) {
		return
	}
	for i, c := range p.Certificates {
		if p.AnchoredLeaf {
			break
		}
		alg, err := c.Algorithm()
		key, err2 := p.IssuerOf(i).Key()
		if err != nil || err2 != nil {
			return
		}
		j.weigh(CheckPathAlg, j.linkProof(i), "weak-path", c, trust.Use{Digest: alg.Digest}, trust.Use{Key: key.Kind, Bits: key.Bits})
	}
	j.pass(CheckPathAlg, "", refAlgorithms)
}

// linkProof is the earliest proof that covers the i-th certificate of a path. What
// covers the signature covers the signer's certificate too, where a signed attribute
// holds its hash.
func (j *Judge) linkProof(i int) *verdict.Existence {
	poe, material := j.Time.poe, j.Time.material
	switch {
	case i > 0 || poe == nil || poe == material || !j.firstIDsFit(j.signer):
		return material
	case material != nil && material.NotLaterThan.Before(poe.NotLaterThan):
		return material
	}
	return poe
}
