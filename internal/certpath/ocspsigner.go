package certpath

import (
	"fmt"

	"github.com/exhibit-dev/exhibit/internal/der"
	"github.com/exhibit-dev/exhibit/internal/sigalg"
	"github.com/exhibit-dev/exhibit/verdict"
)

// maxResponderKey bounds a public key that is compared with the digest in a response.
// The largest that can be used here has 4 KiB.
const maxResponderKey = 64 << 10

// ocspSigner returns the certificate under whose key the response is signed and
// which may answer for the issuer (RFC 6960, section 4.2.2.2); else why there is
// none. The issuer answers itself, or has signed the responder's certificate. weak
// says why the response counts as no proof, "" when it does: of several certificates
// one that lets it count is taken.
func (s *survey) ocspSigner(r *OCSPResponse) (signer *Certificate, weak, why string) {
	why = "its responder's certificate is not at hand"
	if s.namesResponder(r, s.q.Issuer) {
		err := s.ocspSignedBy(r, s.q.Issuer)
		if err == nil {
			return s.q.Issuer, s.ocspWeakness(r, s.q.Issuer), ""
		}
		why = notSigned(err)
	}
	tried := 0
	for _, list := range [][]*Certificate{r.certificates, s.q.Pool} {
		for _, x := range list {
			if x == s.q.Issuer || !s.namesResponder(r, x) {
				continue
			}
			if tried++; tried > maxSigners {
				return signer, weak, fmt.Sprintf("more than %d certificates fit its responder", maxSigners)
			}
			x, err := s.q.Cache.Parse(x.Raw) // one address for the certificate of many responses
			if err != nil {
				continue
			}
			whyNot := s.whyNotResponder(r, x)
			if whyNot != "" {
				why = whyNot
				continue
			}
			w := s.ocspWeakness(r, x)
			if w == "" {
				return x, "", ""
			}
			if signer == nil {
				signer, weak = x, w
			}
		}
	}
	return signer, weak, why
}

// ocspWeakness judges the signature of the response and that of its responder's
// certificate.
func (s *survey) ocspWeakness(r *OCSPResponse, signer *Certificate) string {
	alg, err := sigalg.Parse(r.sigAlg, "")
	if err != nil {
		return reading(err)
	}
	if why := s.weakness(alg.Digest, signer); why != "" || signer == s.q.Issuer {
		return why
	}
	if alg, err = signer.Algorithm(); err != nil {
		return reading(err)
	}
	if why := s.weakness(alg.Digest, s.q.Issuer); why != "" {
		return "its responder's certificate is " + why
	}
	return ""
}

// whyNotResponder says why a certificate is no responder of the issuer, or has not
// signed the response.
func (s *survey) whyNotResponder(r *OCSPResponse, x *Certificate) string {
	purposes, _, _ := x.ExtKeyUsage()
	bits, limited := x.KeyUsage()
	switch {
	case !s.names.same(x.RawIssuer, s.q.Issuer.RawSubject):
		return "its responder has another issuer"
	case !containsOID(purposes, OIDOCSPSigning):
		return "its responder's extended key usage lacks OCSPSigning"
	case limited && bits&(DigitalSignature|NonRepudiation) == 0:
		return "its responder's key usage allows no signatures"
	case !x.ValidAt(r.producedAt):
		return "its responder was not valid when it was produced"
	case len(checkExtensions(x, nil)) > 0:
		return "its responder's certificate has an extension that is not known or cannot be read"
	}
	if err := s.ocspSignedBy(r, x); err != nil {
		return notSigned(err)
	}
	if !s.spend(cost(s.q.Issuer)) {
		return errBudget.Error()
	}
	if s.q.Cache.signedBy(x, s.q.Issuer) != nil {
		return "its responder's certificate is not signed by the issuer's key"
	}
	return ""
}

func containsOID(list []der.OID, oid der.OID) bool {
	for _, x := range list {
		if x == oid {
			return true
		}
	}
	return false
}

// namesResponder reports whether responderID fits the certificate (RFC 6960,
// section 4.2.2.3).
func (s *survey) namesResponder(r *OCSPResponse, c *Certificate) bool {
	if r.responder != nil {
		return s.names.same(r.responder, c.RawSubject)
	}
	if len(c.RawSPKI) > maxResponderKey {
		return false
	}
	sum, known := s.keys[c]
	if !known {
		if bits := c.keyBits(); bits != nil {
			sum = string(verdict.Sum("sha1", bits))
		}
		s.keys[c] = sum
	}
	return sum != "" && sum == string(r.responderKey)
}

func (s *survey) ocspSignedBy(r *OCSPResponse, signer *Certificate) error {
	return s.check(dataSignature{ocsp: weakOCSP(r)}, signer, len(r.rawTBS), func(key *sigalg.Key) error {
		alg, err := sigalg.Parse(r.sigAlg, "")
		if err != nil {
			return err
		}
		return key.Verify(alg, r.rawTBS, r.signature)
	})
}

// responderRevoked judges the responder's own revocation, which a certificate with
// id-pkix-ocsp-nocheck declares superfluous (RFC 6960, section 4.2.2.2.1). Only CRLs
// are asked, once for each responder, so one responder cannot vouch for another in a
// circle.
func (s *survey) responderRevoked(r *OCSPResponse, signer *Certificate) (status RevocationStatus, note string) {
	if signer == s.q.Issuer || signer.Extension(oidOCSPNoCheck) != nil {
		return RevocationStatus{}, ""
	}
	sub := s.responders[signer.SHA256()]
	if sub == nil {
		sub = s.of(signer)
		sub.lists()
		s.responders[signer.SHA256()] = sub
	}
	sub.q.From = r.producedAt
	if status = sub.decide(); status.State == RevocationUnknown {
		note = "the OCSP responder has no nocheck extension, and its own revocation was not checked"
	}
	return status, note
}
