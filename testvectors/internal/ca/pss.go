package ca

import (
	"crypto/rsa"
	"encoding/binary"
	"math/big"
)

// signPSS is RSASSA-PSS (RFC 8017, 8.1.1). The standard library ties the mask's hash to the
// message's hash; tokens in the wild do not always.
func signPSS(k *rsa.PrivateKey, h, mgf HashAlg, message []byte) []byte {
	em := encodePSS(h, mgf, h.Sum(message), k.N.BitLen()-1)
	m := new(big.Int).SetBytes(em)
	return m.Exp(m, k.D, k.N).FillBytes(make([]byte, k.Size()))
}

func encodePSS(h, mgf HashAlg, digest []byte, bits int) []byte {
	size := (bits + 7) / 8
	salt := Stream("salt "+string(digest), h.Hash.Size())
	inner := h.Sum(Concat(make([]byte, 8), digest, salt))
	db := make([]byte, size-len(inner)-1)
	copy(db[len(db)-len(salt):], salt)
	db[len(db)-len(salt)-1] = 1
	for i, m := range mask(mgf, inner, len(db)) {
		db[i] ^= m
	}
	db[0] &= 0xff >> (8*size - bits)
	return Concat(db, inner, []byte{0xbc})
}

// mask is MGF1.
func mask(h HashAlg, seed []byte, n int) []byte {
	var out []byte
	for i := uint32(0); len(out) < n; i++ {
		out = append(out, h.Sum(binary.BigEndian.AppendUint32(append([]byte(nil), seed...), i))...)
	}
	return out[:n]
}
