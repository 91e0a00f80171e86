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
//     at some time, so it was made at that time or before ([UpperBound]). Where the
//     certificate ended or was revoked before that time, nothing is proven:
//     INDETERMINATE. Only a proof from before the certificate began contradicts it.
//
// The answers go into a [verdict.Procedure] of the caller, under the names of
// CMSChecks or RawChecks, which the caller declares among its own:
//
//	p := signercheck.Document                    // a copy
//	p.WithoutESS = subFilter == "adbe.pkcs7.detached"
//	record := verdict.Begin(p.Kind, slices.Concat([]string{"byte-range"}, p.CMSChecks(), []string{"docmdp"})...)
//	judge := signercheck.Judge{
//		Profile: &p, Env: env, Anchors: env.Documents, Record: record,
//		Signed: signercheck.Signed{CMS: cms, Info: &cms.Signers[0], Attrs: &attrs, Content: signedBytes},
//		Time:   signercheck.UpperBound(env, signercheck.Proofs{Signature: onValue, Material: onRevision}),
//		Beside: signercheck.Material{Certificates: dssCerts, CRLs: dssCRLs, OCSP: dssOCSP},
//	}
//	judge.Run()
//	result := record.Finish()
//
// Nothing is trusted but what [pki.Env] says, and nothing is printed, opened or fetched.
//
// The order of reading: signer.go, candidates.go and signature.go find the signer;
// attributes.go, ess.go, usage.go, path.go, revocation.go and algorithms.go judge it;
// owntime.go and upperbound.go say what each kind of time proves.
package signercheck
