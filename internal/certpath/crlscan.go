package certpath

import (
	"errors"
	"fmt"
	"io"

	"github.com/exhibit-dev/exhibit/verdict"
)

// crlScan is what one pass over a list found.
type crlScan struct {
	digest  string     // of TBSCertList as it was read, by CRL.digestName
	listed  bool       // the certificate is revoked
	removed bool       // the certificate is listed as removeFromCRL, by a delta
	entry   revocation // when listed
	opaque  bool       // an entry, of any certificate, has a critical extension that is not known
}

// scan reads all entries, hashes them, and looks for cert; with nil it only reads.
func (c *CRL) scan(cert *Certificate) (out crlScan, err error) {
	r, closeList, err := c.reopen()
	if err != nil {
		return crlScan{}, err
	}
	defer func() {
		if closeErr := closeList(); err == nil && closeErr != nil {
			out, err = crlScan{}, closeErr
		}
	}()
	h := verdict.NewHash(c.digestName())
	h.Write(c.head)
	w := newEntryWindow(r, c.entriesAt, c.entriesTo, h)
	look := crlLook{crl: c, cert: cert}
	if cert != nil {
		look.serial, look.ours = trimNumber(cert.Serial), newNameFinder(cert.RawIssuer)
	}
	var e crlEntry
	for {
		s, more, err := w.next()
		if err != nil {
			return crlScan{}, err
		}
		if !more {
			break
		}
		if !e.read(s, c.v2) || !look.take(&e) {
			return crlScan{}, malformed("CRL: an entry")
		}
	}
	h.Write(c.tail)
	look.found.digest = string(h.Sum(nil))
	return look.found, nil
}

// reopen starts a pass over a list that must still have its length.
func (c *CRL) reopen() (io.ReaderAt, func() error, error) {
	r, size, closeList, err := c.open()
	if err != nil {
		return nil, nil, err
	}
	if size != c.size {
		return nil, nil, errors.Join(fmt.Errorf("CRL: its length changed from %d to %d", c.size, size), closeList())
	}
	return r, closeList, nil
}

// crlLook looks for one certificate among the entries.
type crlLook struct {
	crl    *CRL
	cert   *Certificate
	serial []byte // trimmed
	ours   *nameFinder
	// issuer is the certificateIssuer that is in force once one was seen: it holds
	// from its entry on (RFC 5280, section 5.3.3). Before, it is the list's issuer.
	issuer []byte
	named  bool
	// in is what concerns said of the issuer in force, once it was asked: the same
	// serial number may stand in every entry.
	in    issuerFit
	found crlScan
}

// issuerFit says whether the issuer in force is the one of the certificate.
type issuerFit uint8

const (
	fitUnasked issuerFit = iota
	fitOurs
	fitOther
	fitUnreadable
)

// take looks at one entry; false when it cannot be read.
func (l *crlLook) take(e *crlEntry) bool {
	if x := findExtension(e.extensions, oidCertificateIssuer); x != nil {
		l.issuer, l.named = append(l.issuer[:0], x.Value...), true // the window moves on
		l.in = fitUnasked
	}
	l.found.opaque = l.found.opaque || e.opaque()
	if l.cert == nil || string(trimNumber(e.serial)) != string(l.serial) {
		return true
	}
	if l.in == fitUnasked {
		l.in = l.concerns()
	}
	if l.in != fitOurs {
		return l.in != fitUnreadable
	}
	r := e.revocation()
	switch {
	case r.reason == reasonRemove && l.crl.Delta():
		l.found.removed = true
	case l.found.listed:
		l.found.entry.join(r)
	default:
		l.found.listed, l.found.entry = true, r
	}
	return true
}

// concerns compares the issuer in force with that of the certificate.
func (l *crlLook) concerns() issuerFit {
	if !l.named {
		if l.ours.is(l.crl.issuer) {
			return fitOurs
		}
		return fitOther
	}
	names, ok := readGeneralNames(l.issuer)
	if !ok {
		return fitUnreadable
	}
	for _, g := range names {
		if n := directoryName(g); n != nil && l.ours.is(n) {
			return fitOurs
		}
	}
	return fitOther
}
