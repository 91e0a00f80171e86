package main

import "github.com/exhibit-dev/exhibit/testvectors/internal/ca"

// query is a request (RFC 3161, 2.4.1): for a verifier the expectation of its sender.
func query(data []byte, policy string, nonce int64) []byte {
	return queryBy(ca.HashSHA256, data, policy, nonce)
}

func queryBy(h ca.HashAlg, data []byte, policy string, nonce int64) []byte {
	parts := [][]byte{ca.Integer(1), ca.Seq(h.ID(), ca.Octets(h.Sum(data)))}
	if policy != "" {
		parts = append(parts, ca.OID(policy))
	}
	if nonce != 0 {
		parts = append(parts, ca.Integer(nonce))
	}
	return ca.Seq(append(parts, ca.Boolean(true))...)
}

// PKIStatus values of RFC 3161.
const (
	granted         = 0
	grantedWithMods = 1
	rejection       = 2
	waiting         = 3
	revokedWarning  = 4
	unknownStatus   = 6
)

// reply wraps a token, or none, in a TimeStampResp.
func reply(status int64, token []byte) evidence {
	return evidence{ext: ".tsr", der: ca.Seq(ca.Seq(ca.Integer(status)), token)}
}
