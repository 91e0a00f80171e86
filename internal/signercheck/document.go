package signercheck

import (
	"github.com/exhibit-dev/exhibit/internal/certpath"
	"github.com/exhibit-dev/exhibit/internal/der"
	"github.com/exhibit-dev/exhibit/trust/pki"
)

// Document is what the signature of a document asks of its signer. A caller copies it
// to say more of its kind: which words, and whether a signing-certificate attribute is
// owed (PAdES: EN 319 142-1, table 1) or not (adbe.pkcs7.detached and adbe.pkcs7.sha1).
var Document = Profile{
	Kind: "pdf-signature", Prefix: "pdf", Object: "the signature", Content: "the signed bytes", Needs: "binding it to a certificate",
	NoAnchor: "no anchor for signers of documents was given",
	Purpose:  DocumentPurpose,
	// Certificates that their owners made themselves often say that they are a CA. Who
	// believes one believes its key, and RFC 5280 forbids a CA no other signatures.
	CAMaySign: true,
	Clauses:   Clauses{ESS: "RFC 5035 3", Purpose: "RFC 5280 4.2.1.12", Revocation: "EN 319 102-1 5.2.6"},
}

var (
	// otherPurposes are the extended key usages under which nobody signs documents: TLS
	// servers, time-stamps, OCSP answers.
	otherPurposes = map[der.OID]bool{
		der.MustOID("1.3.6.1.5.5.7.3.1"): true,
		certpath.OIDTimeStamping:         true,
		certpath.OIDOCSPSigning:          true,
	}
	// clientAuth stands in certificates of persons, but also beside that of a server.
	clientAuth = der.MustOID("1.3.6.1.5.5.7.3.2")
)

// DocumentPurpose refuses a certificate whose extended key usage names other purposes
// and none under which persons sign. No standard lists those: beside RFC 9336
// (id-kp-documentSigning) national ones, those of vendors, e-mail and client
// authentication are in use, and most certificates have none. But an authority for
// time-stamps or OCSP must not be taken for a person who signs, nor must a TLS server,
// for whose certificate control of a host name is enough.
func DocumentPurpose(c *pki.Certificate) string {
	purposes, present, _ := c.ExtKeyUsage()
	other := len(purposes) == 0 // the extension cannot be read
	for _, p := range purposes {
		switch {
		case otherPurposes[p]:
			other = true
		case p != clientAuth:
			return ""
		}
	}
	if present && other {
		return "the extended key usage allows no signatures of documents"
	}
	return ""
}
