package certpath

import (
	"crypto/sha256"
	"fmt"
	"time"

	"github.com/exhibit-dev/exhibit/internal/der"
	"github.com/exhibit-dev/exhibit/internal/sigalg"
	"github.com/exhibit-dev/exhibit/verdict"
)

// ocspSigner returns the certificate under whose key the response is signed and
// which may answer for the issuer (RFC 6960, section 4.2.2.2); else why there is
// none. The issuer answers itself, or has signed the responder's certificate.
func (s *survey) ocspSigner(r *OCSPResponse) (*Certificate, string) {
	why := "its responder's certificate is not at hand"
	if r.namesResponder(s.q.Issuer) {
		err := s.ocspSignedBy(r, s.q.Issuer)
		if err == nil {
			return s.q.Issuer, ""
		}
		why = notSigned(err)
	}
	tried := 0
	for _, list := range [][]*Certificate{r.certificates, s.q.Pool} {
		for _, x := range list {
			if x == s.q.Issuer || !r.namesResponder(x) {
				continue
			}
			if tried++; tried > maxSigners {
				return nil, fmt.Sprintf("more than %d certificates fit its responder", maxSigners)
			}
			x, err := s.q.Cache.Parse(x.Raw) // one address for the certificate of many responses
			if err != nil {
				continue
			}
			if why = s.whyNotResponder(r, x); why == "" {
				return x, ""
			}
		}
	}
	return nil, why
}

// whyNotResponder says why a certificate is no responder of the issuer, or has not
// signed the response.
func (s *survey) whyNotResponder(r *OCSPResponse, x *Certificate) string {
	purposes, _, _ := x.ExtKeyUsage()
	bits, limited := x.KeyUsage()
	switch {
	case !SameName(x.RawIssuer, s.q.Issuer.RawSubject):
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
func (r *OCSPResponse) namesResponder(c *Certificate) bool {
	if r.responder != nil {
		return SameName(r.responder, c.RawSubject)
	}
	bits := c.keyBits()
	return bits != nil && string(verdict.Sum("sha1", bits)) == string(r.responderKey)
}

func (s *survey) ocspSignedBy(r *OCSPResponse, signer *Certificate) error {
	return s.check(dataSignature{ocsp: weakOCSP(r)}, signer, func(key *sigalg.Key) error {
		alg, err := sigalg.Parse(r.sigAlg, "")
		if err != nil {
			return err
		}
		return key.Verify(alg, r.rawTBS, r.signature)
	})
}

// responderRevoked judges the responder's own revocation, which a certificate with
// id-pkix-ocsp-nocheck declares superfluous (RFC 6960, section 4.2.2.2.1). Only CRLs
// are asked, once for each responder, so one responder cannot vouch for another in a circle.
func (s *survey) responderRevoked(r *OCSPResponse, signer *Certificate) (revoked bool, note string) {
	if signer == s.q.Issuer || signer.Extension(oidOCSPNoCheck) != nil {
		return false, ""
	}
	status, ok := s.responders[signer.SHA256()]
	if !ok {
		q := *s.q
		q.Certificate, q.OCSP, q.From = signer, nil, time.Time{}
		sub := survey{q: &q, left: revocationBudget} // its own: lists must not crowd out responses
		sub.lists()
		status = sub.decide()
		if s.responders == nil {
			s.responders = make(map[[sha256.Size]byte]RevocationStatus)
		}
		s.responders[signer.SHA256()] = status
	}
	switch {
	case status.State == RevocationRevoked:
		return true, ""
	case status.State == RevocationGood && !status.ThisUpdate.Before(r.producedAt):
		return false, ""
	}
	return false, "the OCSP responder has no nocheck extension, and its own revocation was not checked"
}
