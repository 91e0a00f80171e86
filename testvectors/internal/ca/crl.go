package ca

// Material is one file of a trust folder.
type Material struct {
	Use, File string
	Data      []byte
}

// CRLSpec says how a CRL is made. By default it is complete, good and newer than the tokens.
type CRLSpec struct {
	Label      string
	Key        *Key // who signs in truth; nil = the issuer
	Alg        *SigAlg
	ThisUpdate string
	NextUpdate string // NextUpdate
	Entries    []RevokedEntry
	Exts       Extensions
	Later      int64 // issues after the usual one, or before it, for the CRL number
}

// RevokedEntry is one line of a CRL.
type RevokedEntry struct {
	Of         *Cert
	At         string
	Reason     int    // NoReason = extension left out
	Invalidity string // "" = left out
	Issuer     []byte // certificateIssuer of an indirect CRL
}

const (
	NoReason             = -1
	Unspecified          = 0
	KeyCompromise        = 1
	CACompromise         = 2
	AffiliationChanged   = 3
	Superseded           = 4
	CessationOfOperation = 5
	CertificateHold      = 6
	PrivilegeWithdrawn   = 9
	AACompromise         = 10
)

const (
	UsualUpdate = "2025-06-01"
	NextUpdate  = "2027-06-01" // later than every validation time but the far ones
)

// CRL makes a CRL in the name of c.
func (c *Cert) CRL(s CRLSpec) Material {
	if s.Key == nil {
		s.Key = c.Key
	}
	if s.ThisUpdate == "" {
		s.ThisUpdate = UsualUpdate
	}
	if s.NextUpdate == "" {
		s.NextUpdate = NextUpdate
	}
	alg := s.Alg
	if alg == nil {
		alg = Usual(s.Key, HashSHA256)
	}
	parts := [][]byte{Integer(1), alg.ID, c.Name, UTCTime(s.ThisUpdate), UTCTime(s.NextUpdate)}
	if s.Entries != nil {
		parts = append(parts, EncodeEntries(s.Entries))
	}
	exts := append(Extensions{AuthorityKeyID(c.Key.ID()), {OIDCRLNumber, false, Integer(7 + s.Later)}}, s.Exts...)
	tbs := Seq(append(parts, Ctx(0, exts.Encode()))...)
	data := Seq(tbs, alg.ID, BitString(alg.Sign(s.Key, tbs)))
	return Material{"revocation", s.Label + ".crl", data}
}

func EncodeEntries(list []RevokedEntry) []byte {
	var parts [][]byte
	for _, e := range list {
		parts = append(parts, e.Encode())
	}
	return Seq(parts...)
}

func (e RevokedEntry) Encode() []byte {
	var exts Extensions
	if e.Reason != NoReason {
		exts = append(exts, Extension{OIDReasonCode, false, Enumerated(e.Reason)})
	}
	if e.Invalidity != "" {
		exts = append(exts, Extension{OIDInvalidityDate, false, GenTimeOf(e.Invalidity)})
	}
	if e.Issuer != nil {
		exts = append(exts, Extension{OIDCertificateIssuer, true, Seq(DirectoryName(e.Issuer))})
	}
	if exts == nil {
		return Seq(BigInteger(e.Of.Serial), UTCTime(e.At))
	}
	return Seq(BigInteger(e.Of.Serial), UTCTime(e.At), exts.Encode())
}

// Revoking is a CRL with one line.
func (c *Cert) Revoking(label string, e RevokedEntry) Material {
	return c.CRL(CRLSpec{Label: label, Entries: []RevokedEntry{e}})
}

// Scopes of a CRL: the members of IssuingDistributionPoint.
func IssuingPoint(members ...[]byte) Extension {
	return Extension{OIDIssuingPoint, true, Seq(members...)}
}

var Yes = []byte{0xff}

func OnlyUserCerts() []byte      { return CtxPrimitive(1, Yes) }
func OnlyCACerts() []byte        { return CtxPrimitive(2, Yes) }
func IndirectCRL() []byte        { return CtxPrimitive(4, Yes) }
func OnlyAttributeCerts() []byte { return CtxPrimitive(5, Yes) }
func AtPoint(uri string) []byte  { return Ctx(0, Ctx(0, URIName(uri))) }
func OnlySomeReasons(bits ...int) []byte {
	return CtxPrimitive(3, Contents(NamedBits(bits...)))
}

func DeltaIndicator(base int64) Extension {
	return Extension{OIDDeltaIndicator, true, Integer(base)}
}

func ExpiredCertsOnCRL(since string) Extension {
	return Extension{OIDExpiredCertsOnCRL, false, GenTimeOf(since)}
}
