package certpath

import (
	"crypto/sha256"
	"errors"
	"fmt"

	"github.com/exhibit-dev/exhibit/internal/sigalg"
)

// maxCRLMessage bounds a list that is signed by a scheme that takes the whole
// message (Ed25519, Ed448), and so must be held for a moment.
const maxCRLMessage = 16 << 20

// maxSigners bounds the certificates that are tried for one list or response: more
// than a few of one name are an attempt to make work.
const maxSigners = 8

// crlSigner returns the certificate under whose key the list, as it was scanned, is
// signed and which may sign it; else why there is none.
func (s *survey) crlSigner(c *CRL, digest string) (*Certificate, string) {
	why := "its signer is not at hand"
	issuer := s.q.Issuer
	if SameName(issuer.RawSubject, c.issuer) {
		bits, limited := issuer.KeyUsage()
		switch err := s.crlSignedBy(c, issuer, digest); {
		case err != nil:
			why = notSigned(err)
		case limited && bits&CRLSign == 0:
			why = "its signer's key usage lacks cRLSign"
		default:
			return issuer, ""
		}
	}
	tried := 0
	for _, x := range s.q.Pool {
		if x == issuer || !SameName(x.RawSubject, c.issuer) {
			continue
		}
		if tried++; tried > maxSigners {
			return nil, fmt.Sprintf("more than %d certificates have the name of its signer", maxSigners)
		}
		if err := s.crlSignedBy(c, x, digest); err != nil {
			if errors.Is(err, errBudget) {
				return nil, err.Error()
			}
			continue
		}
		if bits, _ := x.KeyUsage(); bits&CRLSign == 0 {
			why = "its signer's key usage lacks cRLSign"
		} else if !s.trusted(x, c.thisUpdate) {
			why = "its signer has no path to the anchor at its time"
		} else {
			return x, ""
		}
	}
	return nil, why
}

// notSigned puts an error of a signature check in words.
func notSigned(err error) string {
	if errors.Is(err, sigalg.ErrVerification) {
		return "its signature does not verify under its signer's key"
	}
	return "its signature cannot be checked: " + reading(err)
}

func (s *survey) crlSignedBy(c *CRL, signer *Certificate, digest string) error {
	return s.check(dataSignature{crl: weakCRL(c), digest: digest}, signer, func(key *sigalg.Key) error {
		if c.algErr != nil {
			return c.algErr
		}
		if !c.signsMessage() {
			return key.VerifyDigest(c.alg, []byte(digest), c.signature)
		}
		message, err := c.message(digest)
		if err != nil {
			return err
		}
		return key.Verify(c.alg, message, c.signature)
	})
}

// message returns the signed bytes of a list that was scanned with this digest.
func (c *CRL) message(digest string) ([]byte, error) {
	n := c.entriesTo - c.entriesAt
	size := n + int64(len(c.head)) + int64(len(c.tail))
	if size > maxCRLMessage {
		return nil, fmt.Errorf("more than %d bytes signed with %s: %w", maxCRLMessage, c.alg, sigalg.ErrUnsupported)
	}
	r, closeList, err := c.reopen()
	if err != nil {
		return nil, err
	}
	out := make([]byte, size)
	entries := out[copy(out, c.head):][:n]
	err = errors.Join(readAt(r, entries, c.entriesAt), closeList())
	copy(out[size-int64(len(c.tail)):], c.tail)
	if sum := sha256.Sum256(out); err == nil && string(sum[:]) != digest {
		err = errors.New("CRL: it changed while it was read")
	}
	return out, err
}
