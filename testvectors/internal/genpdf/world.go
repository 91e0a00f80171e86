package main

import "github.com/exhibit-dev/exhibit/testvectors/internal/ca"

// world holds the authorities that the vectors share: one house for signers of documents
// and one for time-stamps, with no certificate in common. Elliptic keys keep the files
// small, and their signatures are made without chance (RFC 6979).
var world = newWorld()

type authorities struct {
	root, issuing          *ca.Cert // of documents
	signer, second         *ca.Cert // valid 2024 to 2026
	tsaRoot, tsa, otherTSA *ca.Cert // the second one ends in 2025
}

func newWorld() (w authorities) {
	ca.Organization = "Exhibit PDF Test Authority"
	lasting := ca.Lasting("2023-01-01", "2035-01-01")
	w.root = ca.NewRoot("document-root", "2020-01-01", "2040-01-01")
	w.issuing = w.root.CA("document-issuing")
	w.signer, w.second = w.issuing.Person("signer"), w.issuing.Person("second-signer")
	w.tsaRoot = ca.NewRoot("tsa-root", "2020-01-01", "2040-01-01")
	w.tsa = w.tsaRoot.TSA("tsa", lasting)
	w.otherTSA = w.tsaRoot.TSA("tsa-ended", ca.Lasting("2024-01-01", "2026-01-01"))
	return w
}

// rsaSigner has an RSA key of 2048 bits, which is slow to find: it is made once.
var rsaSigner = once(func() *ca.Cert {
	return world.issuing.Person("rsa-signer", ca.Holding(ca.RSAKey(2048, "pdf signer")))
})

func once[T any](f func() T) func() T {
	var value T
	done := false
	return func() T {
		if !done {
			value, done = f(), true
		}
		return value
	}
}

// Times of the usual vectors. The signer's certificate has begun then, and not ended.
const (
	stampTime   = "2025-03-01T12:00:00Z" // of time-stamps in a signature
	archiveTime = "2025-06-01T12:00:00Z" // of document time-stamps
	judged      = "2026-06-01T00:00:00Z"
	afterEnding = "2028-06-01T00:00:00Z" // the signer's certificate has ended, that of the TSA has not
)

// lists are complete CRLs of all authorities, good at an update.
func lists(at string) (crls [][]byte) {
	for _, c := range []*ca.Cert{world.root, world.issuing, world.tsaRoot} {
		crls = append(crls, c.CRL(ca.CRLSpec{Label: c.Label, ThisUpdate: at}).Data)
	}
	return crls
}
