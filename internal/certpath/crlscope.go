package certpath

// crlScope says how a list stands to a certificate by its names and its issuing
// distribution point. Nothing is verified yet.
type crlScope struct {
	named   bool       // the list is by an issuer that answers for the certificate
	why     string     // why it does not cover the certificate all the same, "" when it does
	reasons reasonMask // for which reasons it does
}

// scopeOf applies RFC 5280, section 6.3.3 (b) and (d). points are those of the
// certificate.
func (m nameMemo) scopeOf(c *CRL, cert *Certificate, points []distPoint) crlScope {
	direct := m.same(c.issuer, cert.RawIssuer)
	indirect := false
	for i := range points {
		indirect = indirect || m.directory(points[i].issuer, c.issuer)
	}
	if !direct && !indirect {
		return crlScope{}
	}
	s := crlScope{named: true}
	switch {
	case !direct && !c.point.indirect:
		s.why = "the certificate names its issuer, but it is no indirect CRL"
	case c.unknown != "":
		s.why = "its critical extension " + c.unknown.String() + " is not known"
	case c.point.attrOnly:
		s.why = "it covers attribute certificates only"
	case c.point.userOnly && cert.IsCA():
		s.why = "it covers end certificates only"
	case c.point.caOnly && !cert.IsCA():
		s.why = "it covers CA certificates only"
	default:
		s.reasons = m.reasonsFor(c, cert, points, direct)
		if s.reasons == 0 {
			s.why = "its distribution point is none of the certificate's"
		}
	}
	return s
}

// reasonsFor joins the reasons of all distribution points of the certificate that
// the list may serve. If none fits, the list may still be one that its issuer
// publishes for all certificates: then the point is the certificate's issuer itself,
// for all reasons (section 6.3.3, last paragraph).
func (m nameMemo) reasonsFor(c *CRL, cert *Certificate, points []distPoint, direct bool) reasonMask {
	own := allReasons
	if c.point.hasReason {
		own = c.point.reasons
	}
	var out reasonMask
	fits := false
	for i := range points {
		p := &points[i]
		byIssuer := direct && len(p.issuer) == 0 || m.directory(p.issuer, c.issuer)
		if byIssuer && m.pointFits(c, p) {
			fits = true
			out |= p.reasons & own
		}
	}
	if fits || !direct {
		return out
	}
	assumed := distPoint{name: pointName{full: [][]byte{generalName(cert.RawIssuer)}}}
	if m.pointFits(c, &assumed) {
		return own
	}
	return 0
}

// pointFits is section 6.3.3 (b)(2)(i).
func (m nameMemo) pointFits(c *CRL, p *distPoint) bool {
	if c.point.name.absent() {
		return true
	}
	theirs := p.issuer
	if !p.name.absent() {
		theirs = p.name.names(c.issuer)
	}
	return m.anySame(c.point.name.names(c.issuer), theirs)
}
