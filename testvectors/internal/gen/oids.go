package main

// Object identifiers, by the names of their specifications.
const (
	oidData       = "1.2.840.113549.1.7.1"
	oidSignedData = "1.2.840.113549.1.7.2"
	oidTSTInfo    = "1.2.840.113549.1.9.16.1.4"

	oidContentType         = "1.2.840.113549.1.9.3"
	oidMessageDigest       = "1.2.840.113549.1.9.4"
	oidSigningTime         = "1.2.840.113549.1.9.5"
	oidAlgorithmProtection = "1.2.840.113549.1.9.52"
	oidSigningCertificate  = "1.2.840.113549.1.9.16.2.12"
	oidSigningCertificate2 = "1.2.840.113549.1.9.16.2.47"
	oidRevocationValues    = "1.2.840.113549.1.9.16.2.24"

	oidRSA        = "1.2.840.113549.1.1.1"
	oidMGF1       = "1.2.840.113549.1.1.8"
	oidPSS        = "1.2.840.113549.1.1.10"
	oidEd25519    = "1.3.101.112"
	oidTimestamps = "1.3.6.1.5.5.7.3.8"
	oidOCSPSign   = "1.3.6.1.5.5.7.3.9"
	oidCodeSign   = "1.3.6.1.5.5.7.3.3"
	oidAnyPurpose = "2.5.29.37.0"

	oidCommonName   = "2.5.4.3"
	oidOrganization = "2.5.4.10"
	oidUnit         = "2.5.4.11"

	oidSubjectKeyID      = "2.5.29.14"
	oidKeyUsage          = "2.5.29.15"
	oidSubjectAltName    = "2.5.29.17"
	oidBasicConstraints  = "2.5.29.19"
	oidCRLNumber         = "2.5.29.20"
	oidReasonCode        = "2.5.29.21"
	oidInvalidityDate    = "2.5.29.24"
	oidDeltaIndicator    = "2.5.29.27"
	oidIssuingPoint      = "2.5.29.28"
	oidCertificateIssuer = "2.5.29.29"
	oidNameConstraints   = "2.5.29.30"
	oidCRLPoints         = "2.5.29.31"
	oidPolicies          = "2.5.29.32"
	oidAnyPolicy         = "2.5.29.32.0"
	oidPolicyMappings    = "2.5.29.33"
	oidAuthorityKeyID    = "2.5.29.35"
	oidPolicyConstraints = "2.5.29.36"
	oidExtKeyUsage       = "2.5.29.37"
	oidInhibitAnyPolicy  = "2.5.29.54"
	oidExpiredCertsOnCRL = "2.5.29.60"

	oidOCSPBasic     = "1.3.6.1.5.5.7.48.1.1"
	oidOCSPNoCheck   = "1.3.6.1.5.5.7.48.1.5"
	oidArchiveCutoff = "1.3.6.1.5.5.7.48.1.6"
	oidOCSPInCMS     = "1.3.6.1.5.5.7.16.2"

	oidQCStatements = "1.3.6.1.5.5.7.1.3"
	oidQualifiedTST = "0.4.0.19422.1.1"

	// Arcs that nobody assigns: what no verifier can know.
	oidUnknown     = "1.3.6.1.4.1.55555.99.1"
	oidPolicyOne   = "1.3.6.1.4.1.55555.1.1"
	oidPolicyTwo   = "1.3.6.1.4.1.55555.1.2"
	oidPolicyThree = "1.3.6.1.4.1.55555.1.3"
)
