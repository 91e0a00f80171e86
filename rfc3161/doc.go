// Package rfc3161 reads time-stamp tokens and replies (RFC 3161, updated by RFC 5816)
// and judges them offline.
//
// [Parse] reads syntax only: a DER or BER token, a whole TimeStampResp, or either of
// them in PEM or base64. [Token.Verify] judges it against a subject, anchors,
// revocation data, a policy and a time of validation that the caller gives; it opens
// no file and no connection and does not read the clock. What a token says of itself
// is shown by [Token.Claims] and means nothing until [Result.Proven] answers.
//
// Accepted and noted: BER outside the signed parts, signed attributes that are not
// sorted but verify as they stand, certificates of other formats beside the X.509
// ones. Refused: everything that leaves two readings of what was signed.
//
// The checks, in their fixed order, are listed in [Checks]; each names its clause.
package rfc3161
