package dir

import (
	"bytes"
	"crypto/sha256"
	"encoding/pem"
	"errors"
	"fmt"
	"strings"

	"github.com/exhibit-dev/exhibit/trust/pki"
)

// certificates takes all certificates of a file, or none of them.
func (l *loader) certificates(use, name string) error {
	b, err := l.readWhole(name, maxCertificateFile)
	if err != nil {
		return err
	}
	certs, err := parseCertificates(b)
	if err != nil {
		return err
	}
	l.take(name, use, sha256.Sum256(b))
	for i, c := range certs {
		origin := numbered(name, i)
		if !l.first(use, c.SHA256(), origin) {
			continue
		}
		switch use {
		case UseTSA:
			l.t.TSA = append(l.t.TSA, pki.Anchor{Certificate: c, Origin: origin})
		case UseDocuments:
			l.t.Documents = append(l.t.Documents, pki.Anchor{Certificate: c, Origin: origin})
		case UseIntermediates:
			l.t.Intermediates = append(l.t.Intermediates, c)
			l.t.origins[c] = origin
		}
	}
	return nil
}

// parseCertificates reads a file of certificates and refuses it where any part of
// it cannot be read: half of a damaged file is not what its owner decided on.
func parseCertificates(b []byte) ([]*pki.Certificate, error) {
	if !isDER(b) {
		if err := wholePEM(b); err != nil {
			return nil, err
		}
	}
	certs, err := pki.ParseCertificates(b)
	if err != nil { // one line for a file, however many of its certificates are bad
		first, more, _ := strings.Cut(err.Error(), "\n")
		if more != "" {
			first = fmt.Sprintf("%s (and %d more)", first, 1+strings.Count(more, "\n"))
		}
		return nil, errors.New(first)
	}
	return certs, nil
}

// wholePEM reports a PEM file of which a block was cut or damaged: the decoder
// passes over such a block as if it were a comment.
func wholePEM(b []byte) error {
	begun, read := bytes.Count(b, []byte("-----BEGIN ")), 0
	for rest := b; ; read++ {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			break
		}
	}
	if read != begun {
		return fmt.Errorf("%d of %d PEM blocks cannot be read", begun-read, begun)
	}
	if read == 0 {
		return errors.New("neither DER nor PEM")
	}
	return nil
}

// isDER reports whether a file begins as an ASN.1 SEQUENCE; PEM is text and cannot.
func isDER(b []byte) bool { return len(b) > 0 && b[0] == 0x30 }

// numbered names the element i of a file: "a.pem", "a.pem#2", …
func numbered(name string, i int) string {
	if i == 0 {
		return name
	}
	return fmt.Sprintf("%s#%d", name, i+1)
}
