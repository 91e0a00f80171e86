package certpath

import (
	"errors"
	"weak"

	"github.com/exhibit-dev/exhibit/internal/sigalg"
)

// look is a certificate looked up in a list. The pointers are weak: revocation data
// are large, and remembering must not keep them alive. A weak pointer equals only
// those to the same object, also after that is gone.
type look struct {
	crl  weak.Pointer[CRL]
	cert weak.Pointer[Certificate]
}

type lookResult struct {
	scan crlScan
	err  error
}

// dataSignature is the signature of a list, as it was read when its digest was
// taken, or of an OCSP response.
type dataSignature struct {
	crl    weak.Pointer[CRL]
	digest string
	ocsp   weak.Pointer[OCSPResponse]
}

type signed struct {
	data   dataSignature
	signer weak.Pointer[Certificate]
}

func weakCRL(c *CRL) weak.Pointer[CRL]                    { return weak.Make(c) }
func weakOCSP(r *OCSPResponse) weak.Pointer[OCSPResponse] { return weak.Make(r) }

// lookUp is CRL.scan, remembered; an error of reading is not, because it may pass.
func (c *Cache) lookUp(list *CRL, cert *Certificate) (crlScan, error) {
	if c == nil || c.looks == nil {
		return list.scan(cert)
	}
	k := look{weak.Make(list), weak.Make(cert)}
	c.mu.RLock()
	r, ok := c.looks[k]
	c.mu.RUnlock()
	if ok {
		return r.scan, r.err
	}
	r.scan, r.err = list.scan(cert)
	if r.err == nil || errors.Is(r.err, ErrMalformed) {
		c.mu.Lock()
		defer c.mu.Unlock()
		if len(c.looks) >= cacheEntries {
			clear(c.looks)
		}
		c.looks[k] = r
	}
	return r.scan, r.err
}

// signature remembers the outcome of verify; an error of reading is not
// remembered.
func (c *Cache) signature(data dataSignature, signer *Certificate, verify func() error) error {
	if c == nil || c.signs == nil {
		return verify()
	}
	k := signed{data, weak.Make(signer)}
	c.mu.RLock()
	err, ok := c.signs[k]
	c.mu.RUnlock()
	if ok {
		return err
	}
	err = verify()
	if err == nil || errors.Is(err, sigalg.ErrVerification) || errors.Is(err, sigalg.ErrUnsupported) || errors.Is(err, sigalg.ErrMalformed) {
		c.mu.Lock()
		defer c.mu.Unlock()
		if len(c.signs) >= cacheEntries {
			clear(c.signs)
		}
		c.signs[k] = err
	}
	return err
}
