package main

// material is one file of a trust folder.
type material struct {
	use, file string
	data      []byte
}

// crlSpec says how a CRL is made. By default it is complete, good and newer than the tokens.
type crlSpec struct {
	label      string
	key        *key // who signs in truth; nil = the issuer
	alg        *sigAlg
	thisUpdate string
	entries    []revokedEntry
	exts       extensions
	later      int64 // issues after the usual one, or before it, for the CRL number
}

// revokedEntry is one line of a CRL.
type revokedEntry struct {
	of         *cert
	at         string
	reason     int    // noReason = extension left out
	invalidity string // "" = left out
	issuer     []byte // certificateIssuer of an indirect CRL
}

const (
	noReason             = -1
	unspecified          = 0
	keyCompromise        = 1
	cACompromise         = 2
	affiliationChanged   = 3
	superseded           = 4
	cessationOfOperation = 5
	certificateHold      = 6
	privilegeWithdrawn   = 9
	aACompromise         = 10
)

const (
	usualUpdate = "2025-06-01"
	nextUpdate  = "2027-06-01" // later than every validation time but the far ones
)

// crl makes a CRL in the name of c.
func (c *cert) crl(s crlSpec) material {
	if s.key == nil {
		s.key = c.key
	}
	if s.thisUpdate == "" {
		s.thisUpdate = usualUpdate
	}
	alg := s.alg
	if alg == nil {
		alg = usual(s.key, hashSHA256)
	}
	parts := [][]byte{integer(1), alg.id, c.name, utcTime(s.thisUpdate), utcTime(nextUpdate)}
	if s.entries != nil {
		parts = append(parts, encodeEntries(s.entries))
	}
	exts := append(extensions{authorityKeyID(c.key.id()), {oidCRLNumber, false, integer(7 + s.later)}}, s.exts...)
	tbs := seq(append(parts, ctx(0, exts.encode()))...)
	data := seq(tbs, alg.id, bitString(alg.sign(s.key, tbs)))
	return material{"revocation", s.label + ".crl", data}
}

func encodeEntries(list []revokedEntry) []byte {
	var parts [][]byte
	for _, e := range list {
		parts = append(parts, e.encode())
	}
	return seq(parts...)
}

func (e revokedEntry) encode() []byte {
	var exts extensions
	if e.reason != noReason {
		exts = append(exts, extension{oidReasonCode, false, enumerated(e.reason)})
	}
	if e.invalidity != "" {
		exts = append(exts, extension{oidInvalidityDate, false, genTimeOf(e.invalidity)})
	}
	if e.issuer != nil {
		exts = append(exts, extension{oidCertificateIssuer, true, seq(directoryName(e.issuer))})
	}
	if exts == nil {
		return seq(bigInteger(e.of.serial), utcTime(e.at))
	}
	return seq(bigInteger(e.of.serial), utcTime(e.at), exts.encode())
}

// revoking is a CRL with one line.
func (c *cert) revoking(label string, e revokedEntry) material {
	return c.crl(crlSpec{label: label, entries: []revokedEntry{e}})
}

// Scopes of a CRL: the members of IssuingDistributionPoint.
func issuingPoint(members ...[]byte) extension {
	return extension{oidIssuingPoint, true, seq(members...)}
}

var yes = []byte{0xff}

func onlyUserCerts() []byte      { return ctxPrimitive(1, yes) }
func onlyCACerts() []byte        { return ctxPrimitive(2, yes) }
func indirectCRL() []byte        { return ctxPrimitive(4, yes) }
func onlyAttributeCerts() []byte { return ctxPrimitive(5, yes) }
func atPoint(uri string) []byte  { return ctx(0, ctx(0, uriName(uri))) }
func onlySomeReasons(bits ...int) []byte {
	return ctxPrimitive(3, contents(namedBits(bits...)))
}

func deltaIndicator(base int64) extension {
	return extension{oidDeltaIndicator, true, integer(base)}
}

func expiredCertsOnCRL(since string) extension {
	return extension{oidExpiredCertsOnCRL, false, genTimeOf(since)}
}
