package certpath

import (
	"bytes"
	"time"
)

// usableCRL is a list whose scope and signer fit, and what it says.
type usableCRL struct {
	*CRL
	crlScan
	source  string
	signer  *Certificate
	why     string // why the issuer is not the signer
	weak    string // see revokedFinding
	reasons reasonMask
}

// lists takes all CRLs in. Those of the issuer itself are looked for first: whoever
// adds lists and certificates to the evidence cannot spend the budget before them.
func (s *survey) lists() {
	points := s.q.Certificate.distPoints()
	all := make([]*usableCRL, 0, len(s.q.CRLs))
	for _, c := range s.q.CRLs {
		if u := s.fitting(c, points); u != nil {
			all = append(all, u)
		}
	}
	var complete, deltas []*usableCRL
	for _, u := range all {
		switch {
		case !s.findSigner(u):
		case u.Delta():
			deltas = append(deltas, u)
		default:
			complete = append(complete, u)
		}
	}
	for _, u := range complete {
		s.takeList(u)
	}
	for _, u := range deltas {
		s.takeDelta(u, complete)
	}
}

// fitting judges the scope of a list, looks the certificate up, and sees whether the
// issuer has signed it; nil for a list that does not count.
func (s *survey) fitting(c *CRL, points []distPoint) *usableCRL {
	u := &usableCRL{CRL: c, source: "crl " + c.Origin}
	scope := s.names.scopeOf(c, s.q.Certificate, points)
	if !scope.named {
		return nil
	}
	work := 1
	if !c.point.name.absent() { // every name was compared with every name
		work += len(points)
	}
	if !s.spend(work) {
		scope.why = errBudget.Error()
	}
	if scope.why != "" {
		s.ignore(u.source, scope.why)
		return nil
	}
	var err error
	if u.crlScan, err = s.q.Cache.lookUp(c, s.q.Certificate); err != nil {
		s.ignore(u.source, reading(err))
		return nil
	}
	u.reasons = scope.reasons
	var ok bool
	if ok, u.why = s.signedByIssuer(c, u.digest); ok {
		u.signer = s.q.Issuer
	}
	return u
}

// findSigner looks for another signer of a list that the issuer did not sign, and
// judges the signature.
func (s *survey) findSigner(u *usableCRL) bool {
	if u.signer == nil {
		if u.signer, u.why = s.otherSigner(u.CRL, u.digest, u.why); u.signer == nil {
			s.ignore(u.source, u.why)
			return false
		}
	}
	u.weak = s.weakness(u.alg.Digest, u.signer)
	return true
}

func (s *survey) takeRevoked(u *usableCRL) {
	s.revoked = append(s.revoked, revokedFinding{revocation: u.entry, thisUpdate: u.thisUpdate, source: u.source, weak: u.weak})
}

// takeList takes a complete list in.
func (s *survey) takeList(u *usableCRL) {
	switch {
	case u.listed:
		s.takeRevoked(u)
	case s.mayClear(u):
		s.takeGood(goodFinding{thisUpdate: u.thisUpdate, nextUpdate: u.nextUpdate, reasons: u.reasons, source: u.source}, u.expiredAt)
	}
}

// mayClear reports whether the absence of the certificate says anything. A critical
// entry extension that is not known forbids to rely on any entry (RFC 5280, section
// 5.3); what it lists is heeded all the same.
func (s *survey) mayClear(u *usableCRL) bool {
	switch {
	case u.weak != "":
		s.ignore(u.source, u.weak)
	case u.opaque:
		s.ignore(u.source, "a critical extension of an entry is not known")
	case !s.stands(u.signer, u.thisUpdate):
		s.ignore(u.source, "its signer was not valid when it was issued")
	default:
		return true
	}
	return false
}

// takeDelta takes a delta in: what it revokes counts by itself, and good is what it
// and a complete list say together (RFC 5280, section 5.2.4).
func (s *survey) takeDelta(d *usableCRL, complete []*usableCRL) {
	if d.listed {
		s.takeRevoked(d)
		return
	}
	if !s.mayClear(d) {
		return
	}
	found := false
	for _, b := range complete {
		if !s.updates(d, b) {
			continue
		}
		found = true
		// removeFromCRL ends a hold; for any other reason it only says that an expired
		// certificate is no longer listed.
		if b.weak != "" || b.opaque || !s.stands(b.signer, b.thisUpdate) || b.listed && !(d.removed && b.entry.reason == reasonHold) {
			continue
		}
		f := goodFinding{thisUpdate: d.thisUpdate, nextUpdate: d.nextUpdate, reasons: d.reasons & b.reasons, source: b.source + ", " + d.source}
		s.takeGood(f, later(d.expiredAt, b.expiredAt))
		return
	}
	if !found {
		s.ignore(d.source, "a delta without the complete CRL that it changes")
	}
}

// updates reports whether the delta applies to the complete list: same issuer, key
// and scope, and numbers in order.
func (s *survey) updates(u, b *usableCRL) bool {
	return u.number != nil && b.number != nil && s.names.same(u.CRL.issuer, b.CRL.issuer) &&
		bytes.Equal(u.signer.RawSPKI, b.signer.RawSPKI) &&
		(u.rawPoint == nil) == (b.rawPoint == nil) && bytes.Equal(u.rawPoint, b.rawPoint) &&
		compareNumbers(b.number, u.base) >= 0 && compareNumbers(b.number, u.number) < 0
}

// later returns the later time, zero when one is missing: both lists must reach
// back.
func later(a, b time.Time) time.Time {
	switch {
	case a.IsZero() || b.IsZero():
		return time.Time{}
	case a.After(b):
		return a
	}
	return b
}
