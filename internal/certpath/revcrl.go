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
	reasons reasonMask
}

// lists takes all CRLs in.
func (s *survey) lists() {
	var complete, deltas []usableCRL
	points := s.q.Certificate.distPoints()
	for _, c := range s.q.CRLs {
		u, ok := s.usable(c, points)
		switch {
		case !ok:
		case c.Delta():
			deltas = append(deltas, u)
		default:
			complete = append(complete, u)
		}
	}
	for i := range complete {
		s.takeList(&complete[i])
	}
	for i := range deltas {
		s.takeDelta(&deltas[i], complete)
	}
}

// usable judges scope and signer of a list and looks the certificate up.
func (s *survey) usable(c *CRL, points []distPoint) (u usableCRL, ok bool) {
	u = usableCRL{CRL: c, source: "crl " + c.Origin}
	scope := scopeOf(c, s.q.Certificate, points)
	if !scope.named {
		return u, false
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
		return u, false
	}
	var err error
	if u.crlScan, err = s.q.Cache.lookUp(c, s.q.Certificate); err != nil {
		s.ignore(u.source, reading(err))
		return u, false
	}
	var why string
	if u.signer, why = s.crlSigner(c, u.digest); u.signer == nil {
		s.ignore(u.source, why)
		return u, false
	}
	u.reasons = scope.reasons
	return u, true
}

func (s *survey) takeRevoked(u *usableCRL) {
	s.revoked = append(s.revoked, revokedFinding{revocation: u.entry, thisUpdate: u.thisUpdate, source: u.source})
}

// takeList takes a complete list in.
func (s *survey) takeList(u *usableCRL) {
	switch {
	case u.listed:
		s.takeRevoked(u)
	case s.mayClear(u):
		s.takeGood(goodFinding{thisUpdate: u.thisUpdate, reasons: u.reasons, source: u.source}, u.expiredAt)
	}
}

// mayClear reports whether the absence of the certificate says anything. A critical
// entry extension that is not known forbids to rely on any entry (RFC 5280, section
// 5.3); what it lists is heeded all the same.
func (s *survey) mayClear(u *usableCRL) bool {
	switch {
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
func (s *survey) takeDelta(d *usableCRL, complete []usableCRL) {
	if d.listed {
		s.takeRevoked(d)
		return
	}
	if !s.mayClear(d) {
		return
	}
	found := false
	for i := range complete {
		b := &complete[i]
		if !d.updates(b) {
			continue
		}
		found = true
		// removeFromCRL ends a hold; for any other reason it only says that an expired
		// certificate is no longer listed.
		if b.opaque || !s.stands(b.signer, b.thisUpdate) || b.listed && !(d.removed && b.entry.reason == reasonHold) {
			continue
		}
		f := goodFinding{thisUpdate: d.thisUpdate, reasons: d.reasons & b.reasons, source: b.source + ", " + d.source}
		s.takeGood(f, later(d.expiredAt, b.expiredAt))
		return
	}
	if !found {
		s.ignore(d.source, "a delta without the complete CRL that it changes")
	}
}

// updates reports whether the delta applies to the complete list: same issuer, key
// and scope, and numbers in order.
func (u *usableCRL) updates(b *usableCRL) bool {
	return u.number != nil && b.number != nil && SameName(u.CRL.issuer, b.CRL.issuer) &&
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
