package signercheck

import (
	"bytes"

	"github.com/exhibit-dev/exhibit/internal/sigalg"
	"github.com/exhibit-dev/exhibit/verdict"
)

// attributes checks what the signed attributes say of the content.
func (j *Judge) attributes() {
	digest := j.digestAlgorithm()
	if !j.Signed.Info.HasSigned {
		j.refuse(CheckSignedAttrs, verdict.SigConstraintsFailure, "no-signed-attributes",
			"the signature has no signed attributes, which "+j.Profile.Needs+" needs", refSigned)
		return
	}
	note := ""
	if !j.Signed.Info.InOrder {
		note = "not sorted as DER demands; hashed as they stand"
	}
	j.pass(CheckSignedAttrs, note, refSigned)
	switch signed := j.Signed.Attrs.ContentType; signed {
	case "":
		j.refuse(CheckContentType, verdict.SigConstraintsFailure, "content-type-missing", "no content-type attribute", refContentType)
	case j.Signed.CMS.ContentType:
		j.pass(CheckContentType, "", refContentType)
	default:
		j.refuse(CheckContentType, verdict.FormatFailure, "content-type-mismatch", "the signed content type is "+signed.String(), refContentType)
	}
	j.messageDigest(digest)
}

// digestAlgorithm judges the identifier and returns the name of the digest, "" when it
// is not known.
func (j *Judge) digestAlgorithm() string {
	id := j.Signed.Info.DigestAlgorithm
	digest := sigalg.DigestName(id.OID)
	why := ""
	switch {
	case digest != "" && !id.NoParams():
		why = "digestAlgorithm has parameters, which " + digest + " does not take"
	case digest != "" && j.twoDigests():
		why = "digestAlgorithm is " + digest + ", the signature is made by another digest"
	case digest != "":
		j.pass(CheckDigestAlg, digest, refDigestAlg)
		return digest
	case sigalg.IsSignature(id.OID):
		why = "digestAlgorithm holds the signature algorithm " + id.OID.String()
	default:
		why = "unknown digest algorithm " + id.OID.String()
	}
	j.refuse(CheckDigestAlg, verdict.CryptoConstraintsFailure, "digest-algorithm", why, refDigestAlg)
	return digest
}

func (j *Judge) messageDigest(digest string) {
	if !j.Signed.Attrs.HasDigest {
		j.refuse(CheckMessageDigest, verdict.FormatFailure, "message-digest-missing",
			"no message-digest attribute: the signature does not reach the content", refMessageDigest)
		return
	}
	if digest == "" {
		return // not executed; digest-algorithm has said why
	}
	computed, err := j.contentDigest(digest)
	switch {
	case err != nil:
		j.unread(CheckMessageDigest, err, refMessageDigest)
	case !bytes.Equal(computed, j.Signed.Attrs.MessageDigest):
		j.refuse(CheckMessageDigest, verdict.HashFailure, "message-digest-mismatch",
			"the digest of "+j.Profile.Content+" is not the signed one", refMessageDigest)
	default:
		j.pass(CheckMessageDigest, "", refMessageDigest)
	}
}

// protection holds the CMSAlgorithmProtection attribute, where there is one, against
// the algorithms in use.
func (j *Judge) protection() {
	if p := j.Signed.Attrs.Protection; p != nil && !p.Fits(j.Signed.Info) {
		j.refuse(CheckProtection, verdict.SigConstraintsFailure, "algorithm-protection",
			"the signed CMSAlgorithmProtection attribute names other algorithms than the signer info", refProtection)
		return
	}
	j.pass(CheckProtection, "", refProtection)
}
