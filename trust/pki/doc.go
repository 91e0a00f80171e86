// Package pki holds the certificates and revocation data that a verifier is told to
// believe or may use: anchors by use, intermediates that may complete a path but are
// never trusted themselves, CRLs and OCSP responses.
//
// An anchor is a name and a key. It may be a root, an intermediate or the end
// certificate itself; its own signature and validity are not checked. The anchor
// sets are apart: an authority for time-stamps never vouches for a document signer.
package pki
