package certpath

// responses takes all OCSP responses in.
func (s *survey) responses() {
	ids := newCertIDs(s.q.Certificate, s.q.Issuer)
	for _, r := range s.q.OCSP {
		s.response(r, ids)
	}
}

func (s *survey) response(r *OCSPResponse, ids *certIDs) {
	source := "ocsp " + r.Origin
	var ours []*singleResponse
	for i := range r.singles {
		fits, unknown := ids.fits(&r.singles[i])
		if fits {
			ours = append(ours, &r.singles[i])
		} else if unknown {
			s.ignore(source, "the digest algorithm of its certificate identifier is not known")
		}
	}
	if len(ours) == 0 {
		return
	}
	if r.unknown != "" {
		s.ignore(source, "its critical extension "+r.unknown.String()+" is not known")
		return
	}
	signer, weak, why := s.ocspSigner(r)
	if signer == nil {
		s.ignore(source, why)
		return
	}
	status, note := s.responderRevoked(r, signer)
	if status.State == RevocationRevoked && !status.Weak {
		s.ignore(source, "its responder is revoked")
		return
	}
	notGood := weak
	switch {
	case weak != "":
	case status.State == RevocationRevoked: // no proof against the responder, but nothing to believe it for
		notGood = "its responder is revoked by data " + status.Note
	case !s.stands(signer, r.producedAt):
		notGood = "its signer was not valid when it was produced"
	}
	for _, one := range ours {
		s.takeSingle(one, revokedFinding{thisUpdate: one.thisUpdate, source: source, note: note, weak: weak}, notGood)
	}
}

// takeSingle takes one answer in. notGood says why the response cannot clear a
// certificate, "" when it can.
func (s *survey) takeSingle(one *singleResponse, f revokedFinding, notGood string) {
	switch {
	case one.unknown != "":
		s.ignore(f.source, "its critical extension "+one.unknown.String()+" is not known")
	case one.status == statusRevoked:
		f.revocation = one.revoked
		s.revoked = append(s.revoked, f)
	case one.status != statusGood:
		s.ignore(f.source, "its status is unknown")
	case notGood != "":
		s.ignore(f.source, notGood)
	default:
		s.takeGood(goodFinding{thisUpdate: f.thisUpdate, nextUpdate: one.nextUpdate, reasons: allReasons, source: f.source, note: f.note}, one.cutoff)
	}
}
