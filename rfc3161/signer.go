package rfc3161

import (
	"bytes"
	"crypto/sha1"
	"errors"

	"github.com/exhibit-dev/exhibit/internal/certpath"
	"github.com/exhibit-dev/exhibit/internal/cms"
	"github.com/exhibit-dev/exhibit/internal/sigalg"
	"github.com/exhibit-dev/exhibit/trust/pki"
	"github.com/exhibit-dev/exhibit/verdict"
)

// maxCandidates bounds the certificates that may fit one signer identifier. There
// is one; a renewed certificate under the same key makes two.
const maxCandidates = 8

// findSigner finds the certificate whose key verifies the signature, by the signer
// identifier and never by position, and checks the signature and the
// signing-certificate attributes. It reports whether there is a certificate.
func (v *verifier) findSigner() bool {
	candidates := v.candidates()
	if len(candidates) == 0 {
		v.refuse(checkSignerCert, verdict.NoSigningCertificateFound, "tsp.signer-missing",
			"the signer's certificate is neither in the token nor among the given ones: "+v.signerID(), refSignature)
		v.signingCertificate(nil)
		return false
	}
	err := error(nil)
	for _, c := range candidates {
		if err = v.checkSignature(c.cert); err == nil {
			v.signer = c.cert
			break
		}
	}
	if v.signer == nil {
		c := candidates[0]
		v.signer = c.cert
		if errors.Is(err, sigalg.ErrVerification) && !c.named {
			// Only our own material said that this is the signer.
			v.signer = nil
			v.refuse(checkSignerCert, verdict.NoSigningCertificateFound, "tsp.signer-missing",
				"a given certificate has the signer's identifier, but neither its hash nor its key fits: "+v.signerID(), refSignature)
			v.signingCertificate(nil)
			return false
		}
	}
	v.pass(checkSignerCert, v.signer.Subject(), refSignature)
	switch {
	case err == nil:
		v.pass(checkSignature, v.algorithmName(), refSignature)
	case errors.Is(err, sigalg.ErrVerification):
		v.refuse(checkSignature, verdict.SigCryptoFailure, "tsp.signature-invalid",
			"the value does not verify under the key of "+v.signer.Subject(), refSignature)
	default:
		v.refuse(checkSignature, verdict.CryptoConstraintsFailure, "tsp.signature-unsupported", err.Error(), refSignature)
	}
	v.signingCertificate(v.signer)
	return true
}

// candidate is a certificate that fits the signer identifier. It is named when the
// evidence itself points at it: it lies in the token, or its hash does.
type candidate struct {
	cert  *pki.Certificate
	named bool
}

// candidates lists what fits, those that the signing-certificate attribute names
// first. It also fills the pool for the path: the given certificates first, so that
// a token stuffed with namesakes cannot keep them from being tried.
func (v *verifier) candidates() (out []candidate) {
	unreadable := 0
	given := len(v.env.Intermediates)
	v.pool = append(make([]*pki.Certificate, 0, given+len(v.signed.Certificates)), v.env.Intermediates...)
	for _, raw := range v.signed.Certificates {
		c, err := v.env.Cache.Parse(raw)
		if err != nil {
			unreadable++
			continue
		}
		v.pool = append(v.pool, c)
	}
	if unreadable > 0 {
		v.p.Warn("tsp.certificate-unreadable", "a certificate in the token cannot be read and was passed over")
	}
	for i, c := range v.pool {
		out = v.consider(out, c, i >= given)
	}
	for i := range v.env.TSA {
		out = v.consider(out, v.env.TSA[i].Certificate, false)
	}
	return out
}

func (v *verifier) consider(out []candidate, c *pki.Certificate, embedded bool) []candidate {
	if !v.isSigner(c) {
		return out
	}
	for i := range out {
		if bytes.Equal(out[i].cert.Raw, c.Raw) {
			out[i].named = out[i].named || embedded
			return out
		}
	}
	hashed := v.firstIDsFit(c)
	if len(out) >= maxCandidates && !hashed {
		return out
	}
	out = append(out, candidate{c, embedded || hashed})
	if hashed {
		out[0], out[len(out)-1] = out[len(out)-1], out[0]
	}
	return out
}

// isSigner compares a certificate with the signer identifier (RFC 5652, section
// 5.3).
func (v *verifier) isSigner(c *pki.Certificate) bool {
	si := v.Token.signer
	if si.SubjectKeyID != nil {
		return bytes.Equal(si.SubjectKeyID, c.SubjectKeyID())
	}
	return bytes.Equal(si.Serial, c.Serial) && certpath.SameName(si.Issuer, c.RawIssuer)
}

func (v *verifier) signerID() string {
	si := v.Token.signer
	if si.SubjectKeyID != nil {
		return "key identifier " + hexString(si.SubjectKeyID)
	}
	return "serial number " + hexString(si.Serial) + " of " + certpath.NameString(si.Issuer)
}

// checkSignature verifies the signature value: over the signed attributes as they
// stand, or over the content when there are none.
func (v *verifier) checkSignature(c *pki.Certificate) error {
	key, err := c.Key()
	if err != nil {
		return err
	}
	alg, err := v.algorithm()
	if err != nil {
		return err
	}
	si := v.Token.signer
	if si.HasSigned {
		return key.Verify(alg, si.SignedBytes(), si.Signature)
	}
	return key.Verify(alg, v.signed.Content, si.Signature)
}

func (v *verifier) algorithm() (sigalg.Algorithm, error) {
	si := v.Token.signer
	return sigalg.Parse(si.SignatureAlgorithm, sigalg.DigestName(si.DigestAlgorithm.OID))
}

func (v *verifier) algorithmName() string {
	alg, err := v.algorithm()
	if err != nil {
		return ""
	}
	return alg.String()
}

// signingCertificate checks the ESS attributes: at least one is there, and the first
// identifier of each names the certificate whose key verifies the signature.
func (v *verifier) signingCertificate(signer *pki.Certificate) {
	if v.attrs.V1 == nil && v.attrs.V2 == nil {
		v.refuse(checkESS, verdict.SigConstraintsFailure, "tsp.no-ess",
			"no signing-certificate attribute binds the signature to a certificate", refESS)
		return
	}
	if signer == nil {
		return
	}
	for _, sc := range []*cms.SigningCertificate{v.attrs.V1, v.attrs.V2} {
		if sc == nil {
			continue
		}
		switch fit := fits(&sc.IDs[0], signer, sc == v.attrs.V1); fit {
		case fitYes:
		case fitUnknown:
			v.refuse(checkESS, verdict.CryptoConstraintsFailure, "tsp.ess-algorithm",
				"unknown digest algorithm "+sc.IDs[0].Hash.OID.String()+" in the signing-certificate attribute", refESS)
			return
		default:
			v.refuse(checkESS, verdict.NoSigningCertificateFound, "tsp.ess-mismatch",
				"the first identifier of the signing-certificate attribute is not "+signer.Subject(), refESS)
			return
		}
	}
	v.pass(checkESS, "", refESS)
}

// firstIDsFit reports whether the attributes name this certificate.
func (v *verifier) firstIDsFit(c *pki.Certificate) bool {
	if v.attrs.V1 == nil && v.attrs.V2 == nil {
		return false
	}
	return (v.attrs.V1 == nil || fits(&v.attrs.V1.IDs[0], c, true) == fitYes) &&
		(v.attrs.V2 == nil || fits(&v.attrs.V2.IDs[0], c, false) == fitYes)
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
