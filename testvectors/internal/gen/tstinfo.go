package main

// tstInfo is the signed content of a token (RFC 3161, 2.4.2).
type tstInfo struct {
	version    int64
	policy     string
	imprintAlg []byte
	imprint    []byte
	serial     int64
	genTime    string // as written in the file, so that it can be written wrongly
	accuracy   []byte
	ordering   bool
	nonce      int64 // 0 = none
	tsa        []byte
	exts       extensions
}

func (t tstInfo) encode() []byte {
	parts := [][]byte{
		integer(t.version), oid(t.policy), seq(t.imprintAlg, octets(t.imprint)),
		integer(t.serial), generalizedTime(t.genTime), t.accuracy,
	}
	if t.ordering {
		parts = append(parts, boolean(true))
	}
	if t.nonce != 0 {
		parts = append(parts, integer(t.nonce))
	}
	if t.tsa != nil {
		parts = append(parts, ctx(0, t.tsa))
	}
	if t.exts != nil {
		parts = append(parts, retag(0xa1, t.exts.encode()))
	}
	return seq(parts...)
}

// accuracy leaves out zero members.
func accuracy(seconds, millis, micros int64) []byte {
	var parts [][]byte
	if seconds != 0 {
		parts = append(parts, integer(seconds))
	}
	if millis != 0 {
		parts = append(parts, retag(0x80, integer(millis)))
	}
	if micros != 0 {
		parts = append(parts, retag(0x81, integer(micros)))
	}
	return seq(parts...)
}

// query is a request (RFC 3161, 2.4.1): for a verifier the expectation of its sender.
func query(data []byte, policy string, nonce int64) []byte {
	return queryBy(hashSHA256, data, policy, nonce)
}

func queryBy(h hashAlg, data []byte, policy string, nonce int64) []byte {
	parts := [][]byte{integer(1), seq(h.id(), octets(h.sum(data)))}
	if policy != "" {
		parts = append(parts, oid(policy))
	}
	if nonce != 0 {
		parts = append(parts, integer(nonce))
	}
	return seq(append(parts, boolean(true))...)
}
