package attest

import (
	"errors"

	"github.com/exhibit-dev/exhibit/internal/sigalg"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/verdict"
)

// state is what became of a signature under one key.
type state uint8

const (
	wrong      state = iota // the equation does not hold
	otherCurve              // the numbers are too long for the key's curve
	misfits                 // the key does not sign in this form, and nothing can be computed
	noData                  // the subject cannot give what was signed
	outOfRange              // the numbers are of the curve's length and not in 1..n-1
	holds
)

// trial is a signature under one key.
type trial struct {
	key    *trust.Key
	state  state
	detail string
	err    error // of noData
}

// tryAll tries the keys, each in its own way alone, and returns the best outcome:
// one that holds, and among those one whose key is in order. Of the others it returns
// the one to report; open says that a key could not be tried for lack of data.
func (v *verifier) tryAll(keys []*trust.Key) (best trial, open bool) {
	allOut := true
	var lacking trial
	for i, k := range keys {
		t := v.try(k)
		if t.state == noData {
			open, lacking = true, t
		}
		allOut = allOut && t.state == outOfRange
		if i == 0 || better(t, best) || t.state == holds && best.state == holds && v.faults(k) < v.faults(best.key) {
			best = t
		}
	}
	switch {
	case best.state == holds || allOut:
	case open:
		best = lacking
	case best.state == outOfRange: // another key could read the numbers: nothing is proven
		best.state = wrong
	}
	return best, open
}

func better(a, b trial) bool { return a.state == holds && b.state != holds }

// faults counts what would keep a key that verifies from passing.
func (v *verifier) faults(k *trust.Key) (n int) {
	for _, bad := range []bool{v.early(k), v.late(k), v.revoked(k), v.highS(k), v.misfit(k) != "", v.otherPayload(k)} {
		if bad {
			n++
		}
	}
	return n
}

func (v *verifier) try(k *trust.Key) trial {
	t := trial{key: k}
	if k.Alg == trust.ECDSA {
		n, ok := v.numbersFor(k)
		switch {
		case !ok:
			t.state, t.detail = misfits, v.misfit(k)
			return t
		case n.Zero():
			t.state, t.detail = outOfRange, "r or s is below 1"
			return t
		case !k.Public.InRange(n):
			t.state, t.detail = otherCurve, "r or s is longer than the order of "+k.Public.Curve()
			if v.named || v.jws != nil || k.Public.OutsideAll(n) { // else another curve may be meant
				t.state, t.detail = outOfRange, "r or s is not below the order of "+k.Public.Curve()
			}
			return t
		}
		digest, err := v.signedDigest(k)
		if err != nil {
			t.state, t.err = noData, err
		} else if k.Public.VerifyNumbers(digest, n) == nil {
			t.state = holds
		}
		return t
	}
	return v.tryOctets(k, t)
}

// tryOctets is for Ed25519 and RSA.
func (v *verifier) tryOctets(k *trust.Key, t trial) trial {
	if v.jws != nil || v.form == P1363 {
		t.state, t.detail = misfits, v.misfit(k)
		return t
	}
	var err error
	if k.Alg == trust.Ed25519 {
		message, e := v.signedMessage(k)
		if e != nil {
			t.state, t.err = noData, e
			return t
		}
		err = k.Public.Verify(k.Scheme(), message, v.sig)
	} else {
		digest, e := v.signedDigest(k)
		if e != nil {
			t.state, t.err = noData, e
			return t
		}
		err = k.Public.VerifyDigest(k.Scheme(), digest, v.sig)
	}
	switch {
	case err == nil:
		t.state = holds
	case errors.Is(err, sigalg.ErrVerification):
	default:
		t.state, t.detail = misfits, err.Error()
	}
	return t
}

// record writes down the trial of the key that the verdict is about.
func (v *verifier) record(t trial) {
	v.pass(checkSigner, t.key.Name(), refSigner)
	switch t.state {
	case misfits:
		return // key-profile says why nothing could be computed
	case outOfRange, otherCurve:
		v.refuse(checkRange, verdict.SigCryptoFailure, reasonRange, t.detail, refRange)
		return
	}
	v.pass(checkRange, "", refRange)
	switch t.state {
	case noData:
		v.noData(t)
		return
	case holds:
		v.pass(checkSignature, v.algorithmName(t.key), v.equationRef(t.key))
	case wrong:
		if v.assumed {
			return
		}
		v.refuse(checkSignature, verdict.SigCryptoFailure, reasonSignature,
			"the value does not verify under the key "+t.key.Name()+", which the evidence names", v.equationRef(t.key))
	}
	v.compare(t.key)
}

// noData records that the subject could not give what was signed.
func (v *verifier) noData(t trial) {
	sub, reason := verdict.SignedDataNotFound, reasonSubject
	if !errors.Is(t.err, verdict.ErrNotAtHand) {
		sub, reason = verdict.Custom, reasonIncomplete
	}
	v.refuse(checkSubject, sub, reason, t.err.Error(), refPayload)
}

func (v *verifier) algorithmName(k *trust.Key) string {
	if c := k.Public.Curve(); c != "" {
		return k.Scheme().Scheme.String() + " on " + c + " with " + v.hash(k)
	}
	return k.Scheme().String()
}

func (v *verifier) equationRef(k *trust.Key) string {
	switch k.Alg {
	case trust.ECDSA:
		return refEquation
	case trust.Ed25519:
		return refEd25519
	}
	return refRSA
}
