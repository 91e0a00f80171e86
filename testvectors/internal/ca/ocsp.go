package ca

// OCSPSpec says how an OCSP response is made (RFC 6960).
type OCSPSpec struct {
	Label      string
	Of         *Cert // whose status
	Issuer     *Cert // who issued it
	Responder  *Cert // who signs; nil = the issuer itself
	ThisUpdate string
	Status     []byte // nil = good
	Cutoff     string // archiveCutoff
}

func (s OCSPSpec) Defaults() OCSPSpec {
	if s.ThisUpdate == "" {
		s.ThisUpdate = UsualUpdate
	}
	if s.Responder == nil {
		s.Responder = s.Issuer
	}
	if s.Status == nil {
		s.Status = CtxPrimitive(0, nil)
	}
	return s
}

// OCSP is a response file.
func OCSP(s OCSPSpec) Material {
	return Material{"revocation", s.Label + ".ocsp", OCSPResponse(BasicOCSP(s))}
}

func OCSPResponse(basic []byte) []byte {
	return Seq(Enumerated(0), Ctx(0, Seq(OID(OIDOCSPBasic), Octets(basic))))
}

func BasicOCSP(s OCSPSpec) []byte {
	s = s.Defaults()
	tbs := Seq(Ctx(2, Octets(s.Responder.Key.ID())), GenTimeOf(s.ThisUpdate), Seq(s.Single()))
	alg := Usual(s.Responder.Key, HashSHA256)
	parts := [][]byte{tbs, alg.ID, BitString(alg.Sign(s.Responder.Key, tbs))}
	if s.Responder != s.Issuer {
		parts = append(parts, Ctx(0, Seq(s.Responder.DER)))
	}
	return Seq(parts...)
}

func (s OCSPSpec) Single() []byte {
	id := Seq(HashSHA1.ID(), Octets(HashSHA1.Sum(s.Issuer.Name)), Octets(s.Issuer.Key.ID()), BigInteger(s.Of.Serial))
	parts := [][]byte{id, s.Status, GenTimeOf(s.ThisUpdate), Ctx(0, GenTimeOf(NextUpdate))}
	if s.Cutoff != "" {
		exts := Extensions{{OIDArchiveCutoff, false, GenTimeOf(s.Cutoff)}}
		parts = append(parts, Ctx(1, exts.Encode()))
	}
	return Seq(parts...)
}

func OCSPRevoked(at string, reason int) []byte {
	if reason == NoReason {
		return Ctx(1, GenTimeOf(at))
	}
	return Ctx(1, GenTimeOf(at), Ctx(0, Enumerated(reason)))
}

func OCSPUnknown() []byte { return CtxPrimitive(2, nil) }
