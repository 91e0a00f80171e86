// Package certpath reads X.509 certificates, CRLs and OCSP responses, builds
// certification paths to given anchors, and validates them by RFC 5280, section 6.
//
// crypto/x509 is not used: it refuses certificates and signatures that historic
// evidence is made of (SHA-1 and MD5 signatures, RSASSA-PSS, large exponents, odd
// serial numbers), and its path validation cannot say which rule a path broke.
// Nothing here knows the date until which an algorithm counts; the algorithms of a
// path are returned for the caller to judge.
package certpath
