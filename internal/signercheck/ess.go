package signercheck

import (
	"bytes"
	"crypto/sha1"

	"github.com/exhibit-dev/exhibit/internal/certpath"
	"github.com/exhibit-dev/exhibit/internal/cms"
	"github.com/exhibit-dev/exhibit/internal/sigalg"
	"github.com/exhibit-dev/exhibit/trust/pki"
	"github.com/exhibit-dev/exhibit/verdict"
)

// signingCertificate checks the ESS attributes: at least one is there, and the first
// identifier of each names the certificate whose key verifies the signature.
func (j *Judge) signingCertificate() {
	if j.Signed.Raw != nil {
		return
	}
	ref := j.Profile.Clauses.ESS
	if !j.bound() {
		if j.Profile.WithoutESS {
			j.pass(CheckESS, "no signing-certificate attribute; none is asked for", ref)
			return
		}
		j.refuse(CheckESS, verdict.SigConstraintsFailure, "no-ess",
			"no signing-certificate attribute binds the signature to a certificate", ref)
		return
	}
	if j.signer == nil {
		return
	}
	for _, sc := range j.essAttributes() {
		if sc == nil {
			continue
		}
		switch fits(&sc.IDs[0], j.signer, sc == j.Signed.Attrs.V1) {
		case fitYes:
		case fitUnknown:
			j.refuse(CheckESS, verdict.CryptoConstraintsFailure, "ess-algorithm",
				"unknown digest algorithm "+sc.IDs[0].Hash.OID.String()+" in the signing-certificate attribute", ref)
			return
		default:
			j.refuse(CheckESS, verdict.NoSigningCertificateFound, "ess-mismatch",
				"the first identifier of the signing-certificate attribute is not "+j.signer.Subject(), ref)
			return
		}
	}
	j.pass(CheckESS, "", ref)
}

// bound reports whether a signing-certificate attribute is there.
func (j *Judge) bound() bool {
	return j.Signed.Raw == nil && (j.Signed.Attrs.V1 != nil || j.Signed.Attrs.V2 != nil)
}

func (j *Judge) essAttributes() [2]*cms.SigningCertificate {
	return [2]*cms.SigningCertificate{j.Signed.Attrs.V1, j.Signed.Attrs.V2}
}

// firstIDsFit reports whether the attributes name this certificate.
func (j *Judge) firstIDsFit(c *pki.Certificate) bool {
	a := j.Signed.Attrs
	return j.bound() && (a.V1 == nil || fits(&a.V1.IDs[0], c, true) == fitYes) &&
		(a.V2 == nil || fits(&a.V2.IDs[0], c, false) == fitYes)
}

// essChain: when a signing-certificate attribute lists further certificates, only
// those may stand in the path. The anchor is ours and needs no listing.
func (j *Judge) essChain(p *certpath.Path) {
	for _, sc := range j.essAttributes() {
		if sc == nil || len(sc.IDs) < 2 {
			continue
		}
		for _, c := range p.Certificates[1:] {
			if !listed(sc, c, sc == j.Signed.Attrs.V1) {
				j.refuse(CheckESSChain, verdict.ChainConstraintsFailure, "ess-chain",
					c.ShortName()+" is not among the certificates that the signing-certificate attribute allows", refESSChain)
				return
			}
		}
	}
	j.pass(CheckESSChain, "", refESSChain)
}

func listed(sc *cms.SigningCertificate, c *pki.Certificate, v1 bool) bool {
	for i := range sc.IDs {
		if fits(&sc.IDs[i], c, v1) == fitYes {
			return true
		}
	}
	return false
}

type fit uint8

const (
	fitNo fit = iota
	fitYes
	fitUnknown // the hash algorithm is not known here
)

// fits compares one identifier with a certificate: hash, and issuer and serial
// number where given.
func fits(id *cms.CertID, c *pki.Certificate, v1 bool) fit {
	switch {
	case v1:
		if sum := sha1.Sum(c.Raw); !bytes.Equal(id.CertHash, sum[:]) {
			return fitNo
		}
	case id.Hash.OID == "":
		if sum := c.SHA256(); !bytes.Equal(id.CertHash, sum[:]) {
			return fitNo
		}
	default:
		name := sigalg.DigestName(id.Hash.OID)
		if name == "" {
			return fitUnknown
		}
		if !bytes.Equal(id.CertHash, verdict.Sum(name, c.Raw)) {
			return fitNo
		}
	}
	if id.HasIssuer && (id.BadIssuer || !bytes.Equal(id.Serial, c.Serial) || !certpath.SameName(id.Issuer, c.RawIssuer)) {
		return fitNo
	}
	return fitYes
}
