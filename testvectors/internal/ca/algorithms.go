package ca

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

// HashAlg is a digest with its identifiers: alone, with RSA PKCS#1 v1.5, with ECDSA.
type HashAlg struct {
	Hash            crypto.Hash
	OID, RSA, Ecdsa string
	Name            string
}

var (
	HashMD5    = HashAlg{crypto.MD5, "1.2.840.113549.2.5", "1.2.840.113549.1.1.4", "", "md5"}
	HashSHA1   = HashAlg{crypto.SHA1, "1.3.14.3.2.26", "1.2.840.113549.1.1.5", "1.2.840.10045.4.1", "sha1"}
	HashSHA224 = HashAlg{crypto.SHA224, "2.16.840.1.101.3.4.2.4", "1.2.840.113549.1.1.14", "1.2.840.10045.4.3.1", "sha224"}
	HashSHA256 = HashAlg{crypto.SHA256, "2.16.840.1.101.3.4.2.1", "1.2.840.113549.1.1.11", "1.2.840.10045.4.3.2", "sha256"}
	HashSHA384 = HashAlg{crypto.SHA384, "2.16.840.1.101.3.4.2.2", "1.2.840.113549.1.1.12", "1.2.840.10045.4.3.3", "sha384"}
	HashSHA512 = HashAlg{crypto.SHA512, "2.16.840.1.101.3.4.2.3", "1.2.840.113549.1.1.13", "1.2.840.10045.4.3.4", "sha512"}
	HashRIPEMD = HashAlg{crypto.RIPEMD160, "1.3.36.3.2.1", "1.3.36.3.3.1.2", "", "ripemd160"}
	HashSHA3   = HashAlg{crypto.SHA3_256, "2.16.840.1.101.3.4.2.8", "", "", "sha3-256"}
)

func (h HashAlg) Sum(data []byte) []byte {
	d := h.Hash.New()
	d.Write(data)
	return d.Sum(nil)
}

func (h HashAlg) ID() []byte { return Algorithm(h.OID) }

// SigAlg makes one kind of signature and knows how it is announced.
type SigAlg struct {
	ID   []byte
	Sign func(k *Key, message []byte) []byte
}

func EcdsaWith(h HashAlg) *SigAlg {
	return &SigAlg{Algorithm(h.Ecdsa), func(k *Key, message []byte) []byte {
		// A nil source asks for the deterministic form (RFC 6979).
		sig, err := k.Signer.(*ecdsa.PrivateKey).Sign(nil, h.Sum(message), h.Hash)
		must(err)
		return sig
	}}
}

// RSAWith makes the DigestInfo itself: the standard library writes that of RIPEMD-160 under
// another identifier than RFC 8017 and the signatures in the wild.
func RSAWith(h HashAlg) *SigAlg {
	return &SigAlg{Algorithm(h.RSA, Null()), func(k *Key, message []byte) []byte {
		info := Seq(Algorithm(h.OID, Null()), Octets(h.Sum(message)))
		sig, err := rsa.SignPKCS1v15(nil, k.Signer.(*rsa.PrivateKey), 0, info)
		must(err)
		return sig
	}}
}

// RSAPlain announces only the key algorithm, as many authorities do.
func RSAPlain(h HashAlg) *SigAlg {
	a := *RSAWith(h)
	a.ID = Algorithm(OIDRSA, Null())
	return &a
}

// PSSWith spells out what RSASSA-PSS leaves to default values (RFC 4055, section 3.1).
func PSSWith(h, mgf HashAlg) *SigAlg {
	params := Seq(Ctx(0, h.ID()), Ctx(1, Algorithm(OIDMGF1, mgf.ID())), Ctx(2, Integer(int64(h.Hash.Size()))))
	return &SigAlg{Algorithm(OIDPSS, params), func(k *Key, message []byte) []byte {
		return signPSS(k.Signer.(*rsa.PrivateKey), h, mgf, message)
	}}
}

func Ed25519Alg() *SigAlg {
	return &SigAlg{Algorithm(OIDEd25519), func(k *Key, message []byte) []byte {
		return ed25519.Sign(k.Signer.(ed25519.PrivateKey), message)
	}}
}

// Usual is the algorithm that a key signs with unless a vector says otherwise.
func Usual(k *Key, h HashAlg) *SigAlg {
	switch k.Signer.(type) {
	case *rsa.PrivateKey:
		return RSAWith(h)
	case ed25519.PrivateKey:
		return Ed25519Alg()
	}
	return EcdsaWith(h)
}
