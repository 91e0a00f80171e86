package certpath

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"sort"

	"github.com/exhibit-dev/exhibit/internal/sigalg"
)

// maxCRLMessage bounds a list that is signed by a scheme that takes the whole
// message (Ed25519, Ed448), and so must be held for a moment.
const maxCRLMessage = 16 << 20

// maxSigners bounds the certificates that are tried for one list or response: more
// than a few of one name are an attempt to make work.
const maxSigners = 8

// signedByIssuer reports whether the list, as it was scanned, is signed by the issuer
// of the certificate and may be; else why not.
func (s *survey) signedByIssuer(c *CRL, digest string) (ok bool, why string) {
	issuer := s.q.Issuer
	if !s.names.same(issuer.RawSubject, c.issuer) {
		return false, "its signer is not at hand"
	}
	bits, limited := issuer.KeyUsage()
	switch err := s.crlSignedBy(c, issuer, digest); {
	case err != nil:
		return false, notSigned(err)
	case limited && bits&CRLSign == 0:
		return false, noCRLSign
	}
	return true, ""
}

// otherSigner returns the certificate, none of the path, under whose key the list, as
// it was scanned, is signed and which may sign it; else why there is none. why is
// what stands against the issuer.
func (s *survey) otherSigner(c *CRL, digest, why string) (*Certificate, string) {
	list, more := s.crlSigners(c)
	for _, x := range list {
		if no := s.mayAsk(x, c.thisUpdate); no != "" && s.q.Trusted != nil {
			why = no
			continue
		}
		if err := s.crlSignedBy(c, x, digest); err != nil {
			if errors.Is(err, errBudget) {
				return nil, err.Error()
			}
			continue
		}
		if bits, _ := x.KeyUsage(); bits&CRLSign == 0 {
			why = noCRLSign
		} else if why = s.whyNotTrusted(x, c.thisUpdate); why == "" {
			return x, ""
		}
	}
	if more {
		why = fmt.Sprintf("more than %d certificates have the name of its signer", maxSigners)
	}
	return nil, why
}

const noCRLSign = "its signer's key usage lacks cRLSign"

// crlSigners returns the certificates, beside the issuer's, that have the name of the
// list's issuer, up to maxSigners. Those that were valid when it was issued come
// first: of the others few have a path at that time.
func (s *survey) crlSigners(c *CRL) (list []*Certificate, more bool) {
	for _, x := range s.q.Pool {
		if x == s.q.Issuer || !s.names.same(x.RawSubject, c.issuer) {
			continue
		}
		if len(list) == maxSigners {
			more = true
			break
		}
		list = append(list, x)
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].ValidAt(c.thisUpdate) && !list[j].ValidAt(c.thisUpdate) })
	return list, more
}

// notSigned puts an error of a signature check in words.
func notSigned(err error) string {
	if errors.Is(err, sigalg.ErrVerification) {
		return "its signature does not verify under its signer's key"
	}
	return "its signature cannot be checked: " + reading(err)
}

func (s *survey) crlSignedBy(c *CRL, signer *Certificate, digest string) error {
	size := 0
	if c.algErr == nil && c.signsMessage() {
		size = int(min(c.messageSize(), maxCRLMessage))
	}
	return s.check(dataSignature{crl: weakCRL(c), digest: digest}, signer, size, func(key *sigalg.Key) error {
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

// messageSize is the length of TBSCertList.
func (c *CRL) messageSize() int64 {
	return int64(len(c.head)) + c.entriesTo - c.entriesAt + int64(len(c.tail))
}

// message returns the signed bytes of a list that was scanned with this digest.
func (c *CRL) message(digest string) ([]byte, error) {
	n, size := c.entriesTo-c.entriesAt, c.messageSize()
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
