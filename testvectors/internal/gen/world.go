package main

import "github.com/exhibit-dev/exhibit/testvectors/internal/ca"

// world holds the authorities that most vectors share. Roots serve from 2020 to 2040; elliptic
// keys keep the files small.
type world struct {
	root, issuing, tsa *ca.Cert

	// An older hierarchy, for tokens of 2012.
	oldRoot, oldTSA *ca.Cert

	rootCRL, issuingCRL ca.Material // complete and good

	rsaKeys map[int]*ca.Key
}

func newWorld() *world {
	w := &world{}
	w.root = ca.NewRoot("root", "2020-01-01", "2040-01-01")
	w.issuing = w.root.CA("issuing")
	w.tsa = w.issuing.TSA("tsa")
	w.oldRoot = ca.NewRoot("old-root", "2008-01-01", "2040-01-01")
	w.oldTSA = w.oldRoot.TSA("old-tsa", ca.Lasting("2010-01-01", "2035-01-01"))
	w.rootCRL = w.root.CRL(ca.CRLSpec{Label: "root-good"})
	w.issuingCRL = w.issuing.CRL(ca.CRLSpec{Label: "issuing-good"})
	return w
}

// rsa keys are slow to find: each length is made once.
func (w *world) rsa(bits int) *ca.Key {
	if w.rsaKeys == nil {
		w.rsaKeys = map[int]*ca.Key{}
	}
	if w.rsaKeys[bits] == nil {
		w.rsaKeys[bits] = ca.RSAKey(bits, "tsa")
	}
	return w.rsaKeys[bits]
}
