package ca

// Object identifiers, by the names of their specifications.
const (
	OIDData       = "1.2.840.113549.1.7.1"
	OIDSignedData = "1.2.840.113549.1.7.2"
	OIDTSTInfo    = "1.2.840.113549.1.9.16.1.4"

	OIDContentType         = "1.2.840.113549.1.9.3"
	OIDMessageDigest       = "1.2.840.113549.1.9.4"
	OIDSigningTime         = "1.2.840.113549.1.9.5"
	OIDAlgorithmProtection = "1.2.840.113549.1.9.52"
	OIDSigningCertificate  = "1.2.840.113549.1.9.16.2.12"
	OIDSigningCertificate2 = "1.2.840.113549.1.9.16.2.47"
	OIDRevocationValues    = "1.2.840.113549.1.9.16.2.24"

	OIDRSA        = "1.2.840.113549.1.1.1"
	OIDMGF1       = "1.2.840.113549.1.1.8"
	OIDPSS        = "1.2.840.113549.1.1.10"
	OIDEd25519    = "1.3.101.112"
	OIDTimestamps = "1.3.6.1.5.5.7.3.8"
	OIDOCSPSign   = "1.3.6.1.5.5.7.3.9"
	OIDCodeSign   = "1.3.6.1.5.5.7.3.3"
	OIDAnyPurpose = "2.5.29.37.0"

	OIDCommonName   = "2.5.4.3"
	OIDOrganization = "2.5.4.10"
	OIDUnit         = "2.5.4.11"

	OIDSubjectKeyID      = "2.5.29.14"
	OIDKeyUsage          = "2.5.29.15"
	OIDSubjectAltName    = "2.5.29.17"
	OIDBasicConstraints  = "2.5.29.19"
	OIDCRLNumber         = "2.5.29.20"
	OIDReasonCode        = "2.5.29.21"
	OIDInvalidityDate    = "2.5.29.24"
	OIDDeltaIndicator    = "2.5.29.27"
	OIDIssuingPoint      = "2.5.29.28"
	OIDCertificateIssuer = "2.5.29.29"
	OIDNameConstraints   = "2.5.29.30"
	OIDCRLPoints         = "2.5.29.31"
	OIDPolicies          = "2.5.29.32"
	OIDAnyPolicy         = "2.5.29.32.0"
	OIDPolicyMappings    = "2.5.29.33"
	OIDAuthorityKeyID    = "2.5.29.35"
	OIDPolicyConstraints = "2.5.29.36"
	OIDExtKeyUsage       = "2.5.29.37"
	OIDInhibitAnyPolicy  = "2.5.29.54"
	OIDExpiredCertsOnCRL = "2.5.29.60"

	OIDOCSPBasic     = "1.3.6.1.5.5.7.48.1.1"
	OIDOCSPNoCheck   = "1.3.6.1.5.5.7.48.1.5"
	OIDArchiveCutoff = "1.3.6.1.5.5.7.48.1.6"
	OIDOCSPInCMS     = "1.3.6.1.5.5.7.16.2"

	OIDQCStatements = "1.3.6.1.5.5.7.1.3"
	OIDQualifiedTST = "0.4.0.19422.1.1"

	// Arcs that nobody assigns: what no verifier can know.
	OIDUnknown     = "1.3.6.1.4.1.55555.99.1"
	OIDPolicyOne   = "1.3.6.1.4.1.55555.1.1"
	OIDPolicyTwo   = "1.3.6.1.4.1.55555.1.2"
	OIDPolicyThree = "1.3.6.1.4.1.55555.1.3"
)
