// Package attest reads signatures that stand beside the file they sign, and judges
// them offline: ECDSA in DER, in IEEE P1363 form and as JSON Web Signatures, and
// Ed25519 and RSA as bare octets.
//
// [Parse] reads syntax only, strictly: one spelling for one signature.
// [Attestation.Verify] judges it against a subject, trusted keys, a policy and a time
// that the caller gives; it opens no file and no connection and does not read the
// clock. What a signature says of itself is shown by [Attestation.Claims] and means
// nothing until [Result.Proven] answers.
//
// Which key, curve, digest and encoding count, and whether the file, its digest or
// the digest's text was signed, stands with the trusted key ([trust.Key]): never in
// the evidence, and nothing is tried until it fits. A key that travels with the
// evidence is no trusted key.
//
// Supported: P-256, P-384, P-521, secp256k1, brainpoolP256r1, P384r1 and P512r1 (and
// the other curves of X.509 keys that package sigalg knows) by SEC 1 and FIPS 186-5;
// ES256, ES384, ES512 and ES256K by RFC 7515, 7518 and 8812, compact and flattened,
// with the payload inside or detached; Ed25519 by RFC 8032; RSASSA-PKCS1-v1_5 and PSS
// by RFC 8017. Refused: everything else, and everything with two readings. HMAC is
// never evidence.
//
// A passed result proves that the holder of the key signed the subject. It proves no
// time: what the signature says of its time is a claim. A proof of existence over
// the signature value (trust.Env.Existences) says when it was made at the latest,
// and the windows and the algorithm dates are then judged at that time.
//
// The checks, in their fixed order, are listed by [Checks].
package attest
