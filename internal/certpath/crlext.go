package certpath

import (
	"bytes"
	"time"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"github.com/exhibit-dev/exhibit/internal/der"
)

var (
	oidIssuerAltName     = der.MustOID("2.5.29.18")
	oidCRLNumber         = der.MustOID("2.5.29.20")
	oidReasonCode        = der.MustOID("2.5.29.21")
	oidHoldInstruction   = der.MustOID("2.5.29.23")
	oidInvalidityDate    = der.MustOID("2.5.29.24")
	oidDeltaCRL          = der.MustOID("2.5.29.27")
	oidIssuingPoint      = der.MustOID("2.5.29.28")
	oidCertificateIssuer = der.MustOID("2.5.29.29")
	oidFreshestCRL       = der.MustOID("2.5.29.46")
	oidExpiredOnCRL      = der.MustOID("2.5.29.60")
)

// crlExtensions is what the extensions of a list say (RFC 5280, section 5.2).
type crlExtensions struct {
	number    []byte // contents of cRLNumber without leading zeros, nil when absent
	base      []byte // of deltaCRLIndicator, nil for a complete list
	rawPoint  []byte // value of issuingDistributionPoint, nil when absent
	point     issuingPoint
	expiredAt time.Time // expiredCertsOnCRL (X.509, section 9.5.2.8), zero when absent
	unknown   der.OID   // a critical extension that is not known
}

// issuingPoint is an IssuingDistributionPoint (RFC 5280, section 5.2.5).
type issuingPoint struct {
	name      pointName
	userOnly  bool
	caOnly    bool
	attrOnly  bool
	indirect  bool
	reasons   reasonMask // of onlySomeReasons; all reasons when absent
	hasReason bool
}

// readCRLExtensions keeps what decides. A value that cannot be read is a defect of
// the list: what it restricts is unknown.
func (e *crlExtensions) readCRLExtensions(list []Extension) error {
	for i := range list {
		x := &list[i]
		s := cryptobyte.String(x.Value)
		ok := true
		switch x.OID {
		case oidCRLNumber:
			e.number, ok = readCRLNumber(&s)
		case oidDeltaCRL:
			e.base, ok = readCRLNumber(&s)
		case oidIssuingPoint:
			e.rawPoint = x.Value
			ok = e.point.read(&s)
		case oidExpiredOnCRL:
			ok = der.ReadGeneralizedTime(&s, &e.expiredAt) && s.Empty()
		case oidAuthorityKeyID, oidIssuerAltName, oidFreshestCRL: // they help to find other data, and restrict nothing
		default:
			if x.Critical {
				e.unknown = x.OID
			}
		}
		if !ok {
			return malformed("CRL: extension " + x.OID.String())
		}
	}
	return nil
}

// readCRLNumber reads a non-negative INTEGER and drops the sign byte.
func readCRLNumber(s *cryptobyte.String) (n []byte, ok bool) {
	if !der.ReadInteger(s, &n) || !s.Empty() || n[0]&0x80 != 0 {
		return nil, false
	}
	return append([]byte{}, bytes.TrimLeft(n, "\x00")...), true
}

// compareNumbers orders numbers without leading zeros.
func compareNumbers(a, b []byte) int {
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	return bytes.Compare(a, b)
}

func (p *issuingPoint) read(s *cryptobyte.String) bool {
	var seq, name, reasons cryptobyte.String
	var hasName bool
	if !s.ReadASN1(&seq, asn1.SEQUENCE) || !s.Empty() ||
		!seq.ReadOptionalASN1(&name, &hasName, asn1.Tag(0).Constructed().ContextSpecific()) ||
		hasName && !p.name.read(name) ||
		!readFlag(&seq, &p.userOnly, 1) || !readFlag(&seq, &p.caOnly, 2) ||
		!seq.ReadOptionalASN1(&reasons, &p.hasReason, asn1.Tag(3).ContextSpecific()) {
		return false
	}
	p.reasons = allReasons
	if p.hasReason && !p.reasons.read(reasons) {
		return false
	}
	return readFlag(&seq, &p.indirect, 4) && readFlag(&seq, &p.attrOnly, 5) && seq.Empty()
}

// readFlag reads an implicitly tagged BOOLEAN DEFAULT FALSE. An explicit FALSE is
// not DER, but encoders write it, and it means nothing else.
func readFlag(s *cryptobyte.String, out *bool, tag uint8) bool {
	var b cryptobyte.String
	var has bool
	if !s.ReadOptionalASN1(&b, &has, asn1.Tag(tag).ContextSpecific()) {
		return false
	}
	if !has {
		return true
	}
	var v uint8
	if !b.ReadUint8(&v) || !b.Empty() || v != 0 && v != 0xff {
		return false
	}
	*out = v != 0
	return true
}

// reasonMask is a set of reasons: bit n is bit n of ReasonFlags (RFC 5280, section
// 4.2.1.13).
type reasonMask uint16

const (
	allReasons reasonMask = 0x1fe // 1 to 8; 0 is unused
	holdReason reasonMask = 1 << 6
)

// read takes the contents of a ReasonFlags BIT STRING.
func (m *reasonMask) read(s cryptobyte.String) bool {
	var unused uint8
	if !s.ReadUint8(&unused) || unused > 7 || len(s) > 2 || s.Empty() && unused != 0 {
		return false
	}
	*m = 0
	for i, b := range s {
		for j := range 8 {
			if b&(0x80>>j) != 0 {
				*m |= 1 << (8*i + j)
			}
		}
	}
	*m &= allReasons
	return true
}
