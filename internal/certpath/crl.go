package certpath

import (
	"bytes"
	"io"
	"math/big"
	"time"

	"github.com/exhibit-dev/exhibit/internal/der"
	"github.com/exhibit-dev/exhibit/internal/sigalg"
	"github.com/exhibit-dev/exhibit/verdict"
)

// CRL is a certificate revocation list (RFC 5280, section 5), in memory or behind
// an io.ReaderAt. What stands before and after the entries is held; the entries
// themselves are read anew at each look-up and never all held. A CRL is not changed
// after it was parsed and may be shared.
type CRL struct {
	Origin string // where it came from, for reports; set before it is used

	open openFunc
	size int64
	// head and tail are TBSCertList before and after the entries. A signature is
	// checked over head, the entries as they are read, and tail, so that nothing can
	// change between parsing and checking.
	head, tail           []byte
	entriesAt, entriesTo int64

	v2         bool
	issuer     []byte // Name, whole element
	thisUpdate time.Time
	nextUpdate time.Time
	sigAlg     der.Algorithm
	alg        sigalg.Algorithm
	algErr     error
	signature  []byte
	crlExtensions
}

// openFunc opens the list for one pass: its bytes, their number, and what ends it.
type openFunc = func() (io.ReaderAt, int64, func() error, error)

// ParseCRL reads one DER list and nothing after it; raw must not change afterwards.
// The error wraps ErrMalformed.
func ParseCRL(raw []byte) (*CRL, error) {
	c, err := OpenCRL(func() (io.ReaderAt, int64, func() error, error) {
		return bytes.NewReader(raw), int64(len(raw)), func() error { return nil }, nil
	})
	if err != nil {
		return nil, err
	}
	if err := c.CheckEntries(); err != nil {
		return nil, err
	}
	return c, nil
}

// OpenCRL reads a DER list that open makes readable. Only what stands before and
// after the entries is read now: a defect among the entries shows at each look-up,
// or in CheckEntries. open is called for each pass. The error wraps ErrMalformed or
// is the one of reading.
func OpenCRL(open func() (io.ReaderAt, int64, func() error, error)) (*CRL, error) {
	c := &CRL{open: open}
	r, size, closeList, err := open()
	if err != nil {
		return nil, err
	}
	c.size = size
	err = c.read(r)
	if closeErr := closeList(); err == nil {
		err = closeErr
	}
	if err != nil {
		return nil, err
	}
	return c, nil
}

// CheckEntries reads all entries and reports the first defect among them.
func (c *CRL) CheckEntries() error {
	_, err := c.scan(nil)
	return err
}

// Issuer returns the name of the issuer in words, for reports.
func (c *CRL) Issuer() string { return NameString(c.issuer) }

// ThisUpdate returns when the list was issued.
func (c *CRL) ThisUpdate() time.Time { return c.thisUpdate }

// NextUpdate returns when the next list is due; zero when the list does not say.
func (c *CRL) NextUpdate() time.Time { return c.nextUpdate }

// Delta reports whether the list holds only changes (RFC 5280, section 5.2.4).
func (c *CRL) Delta() bool { return c.base != nil }

// Number returns the CRL number (RFC 5280, section 5.2.3), nil when there is none.
func (c *CRL) Number() *big.Int {
	if c.number == nil {
		return nil
	}
	return new(big.Int).SetBytes(c.number)
}

// digestName is the digest that a pass over the list computes: the one that is
// signed. Schemes without one get a digest that only identifies what was read.
func (c *CRL) digestName() string {
	if c.algErr != nil || c.signsMessage() || verdict.DigestSize(c.alg.Digest) == 0 {
		return "sha256"
	}
	return c.alg.Digest
}

// signsMessage reports whether the signature scheme takes the message and not a
// digest of it.
func (c *CRL) signsMessage() bool {
	return c.alg.Scheme == sigalg.Ed25519 || c.alg.Scheme == sigalg.Ed448
}
