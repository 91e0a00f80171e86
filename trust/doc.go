// Package trust holds what a verifier is told to believe, apart from certificates:
// the policy, the time of validation, the dates until which algorithms count, plain
// keys together with how they sign, keys of transparency logs, and proofs of existence handed in. Nothing here has a default that trusts: the zero
// Env has no time and no policy date, and gives INDETERMINATE.
//
// Certificates and revocation data are in trust/pki; a folder of trust material is
// read by trust/dir.
package trust
