package certpath

import (
	"sync"
)

// Anchor is a certificate whose name and key are believed, and where it came from.
type Anchor struct {
	Certificate *Certificate
	Origin      string // file of the trust directory, for the report
}

// cacheEntries bounds what a cache remembers of each kind. A run over many tokens
// of a few hundred authorities stays far below; a hostile stream of distinct
// certificates only empties the cache.
const cacheEntries = 4096

// cacheCertificate bounds the certificates that are kept. A larger one lies in the
// buffer of its token, and nothing that leads to it is remembered.
const cacheCertificate = 8 << 10

// Cache remembers parsed certificates and checked signatures. Entries are keyed by
// whole content, so a hit means that exactly these bytes were judged before. The
// zero value and nil remember nothing.
type Cache struct {
	mu    sync.RWMutex
	certs map[string]*Certificate
	edges map[edge]error
	looks map[look]lookResult
	signs map[signed]error
	rules map[chain]ruling
}

// chain is the certificates of a path, leaf first. Like edge it keeps them alive.
type chain [MaxPath]*Certificate

// edge is a certificate's signature under an issuer's key. Both certificates are
// kept alive by the key, so an address stands for the bytes behind it.
type edge struct{ child, issuer *Certificate }

// NewCache returns an empty cache.
func NewCache() *Cache {
	return &Cache{
		certs: make(map[string]*Certificate), edges: make(map[edge]error),
		looks: make(map[look]lookResult), signs: make(map[signed]error),
		rules: make(map[chain]ruling),
	}
}

// Parse is ParseCertificate, answered from the cache when the same bytes were
// parsed before.
func (c *Cache) Parse(raw []byte) (*Certificate, error) {
	if c == nil || c.certs == nil {
		return ParseCertificate(raw)
	}
	c.mu.RLock()
	cert := c.certs[string(raw)]
	c.mu.RUnlock()
	if cert != nil {
		return cert, nil
	}
	if len(raw) > cacheCertificate {
		cert, err := ParseCertificate(raw)
		if err == nil {
			cert.transient = true
		}
		return cert, err
	}
	own := append([]byte(nil), raw...) // the token's buffer must not be kept alive
	cert, err := ParseCertificate(own)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if known := c.certs[string(own)]; known != nil {
		return known, nil
	}
	if len(c.certs) >= cacheEntries {
		clear(c.certs)
	}
	c.certs[string(own)] = cert
	return cert, nil
}

// signedBy is CheckSignedBy, remembered.
func (c *Cache) signedBy(child, issuer *Certificate) error {
	if c == nil || c.edges == nil || child.transient || issuer.transient {
		return child.CheckSignedBy(issuer)
	}
	k := edge{child, issuer}
	c.mu.RLock()
	err, ok := c.edges[k]
	c.mu.RUnlock()
	if ok {
		return err
	}
	err = child.CheckSignedBy(issuer)
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.edges) >= cacheEntries {
		clear(c.edges)
	}
	c.edges[k] = err
	return err
}

// ruling is what validate said of a path, and what it cost.
type ruling struct {
	findings []Finding
	cost     int
}

// rulesOf remembers what validate said of a path, at no time in particular. The cost
// is remembered too: a search must end at the same place with a cache as without.
func (c *Cache) rulesOf(certs []*Certificate, validate func() ruling) ruling {
	if c == nil || c.rules == nil || anyTransient(certs) {
		return validate()
	}
	var k chain
	copy(k[:], certs)
	c.mu.RLock()
	r, ok := c.rules[k]
	c.mu.RUnlock()
	if ok {
		return r
	}
	r = validate()
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.rules) >= cacheEntries {
		clear(c.rules)
	}
	c.rules[k] = r
	return r
}

func anyTransient(certs []*Certificate) bool {
	for _, c := range certs {
		if c.transient {
			return true
		}
	}
	return false
}
