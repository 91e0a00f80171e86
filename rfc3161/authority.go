package rfc3161

import (
	"github.com/exhibit-dev/exhibit/internal/certpath"
	"github.com/exhibit-dev/exhibit/internal/signercheck"
	"github.com/exhibit-dev/exhibit/trust/pki"
)

// authority is what a token asks of its signer, a time-stamping authority.
var authority = signercheck.Profile{
	Kind: Kind, Prefix: "tsp", Object: "the token", Content: "TSTInfo", Needs: "RFC 3161",
	NoAnchor: "no anchor for time-stamping authorities was given",
	Purpose:  onlyTimeStamping,
	Clauses:  signercheck.Clauses{ESS: "RFC 5816 2.2.1", Purpose: "RFC 3161 2.3", Revocation: "RFC 3161 4"},
}

// onlyTimeStamping is RFC 3161, section 2.3: the purpose is time-stamping, alone and
// critical.
func onlyTimeStamping(c *pki.Certificate) string {
	purposes, present, critical := c.ExtKeyUsage()
	switch {
	case !present:
		return "no extended key usage"
	case len(purposes) != 1 || purposes[0] != certpath.OIDTimeStamping:
		return "the extended key usage is not time-stamping alone"
	case !critical:
		return "the extended key usage is not critical"
	}
	return ""
}

// judge prepares the judgement of the authority. genTime is the token's own word, and
// the time of signing: the authority is the witness of it.
func (v *verifier) judge() signercheck.Judge {
	return signercheck.Judge{
		Profile: &authority, Env: v.env, Anchors: v.env.TSA, Record: v.p, Ignore: v.ignore,
		Signed: signercheck.Signed{CMS: v.signed, Info: v.Token.signer, Attrs: &v.attrs},
		Time:   signercheck.SigningTime(v.info.genTime, "genTime", v.poe),
	}
}
