package attest

import (
	"bytes"
	"strings"

	"github.com/exhibit-dev/exhibit/internal/sigalg"
	"github.com/exhibit-dev/exhibit/verdict"
)

// Form is the form of the evidence. A file claims it by its extension.
type Form string

// The forms.
const (
	Sig     Form = "sig"     // a signature value; how it is encoded stands with the trusted key
	P1363   Form = "p1363"   // r and s of equal, exact length
	JWS     Form = "jws"     // a JSON Web Signature, compact or flattened
	Profile Form = "profile" // taken out of a service's evidence, see New
)

// FormOf returns the form that a file name claims: .sig, .p1363 or .jws, in any case.
func FormOf(name string) (Form, bool) {
	lower := strings.ToLower(name)
	for _, f := range []Form{Sig, P1363, JWS} {
		if strings.HasSuffix(lower, "."+string(f)) {
			return f, true
		}
	}
	return "", false
}

// Attestation is one parsed signature. It is not changed by any method and may be
// used by several goroutines.
type Attestation struct {
	form    Form
	raw     []byte // the evidence as it came
	sig     []byte // the signature value, out of hex or base64
	numbers sigalg.Numbers
	isDER   bool // numbers were read from sig as DER

	keyID       string      // "" when the evidence names none
	embedded    *sigalg.Key // nil when the evidence holds none
	embeddedSHA string

	jws     *jws
	profile *Parts
}

// Limits. Neither can be met by a signature that this program can judge.
const (
	maxSignature = 2048     // bytes; RSA with the largest modulus taken, 16384 bits
	maxJWS       = 16 << 20 // bytes of a JWS with its payload: the limit for evidence in all
)

// Parse reads evidence of the given form. The error is an *Error.
//
// A signature value is read as bytes, or as one line of hexadecimal or lines of
// base64, decided once: text that is not in the one spelling that encoding gives is
// refused.
func Parse(form Form, data []byte) (*Attestation, error) {
	a := &Attestation{form: form, raw: bytes.Clone(data)}
	var err *Error
	switch form {
	case Sig, P1363:
		if value, ok := plain(a.raw); ok {
			err = a.readValue(value)
		} else {
			err = bad(codeEncoding, "text that is neither hexadecimal nor base64 in its one spelling", "RFC 4648 3.5")
		}
	case JWS:
		err = a.readJWS(a.raw)
	default:
		err = bad(codeUnsupported, "unknown form "+string(form), "")
	}
	if err != nil {
		return nil, err
	}
	return a, nil
}

// Form returns the form of the evidence.
func (a *Attestation) Form() Form { return a.form }

// KeyID returns the key id that the evidence claims, "" when it names none.
func (a *Attestation) KeyID() string { return a.keyID }

// SignatureValue returns the signature value. A proof of existence over it, or over
// the whole evidence, says when the signature was made at the latest.
func (a *Attestation) SignatureValue() []byte { return bytes.Clone(a.sig) }

// Payload returns the payload of a JWS that carries one; ok is false otherwise.
func (a *Attestation) Payload() (payload []byte, ok bool) {
	if a.jws == nil || a.jws.detached {
		return nil, false
	}
	return bytes.Clone(a.jws.payload), true
}

// Parts is a signature that a service's profile took out of its own evidence.
type Parts struct {
	// Name is the name of the profile: only keys whose entry says signs: NAME count.
	Name      string
	Encoding  string // trust.DER, trust.P1363 or trust.Raw
	Signature []byte
	KeyID     string // "" when the evidence names none
	PublicKey []byte // SubjectPublicKeyInfo that travels with the evidence, nil if none
	// Message makes the bytes that the service signs out of the subject. Its error
	// wraps verdict.ErrNotAtHand when the subject cannot give what it takes.
	Message func(verdict.Subject) ([]byte, error)
}

// New returns the attestation of a service's profile. The error is an *Error.
func New(p Parts) (*Attestation, error) {
	p.Signature = bytes.Clone(p.Signature)
	a := &Attestation{form: Profile, raw: p.Signature, keyID: p.KeyID, profile: &p}
	if p.PublicKey != nil {
		k, err := sigalg.ParseKey(bytes.Clone(p.PublicKey))
		if err != nil {
			return nil, wrapKey(err, "the key inside the evidence")
		}
		a.embed(k)
	}
	if err := a.readParts(p.Encoding, p.Signature); err != nil {
		return nil, err
	}
	return a, nil
}
