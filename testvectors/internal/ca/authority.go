package ca

import "math/big"

// Cert is a certificate of a test authority together with its key.
type Cert struct {
	Label  string
	Name   []byte
	Issuer []byte
	Serial *big.Int
	Key    *Key
	DER    []byte
}

// CertSpec says how a certificate is to be made. Zero fields get sound defaults.
type CertSpec struct {
	Label    string // file name, and seed of key and serial number
	CN       string
	Name     []byte // a whole name instead of cn
	From, To string
	Key      *Key
	Alg      *SigAlg
	Inner    []byte // the algorithm inside the signed part, where it differs from the one outside
	Exts     Extensions
	Serial   *big.Int
	NoAKI    bool   // the issuer must then be found by trying
	KeyID    []byte // a subject key identifier that is not the key's own
	Spoil    bool   // one bit of the signature is wrong
}

// Organization is the O of all names; name constraints refer to it. A generator may set its
// own before it makes any.
var Organization = "Exhibit Test Authority"

func DistinguishedName(cn string) []byte {
	return RDNSequence(AttributeValue(OIDOrganization, UTF8(Organization)), AttributeValue(OIDCommonName, UTF8(cn)))
}

func OrganizationName(o string) []byte {
	return RDNSequence(AttributeValue(OIDOrganization, UTF8(o)))
}

func AttributeValue(id string, value []byte) []byte { return Seq(OID(id), value) }

func RDNSequence(values ...[]byte) []byte {
	var parts [][]byte
	for _, v := range values {
		parts = append(parts, Set(v))
	}
	return Seq(parts...)
}

func (s *CertSpec) Defaults() {
	if s.CN == "" {
		s.CN = s.Label
	}
	if s.Name == nil {
		s.Name = DistinguishedName(s.CN)
	}
	if s.Key == nil {
		s.Key = P256(s.Label)
	}
	if s.Serial == nil {
		s.Serial = new(big.Int).SetBytes(Stream("serial "+s.Label, 8))
		s.Serial.SetBit(s.Serial, 62, 1).SetBit(s.Serial, 63, 0)
	}
	if s.KeyID == nil {
		s.KeyID = s.Key.ID()
	}
}

// SelfSigned makes a root.
func SelfSigned(s CertSpec) *Cert {
	s.Defaults()
	s.NoAKI = true
	return (&Cert{Name: s.Name, Key: s.Key}).Issue(s)
}

// Issue makes a certificate below c.
func (c *Cert) Issue(s CertSpec) *Cert {
	s.Defaults()
	exts := append(Extensions{}, s.Exts...)
	exts = exts.With(SubjectKeyID(s.KeyID))
	if !s.NoAKI {
		exts = exts.With(AuthorityKeyID(c.Key.ID()))
	}
	alg := s.Alg
	if alg == nil {
		alg = Usual(c.Key, HashSHA256)
	}
	inner := alg.ID
	if s.Inner != nil {
		inner = s.Inner
	}
	tbs := Seq(Ctx(0, Integer(2)), BigInteger(s.Serial), inner, c.Name,
		Seq(UTCTime(s.From), UTCTime(s.To)), s.Name, s.Key.SPKI, Ctx(3, exts.Encode()))
	signature := alg.Sign(c.Key, tbs)
	if s.Spoil {
		signature[len(signature)-1] ^= 1
	}
	return &Cert{
		Label: s.Label, Name: s.Name, Issuer: c.Name, Serial: s.Serial, Key: s.Key,
		DER: Seq(tbs, alg.ID, BitString(signature)),
	}
}

// IssuerSerial is the CMS form of a signer identifier.
func (c *Cert) IssuerSerial() []byte { return Seq(c.Issuer, BigInteger(c.Serial)) }

// ESSIssuerSerial is the form of the ESS attributes: general names.
func (c *Cert) ESSIssuerSerial() []byte {
	return Seq(Seq(DirectoryName(c.Issuer)), BigInteger(c.Serial))
}

func CAExtensions() Extensions {
	return Extensions{BasicConstraintsCA(), KeyUsage(KeyCertSign, CRLSign)}
}

func TSAExtensions() Extensions {
	return Extensions{KeyUsage(DigitalSignature), ExtKeyUsage(true, OIDTimestamps)}
}
