package attest

import (
	"time"

	"github.com/exhibit-dev/exhibit/internal/sigalg"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/verdict"
)

const noTime = "no time of validation was given"

// judgeKey asks whether the key was in force when the signature was made, as far as
// that is known.
func (v *verifier) judgeKey() {
	if v.at.IsZero() {
		for _, check := range []string{checkWindow, checkRevoked} {
			v.refuse(check, verdict.Custom, reasonNoTime, noTime, refPast)
		}
		return
	}
	switch k := v.key; {
	case v.early(k):
		v.refuse(checkWindow, verdict.OutOfBoundsNoPOE, reasonEarly, "the key is valid from "+verdict.FormatTime(k.NotBefore)+v.judgedAt(), refPast)
	case v.late(k):
		v.refuse(checkWindow, verdict.OutOfBoundsNoPOE, reasonExpired, "the key was valid until "+verdict.FormatTime(k.NotAfter)+v.judgedAt(), refPast)
	case k.NotBefore.IsZero() && k.NotAfter.IsZero():
		v.pass(checkWindow, "unbounded", refPast)
	default:
		v.pass(checkWindow, "", refPast)
	}
	if v.key.NotAfter.IsZero() || v.key.NotBefore.IsZero() {
		v.p.NotChecked("key-window", "unbounded: the trusted key states no "+missingBound(v.key))
	}
	if v.revoked(v.key) {
		v.refuse(checkRevoked, verdict.RevokedNoPOE, reasonRevoked, "the key was revoked at "+verdict.FormatTime(v.revokedAt(v.key))+v.judgedAt(), refPast)
	}
	v.pass(checkRevoked, "", refPast)
}

func missingBound(k *trust.Key) string {
	switch {
	case k.NotAfter.IsZero() && k.NotBefore.IsZero():
		return "begin and no end of its use"
	case k.NotAfter.IsZero():
		return "end of its use"
	}
	return "begin of its use"
}

// judgedAt explains the time of judgement.
func (v *verifier) judgedAt() string {
	if v.poe != nil && v.at.Equal(v.poe.NotLaterThan) {
		return "; " + v.poe.Source + " proves that the signature existed at " + verdict.FormatTime(v.at)
	}
	return "; no proof of existence shows that the signature is older than " + verdict.FormatTime(v.at)
}

func (v *verifier) early(k *trust.Key) bool { return v.at.Before(k.NotBefore) }

// late counts the last second whole, as for certificates.
func (v *verifier) late(k *trust.Key) bool {
	return !k.NotAfter.IsZero() && !v.at.Before(k.NotAfter.Add(time.Second))
}

func (v *verifier) revoked(k *trust.Key) bool {
	at := v.revokedAt(k)
	return !at.IsZero() && !v.at.Before(at)
}

// revokedAt is the earliest revocation of the key under any id: a key that was
// revoked in one entry is not good in another.
func (v *verifier) revokedAt(k *trust.Key) time.Time {
	at := k.RevokedAt
	for other := range v.trusted() {
		if r := other.RevokedAt; !r.IsZero() && (at.IsZero() || r.Before(at)) && other.SHA256() == k.SHA256() {
			at = r
		}
	}
	return at
}

// judgeAlgorithms judges digest and key by the table of dates.
func (v *verifier) judgeAlgorithms() {
	digest := trust.Use{Digest: v.hash(v.key)}
	if v.key.Alg == trust.Ed25519 && v.key.Signs == trust.Message {
		digest.Digest = v.key.Scheme().Digest
	}
	v.judgeUse(checkDigestAlg, reasonWeakDigest, digest)
	v.judgeUse(checkKeyAlg, reasonWeakKey, trust.Use{Key: v.key.Public.Kind, Bits: v.key.Public.Bits})
}

func (v *verifier) judgeUse(check, reason string, u trust.Use) {
	if v.at.IsZero() {
		v.refuse(check, verdict.Custom, reasonNoTime, noTime, refAlgorithms)
		return
	}
	table := v.env.Table()
	good, last := table.Good(u, v.at)
	if good {
		v.pass(check, "", refAlgorithms)
		return
	}
	sub := verdict.CryptoConstraintsFailure
	if end, once := table.End(u); once && !end.IsZero() {
		sub = verdict.CryptoConstraintsFailureNoPOE
	}
	v.refuse(check, sub, reason, u.Name()+" is not good enough at "+verdict.FormatTime(v.at)+" (last good day: "+last+")", refAlgorithms)
}

// judgeProfile holds the evidence to the way that the key signs.
func (v *verifier) judgeProfile() {
	if why := v.misfit(v.key); why != "" {
		v.refuse(checkProfile, verdict.SigConstraintsFailure, reasonProfile, why, refProfile)
	}
	v.pass(checkProfile, v.key.Signs, refProfile)
	if v.highS(v.key) {
		v.refuse(checkLowS, verdict.SigConstraintsFailure, reasonHighS, "s lies above half the order, and the key signs with low s", refLowS)
	}
	v.pass(checkLowS, "", refLowS)
}

func (v *verifier) highS(k *trust.Key) bool {
	if !k.LowS {
		return false
	}
	n, ok := v.numbersFor(k)
	return ok && k.Public.HighS(n)
}

// numbersFor reads r and s in the key's encoding.
func (v *verifier) numbersFor(k *trust.Key) (sigalg.Numbers, bool) {
	size := k.Public.NumberSize()
	switch {
	case size == 0:
		return sigalg.Numbers{}, false
	case v.jws != nil:
		return v.numbers, k.Public.Curve() == algorithms[v.jws.alg].curve
	case v.encoding(k) == trust.DER:
		return v.numbers, v.isDER
	}
	return sigalg.ParseP1363(v.sig, size)
}

// encoding is how the key encodes a signature in evidence of this form.
func (v *verifier) encoding(k *trust.Key) string {
	switch v.form {
	case P1363:
		return k.EncodingFor(trust.P1363)
	case JWS:
		return k.EncodingFor(trust.JOSE)
	case Profile:
		return k.EncodingFor(v.profile.Encoding)
	}
	return k.EncodingFor("")
}

// misfit says why the key cannot have made evidence of this form; "" when it can.
func (v *verifier) misfit(k *trust.Key) string {
	encoding := v.encoding(k)
	switch {
	case (k.Alg == trust.ECDSA) == (encoding == trust.Raw),
		v.form == P1363 && encoding != trust.P1363,
		v.form == JWS && encoding != trust.JOSE,
		v.form == Profile && encoding != v.profile.Encoding,
		v.form == Sig && encoding == trust.JOSE:
		return "the key signs by " + k.Alg + " in the encoding " + encoding + ", the evidence is " + string(v.form)
	case v.form == Profile && k.Signs != v.profile.Name,
		v.form != Profile && k.Signs != trust.Message && k.Signs != trust.Digest && k.Signs != trust.HexDigest:
		return "the key signs " + k.Signs
	case v.jws != nil && (k.Public.JOSE() != v.jws.alg || k.Hash != trust.JOSEHash(v.jws.alg)):
		return "the header says " + v.jws.alg + ", the key is on " + k.Public.Curve() + " and signs with " + k.Hash
	}
	return v.misfitLength(k, encoding)
}

// misfitLength compares the length of the value with the key's.
func (v *verifier) misfitLength(k *trust.Key, encoding string) string {
	ok := true
	switch {
	case v.jws != nil:
	case encoding == trust.DER:
		ok = v.isDER
	case encoding == trust.P1363:
		ok = len(v.sig) == 2*k.Public.NumberSize()
	case k.Alg == trust.Ed25519:
		ok = len(v.sig) == 64
	default:
		ok = len(v.sig) == (k.Public.Bits+7)/8
	}
	if ok {
		return ""
	}
	return "the value does not have the form or length that a signature by this key has"
}
