package signercheck

import (
	"github.com/exhibit-dev/exhibit/internal/certpath"
	"github.com/exhibit-dev/exhibit/verdict"
)

// usage holds the signer's certificate to the rules for signers of this kind.
func (j *Judge) usage() {
	if why := j.Profile.Purpose(j.signer); why != "" {
		j.refuse(CheckEKU, verdict.ChainConstraintsFailure, "extended-key-usage", why, j.Profile.Clauses.Purpose)
	} else {
		j.pass(CheckEKU, "", j.Profile.Clauses.Purpose)
	}
	const signing = certpath.DigitalSignature | certpath.NonRepudiation
	switch bits, present := j.signer.KeyUsage(); {
	case !present:
		j.pass(CheckKeyUsage, "no key usage extension", refKeyUsage)
	case bits&signing == 0:
		j.refuse(CheckKeyUsage, verdict.ChainConstraintsFailure, "key-usage",
			"the key usage has neither digitalSignature nor nonRepudiation", refKeyUsage)
	default:
		if bits&^signing != 0 {
			j.warn("key-usage", "the signer's key may be used for more than signing")
		}
		j.pass(CheckKeyUsage, "", refKeyUsage)
	}
	const isCA = "the signer's certificate is that of a CA"
	switch {
	case j.Profile.CAMaySign && j.signer.IsCA():
		j.warn("signer-is-ca", isCA)
	case j.Profile.CAMaySign: // the check is not owed
	case j.signer.IsCA():
		j.refuse(CheckNotCA, verdict.ChainConstraintsFailure, "signer-is-ca", isCA, refBasic)
	default:
		j.pass(CheckNotCA, "", refBasic)
	}
}
