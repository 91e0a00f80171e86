package main

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	_ "crypto/md5" // registered for tokens that no policy may accept
	"crypto/rsa"
	_ "crypto/sha1"
	_ "crypto/sha256"
	_ "crypto/sha3"
	_ "crypto/sha512"

	//lint:ignore SA1019 tokens of its time are made with it
	_ "golang.org/x/crypto/ripemd160"
)

// hashAlg is a digest with its identifiers: alone, with RSA PKCS#1 v1.5, with ECDSA.
type hashAlg struct {
	hash            crypto.Hash
	oid, rsa, ecdsa string
	name            string
}

var (
	hashMD5    = hashAlg{crypto.MD5, "1.2.840.113549.2.5", "1.2.840.113549.1.1.4", "", "md5"}
	hashSHA1   = hashAlg{crypto.SHA1, "1.3.14.3.2.26", "1.2.840.113549.1.1.5", "1.2.840.10045.4.1", "sha1"}
	hashSHA224 = hashAlg{crypto.SHA224, "2.16.840.1.101.3.4.2.4", "1.2.840.113549.1.1.14", "1.2.840.10045.4.3.1", "sha224"}
	hashSHA256 = hashAlg{crypto.SHA256, "2.16.840.1.101.3.4.2.1", "1.2.840.113549.1.1.11", "1.2.840.10045.4.3.2", "sha256"}
	hashSHA384 = hashAlg{crypto.SHA384, "2.16.840.1.101.3.4.2.2", "1.2.840.113549.1.1.12", "1.2.840.10045.4.3.3", "sha384"}
	hashSHA512 = hashAlg{crypto.SHA512, "2.16.840.1.101.3.4.2.3", "1.2.840.113549.1.1.13", "1.2.840.10045.4.3.4", "sha512"}
	hashRIPEMD = hashAlg{crypto.RIPEMD160, "1.3.36.3.2.1", "1.3.36.3.3.1.2", "", "ripemd160"}
	hashSHA3   = hashAlg{crypto.SHA3_256, "2.16.840.1.101.3.4.2.8", "", "", "sha3-256"}
)

func (h hashAlg) sum(data []byte) []byte {
	d := h.hash.New()
	d.Write(data)
	return d.Sum(nil)
}

func (h hashAlg) id() []byte { return algorithm(h.oid) }

// sigAlg makes one kind of signature and knows how it is announced.
type sigAlg struct {
	id   []byte
	sign func(k *key, message []byte) []byte
}

func ecdsaWith(h hashAlg) *sigAlg {
	return &sigAlg{algorithm(h.ecdsa), func(k *key, message []byte) []byte {
		// A nil source asks for the deterministic form (RFC 6979).
		sig, err := k.signer.(*ecdsa.PrivateKey).Sign(nil, h.sum(message), h.hash)
		must(err)
		return sig
	}}
}

// rsaWith makes the DigestInfo itself: the standard library writes that of RIPEMD-160 under
// another identifier than RFC 8017 and the signatures in the wild.
func rsaWith(h hashAlg) *sigAlg {
	return &sigAlg{algorithm(h.rsa, null()), func(k *key, message []byte) []byte {
		info := seq(algorithm(h.oid, null()), octets(h.sum(message)))
		sig, err := rsa.SignPKCS1v15(nil, k.signer.(*rsa.PrivateKey), 0, info)
		must(err)
		return sig
	}}
}

// rsaPlain announces only the key algorithm, as many authorities do.
func rsaPlain(h hashAlg) *sigAlg {
	a := *rsaWith(h)
	a.id = algorithm(oidRSA, null())
	return &a
}

func pssWith(h, mgf hashAlg) *sigAlg {
	params := seq(ctx(0, h.id()), ctx(1, algorithm(oidMGF1, mgf.id())), ctx(2, integer(int64(h.hash.Size()))))
	return &sigAlg{algorithm(oidPSS, params), func(k *key, message []byte) []byte {
		return signPSS(k.signer.(*rsa.PrivateKey), h, mgf, message)
	}}
}

func ed25519Alg() *sigAlg {
	return &sigAlg{algorithm(oidEd25519), func(k *key, message []byte) []byte {
		return ed25519.Sign(k.signer.(ed25519.PrivateKey), message)
	}}
}

// usual is the algorithm that a key signs with unless a vector says otherwise.
func usual(k *key, h hashAlg) *sigAlg {
	switch k.signer.(type) {
	case *rsa.PrivateKey:
		return rsaWith(h)
	case ed25519.PrivateKey:
		return ed25519Alg()
	}
	return ecdsaWith(h)
}
