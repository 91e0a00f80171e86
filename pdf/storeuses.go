package pdf

import (
	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"github.com/exhibit-dev/exhibit/internal/der"
	"github.com/exhibit-dev/exhibit/internal/sigalg"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/trust/pki"
)

// A proof over a token moves the date at which the algorithms around it are judged. What
// lies behind the proof may be younger, and made when they no longer counted: it serves
// the token only if they still count now.

// serves says which values of the store serve a token that the proof covers, nil without one.
func serves(p *proof, env *pki.Env) func(*storeItem) bool {
	return func(x *storeItem) bool {
		if p == nil || p.holds(x.extent) {
			return true
		}
		for _, u := range x.uses {
			if good, _ := env.Table().Good(u, env.At); !good {
				return false
			}
		}
		return len(x.uses) > 0
	}
}

// usesIn lists the algorithms of the signatures in a certificate, list or OCSP
// response that was read already; nothing if one of them is not known.
func usesIn(data []byte, kind storeKind) []trust.Use {
	in := cryptobyte.String(data)
	var seq, part cryptobyte.String
	if !in.ReadASN1(&seq, asn1.SEQUENCE) {
		return nil
	}
	if kind == storeOCSP && seq.PeekASN1Tag(asn1.ENUM) {
		if !seq.SkipASN1(asn1.ENUM) || !seq.ReadASN1(&part, asn1.Tag(0).Constructed().ContextSpecific()) || !part.ReadASN1(&part, asn1.SEQUENCE) ||
			!part.SkipASN1(asn1.OBJECT_IDENTIFIER) || !part.ReadASN1(&part, asn1.OCTET_STRING) || !part.ReadASN1(&seq, asn1.SEQUENCE) {
			return nil
		}
	}
	var id der.Algorithm
	if !seq.SkipASN1(asn1.SEQUENCE) || !der.ReadAlgorithm(&seq, &id) || !seq.ReadASN1(&part, asn1.BIT_STRING) {
		return nil
	}
	alg, err := sigalg.Parse(id, "")
	if err != nil {
		return nil
	}
	uses := []trust.Use{{Digest: alg.Digest}}
	if alg.Scheme == sigalg.PKCS1 || alg.Scheme == sigalg.PSS { // a value is as long as the modulus
		uses = append(uses, trust.Use{Key: "rsa", Bits: 8 * (len(part) - 1)})
	}
	var certs cryptobyte.String
	if kind == storeOCSP && seq.ReadASN1(&certs, asn1.Tag(0).Constructed().ContextSpecific()) && certs.ReadASN1(&certs, asn1.SEQUENCE) {
		for !certs.Empty() {
			if !certs.ReadASN1Element(&part, asn1.SEQUENCE) {
				return nil
			}
			more := usesIn(part, storeCert)
			if more == nil {
				return nil
			}
			uses = append(uses, more...)
		}
	}
	return uses
}
