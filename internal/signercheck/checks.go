package signercheck

import "slices"

// The checks, named once for all kinds of evidence. The caller declares those that
// its signature owes in its verdict.Procedure, in this order.
const (
	CheckDigestAlg     = "digest-algorithm"
	CheckSignedAttrs   = "signed-attributes"
	CheckContentType   = "content-type"
	CheckMessageDigest = "message-digest"
	CheckSignature     = "signature"
	CheckSignerCert    = "signer-certificate"
	CheckESS           = "signing-certificate"
	CheckPath          = "certification-path"
	CheckPathRules     = "path-constraints"
	CheckESSChain      = "ess-chain"
	CheckEKU           = "extended-key-usage"
	CheckKeyUsage      = "key-usage"
	CheckNotCA         = "signer-not-ca"
	CheckValidity      = "validity"
	CheckPathValidity  = "path-validity"
	CheckExpiry        = "expiry"
	CheckRevocation    = "revocation"
	CheckCARevocation  = "path-revocation"
	CheckSignatureAlg  = "signature-algorithm"
	CheckPathAlg       = "path-algorithms"
	CheckProtection    = "algorithm-protection"
)

var cmsChecks = []string{
	CheckDigestAlg, CheckSignedAttrs, CheckContentType, CheckMessageDigest, CheckSignature, CheckSignerCert, CheckESS,
	CheckPath, CheckPathRules, CheckESSChain, CheckEKU, CheckKeyUsage, CheckNotCA,
	CheckValidity, CheckPathValidity, CheckExpiry, CheckRevocation, CheckCARevocation,
	CheckSignatureAlg, CheckPathAlg, CheckProtection,
}

// onlyCMS are the checks on what a bare signature value does not have.
var onlyCMS = []string{CheckDigestAlg, CheckSignedAttrs, CheckContentType, CheckESS, CheckESSChain, CheckProtection}

// CMSChecks returns the checks that a SignerInfo owes under the profile, in their
// order.
func (p *Profile) CMSChecks() []string {
	return slices.DeleteFunc(slices.Clone(cmsChecks), func(c string) bool { return p.CAMaySign && c == CheckNotCA })
}

// RawChecks returns the checks that a signature value without CMS owes.
func (p *Profile) RawChecks() []string {
	return slices.DeleteFunc(p.CMSChecks(), func(c string) bool { return slices.Contains(onlyCMS, c) })
}

// pathChecks are the owed checks that depend on the path that is taken.
var (
	pathChecks = []string{
		CheckPathRules, CheckESSChain, CheckPathValidity, CheckExpiry, CheckRevocation, CheckCARevocation, CheckPathAlg,
	}
	rawPathChecks = slices.DeleteFunc(slices.Clone(pathChecks), func(c string) bool { return c == CheckESSChain })
)
