package attest

import (
	"fmt"
	"iter"

	"github.com/exhibit-dev/exhibit/internal/sigalg"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/verdict"
)

// find chooses the key that the attestation is judged under and records data,
// signature and signer. It reports whether there is one.
func (v *verifier) find() bool {
	if v.impossible() {
		v.refuse(checkRange, verdict.SigCryptoFailure, reasonRange, "r or s is in the range of no curve", refRange)
		return false
	}
	var keys []*trust.Key
	if keys, v.named = v.candidates(); len(keys) == 0 {
		return false
	}
	best, open := v.tryAll(keys)
	switch {
	case v.named:
		v.key = best.key
		v.record(best)
		return true
	case best.state == holds:
		v.key = best.key
		v.pass(checkKeyID, "", refSigner)
		v.pass(checkTrust, "", refTrust)
		v.record(best)
		return true
	}
	v.noneFits(keys, best, open)
	return false
}

// impossible reports numbers that no key can have made, whatever its curve.
func (v *verifier) impossible() bool {
	n := v.numbers
	if v.form == P1363 {
		n, _ = sigalg.ParseP1363(v.sig, len(v.sig)/2)
	} else if v.jws == nil && !v.isDER {
		return false
	}
	return n.Zero() || n.Bits() > 8*maxNumber
}

// maxNumber is the length of the longest number that a known curve makes.
const maxNumber = 66

// trusted goes through the keys of the environment.
func (v *verifier) trusted() iter.Seq[*trust.Key] {
	return func(yield func(*trust.Key) bool) {
		for i := range v.env.Keys {
			if k := &v.env.Keys[i]; k.Public != nil && !yield(k) {
				return
			}
		}
	}
}

// candidates lists the trusted keys that may have signed; named says that the
// evidence itself points at them, so that a signature that does not hold under them
// is a proven defect.
func (v *verifier) candidates() (keys []*trust.Key, named bool) {
	switch {
	case v.embedded != nil:
		return v.byEmbedded(), true
	case v.keyID != "":
		return v.byKeyID()
	}
	for k := range v.trusted() {
		keys = append(keys, k)
	}
	if keys = v.usable(keys); len(keys) == 0 {
		v.refuse(checkSigner, verdict.NoSigningCertificateFound, reasonSigner,
			fmt.Sprintf("the evidence names no key, and none of the %d trusted keys signs in this form", len(v.env.Keys)), refSigner)
	}
	return keys, false
}

// byEmbedded takes the trusted keys that equal the key inside the evidence. Without
// one the signature is judged under the untrusted key and can prove nothing.
func (v *verifier) byEmbedded() []*trust.Key {
	var same, sameID []*trust.Key
	for k := range v.trusted() {
		if k.SHA256() != v.embeddedSHA {
			continue
		}
		same = append(same, k)
		if v.keyID == "" || k.ID == "" || k.ID == v.keyID {
			sameID = append(sameID, k)
		}
	}
	switch {
	case len(same) == 0:
		v.refuse(checkTrust, verdict.NoCertificateChainFound, reasonNotTrusted,
			"the key sha256:"+v.embeddedSHA+" travels with the evidence and is none of the trusted keys", refTrust)
		v.pass(checkKeyID, "", refSigner)
		return []*trust.Key{v.untrusted()}
	case len(sameID) == 0:
		v.refuse(checkKeyID, verdict.NoSigningCertificateFound, reasonKeyMismatch,
			fmt.Sprintf("the evidence names the key id %q and holds the key that is trusted as %q", v.keyID, same[0].ID), refSigner)
		sameID = same
	}
	v.pass(checkKeyID, "", refSigner)
	v.pass(checkTrust, "", refTrust)
	return sameID
}

// untrusted is the key inside the evidence, with what its algorithm alone fixes. Where
// that does not settle what is signed, a miss says nothing.
func (v *verifier) untrusted() *trust.Key {
	k, err := trust.NewKey(v.embedded)
	if err != nil {
		k.Public = v.embedded // of a kind that signs nothing here: key-profile says so
	}
	k.ID = v.keyID
	if v.jws != nil {
		k.Hash, k.Encoding = trust.JOSEHash(v.jws.alg), trust.JOSE
		v.assumed = v.jws.detached
		return &k
	}
	k.Signs, k.Encoding = v.profile.Name, v.profile.Encoding
	v.assumed = true
	return &k
}

// byKeyID takes the trusted keys of that id. A key that was given without an id was
// meant for this evidence by whoever gave it; the evidence does not name it.
func (v *verifier) byKeyID() (keys []*trust.Key, named bool) {
	var without []*trust.Key
	for k := range v.trusted() {
		switch k.ID {
		case v.keyID:
			keys = append(keys, k)
		case "":
			without = append(without, k)
		}
	}
	if len(keys) > 0 {
		v.pass(checkKeyID, "", refSigner)
		v.pass(checkTrust, "", refTrust)
		return keys, true
	}
	if keys = v.usable(without); len(keys) == 0 {
		v.refuse(checkSigner, verdict.NoSigningCertificateFound, reasonKeyUnknown,
			fmt.Sprintf("the key id %q is not among the %d trusted keys", v.keyID, len(v.env.Keys)), refSigner)
	}
	return keys, false
}

// usable leaves out the keys that do not sign in this form: they cannot have made it.
func (v *verifier) usable(keys []*trust.Key) (out []*trust.Key) {
	for _, k := range keys {
		if v.misfit(k) == "" {
			out = append(out, k)
		}
	}
	return out
}

// noneFits records that no trusted key verifies evidence that names none. This is
// no defect of the evidence, unless its numbers are out of range in themselves.
func (v *verifier) noneFits(keys []*trust.Key, best trial, open bool) {
	switch {
	case best.state == outOfRange:
		v.refuse(checkRange, verdict.SigCryptoFailure, reasonRange, best.detail, refRange)
	case open:
		v.noData(best)
	default:
		v.refuse(checkSigner, verdict.NoSigningCertificateFound, reasonSigner,
			fmt.Sprintf("the signature holds under none of the %d trusted keys that sign in this form", len(keys)), refSigner)
	}
}
