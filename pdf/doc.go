// Package pdf reads what a PDF file holds of evidence and judges it offline: signatures
// (adbe.pkcs7.detached, adbe.pkcs7.sha1, adbe.x509.rsa_sha1, ETSI.CAdES.detached),
// document time-stamps (ETSI.RFC3161), the validation data of the DSS, and what later
// revisions did to a signed one (ISO 32000-1 and -2, 12.8; ETSI EN 319 142-1).
//
// Open reads syntax only and trusts nothing. Document.Verify judges all signatures and
// time-stamps with the anchors, revocation data, policy and time that the caller gives;
// it opens no file and no connection and does not read the clock. What a document says of
// itself is shown by Document.Claims and means nothing until Result.Proven answers.
//
//	d, err := pdf.Open(ctx, file, size, pdf.Options{})
//	if err != nil {
//		return pdf.Unreadable(err) // if pdf.HoldsSignature, else it is a file like any other
//	}
//	if !d.Evidence() {
//		return // a subject, with nothing in it to judge
//	}
//	r := d.Verify(ctx, env)
//	if facts, ok := r.Proven(); ok {
//		fmt.Println(facts.Signatures[0].Signer.Subject(), facts.NotLaterThan)
//	}
//
// # What is signed
//
// A ByteRange must be everything from the first byte of the file to the end of a
// revision, but for one gap, which is the hexadecimal string of the Contents of that
// very dictionary at its own place. Whatever else it is, even where the digest fits, is a
// defect: FAILED. The Type of a dictionary, its Name, Reason and M, and the times that a
// signature states are claims; its SubFilter alone says how it is verified.
//
// # When it was signed
//
// A signature was made not later than the earliest proof of existence that passed over
// its value: a time-stamp in its attributes, a later document time-stamp, or evidence
// from outside that the caller hands in (trust.Env.Existences). Without one the time of
// validation counts. Time-stamps are judged from the latest to the earliest, so that
// none depends on what it supports. Anchors of time-stamping authorities never vouch for
// a signer, nor the reverse.
//
// # What became of it
//
// Later revisions are held to a list of what may be added, and to what the signature and
// those before it allow (DocMDP, FieldMDP, the lock of the field). Whatever else they do
// leaves the signed bytes intact, and the verdict INDETERMINATE. A document has a proven
// time only where a time-stamp covers it to the last byte.
//
// The order of reading: document.go, find.go, fields.go, link.go, signature.go,
// byterange.go and cms.go open a document; verify.go, timestamps.go, geometry.go,
// judge.go, constraints.go and result.go judge it; poe.go says what proves which bytes.
package pdf
