package main

// ocspSpec says how an OCSP response is made (RFC 6960).
type ocspSpec struct {
	label      string
	of         *cert // whose status
	issuer     *cert // who issued it
	responder  *cert // who signs; nil = the issuer itself
	thisUpdate string
	status     []byte // nil = good
	cutoff     string // archiveCutoff
}

func (s ocspSpec) defaults() ocspSpec {
	if s.thisUpdate == "" {
		s.thisUpdate = usualUpdate
	}
	if s.responder == nil {
		s.responder = s.issuer
	}
	if s.status == nil {
		s.status = ctxPrimitive(0, nil)
	}
	return s
}

// ocsp is a response file.
func ocsp(s ocspSpec) material {
	return material{"revocation", s.label + ".ocsp", ocspResponse(basicOCSP(s))}
}

func ocspResponse(basic []byte) []byte {
	return seq(enumerated(0), ctx(0, seq(oid(oidOCSPBasic), octets(basic))))
}

func basicOCSP(s ocspSpec) []byte {
	s = s.defaults()
	tbs := seq(ctx(2, octets(s.responder.key.id())), genTimeOf(s.thisUpdate), seq(s.single()))
	alg := usual(s.responder.key, hashSHA256)
	parts := [][]byte{tbs, alg.id, bitString(alg.sign(s.responder.key, tbs))}
	if s.responder != s.issuer {
		parts = append(parts, ctx(0, seq(s.responder.der)))
	}
	return seq(parts...)
}

func (s ocspSpec) single() []byte {
	id := seq(hashSHA1.id(), octets(hashSHA1.sum(s.issuer.name)), octets(s.issuer.key.id()), bigInteger(s.of.serial))
	parts := [][]byte{id, s.status, genTimeOf(s.thisUpdate), ctx(0, genTimeOf(nextUpdate))}
	if s.cutoff != "" {
		exts := extensions{{oidArchiveCutoff, false, genTimeOf(s.cutoff)}}
		parts = append(parts, ctx(1, exts.encode()))
	}
	return seq(parts...)
}

func ocspRevoked(at string, reason int) []byte {
	if reason == noReason {
		return ctx(1, genTimeOf(at))
	}
	return ctx(1, genTimeOf(at), ctx(0, enumerated(reason)))
}

func ocspUnknown() []byte { return ctxPrimitive(2, nil) }
