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
	switch {
	case !ok || file == "":
		return usagef("--anchor: %q, want tsa:FILE", s)
	case use == "document":
		return usagef("--anchor: this version does not judge document signatures, so it takes no document anchors")
	case use != "tsa":
		return usagef("--anchor: the use %q is not known, want tsa:FILE", use)
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
		t.anchors = append(t.anchors, pki.Anchor{Certificate: c, Origin: origin})
	}
	t.add(report.TrustFile{Name: file, SHA256: hexSum(b), Use: dir.UseTSA})
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
