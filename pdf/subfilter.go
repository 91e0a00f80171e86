package pdf

import "github.com/exhibit-dev/exhibit/internal/signercheck"

// form is what a SubFilter says of the Contents and of what is signed.
type form uint8

const (
	formUnknown   form = iota
	formDetached       // adbe.pkcs7.detached: CMS over the ByteRange
	formCAdES          // ETSI.CAdES.detached: the same, and a signing-certificate attribute is owed
	formSHA1           // adbe.pkcs7.sha1: CMS around the SHA-1 of the ByteRange
	formRaw            // adbe.x509.rsa_sha1: a PKCS#1 value, certificates in Cert
	formTimestamp      // ETSI.RFC3161: a time-stamp token
)

// formOf reads a SubFilter (ISO 32000-2, 12.8.3.3.1, table 260 and 12.8.5; ISO 32000-1,
// 12.8.3.2).
func formOf(subFilter string) form {
	switch subFilter {
	case "adbe.pkcs7.detached":
		return formDetached
	case "ETSI.CAdES.detached":
		return formCAdES
	case "adbe.pkcs7.sha1":
		return formSHA1
	case "adbe.x509.rsa_sha1":
		return formRaw
	case "ETSI.RFC3161":
		return formTimestamp
	}
	return formUnknown
}

func (f form) checks() []string {
	switch f {
	case formDetached, formCAdES:
		return detachedChecks
	case formSHA1:
		return sha1Checks
	case formRaw:
		return rawChecks
	case formTimestamp:
		return timestampChecks
	}
	return unknownChecks
}

// profiles are what a form asks of its signer. RFC 5652 and ISO 32000 leave the
// signing-certificate attribute open; PAdES owes it (EN 319 142-1, table 1).
var (
	padesProfile = withoutESS(false)
	adobeProfile = withoutESS(true)
)

func withoutESS(without bool) *signercheck.Profile {
	p := signercheck.Document
	p.WithoutESS = without
	return &p
}

func (f form) profile() *signercheck.Profile {
	if f == formCAdES {
		return padesProfile
	}
	return adobeProfile
}
