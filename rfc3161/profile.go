package rfc3161

import (
	"bytes"
	"strings"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"github.com/exhibit-dev/exhibit/internal/certpath"
	"github.com/exhibit-dev/exhibit/internal/der"
	"github.com/exhibit-dev/exhibit/internal/signercheck"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/verdict"
)

// oidQCStatements carries esi4-qtstStatement-1 (EN 319 422, section 9.1).
var oidQCStatements = der.MustOID("1.3.6.1.5.5.7.1.3")

// profile judges the constraints that do not depend on the path.
func (v *verifier) profile() {
	v.imprintAlgorithm()
	v.order()
	v.syntax()
	v.tsaName()
	v.extensions()
	v.expectations()
}

// imprintAlgorithm judges the digest that the token commits by, if it is known.
func (v *verifier) imprintAlgorithm() {
	var uses []trust.Use
	if v.info.imprintAlgorithm != "" {
		uses = []trust.Use{{Digest: v.info.imprintAlgorithm, Where: "messageImprint"}}
	}
	v.authority.Algorithms(checkImprintAlg, "weak-imprint", uses...)
}

const (
	reasonNoTime = "policy.no-time"
	noTime       = "no time of validation was given"
)

// order holds genTime against the time of validation and the proofs of existence.
func (v *verifier) order() {
	at := v.env.At
	switch {
	case at.IsZero():
		v.refuse(checkGenTime, verdict.Custom, reasonNoTime, noTime, refTimeStamp)
	case v.info.genTime.After(at.Add(v.info.accuracy)):
		v.refuse(checkGenTime, verdict.TimestampOrderFailure, "tsp.gen-time-future",
			"genTime "+verdict.FormatTime(v.info.genTime)+" is later than the time of validation", refTimeStamp)
	case v.poe != nil && v.poe.NotLaterThan.Before(v.info.genTime.Add(-v.info.accuracy)):
		v.refuse(checkGenTime, verdict.TimestampOrderFailure, "tsp.time-order",
			"the token is proven to have existed at "+verdict.FormatTime(v.poe.NotLaterThan)+", before its own genTime", refTimeStamp)
	default:
		v.pass(checkGenTime, verdict.FormatTime(v.info.genTime), refTimeStamp)
	}
}

func (v *verifier) syntax() {
	if v.info.looseTime {
		v.refuse(checkTimeSyntax, verdict.SigConstraintsFailure, "tsp.gen-time-syntax",
			"the fraction of genTime is empty or ends in zeros", refToken)
	} else {
		v.pass(checkTimeSyntax, "", refToken)
	}
	if v.reply != nil && !v.reply.granted() {
		v.refuse(checkStatus, verdict.SigConstraintsFailure, "tsp.status", "the reply's status is "+v.reply.String(), refToken)
	} else {
		v.pass(checkStatus, "", refToken)
	}
	if v.trailing > 0 {
		v.refuse(checkTrailing, verdict.SigConstraintsFailure, "tsp.trailing-data", "data follows the token or the reply", refToken)
	} else {
		v.pass(checkTrailing, "", refToken)
	}
}

// tsaName: where TSTInfo names the authority, the name is one of its certificate's.
func (v *verifier) tsaName() {
	switch {
	case v.info.tsa == nil:
		v.pass(checkTSAName, "", refToken)
	case v.authority.Signer() == nil: // not executed: there is no name to compare with
	case v.namesSigner(v.info.tsa):
		v.pass(checkTSAName, "", refToken)
	default:
		v.refuse(checkTSAName, verdict.SigConstraintsFailure, "tsp.tsa-name",
			"TSTInfo.tsa names "+generalNameString(v.info.tsa)+", the signer is "+v.authority.Signer().Subject(), refToken)
	}
}

func (v *verifier) namesSigner(name []byte) bool {
	signer := v.authority.Signer()
	if dn, ok := directoryName(name); ok {
		if certpath.SameName(dn, signer.RawSubject) {
			return true
		}
	}
	for _, alt := range signer.SubjectAltNames() {
		if bytes.Equal(alt, name) {
			return true
		}
		a, ok1 := directoryName(alt)
		b, ok2 := directoryName(name)
		if ok1 && ok2 && certpath.SameName(a, b) {
			return true
		}
	}
	return false
}

// directoryName returns the Name inside a GeneralName of that kind.
func directoryName(general []byte) (name []byte, ok bool) {
	s := cryptobyte.String(general)
	var dn cryptobyte.String
	ok = s.ReadASN1(&dn, asn1.Tag(4).Constructed().ContextSpecific()) && s.Empty()
	return dn, ok
}

func generalNameString(general []byte) string {
	if dn, ok := directoryName(general); ok {
		return certpath.NameString(dn)
	}
	s := cryptobyte.String(general)
	var value cryptobyte.String
	var tag asn1.Tag
	if !s.ReadAnyASN1(&value, &tag) {
		return "(unreadable name)"
	}
	switch tag & 0x1f {
	case 1, 2, 6: // e-mail, DNS, URI
		return cleanText(string(value))
	}
	return signercheck.ShortHex(general)
}

func (v *verifier) extensions() {
	var unknown []string
	for _, x := range v.info.extensions {
		if x.critical && x.oid != oidQCStatements {
			unknown = append(unknown, x.oid.String())
		}
	}
	if len(unknown) > 0 {
		v.refuse(checkExtensions, verdict.SigConstraintsFailure, "tsp.critical-extension",
			"unknown critical extension in TSTInfo: "+strings.Join(unknown, ", "), refToken)
		return
	}
	v.pass(checkExtensions, "", refToken)
}

// expectations compares the token with the request that it answers, if one is given.
func (v *verifier) expectations() {
	q := v.expect
	switch {
	case q != nil && (q.imprint != v.info.imprintOID || !bytes.Equal(q.Imprint, v.info.imprint)):
		v.refuse(checkNonce, verdict.SigConstraintsFailure, "tsp.request-other",
			"the request is over another imprint: this token does not answer it", refRequest)
	case q == nil || !q.hasNonce:
		v.pass(checkNonce, "no nonce is expected", refRequest)
	case !v.info.hasNonce:
		v.refuse(checkNonce, verdict.SigConstraintsFailure, "tsp.nonce", "the request has a nonce, the token has none", refRequest)
	case !bytes.Equal(q.nonce, v.info.nonce):
		v.refuse(checkNonce, verdict.SigConstraintsFailure, "tsp.nonce", "the token's nonce is not that of the request", refRequest)
	default:
		v.pass(checkNonce, "as requested", refRequest)
	}
	switch policy := v.info.policy.String(); {
	case q == nil || q.Policy == "":
		v.pass(checkPolicy, "no policy is expected", refRequest)
	case q.Policy != policy:
		v.refuse(checkPolicy, verdict.SigConstraintsFailure, "tsp.policy", "the request asks for policy "+q.Policy+", the token has "+policy, refRequest)
	default:
		v.pass(checkPolicy, "as requested", refRequest)
	}
}
