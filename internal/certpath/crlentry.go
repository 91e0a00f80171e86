package certpath

import (
	"time"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"github.com/exhibit-dev/exhibit/internal/der"
)

// maxEntryExtensions bounds the extensions of one CRL entry; the standard defines
// four.
const maxEntryExtensions = 16

// CRLReason values (RFC 5280, section 5.3.1) that decide something here.
const (
	reasonNone   = -1 // the data give no reason
	reasonHold   = 6
	reasonRemove = 8
)

// crlEntry is one entry of a list as it lies in the window. It is used again for
// each entry, because a list has millions.
type crlEntry struct {
	serial     cryptobyte.String
	date       time.Time
	extensions []Extension
}

// read takes the contents of an entry (RFC 5280, section 5.1.2.6).
func (e *crlEntry) read(s cryptobyte.String, v2 bool) bool {
	e.extensions = e.extensions[:0]
	if !s.ReadASN1(&e.serial, asn1.INTEGER) || len(e.serial) == 0 || !der.ReadTime(&s, &e.date) {
		return false
	}
	if s.Empty() {
		return true
	}
	var list cryptobyte.String
	if !v2 || !s.ReadASN1(&list, asn1.SEQUENCE) || !s.Empty() {
		return false
	}
	for !list.Empty() {
		var in cryptobyte.String
		var x Extension
		if len(e.extensions) == maxEntryExtensions || !list.ReadASN1(&in, asn1.SEQUENCE) || !der.ReadOID(&in, &x.OID) ||
			in.PeekASN1Tag(asn1.BOOLEAN) && !in.ReadASN1Boolean(&x.Critical) ||
			!in.ReadASN1((*cryptobyte.String)(&x.Value), asn1.OCTET_STRING) || !in.Empty() ||
			findExtension(e.extensions, x.OID) != nil {
			return false
		}
		e.extensions = append(e.extensions, x)
	}
	return true
}

// opaque reports whether the entry has a critical extension that is not known.
func (e *crlEntry) opaque() bool {
	for i := range e.extensions {
		switch x := &e.extensions[i]; x.OID {
		case oidReasonCode, oidInvalidityDate, oidCertificateIssuer, oidHoldInstruction:
		default:
			if x.Critical {
				return true
			}
		}
	}
	return false
}

// revocation returns what the entry says. A critical extension that is not known,
// or a value that cannot be read, may mean anything: it counts as a revocation
// without a reason.
func (e *crlEntry) revocation() revocation {
	out := revocation{at: e.date, reason: reasonNone}
	clear := !e.opaque()
	if x := findExtension(e.extensions, oidReasonCode); x != nil {
		s := cryptobyte.String(x.Value)
		clear = der.ReadSmallInt(&s, &out.reason, asn1.ENUM) && s.Empty() && clear
	}
	if x := findExtension(e.extensions, oidInvalidityDate); x != nil {
		clear = out.readInvalidity(x.Value) && clear
	}
	if !clear {
		out.reason = reasonNone
	}
	return out
}

// sameNumber compares the contents of two INTEGERs by value: padded serial numbers
// were issued, and a list need not repeat the padding.
func sameNumber(a, b []byte) bool { return string(trimNumber(a)) == string(trimNumber(b)) }

// trimNumber drops the bytes in front that only repeat the sign.
func trimNumber(n []byte) []byte {
	for len(n) > 1 && (n[0] == 0 && n[1] < 0x80 || n[0] == 0xff && n[1] >= 0x80) {
		n = n[1:]
	}
	return n
}
