package certpath

import (
	"time"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"github.com/exhibit-dev/exhibit/internal/der"
)

// revocation is one statement that a certificate is revoked.
type revocation struct {
	at     time.Time
	reason int
}

// readInvalidity takes the value of an invalidityDate extension (RFC 5280, section
// 5.3.2): the date moves the revocation to an earlier time, never to a later one.
func (r *revocation) readInvalidity(value []byte) bool {
	s := cryptobyte.String(value)
	var t time.Time
	if !s.PeekASN1Tag(asn1.GeneralizedTime) || !der.ReadGeneralizedTime(&s, &t) || !s.Empty() {
		return false
	}
	if t.Before(r.at) {
		r.at = t
	}
	return true
}

// join takes the statement o about the same certificate in: the earliest time and
// the gravest reason.
func (r *revocation) join(o revocation) {
	if o.at.Before(r.at) {
		r.at = o.at
	}
	if a, b := gravity(o.reason), gravity(r.reason); a > b || a == b && o.reason < r.reason {
		r.reason = o.reason
	}
}

// gravity orders reasons by what they leave of signatures made before the
// revocation. RFC 3161, section 4, lets tokens stand after unspecified,
// affiliationChanged, superseded and cessationOfOperation only.
func gravity(reason int) int {
	switch reason {
	case 0, 3, 4, 5:
		return 0
	case reasonHold, reasonRemove: // neither is final
		return 1
	case reasonNone:
		return 2
	}
	return 3
}
