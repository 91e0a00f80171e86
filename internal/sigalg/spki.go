package sigalg

//lint:file-ignore SA1019 crypto/ecdh and PublicKey.Bytes have no Brainpool curves

import (
	"bytes"
	"crypto/elliptic"
	"fmt"
	"math/big"
	"time"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"github.com/exhibit-dev/exhibit/internal/der"
)

// SPKI writes the key as SubjectPublicKeyInfo in its usual form: a named curve and
// an uncompressed point. Two keys are the same exactly when these bytes are. It is
// nil for DSA, which no attestation uses.
func (k *Key) SPKI() []byte {
	switch {
	case k.curve != nil:
		return k.encode(oidEC, func(b *cryptobyte.Builder) { addOID(b, k.curve.oid) }, k.point())
	case k.ed25519 != nil:
		return k.encode(oidEd25519, nil, k.ed25519)
	case k.ed448 != nil:
		return k.encode(oidEd448, nil, k.ed448)
	case k.rsa != nil:
		return k.encode(oidRSA, (*cryptobyte.Builder).AddASN1NULL, k.rsa.encode())
	}
	return nil
}

// Equal reports whether two keys are the same key.
func (k *Key) Equal(other *Key) bool { return bytes.Equal(k.SPKI(), other.SPKI()) && k.Kind != "dsa" }

// PSSOnly reports whether the key itself names RSASSA-PSS.
func (k *Key) PSSOnly() bool { return k.pssOnly }

func (k *Key) encode(oid der.OID, params func(*cryptobyte.Builder), key []byte) []byte {
	var b cryptobyte.Builder
	b.AddASN1(asn1.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1(asn1.SEQUENCE, func(b *cryptobyte.Builder) {
			addOID(b, oid)
			if params != nil {
				params(b)
			}
		})
		b.AddASN1BitString(key)
	})
	return b.BytesOrPanic()
}

func (k *Key) point() []byte {
	if k.secp != nil {
		return k.secp.SerializeUncompressed()
	}
	return elliptic.Marshal(k.ec.Curve, k.ec.X, k.ec.Y)
}

func (r *rsaKey) encode() []byte {
	n, e := r.n, r.e
	if r.std != nil {
		n, e = r.std.N, big.NewInt(int64(r.std.E))
	}
	var b cryptobyte.Builder
	b.AddASN1(asn1.SEQUENCE, func(b *cryptobyte.Builder) { b.AddASN1BigInt(n); b.AddASN1BigInt(e) })
	return b.BytesOrPanic()
}

func addOID(b *cryptobyte.Builder, oid der.OID) {
	b.AddASN1(asn1.OBJECT_IDENTIFIER, func(b *cryptobyte.Builder) { b.AddBytes([]byte(oid)) })
}

// CertificateSPKI returns the SubjectPublicKeyInfo and the validity of an X.509
// certificate (RFC 5280, section 4.1), without judging anything else of it.
func CertificateSPKI(cert []byte) (spki []byte, notBefore, notAfter time.Time, err error) {
	in := cryptobyte.String(cert)
	var outer, tbs, validity, key cryptobyte.String
	version := asn1.Tag(0).ContextSpecific().Constructed()
	ok := in.ReadASN1(&outer, asn1.SEQUENCE) && in.Empty() && outer.ReadASN1(&tbs, asn1.SEQUENCE) &&
		outer.SkipASN1(asn1.SEQUENCE) && outer.SkipASN1(asn1.BIT_STRING) && outer.Empty() &&
		tbs.SkipOptionalASN1(version) && tbs.SkipASN1(asn1.INTEGER) && tbs.SkipASN1(asn1.SEQUENCE) &&
		tbs.SkipASN1(asn1.SEQUENCE) && tbs.ReadASN1(&validity, asn1.SEQUENCE) && tbs.SkipASN1(asn1.SEQUENCE) &&
		tbs.ReadASN1Element(&key, asn1.SEQUENCE) &&
		der.ReadTime(&validity, &notBefore) && der.ReadTime(&validity, &notAfter) && validity.Empty()
	if !ok {
		return nil, time.Time{}, time.Time{}, fmt.Errorf("certificate: %w", ErrMalformed)
	}
	return key, notBefore, notAfter, nil
}
