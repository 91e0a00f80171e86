package verify

import (
	"context"
	"encoding/hex"
	"slices"

	"github.com/exhibit-dev/exhibit/attest"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/verdict"
)

// Signature is the format of bare signature values beside a file: ECDSA in DER,
// Ed25519 and RSA. Which of them it is, only the trusted key says.
func Signature() Format { return attestations(attest.Sig) }

// P1363 is the format of bare ECDSA signatures as two numbers of equal length.
func P1363() Format { return attestations(attest.P1363) }

// JWS is the format of JSON Web Signatures, with their payload or without.
func JWS() Format { return attestations(attest.JWS) }

// attestations has no Sniff: a signature value is as good as random, and a JSON Web
// Signature may be a document that just happens to be signed.
func attestations(form attest.Form) Format {
	return Format{
		Kind: attest.Kind, Code: "ecdsa", Proves: verdict.ProvesSignature,
		Extensions: []string{"." + string(form)},
		Open: func(data []byte) (Evidence, error) {
			a, err := attest.Parse(form, data)
			if err != nil {
				return nil, err
			}
			return attestation{a}, nil
		},
		Unreadable: attest.Unreadable,
	}
}

type attestation struct{ *attest.Attestation }

// Commitments reads the payload of a JWS as what the trusted keys sign. Without a
// payload there is no digest in the evidence.
func (a attestation) Commitments(env Env) (out []Commitment) {
	payload, ok := a.Payload()
	if !ok {
		return nil
	}
	for _, of := range a.Digests(env.Env.Env) { // the one that the header fixes
		for _, signs := range a.signs(env.Keys) {
			if d := digestIn(payload, signs, of.Algorithm); len(d) == verdict.DigestSize(of.Algorithm) {
				out = append(out, Commitment{Algorithm: of.Algorithm, Digest: d})
			}
		}
	}
	return out
}

// digestIn returns the digest of the subject that a payload stands for, nil when it is
// none.
func digestIn(payload []byte, signs, alg string) []byte {
	switch signs {
	case trust.Message:
		return verdict.Sum(alg, payload)
	case trust.Digest:
		return payload
	case trust.HexDigest:
		if d, err := hex.DecodeString(string(payload)); err == nil && hex.EncodeToString(d) == string(payload) {
			return d
		}
	}
	return nil
}

// signs lists what the keys sign that may have made the JWS, each once; the message
// where there is none, because the payload then stands for itself.
func (a attestation) signs(keys []trust.Key) (out []string) {
	for i := range keys {
		k := &keys[i]
		if k.Alg == trust.ECDSA && (k.ID == "" || a.KeyID() == "" || k.ID == a.KeyID()) && !slices.Contains(out, k.Signs) {
			out = append(out, k.Signs)
		}
	}
	if len(out) == 0 {
		out = []string{trust.Message}
	}
	return out
}

func (a attestation) Asks(env Env) Needs {
	return Needs{Digests: a.Digests(env.Env.Env), Content: a.NeedsContent(env.Env.Env)}
}

// Fits asks for the equation alone: a signature by a key that is out of its time is
// still one over this subject.
func (a attestation) Fits(s verdict.Subject, env Env) bool {
	r := a.Attestation.Verify(s, env.Env.Env)
	return passed(&r.Result, "signed-digest", "signature")
}

func (a attestation) Verify(_ context.Context, s verdict.Subject, env Env) verdict.Result {
	return a.Attestation.Verify(s, env.Env.Env).Result
}

func (a attestation) Claims() any { return a.Attestation.Claims() }
