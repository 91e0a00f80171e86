package main

import (
	"bytes"

	"github.com/exhibit-dev/exhibit/testvectors/internal/ca"
)

// format: files that are no token at all, or break its outer form.
func (s *suite) format() {
	token := s.token()
	whole := reply(granted, token.der)
	cut := func(e evidence, n int) evidence { return evidence{ext: e.ext, der: e.der[:n]} }
	s.add("empty", "an empty file", evidence{ext: ".tst", der: []byte{}}).refused("tsp.malformed")
	s.add("text", "plain text", evidence{ext: ".tst", der: []byte("this is no token\n")}).refused("tsp.malformed")
	s.add("truncated-last-byte", "the last byte is missing", cut(token, len(token.der)-1)).refused("tsp.malformed")
	s.add("truncated-half", "the second half is missing", cut(token, len(token.der)/2)).refused("tsp.malformed")
	s.add("truncated-reply", "a reply without its last byte", cut(whole, len(whole.der)-1)).refused("tsp.malformed")
	s.add("outer-type", "the ContentInfo claims to be plain data", s.token(editSigned(func(d *ca.SignedData) {
		d.OuterType = ca.OIDData
	}))).refused("tsp.malformed")
	s.add("detached", "the content is left out", s.token(editSigned(func(d *ca.SignedData) {
		d.Content = nil
	}))).refused("tsp.malformed")
	s.add("request", "a request under the name of a reply", evidence{ext: ".tsr", der: query(letter, "", 0)}).refused("tsp.malformed")
	s.signerCounts()
	s.replies(token)
	s.limits()
}

func (s *suite) signerCounts() {
	s.add("signer-none", "no signerInfo", s.token(editSigned(func(d *ca.SignedData) {
		d.Signers = nil
	}))).refused("tsp.signer-count")
	s.add("signer-two", "a second signerInfo, by another authority and right in itself", s.token(editSigned(func(d *ca.SignedData) {
		d.Signers = append(d.Signers, s.secondSigner())
	}))).refused("tsp.signer-count")
}

func (s *suite) secondSigner() []byte {
	var info []byte
	other := s.issuing.TSA("tsa-other")
	s.signedData(by(other), editSigned(func(d *ca.SignedData) { info = d.Signers[0] }))
	return info
}

func (s *suite) replies(token evidence) {
	s.add("reply-no-token", "granted, but without a token", reply(granted, nil)).refused("tsp.no-token")
	s.add("reply-rejected", "a rejection without a token", reply(rejection, nil)).refused("tsp.no-token")
	for _, c := range []struct {
		id, comment string
		status      int64
	}{
		{"status-rejection", "a rejection that carries a token", rejection},
		{"status-waiting", "waiting, but with a token", waiting},
		{"status-revocation-warning", "revocationWarning, but with a token", revokedWarning},
		{"status-unknown", "a status that nobody defined", unknownStatus},
	} {
		s.add(c.id, c.comment, reply(c.status, token.der)).refused("tsp.status")
	}
}

// limits: 64 certificates are allowed, one more is beyond our own limit.
func (s *suite) limits() {
	filled := func(n int) evidence {
		return s.token(editSigned(func(d *ca.SignedData) {
			for i := len(d.Certs); i < n; i++ {
				d.Certs = append(d.Certs, ca.Seq(ca.Integer(int64(i))))
			}
		}))
	}
	s.add("certificates-at-limit", "64 entries in the certificate set, most of them no certificates", filled(64)).openssl("")
	s.add("certificates-over-limit", "65 entries: more than we read", filled(65)).refused("tsp.limit").openssl("")
}

// trailing bytes belong to nothing.
func (s *suite) trailing() {
	token := s.token()
	followed := func(e evidence, more ...byte) evidence {
		return evidence{ext: e.ext, der: append(bytes.Clone(e.der), more...)}
	}
	s.add("trailing-byte", "one byte behind the token", followed(token, 0)).refused("tsp.trailing-data")
	s.add("trailing-byte-reply", "one byte behind the reply", followed(reply(granted, token.der), 0)).
		refused("tsp.trailing-data")
	s.add("trailing-token", "a second token behind the first", followed(token, token.der...)).
		refused("tsp.trailing-data")
}
