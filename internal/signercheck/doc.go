// Package signercheck judges who made a signature: which certificate is the signer's,
// whether its key verifies the value, whether it leads to an anchor, and whether all
// of it was in force when the signature was made. Time-stamp tokens and signatures of
// documents share it; what they differ in is a [Profile] and a [Time].
//
// Two kinds of times are told apart, because they prove different things:
//
//   - A token states its own time of signing, and its authority is the witness of it
//     ([SigningTime]). Signing outside of a certificate's validity is then proven, and
//     is a defect: FAILED.
//   - A document's signature proves no time. Proofs of existence say that it was there
//     at some time, so it was made at that time or before ([UpperBound]). After the
//     fact nothing is proven but that it is too late to tell: INDETERMINATE.
//
// The answers go into a [verdict.Procedure] of the caller, under the names of
// [CMSChecks] or [RawChecks], which the caller declares among its own. Nothing is
// trusted but what [pki.Env] says, and nothing is printed, opened or fetched.
//
// The order of reading: judge.go, signature.go and candidates.go find the signer;
// ess.go, usage.go, path.go, revocation.go and algorithms.go judge it; ownTime in
// owntime.go and upperBound in upperbound.go say what each kind of time proves.
package signercheck
