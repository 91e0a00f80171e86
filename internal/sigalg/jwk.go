package sigalg

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"github.com/exhibit-dev/exhibit/internal/jsonstrict"
)

// JWK is a public key as RFC 7517 writes it.
type JWK struct {
	Key *Key
	ID  string // kid, "" when there is none
}

// private lists the members that only a secret key has (RFC 7518, sections 6.2.2,
// 6.3.2 and 6.4.1). One that holds any has leaked, or is a mistake.
var private = []string{"d", "p", "q", "dp", "dq", "qi", "oth", "k"}

// ParseJWK reads a JSON Web Key for verification: kty EC, OKP (Ed25519) or RSA, exact
// lengths, no private member, and use, key_ops and alg, where they stand, for
// signatures by this key. Unknown members are passed over (RFC 7517, section 4).
// The error wraps ErrUnsupported or ErrMalformed.
func ParseJWK(b []byte) (JWK, error) {
	v, err := jsonstrict.Parse(b)
	if err != nil {
		return JWK{}, fmt.Errorf("JWK: %w: %w", ErrMalformed, err)
	}
	return JWKFrom(&v)
}

// JWKFrom is ParseJWK for a value that was read already.
func JWKFrom(v *jsonstrict.Value) (JWK, error) {
	if v.Kind != jsonstrict.Object {
		return JWK{}, badJWK("no object")
	}
	for _, name := range private {
		if m := v.Get(name); m.Kind != jsonstrict.Absent {
			return JWK{}, badJWK("member %q belongs to a secret key", name)
		}
	}
	kty, err := member(v, "kty", true)
	if err != nil {
		return JWK{}, err
	}
	var k *Key
	switch kty {
	case "EC":
		k, err = jwkEC(v)
	case "OKP":
		k, err = jwkOKP(v)
	case "RSA":
		k, err = jwkRSA(v)
	default:
		err = fmt.Errorf("JWK of kind %.20q: %w", kty, ErrUnsupported)
	}
	if err != nil {
		return JWK{}, err
	}
	if err := jwkPurpose(v, k); err != nil {
		return JWK{}, err
	}
	id, err := member(v, "kid", false)
	if err != nil {
		return JWK{}, err
	}
	return JWK{k, id}, nil
}

func badJWK(format string, args ...any) error {
	return fmt.Errorf("JWK: %s: %w", fmt.Sprintf(format, args...), ErrMalformed)
}

// member returns a member that is a string.
func member(v *jsonstrict.Value, name string, needed bool) (string, error) {
	m := v.Get(name)
	switch {
	case m.Kind == jsonstrict.String:
		return m.Text, nil
	case m.Kind == jsonstrict.Absent && !needed:
		return "", nil
	}
	return "", badJWK("member %q is %s, not a string", name, m.Kind)
}

// octets returns a member in base64url, of exactly size bytes where size is given.
func octets(v *jsonstrict.Value, name string, size int) ([]byte, error) {
	text, err := member(v, name, true)
	if err != nil {
		return nil, err
	}
	b, ok := Base64URL(text)
	if !ok || size > 0 && len(b) != size {
		return nil, badJWK("member %q is no base64url of %d bytes", name, size)
	}
	return b, nil
}

// Base64URL decodes base64url without padding (RFC 7515, section 2) and refuses every
// spelling but the one that encoding gives: Go's decoder passes over line ends.
func Base64URL(s string) ([]byte, bool) {
	if strings.ContainsAny(s, "\r\n") {
		return nil, false
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(s)
	return b, err == nil
}

func jwkEC(v *jsonstrict.Value) (*Key, error) {
	crv, err := member(v, "crv", true)
	if err != nil {
		return nil, err
	}
	c := curveByName(crv)
	if c == nil || c.jose == "" { // RFC 7518, section 6.2.1.1, and RFC 8812
		return nil, fmt.Errorf("JWK on curve %.20q: %w", crv, ErrUnsupported)
	}
	x, err := octets(v, "x", c.field)
	if err != nil {
		return nil, err
	}
	y, err := octets(v, "y", c.field)
	if err != nil {
		return nil, err
	}
	return c.key(slices.Concat([]byte{4}, x, y))
}

// jwkOKP is RFC 8037, section 2.
func jwkOKP(v *jsonstrict.Value) (*Key, error) {
	crv, err := member(v, "crv", true)
	if err != nil {
		return nil, err
	}
	if crv != "Ed25519" {
		return nil, fmt.Errorf("JWK on curve %.20q: %w", crv, ErrUnsupported)
	}
	x, err := octets(v, "x", 32)
	if err != nil {
		return nil, err
	}
	return ParseEd25519(x)
}

// jwkRSA is RFC 7518, section 6.3.1: numbers without leading zeros.
func jwkRSA(v *jsonstrict.Value) (*Key, error) {
	var b cryptobyte.Builder
	var err error
	b.AddASN1(asn1.SEQUENCE, func(b *cryptobyte.Builder) {
		for _, name := range []string{"n", "e"} {
			var n []byte
			if n, err = octets(v, name, 0); err == nil && (len(n) == 0 || n[0] == 0) {
				err = badJWK("member %q is empty or has leading zeros", name)
			}
			if err != nil {
				return
			}
			b.AddASN1(asn1.INTEGER, func(b *cryptobyte.Builder) { b.AddBytes(append(make([]byte, n[0]>>7), n...)) })
		}
	})
	if err != nil {
		return nil, err
	}
	return parseRSA(oidRSA, nil, b.BytesOrPanic())
}

// jwkPurpose holds the key to what it says it is for (RFC 7517, sections 4.2 to 4.4).
func jwkPurpose(v *jsonstrict.Value, k *Key) error {
	use, err := member(v, "use", false)
	if err != nil {
		return err
	}
	if use != "" && use != "sig" {
		return badJWK("use is %.20q", use)
	}
	if ops := v.Get("key_ops"); ops.Kind != jsonstrict.Absent {
		verify, seen := false, map[string]bool{}
		for _, op := range ops.Items {
			if op.Kind != jsonstrict.String || seen[op.Text] {
				return badJWK("key_ops is no list of different names")
			}
			seen[op.Text] = true
			verify = verify || op.Text == "verify"
		}
		if !verify {
			return badJWK("key_ops without verify")
		}
	}
	alg, err := member(v, "alg", false)
	if err != nil || alg == "" || k.jwsAlgorithm(alg) {
		return err
	}
	return badJWK("alg %.20q is not one of a %s key", alg, strings.TrimSpace(k.Kind+" "+k.Curve()))
}

// jwsAlgorithm reports whether alg may stand in a key of this kind. ES521 is in no
// registry, but published examples write it for P-521, and it has no other meaning.
func (k *Key) jwsAlgorithm(alg string) bool {
	switch k.Kind {
	case "ec":
		return alg == k.JOSE() || alg == "ES521" && k.Curve() == "P-521"
	case "ed25519":
		return alg == "EdDSA" || alg == "Ed25519"
	}
	return slices.Contains([]string{"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"}, alg)
}
