package signercheck

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/exhibit-dev/exhibit/internal/cms"
	"github.com/exhibit-dev/exhibit/internal/sigalg"
	"github.com/exhibit-dev/exhibit/trust/pki"
	"github.com/exhibit-dev/exhibit/verdict"
)

// Signed is a signature as the evidence carries it: a SignerInfo with the SignedData
// around it, or a Raw value.
type Signed struct {
	CMS   *cms.SignedData
	Info  *cms.SignerInfo
	Attrs *cms.Protected // of Info
	Raw   *Raw
	// Content is what a detached signature was made over; it is asked without a prefix.
	// Nil means the content inside CMS.
	Content verdict.Subject
}

// Raw is a signature value without CMS: RSA PKCS#1 v1.5, as adbe.x509.rsa_sha1 has it
// (ISO 32000-1, 12.8.3.2).
type Raw struct {
	Value []byte
	// Certificates are DER certificates, the signer's first: ISO 32000-1, table 252,
	// fixes the place, so the evidence itself names the signer.
	Certificates [][]byte
}

// opened is what a raw value commits to.
type opened struct {
	algorithm string // "" until the value was opened
	digest    []byte
}

// errContent marks that the content could not be read, which says nothing of the
// signature.
type errContent struct{ err error }

func (e errContent) Error() string { return e.err.Error() }
func (e errContent) Unwrap() error { return e.err }

func isUnread(err error) bool {
	var e errContent
	return errors.As(err, &e)
}

// checkSignature verifies the signature value under the certificate's key.
func (j *Judge) checkSignature(c *pki.Certificate) error {
	key, err := c.Key()
	if err != nil {
		return err
	}
	if r := j.Signed.Raw; r != nil {
		j.opened.algorithm, j.opened.digest, err = key.SignedDigest(r.Value)
		return err
	}
	return j.checkInfo(key)
}

// checkInfo verifies the value of a SignerInfo: over the signed attributes as they
// stand, or over the content when there are none. Where the signature names another
// digest than digestAlgorithm does, another reader would compute another one, so a
// value that does not verify proves nothing.
func (j *Judge) checkInfo(key *sigalg.Key) error {
	alg, err := j.algorithm()
	if err != nil {
		return err
	}
	si := j.Signed.Info
	if !si.HasSigned {
		err = j.overContent(key, alg)
	} else {
		if j.signedBytes == nil {
			j.signedBytes = si.SignedBytes()
		}
		err = key.Verify(alg, j.signedBytes, si.Signature)
	}
	if errors.Is(err, sigalg.ErrVerification) && j.twoDigests() {
		return fmt.Errorf("digestAlgorithm and signature name different digests: %w", sigalg.ErrUnsupported)
	}
	return err
}

func (j *Judge) overContent(key *sigalg.Key, alg sigalg.Algorithm) error {
	if j.Signed.Content == nil {
		return key.Verify(alg, j.Signed.CMS.Content, j.Signed.Info.Signature)
	}
	digest, err := j.contentDigest(alg.Digest)
	if err != nil {
		return errContent{err}
	}
	return key.VerifyDigest(alg, digest, j.Signed.Info.Signature)
}

// contentDigest is the digest of what was signed. The error wraps verdict.ErrNotAtHand
// or is one of reading.
func (j *Judge) contentDigest(algorithm string) ([]byte, error) {
	switch {
	case j.Signed.Content != nil:
		return j.Signed.Content.Digest(algorithm, nil)
	case j.Signed.CMS != nil:
		return verdict.Sum(algorithm, j.Signed.CMS.Content), nil
	}
	return nil, verdict.ErrNotAtHand
}

// twoDigests reports whether digestAlgorithm and signatureAlgorithm name different
// digests. RFC 5652, section 5.3, means one.
func (j *Judge) twoDigests() bool {
	alg, err := j.algorithm()
	if err != nil || alg.Scheme == sigalg.Ed25519 || alg.Scheme == sigalg.Ed448 {
		return false
	}
	return alg.Digest != sigalg.DigestName(j.Signed.Info.DigestAlgorithm.OID)
}

// algorithm is the algorithm of the signature value. That of a raw value is known only
// when it was opened.
func (j *Judge) algorithm() (sigalg.Algorithm, error) {
	if j.Signed.Raw != nil {
		if j.opened.algorithm == "" {
			return sigalg.Algorithm{}, fmt.Errorf("the signature value was not opened: %w", sigalg.ErrUnsupported)
		}
		return sigalg.Algorithm{Scheme: sigalg.PKCS1, Digest: j.opened.algorithm}, nil
	}
	si := j.Signed.Info
	return sigalg.Parse(si.SignatureAlgorithm, sigalg.DigestName(si.DigestAlgorithm.OID))
}

func (j *Judge) algorithmName() string {
	alg, err := j.algorithm()
	if err != nil {
		return ""
	}
	return alg.String()
}

// rawDigest compares the content with what the opened value commits to.
func (j *Judge) rawDigest() {
	if j.opened.algorithm == "" {
		return // not executed; signature has said why
	}
	digest, err := j.contentDigest(j.opened.algorithm)
	switch {
	case err != nil:
		j.unread(CheckMessageDigest, err, refRawSignature)
	case !bytes.Equal(digest, j.opened.digest):
		j.refuse(CheckMessageDigest, verdict.HashFailure, "message-digest-mismatch",
			"the digest of "+j.Profile.Content+" is not the signed one", refRawSignature)
	default:
		j.pass(CheckMessageDigest, j.opened.algorithm, refRawSignature)
	}
}

// unread records that the content is not at hand, or could not be read.
func (j *Judge) unread(check string, err error, ref string) {
	if errors.Is(err, verdict.ErrNotAtHand) {
		j.refuse(check, verdict.SignedDataNotFound, "content-missing", err.Error(), ref)
		return
	}
	j.refuseAs(check, verdict.Custom, reasonIncomplete, err.Error(), ref)
}
