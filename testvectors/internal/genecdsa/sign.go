package main

//lint:file-ignore SA1019 the vectors are computed from the equations, on every curve alike

import (
	"crypto"
	"crypto/ed25519"
	_ "crypto/md5"
	"crypto/rsa"
	_ "crypto/sha1"
	_ "crypto/sha256"
	"crypto/sha512"
	"encoding/binary"
	"math/big"
)

// stream expands a label to n bytes.
func stream(label string, n int) []byte {
	var out []byte
	for i := uint32(0); len(out) < n; i++ {
		sum := sha512.Sum512(binary.BigEndian.AppendUint32([]byte(label), i))
		out = append(out, sum[:]...)
	}
	return out[:n]
}

// scalar is a number in 1..n-1 derived from a label.
func scalar(label string, n *big.Int) *big.Int {
	x := new(big.Int).SetBytes(stream(label, (n.BitLen()+7)/8+16))
	x.Mod(x, new(big.Int).Sub(n, big.NewInt(1)))
	return x.Add(x, big.NewInt(1))
}

func sum(h crypto.Hash, message []byte) []byte {
	x := h.New()
	x.Write(message)
	return x.Sum(nil)
}

// pair is an ECDSA signature.
type pair struct{ r, s *big.Int }

// ecdsa signs a message: FIPS 186-5, section 6.4.1, with a nonce from a label.
func (k *key) ecdsa(h crypto.Hash, message []byte) pair {
	digest := sum(h, message)
	return k.withNonce(digest, scalar("nonce "+k.label+string(digest), k.n()))
}

func (k *key) withNonce(digest []byte, nonce *big.Int) pair {
	n := k.n()
	x, _ := k.curve.ScalarBaseMult(nonce.Bytes())
	r := new(big.Int).Mod(x, n)
	s := new(big.Int).Mul(r, k.d)
	s.Add(s, leftmost(digest, n))
	s.Mul(s, new(big.Int).ModInverse(nonce, n)).Mod(s, n)
	return pair{r, s}.low(n)
}

// leftmost is the integer of the digest's leftmost bits.
func leftmost(digest []byte, n *big.Int) *big.Int {
	e := new(big.Int).SetBytes(digest)
	if excess := 8*len(digest) - n.BitLen(); excess > 0 {
		e.Rsh(e, uint(excess))
	}
	return e
}

// low takes the smaller of s and n-s; high the larger. Both verify.
func (p pair) low(n *big.Int) pair {
	if other := new(big.Int).Sub(n, p.s); other.Cmp(p.s) < 0 {
		return pair{p.r, other}
	}
	return p
}

func (p pair) high(n *big.Int) pair {
	p = p.low(n)
	return pair{p.r, new(big.Int).Sub(n, p.s)}
}

func (p pair) der() []byte { return seq(integer(p.r), integer(p.s)) }

func (p pair) p1363(n *big.Int) []byte {
	size := (n.BitLen() + 7) / 8
	return append(p.r.FillBytes(make([]byte, size)), p.s.FillBytes(make([]byte, size))...)
}

func (k *key) ed(message []byte) []byte { return ed25519.Sign(k.edKey, message) }

func (k *key) pkcs1(h crypto.Hash, message []byte) []byte {
	sig, err := rsa.SignPKCS1v15(nil, k.rsaKey, h, sum(h, message))
	must(err)
	return sig
}

// pss is RSASSA-PSS, RFC 8017, section 8.1.1, with a derived salt as long as the
// digest.
func (k *key) pss(h crypto.Hash, message []byte) []byte {
	bits := k.rsaKey.N.BitLen() - 1
	size := (bits + 7) / 8
	digest := sum(h, message)
	salt := stream("salt "+string(digest), h.Size())
	inner := sum(h, concat(make([]byte, 8), digest, salt))
	db := make([]byte, size-len(inner)-1)
	copy(db[len(db)-len(salt):], salt)
	db[len(db)-len(salt)-1] = 1
	for i, m := range mgf1(h, inner, len(db)) {
		db[i] ^= m
	}
	db[0] &= 0xff >> (8*size - bits)
	m := new(big.Int).SetBytes(concat(db, inner, []byte{0xbc}))
	return m.Exp(m, k.rsaKey.D, k.rsaKey.N).FillBytes(make([]byte, k.rsaKey.Size()))
}

func mgf1(h crypto.Hash, seed []byte, n int) []byte {
	var out []byte
	for i := uint32(0); len(out) < n; i++ {
		out = append(out, sum(h, binary.BigEndian.AppendUint32(append([]byte(nil), seed...), i))...)
	}
	return out[:n]
}

func concat(parts ...[]byte) []byte {
	var out []byte
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
