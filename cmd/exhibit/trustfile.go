package main

import (
	"fmt"
	"strings"

	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/trust/dir"
	"github.com/exhibit-dev/exhibit/trust/pki"
	"github.com/exhibit-dev/exhibit/verify/report"
)

// The limits of one file of trust.
const (
	maxAnchorFile = 16 << 20 // a national list as one PEM file has about 1 MiB
	maxKeyFile    = 64 << 10 // a certificate has a few KiB
	maxPackFile   = 1 << 20  // the largest pack that is read has half of it
)

// anchor reads --anchor use:FILE. A file that was named and cannot be taken is a
// mistake of usage: it must not be missing silently.
func (t *trustInput) anchor(s string, evidence []string) error {
	use, file, ok := strings.Cut(s, ":")
	if !ok || file == "" {
		return usagef("--anchor: %q, want tsa:FILE or document:FILE", s)
	}
	list, folder := &t.tsa, dir.UseTSA
	switch use {
	case "tsa":
	case "document":
		list, folder = &t.documents, dir.UseDocuments
	default:
		return usagef("--anchor: the use %q is not known, want tsa:FILE or document:FILE", use)
	}
	if err := apart("the anchor", file, evidence); err != nil {
		return err
	}
	b, err := readNamed(file, maxAnchorFile)
	if err != nil {
		return usagef("--anchor: %s: %w", file, pathless(err))
	}
	certs, err := pki.ParseCertificates(b)
	if err != nil {
		return usagef("--anchor: %s: %w", file, err)
	}
	for i, c := range certs {
		origin := file
		if i > 0 {
			origin = fmt.Sprintf("%s#%d", file, i+1)
		}
		*list = append(*list, pki.Anchor{Certificate: c, Origin: origin})
	}
	t.add(report.TrustFile{Name: file, SHA256: hexSum(b), Use: folder})
	return nil
}

// key reads --key FILE. How the key signs is what trust.ParseKey assumes; a key that
// signs otherwise needs its entry in a signers.json.
func (t *trustInput) key(file string, evidence []string) error {
	if err := apart("the key", file, evidence); err != nil {
		return err
	}
	b, err := readNamed(file, maxKeyFile)
	if err != nil {
		return usagef("--key: %s: %w", file, pathless(err))
	}
	k, err := trust.ParseKey(b, file)
	if err != nil {
		return usagef("--key: %s: %w", file, err)
	}
	t.keys = append(t.keys, k)
	t.add(report.TrustFile{Name: file, SHA256: hexSum(b), Use: dir.UseSigners})
	return nil
}

func readNamed(file string, limit int64) ([]byte, error) {
	b, err := readAtMost(file, limit+1)
	if err == nil && int64(len(b)) > limit {
		err = fmt.Errorf("larger than %d bytes", limit)
	}
	return b, err
}
