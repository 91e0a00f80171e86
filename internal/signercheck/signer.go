package signercheck

import (
	"errors"

	"github.com/exhibit-dev/exhibit/internal/certpath"
	"github.com/exhibit-dev/exhibit/internal/sigalg"
	"github.com/exhibit-dev/exhibit/verdict"
)

// findSigner finds the certificate whose key verifies the signature, by the signer
// identifier and never by position, and checks the signature and the
// signing-certificate attributes. It reports whether there is a certificate.
func (j *Judge) findSigner() bool {
	candidates := j.candidates()
	chosen, err := j.choose(candidates)
	if chosen == nil {
		detail := "the signer's certificate is neither in " + j.Profile.Object + " nor among the given ones: "
		if len(candidates) > 0 {
			detail = "a certificate has the signer's identifier, but neither its hash nor its key fits: "
		}
		j.refuse(CheckSignerCert, verdict.NoSigningCertificateFound, "signer-missing", detail+j.signerID(), refSignature)
		j.signingCertificate()
		return false
	}
	j.signer, j.named = chosen.cert, chosen.named
	j.pass(CheckSignerCert, j.signer.Subject(), refSignature)
	switch {
	case err == nil:
		j.fits = true
		j.pass(CheckSignature, j.algorithmName(), refSignature)
	case errors.Is(err, sigalg.ErrVerification):
		j.refuse(CheckSignature, verdict.SigCryptoFailure, "signature-invalid",
			"the value does not verify under the key of "+j.signer.Subject(), refSignature)
	case isUnread(err):
		j.unread(CheckSignature, err, refSignature)
	default:
		j.refuse(CheckSignature, verdict.CryptoConstraintsFailure, "signature-unsupported", err.Error()+j.unsigned(err), refSignature)
	}
	if j.Signed.Raw != nil {
		j.rawDigest()
	} else {
		j.signingCertificate()
	}
	return true
}

// unsigned tries a key whose modulus is negative as the one that was meant. Most programs
// read it so, and what they say about the value is then told, but decides nothing.
func (j *Judge) unsigned(err error) string {
	var key *sigalg.NegativeModulusError
	if j.Signed.Info == nil || !errors.As(err, &key) || j.checkInfo(key.Unsigned) != nil {
		return ""
	}
	j.fits = true
	return "; read as a positive one, which the standard does not, the value verifies"
}

// Arithmetic reports whether the signature value fits what was signed, whether or not the
// key may be used: also where the check of the signature stayed open because the modulus
// is written as a negative number.
func (j *Judge) Arithmetic() bool { return j.fits }

// signerID is the signer identifier in words.
func (j *Judge) signerID() string {
	if j.Signed.Raw != nil {
		return "the first certificate beside the value is the signer's, and it is missing or cannot be read"
	}
	si := j.Signed.Info
	if si.SubjectKeyID != nil {
		return "key identifier " + ShortHex(si.SubjectKeyID)
	}
	return "serial number " + ShortHex(si.Serial) + " of " + certpath.NameString(si.Issuer)
}
