package main

import "github.com/exhibit-dev/exhibit/testvectors/internal/ca"

// house is another pair of authorities, for what the usual one cannot be: so old that
// SHA-1 still counted when it signed.
type house struct {
	root, signer, tsaRoot, tsa *ca.Cert
}

// oldStamp is a time at which the old house signed.
const oldStamp = "2012-06-01T12:00:00Z"

var oldHouse = once(func() *house {
	h := &house{root: ca.NewRoot("old-root", "2005-01-01", "2040-01-01"), tsaRoot: ca.NewRoot("old-tsa-root", "2005-01-01", "2040-01-01")}
	h.signer = h.root.Person("old-signer", ca.Lasting("2010-01-01", "2030-01-01"), ca.Holding(ca.RSAKey(2048, "old pdf signer")))
	h.tsa = h.tsaRoot.TSA("old-tsa", ca.Lasting("2010-01-01", "2035-01-01"))
	return h
})

// container is a signature by the old signer.
func (h *house) container() container { return container{by: h.signer, certs: []*ca.Cert{h.signer}} }

// stamped has a time-stamp of the old authority over its value.
func (h *house) stamped(at string) container {
	c := h.container()
	c.stamps = func(value []byte) []ca.Attribute {
		return []ca.Attribute{ca.One(oidStamp, h.token().over(value, at))}
	}
	return c
}

func (h *house) token() tokenSpec { return tokenSpec{container: container{by: h.tsa}} }
