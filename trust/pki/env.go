package pki

import (
	"github.com/exhibit-dev/exhibit/internal/certpath"
	"github.com/exhibit-dev/exhibit/trust"
)

// Certificate is a parsed X.509 certificate.
type Certificate = certpath.Certificate

// CRL is a certificate revocation list, in memory or in a file.
type CRL = certpath.CRL

// OCSPResponse is an OCSP response.
type OCSPResponse = certpath.OCSPResponse

// Anchor is a certificate whose name and key are believed.
type Anchor = certpath.Anchor

// Env is a trust.Env with X.509 material. It is handed over by value and not
// changed afterwards; the slices may be shared.
type Env struct {
	trust.Env
	TSA           []Anchor       // authorities of time-stamps
	Documents     []Anchor       // authorities of document signers
	Intermediates []*Certificate // may complete a path, never end one
	CRLs          []*CRL
	OCSP          []*OCSPResponse
	// Cache, when not nil, remembers signatures of certificates, CRLs and OCSP
	// responses that were already checked. It makes many tokens of one authority
	// cheap and changes no verdict.
	Cache *Cache
}

// Cache remembers checked signatures. It may be shared by goroutines and Envs.
type Cache = certpath.Cache

// NewCache returns an empty cache.
func NewCache() *Cache { return certpath.NewCache() }
