package dir

import (
	"crypto/sha256"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/exhibit-dev/exhibit/internal/certpath"
	"github.com/exhibit-dev/exhibit/trust/pki"
)

// Limits of CRLs.
const (
	maxParsedCRL = 1 << 20  // above this a list stays in its file; most have a few KiB
	maxWholeCRL  = 32 << 20 // of a list that must be held: PEM, or a file without random access
	maxCRLFile   = 1 << 30  // the largest public lists have about 100 MiB
)

// revocation takes a CRL or an OCSP response by the ending of its name.
func (l *loader) revocation(name string) error {
	switch strings.ToLower(path.Ext(name)) {
	case ".crl":
		return l.crl(name)
	case ".ocsp":
		return l.ocsp(name)
	}
	l.note(name, "revocation data is named *.crl or *.ocsp")
	return nil
}

func (l *loader) ocsp(name string) error {
	b, err := l.readWhole(name, maxOCSPFile)
	if err != nil {
		return err
	}
	r, err := certpath.ParseOCSP(b)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(b)
	l.take(name, UseRevocation, sum)
	if l.first(UseRevocation, sum, name) {
		r.Origin = name
		l.t.OCSP = append(l.t.OCSP, r)
	}
	return nil
}

func (l *loader) crl(name string) error {
	size, err := l.size(name)
	if err != nil {
		return err
	}
	if size > maxCRLFile {
		return fmt.Errorf("larger than %d bytes", maxCRLFile)
	}
	if size > maxParsedCRL {
		if done, err := l.streamed(name); done || err != nil {
			return err
		}
	}
	b, err := l.readWhole(name, maxWholeCRL)
	if err != nil {
		return err
	}
	lists, err := parseCRLs(b)
	if err != nil {
		return err
	}
	l.take(name, UseRevocation, sha256.Sum256(b))
	for i, der := range lists {
		l.keep(der.list, der.sum, numbered(name, i))
	}
	return nil
}

func (l *loader) keep(c *pki.CRL, sum [sha256.Size]byte, origin string) {
	if l.first(UseRevocation, sum, origin) {
		c.Origin = origin
		l.t.CRLs = append(l.t.CRLs, c)
	}
}

// parsedCRL is a list with the digest of its DER form, by which the same list in
// PEM and in DER is one.
type parsedCRL struct {
	list *pki.CRL
	sum  [sha256.Size]byte
}

// parseCRLs reads one DER list, or all lists of a PEM file.
func parseCRLs(b []byte) ([]parsedCRL, error) {
	var raws [][]byte
	if isDER(b) {
		raws = [][]byte{b}
	} else if err := wholePEM(b); err != nil {
		return nil, err
	} else {
		for block, rest := pem.Decode(b); block != nil; block, rest = pem.Decode(rest) {
			if block.Type == "X509 CRL" {
				raws = append(raws, block.Bytes)
			}
		}
	}
	if len(raws) == 0 {
		return nil, errors.New("no CRL found")
	}
	var out []parsedCRL
	for i, raw := range raws {
		c, err := certpath.ParseCRL(raw)
		if err != nil {
			return nil, fmt.Errorf("list %d: %w", i+1, err)
		}
		out = append(out, parsedCRL{c, sha256.Sum256(raw)})
	}
	return out, nil
}

// streamed takes a DER list without holding it. done is false when the file must be
// held after all.
func (l *loader) streamed(name string) (done bool, err error) {
	f, err := l.steady(name)
	if errors.Is(err, errNoRandomAccess) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	r, size, closeFile, err := f.open()
	if err != nil {
		return false, err
	}
	var first [1]byte
	if _, err := r.ReadAt(first[:], 0); err != nil || !isDER(first[:]) {
		return false, errors.Join(err, closeFile())
	}
	h := sha256.New()
	n, err := io.Copy(h, io.NewSectionReader(r, 0, size))
	if err = errors.Join(err, closeFile()); err != nil {
		return false, err
	}
	if n != size {
		return false, errors.New("shorter than the file system says")
	}
	c, err := certpath.OpenCRL(f.open)
	if err == nil {
		err = c.CheckEntries() // a list that is damaged anywhere counts as absent
	}
	if err != nil {
		return false, err
	}
	sum := [sha256.Size]byte(h.Sum(nil))
	l.take(name, UseRevocation, sum)
	l.keep(c, sum, name)
	return true, nil
}
