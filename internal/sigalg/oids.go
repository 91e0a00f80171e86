package sigalg

import "github.com/exhibit-dev/exhibit/internal/der"

var (
	oidRSA         = der.MustOID("1.2.840.113549.1.1.1")
	oidPSS         = der.MustOID("1.2.840.113549.1.1.10")
	oidMGF1        = der.MustOID("1.2.840.113549.1.1.8")
	oidEC          = der.MustOID("1.2.840.10045.2.1")
	oidECDSASpec   = der.MustOID("1.2.840.10045.4.3") // ecdsa-with-Specified: the digest is a parameter
	oidDSA         = der.MustOID("1.2.840.10040.4.1")
	oidEd25519     = der.MustOID("1.3.101.112")
	oidEd448       = der.MustOID("1.3.101.113")
	digestByOID    = map[der.OID]string{}
	signatureByOID = map[der.OID]signatureRow{}
)

type signatureRow struct {
	scheme Scheme
	digest string // "" when the identifier leaves it to the CMS digestAlgorithm
}

func init() {
	for oid, name := range map[string]string{
		"1.2.840.113549.2.5":      "md5",
		"1.3.14.3.2.26":           "sha1",
		"1.3.36.3.2.1":            "ripemd160",
		"2.16.840.1.101.3.4.2.4":  "sha224",
		"2.16.840.1.101.3.4.2.1":  "sha256",
		"2.16.840.1.101.3.4.2.2":  "sha384",
		"2.16.840.1.101.3.4.2.3":  "sha512",
		"2.16.840.1.101.3.4.2.5":  "sha512-224",
		"2.16.840.1.101.3.4.2.6":  "sha512-256",
		"2.16.840.1.101.3.4.2.7":  "sha3-224",
		"2.16.840.1.101.3.4.2.8":  "sha3-256",
		"2.16.840.1.101.3.4.2.9":  "sha3-384",
		"2.16.840.1.101.3.4.2.10": "sha3-512",
		"2.16.840.1.101.3.4.2.12": "shake256-512", // with 512 bits as RFC 8702 fixes for CMS
	} {
		digestByOID[der.MustOID(oid)] = name
	}
	for oid, row := range map[string]signatureRow{
		"1.2.840.113549.1.1.1":  {PKCS1, ""},
		"1.2.840.113549.1.1.4":  {PKCS1, "md5"},
		"1.2.840.113549.1.1.5":  {PKCS1, "sha1"},
		"1.3.14.3.2.29":         {PKCS1, "sha1"},
		"1.3.36.3.3.1.2":        {PKCS1, "ripemd160"},
		"1.2.840.113549.1.1.14": {PKCS1, "sha224"},
		"1.2.840.113549.1.1.11": {PKCS1, "sha256"},
		"1.2.840.113549.1.1.12": {PKCS1, "sha384"},
		"1.2.840.113549.1.1.13": {PKCS1, "sha512"},
		"1.2.840.113549.1.1.15": {PKCS1, "sha512-224"},
		"1.2.840.113549.1.1.16": {PKCS1, "sha512-256"},

		"2.16.840.1.101.3.4.3.13": {PKCS1, "sha3-224"},
		"2.16.840.1.101.3.4.3.14": {PKCS1, "sha3-256"},
		"2.16.840.1.101.3.4.3.15": {PKCS1, "sha3-384"},
		"2.16.840.1.101.3.4.3.16": {PKCS1, "sha3-512"},

		"1.2.840.10045.2.1":   {ECDSA, ""},
		"1.2.840.10045.4.1":   {ECDSA, "sha1"},
		"1.2.840.10045.4.3.1": {ECDSA, "sha224"},
		"1.2.840.10045.4.3.2": {ECDSA, "sha256"},
		"1.2.840.10045.4.3.3": {ECDSA, "sha384"},
		"1.2.840.10045.4.3.4": {ECDSA, "sha512"},

		"2.16.840.1.101.3.4.3.9":  {ECDSA, "sha3-224"},
		"2.16.840.1.101.3.4.3.10": {ECDSA, "sha3-256"},
		"2.16.840.1.101.3.4.3.11": {ECDSA, "sha3-384"},
		"2.16.840.1.101.3.4.3.12": {ECDSA, "sha3-512"},

		"1.2.840.10040.4.1":      {DSA, ""},
		"1.2.840.10040.4.3":      {DSA, "sha1"},
		"2.16.840.1.101.3.4.3.1": {DSA, "sha224"},
		"2.16.840.1.101.3.4.3.2": {DSA, "sha256"},
		"2.16.840.1.101.3.4.3.3": {DSA, "sha384"},
		"2.16.840.1.101.3.4.3.4": {DSA, "sha512"},

		"1.3.101.112": {Ed25519, "sha512"},
		"1.3.101.113": {Ed448, "shake256-512"},
	} {
		signatureByOID[der.MustOID(oid)] = row
	}
}

func init() {
	der.Intern(oidRSA, oidPSS, oidMGF1, oidEC, oidDSA, oidEd25519, oidEd448)
	for oid := range digestByOID {
		der.Intern(oid)
	}
	for oid := range signatureByOID {
		der.Intern(oid)
	}
}

// DigestName returns the name of a digest algorithm, "" when it is unknown.
func DigestName(oid der.OID) string { return digestByOID[oid] }

// IsSignature reports whether the identifier names a signature algorithm: some
// signers put one where a digest algorithm belongs.
func IsSignature(oid der.OID) bool {
	_, ok := signatureByOID[oid]
	return ok || oid == oidPSS || oid == oidECDSASpec
}
