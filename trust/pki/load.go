package pki

import (
	"bytes"
	"encoding/pem"
	"errors"
	"fmt"

	"github.com/exhibit-dev/exhibit/internal/certpath"
)

// maxCertificates bounds the certificates of one file; national lists hold a few
// hundred.
const maxCertificates = 10000

// ParseCertificate reads one DER certificate and nothing after it.
func ParseCertificate(der []byte) (*Certificate, error) { return certpath.ParseCertificate(der) }

// ParseCertificates reads a file: one DER certificate, or PEM blocks of which the
// CERTIFICATE ones are taken and other text is passed over. It returns what could
// be read together with an error that joins what could not; a file with no
// certificate at all is an error.
func ParseCertificates(file []byte) ([]*Certificate, error) {
	if len(file) > 0 && file[0] == 0x30 {
		c, err := certpath.ParseCertificate(file)
		if err != nil {
			return nil, err
		}
		return []*Certificate{c}, nil
	}
	var out []*Certificate
	var errs []error
	for rest := file; ; {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			break
		}
		if block.Type != "CERTIFICATE" && block.Type != "TRUSTED CERTIFICATE" && block.Type != "X509 CERTIFICATE" {
			continue
		}
		if len(out)+len(errs) == maxCertificates {
			errs = append(errs, fmt.Errorf("more than %d certificates", maxCertificates))
			break
		}
		c, err := certpath.ParseCertificate(bytes.Clone(block.Bytes))
		if err != nil {
			errs = append(errs, fmt.Errorf("certificate %d: %w", len(out)+len(errs)+1, err))
			continue
		}
		out = append(out, c)
	}
	if len(out) == 0 && len(errs) == 0 {
		errs = append(errs, errors.New("no certificate found"))
	}
	return out, errors.Join(errs...)
}
