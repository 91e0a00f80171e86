package sigalg

import (
	"bytes"
	"encoding/binary"
	"math/big"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"github.com/exhibit-dev/exhibit/internal/der"
	"github.com/exhibit-dev/exhibit/verdict"
)

// The RSA verification primitives of RFC 8017 for what crypto/rsa refuses: moduli
// below 1024 bits, exponents above 31 bits, digests whose encoding it does not make,
// and PSS with a mask digest other than the message digest. Only public values are handled.

// open applies the public operation (section 5.2.2, RSAVP1) and returns the
// encoded message, as long as the modulus; nil when the signature is out of range.
func (k *rsaKey) open(sig []byte) []byte {
	n, e := k.n, k.e
	if k.std != nil {
		n, e = k.std.N, big.NewInt(int64(k.std.E))
	}
	s := new(big.Int).SetBytes(sig)
	if len(sig) != k.size || s.Cmp(n) >= 0 {
		return nil
	}
	return s.Exp(s, e, n).FillBytes(make([]byte, k.size))
}

// ownPKCS1 compares with the one encoding of section 9.2.
func (k *rsaKey) ownPKCS1(name string, digest, sig []byte) error {
	info := digestInfo(name, digest)
	if info == nil {
		return ErrUnsupported
	}
	pad := k.size - len(info) - 3
	if pad < minPadding {
		return ErrVerification
	}
	want := append([]byte{0, 1}, bytes.Repeat([]byte{0xff}, pad)...)
	want = append(append(want, 0), info...)
	if !bytes.Equal(k.open(sig), want) {
		return ErrVerification
	}
	return nil
}

// digestInfo encodes DigestInfo with NULL parameters.
func digestInfo(name string, digest []byte) []byte {
	var oid der.OID
	for o, n := range digestByOID {
		if n == name {
			oid = o
		}
	}
	if oid == "" {
		return nil
	}
	var b cryptobyte.Builder
	b.AddASN1(asn1.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1(asn1.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddASN1(asn1.OBJECT_IDENTIFIER, func(b *cryptobyte.Builder) { b.AddBytes([]byte(oid)) })
			b.AddASN1NULL()
		})
		b.AddASN1OctetString(digest)
	})
	return b.BytesOrPanic()
}

// ownPSS is EMSA-PSS-VERIFY, section 9.1.2; the numbers are its steps.
func (k *rsaKey) ownPSS(a Algorithm, digest, sig []byte) error {
	em := k.open(sig)
	if em == nil {
		return ErrVerification
	}
	emBits := k.bits() - 1
	if emBits%8 == 0 { // the encoded message is one byte shorter than the modulus
		if em[0] != 0 {
			return ErrVerification
		}
		em = em[1:]
	}
	hLen := verdict.DigestSize(a.Digest)
	if len(em) < hLen+a.salt+2 || em[len(em)-1] != 0xbc { // 3, 4
		return ErrVerification
	}
	dbLen := len(em) - hLen - 1
	db, h := em[:dbLen], em[dbLen:dbLen+hLen]          // 5
	unused := byte(0xff) << (8 - (8*len(em) - emBits)) // the 0 to 7 leftmost bits
	if db[0]&unused != 0 {                             // 6
		return ErrVerification
	}
	mask := mgf1(a.mgf, h, dbLen) // 7
	for i := range db {           // 8
		db[i] ^= mask[i]
	}
	db[0] &^= unused // 9
	zeros := dbLen - a.salt - 1
	for _, b := range db[:zeros] { // 10
		if b != 0 {
			return ErrVerification
		}
	}
	if db[zeros] != 1 {
		return ErrVerification
	}
	m := append(make([]byte, 8), digest...) // 12
	m = append(m, db[zeros+1:]...)
	if !bytes.Equal(verdict.Sum(a.Digest, m), h) { // 13, 14
		return ErrVerification
	}
	return nil
}

func (k *rsaKey) bits() int {
	if k.std != nil {
		return k.std.N.BitLen()
	}
	return k.n.BitLen()
}

// mgf1 is the mask generation of appendix B.2.1.
func mgf1(digest string, seed []byte, n int) []byte {
	var out []byte
	for i := uint32(0); len(out) < n; i++ {
		block := binary.BigEndian.AppendUint32(append([]byte(nil), seed...), i)
		out = append(out, verdict.Sum(digest, block)...)
	}
	return out[:n]
}
