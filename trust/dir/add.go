package dir

import (
	"bytes"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
)

// The errors of Add, for errors.Is.
var (
	// ErrFingerprint: what was given is no SHA-256 fingerprint.
	ErrFingerprint = errors.New("want a SHA-256 fingerprint: 64 hexadecimal digits, colons and spaces allowed")
	// ErrMismatch: the certificate is not the one that the fingerprint names.
	ErrMismatch = errors.New("the certificate does not have this fingerprint")
	// ErrExists: another file has the name that the certificate would get.
	ErrExists = errors.New("a different file of this name is there already")
)

// Add writes a certificate into the folder of its use (UseTSA, UseDocuments or
// UseIntermediates) of the trust directory dir, which is created if need be. The
// file holds exactly one certificate, in PEM or DER; name stands for it in errors.
// Nothing is written unless fingerprint, which must come by another way than the
// file, is the SHA-256 of the certificate; so an error never tells the file's own
// fingerprint. The certificate is written as PEM, whole or not at all, under a name
// made of its subject and its fingerprint. Adding it again changes nothing; a
// different file of that name is ErrExists.
func Add(dir, use string, certFile []byte, name, fingerprint string) (path string, err error) {
	if use != UseTSA && use != UseDocuments && use != UseIntermediates {
		return "", fmt.Errorf("no certificates are kept for the use %q", use)
	}
	want, err := parseFingerprint(fingerprint)
	if err != nil {
		return "", err
	}
	if len(certFile) > maxCertificateFile {
		return "", fmt.Errorf("%s: larger than %d bytes", name, maxCertificateFile)
	}
	certs, err := parseCertificates(certFile)
	if err != nil {
		return "", fmt.Errorf("%s: %w", name, err)
	}
	if len(certs) != 1 {
		return "", fmt.Errorf("%s: holds %d certificates, want exactly one", name, len(certs))
	}
	if sum := certs[0].SHA256(); !bytes.Equal(sum[:], want) {
		return "", fmt.Errorf("%s: %w", name, ErrMismatch)
	}
	base := safeName(certs[0].Subject()) + "-" + hex.EncodeToString(want[:4]) + ".pem"
	content := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certs[0].Raw})
	if err := writeNew(dir, use, base, content); err != nil {
		return "", err
	}
	return filepath.Join(dir, use, base), nil
}

func parseFingerprint(s string) ([]byte, error) {
	b, err := hex.DecodeString(strings.NewReplacer(":", "", " ", "").Replace(s))
	if err != nil || len(b) != 32 {
		return nil, ErrFingerprint
	}
	return b, nil
}

// maxNameLength keeps names readable in a listing.
const maxNameLength = 40

// safeName makes a file name of a subject: its common name, else its most special
// part, in lower-case letters, digits and single hyphens.
func safeName(subject string) string {
	parts := strings.Split(strings.ReplaceAll(subject, `\,`, "-"), ", ")
	_, text, _ := strings.Cut(parts[0], "=")
	for _, p := range parts {
		if cn, ok := strings.CutPrefix(p, "CN="); ok {
			text = cn
			break
		}
	}
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	s := strings.Join(words, "-")
	s = strings.TrimRight(s[:min(len(s), maxNameLength)], "-")
	if s == "" {
		return "certificate"
	}
	return s
}
