package attest

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"slices"

	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/verdict"
)

// Content is implemented by subjects that can give their bytes. Ed25519 over the
// message and a detached JWS over it need them; for everything else a digest is
// enough. verdict.Bytes counts without it.
type Content interface {
	Content() ([]byte, error)
}

// NeedsContent reports whether Verify under these keys may ask the subject for its
// bytes, and not only for digests.
func (a *Attestation) NeedsContent(env trust.Env) bool {
	v := verifier{Attestation: a, env: &env}
	for k := range v.trusted() {
		detached := a.jws != nil && a.jws.detached
		if k.Signs == trust.Message && (detached || k.Alg == trust.Ed25519) && v.misfit(k) == "" {
			return true
		}
	}
	return false
}

// Digests lists the digests that Verify under these keys may ask of the subject.
func (a *Attestation) Digests(env trust.Env) (out []verdict.DigestOf) {
	v := verifier{Attestation: a, env: &env}
	if a.jws != nil {
		return []verdict.DigestOf{{Algorithm: trust.JOSEHash(a.jws.alg)}}
	}
	for k := range v.trusted() {
		if d := (verdict.DigestOf{Algorithm: k.Hash}); v.misfit(k) == "" && !slices.Contains(out, d) {
			out = append(out, d)
		}
	}
	return out
}

// data asks the subject, each digest once.
type data struct {
	subject verdict.Subject
	alg     string // of the last digest
	digest  []byte
}

func (d *data) sum(alg string) ([]byte, error) {
	if d.alg == alg {
		return d.digest, nil
	}
	b, err := d.subject.Digest(alg, nil)
	if err != nil {
		return nil, err
	}
	d.alg, d.digest = alg, b
	return b, nil
}

// known returns a digest that was asked for already, or that the subject can give.
func (d *data) known(alg string) []byte {
	b, err := d.sum(alg)
	if err != nil {
		return nil
	}
	return b
}

func (d *data) content() ([]byte, error) {
	switch s := d.subject.(type) {
	case verdict.Bytes:
		return s, nil
	case Content:
		return s.Content()
	}
	return nil, fmt.Errorf("the key signs the message itself, of which only digests are known: %w", verdict.ErrNotAtHand)
}

// hash is the digest that the signature is over. The algorithm of a JWS fixes it; a
// key that is said to use another one did not make the JWS, see misfit.
func (v *verifier) hash(k *trust.Key) string {
	if v.jws != nil {
		return trust.JOSEHash(v.jws.alg)
	}
	return k.Hash
}

// statement is the byte string that the key signs about the subject, as its entry
// says. For a JWS it is the payload.
func (v *verifier) statement(k *trust.Key) ([]byte, error) {
	switch {
	case v.profile != nil:
		return v.profile.Message(v.data.subject)
	case k.Signs == trust.Message:
		return v.data.content()
	}
	digest, err := v.data.sum(v.hash(k))
	if err != nil || k.Signs == trust.Digest {
		return digest, err
	}
	return hex.AppendEncode(nil, digest), nil
}

// signedMessage is what the scheme is applied to.
func (v *verifier) signedMessage(k *trust.Key) ([]byte, error) {
	if v.jws != nil && !v.jws.detached {
		return v.jws.signingInput(v.jws.payload), nil
	}
	s, err := v.statement(k)
	if err != nil || v.jws == nil {
		return s, err
	}
	return v.jws.signingInput(s), nil
}

// signedDigest is the digest of signedMessage. Where the key signs the message, the
// subject's own digest serves, and the data need not be at hand.
func (v *verifier) signedDigest(k *trust.Key) ([]byte, error) {
	if v.jws == nil && v.profile == nil && k.Signs == trust.Message {
		return v.data.sum(v.hash(k))
	}
	m, err := v.signedMessage(k)
	if err != nil {
		return nil, err
	}
	return verdict.Sum(v.hash(k), m), nil
}

// compare holds the payload of a JWS against the subject. Without a payload the
// signature itself reaches the subject.
func (v *verifier) compare(k *trust.Key) {
	if v.jws == nil || v.jws.detached {
		v.pass(checkSubject, "", refPayload)
		v.pass(checkSigned, "the signature covers the subject itself", refPayload)
		return
	}
	same, known, err := v.payloadFits(k)
	switch {
	case err != nil:
		v.noData(trial{err: err})
		return
	case !known:
		v.pass(checkSubject, "", refPayload)
		return // key-profile refuses it
	}
	v.pass(checkSubject, "", refPayload)
	switch {
	case same:
		v.pass(checkSigned, k.Signs, refPayload)
	case v.p.State(checkTrust) != verdict.CheckPassed:
		// What an untrusted key signs, nobody has said: a payload that differs proves nothing.
	default:
		v.refuse(checkSigned, verdict.HashFailure, reasonDigest, "the payload is not the "+k.Signs+" of the subject", refPayload)
	}
}

// payloadFits reports whether the payload of the JWS is what the key signs of the
// subject; known is false for a key that signs something else.
func (v *verifier) payloadFits(k *trust.Key) (same, known bool, err error) {
	digest, err := v.data.sum(v.hash(k))
	if err != nil {
		return false, false, err
	}
	switch k.Signs {
	case trust.Message:
		return bytes.Equal(verdict.Sum(v.hash(k), v.jws.payload), digest), true, nil
	case trust.Digest:
		return bytes.Equal(v.jws.payload, digest), true, nil
	case trust.HexDigest:
		return string(v.jws.payload) == hex.EncodeToString(digest), true, nil
	}
	return false, false, nil
}

// otherPayload reports whether the payload is not what this key signs: of two entries
// of one key the one that signs such payloads is meant, whatever their order.
func (v *verifier) otherPayload(k *trust.Key) bool {
	if v.jws == nil || v.jws.detached {
		return false
	}
	same, _, err := v.payloadFits(k)
	return err == nil && !same
}
