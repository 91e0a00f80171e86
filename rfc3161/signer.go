package rfc3161

import (
	"bytes"
	"cmp"
	"crypto/sha1"
	"errors"
	"fmt"
	"slices"

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
	chosen, err := v.choose(candidates)
	if chosen == nil {
		detail := "the signer's certificate is neither in the token nor among the given ones: "
		if len(candidates) > 0 {
			detail = "a certificate has the signer's identifier, but neither its hash nor its key fits: "
		}
		v.refuse(checkSignerCert, verdict.NoSigningCertificateFound, "tsp.signer-missing", detail+v.signerID(), refSignature)
		v.signingCertificate(nil)
		return false
	}
	v.signer, v.named = chosen.cert, chosen.named
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

// choose returns the candidate whose key verifies the signature. Without one it is
// the first that the evidence names, with what its own key said; else one whose key
// could not be used. A key that the evidence does not name proves nothing by not
// fitting.
func (v *verifier) choose(candidates []candidate) (*candidate, error) {
	var unfit, unusable *candidate
	var unfitErr, unusableErr error
	for i := range candidates {
		c := &candidates[i]
		err := v.checkSignature(c.cert)
		switch {
		case err == nil:
			return c, nil
		case !errors.Is(err, sigalg.ErrVerification):
			if unusable == nil || c.named && !unusable.named {
				unusable, unusableErr = c, err
			}
		case c.named && unfit == nil:
			unfit, unfitErr = c, err
		}
	}
	if unusable != nil && (unusable.named || unfit == nil) {
		return unusable, unusableErr
	}
	return unfit, unfitErr
}

// candidate is a certificate that fits the signer identifier. It is named when the
// evidence itself says that it is the signer's: by the hash of the
// signing-certificate attribute or, where there is no such attribute, by carrying
// it.
type candidate struct {
	cert  *pki.Certificate
	named bool
	rank  int // the lower, the sooner its key is tried
}

// candidates lists what fits: first what the signing-certificate attribute names,
// then what was valid at genTime, for a renewed certificate has the same key. It also fills the pool for the path: the given certificates first, so that
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
		if c := v.env.TSA[i].Certificate; c != nil {
			out = v.consider(out, c, false)
		}
	}
	slices.SortStableFunc(out, func(a, b candidate) int { return cmp.Compare(a.rank, b.rank) })
	return out
}

func (v *verifier) consider(out []candidate, c *pki.Certificate, embedded bool) []candidate {
	if !v.isSigner(c) {
		return out
	}
	bound := v.attrs.V1 != nil || v.attrs.V2 != nil
	for i := range out {
		if bytes.Equal(out[i].cert.Raw, c.Raw) {
			out[i].named = out[i].named || embedded && !bound
			return out
		}
	}
	hashed := v.firstIDsFit(c)
	if len(out) >= maxCandidates && !hashed {
		return out
	}
	next := candidate{cert: c, named: hashed || embedded && !bound, rank: 2}
	switch {
	case hashed:
		next.rank = 0
	case c.ValidAt(v.info.genTime):
		next.rank = 1
	}
	return append(out, next)
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
// stand, or over the content when there are none. Where the signature names another
// digest than digestAlgorithm does, another reader would compute another one, so a
// value that does not verify proves nothing.
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
	message := v.signed.Content
	if si.HasSigned {
		if v.signedBytes == nil {
			v.signedBytes = si.SignedBytes()
		}
		message = v.signedBytes
	}
	err = key.Verify(alg, message, si.Signature)
	if errors.Is(err, sigalg.ErrVerification) && v.twoDigests() {
		return fmt.Errorf("digestAlgorithm and signature name different digests: %w", sigalg.ErrUnsupported)
	}
	return err
}

// twoDigests reports whether digestAlgorithm and signatureAlgorithm name different
// digests. RFC 5652, section 5.3, means one.
func (v *verifier) twoDigests() bool {
	alg, err := v.algorithm()
	if err != nil || alg.Scheme == sigalg.Ed25519 || alg.Scheme == sigalg.Ed448 {
		return false
	}
	return alg.Digest != sigalg.DigestName(v.Token.signer.DigestAlgorithm.OID)
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
