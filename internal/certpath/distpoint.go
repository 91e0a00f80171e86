package certpath

import (
	"bytes"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

// Limits of distribution points. Every name of the list is compared with every name
// of the certificate, so they bound a product.
const (
	maxPoints     = 16 // of one certificate; real ones have one to four
	maxPointNames = 16 // of one distribution point; real ones have one to three
)

const tagDirectoryName = asn1.Tag(4 | 0xa0) // [4] EXPLICIT: Name is a CHOICE

// pointName is a DistributionPointName (RFC 5280, section 4.2.1.13). Only one
// member is set; none when the name is absent.
type pointName struct {
	full     [][]byte // GeneralNames, whole elements
	relative []byte   // contents of a RelativeDistinguishedName
}

func (n *pointName) absent() bool { return n.full == nil && n.relative == nil }

func (n *pointName) read(s cryptobyte.String) bool {
	var c cryptobyte.String
	ok := false
	switch {
	case s.PeekASN1Tag(asn1.Tag(0).Constructed().ContextSpecific()):
		if s.ReadASN1(&c, asn1.Tag(0).Constructed().ContextSpecific()) {
			n.full, ok = splitNames(c)
		}
	case s.PeekASN1Tag(asn1.Tag(1).Constructed().ContextSpecific()):
		ok = s.ReadASN1(&c, asn1.Tag(1).Constructed().ContextSpecific()) && !c.Empty()
		n.relative = c
	}
	return ok && s.Empty()
}

// splitNames splits the GeneralNames of a distribution point; an empty list is
// refused.
func splitNames(s cryptobyte.String) (out [][]byte, ok bool) {
	for !s.Empty() {
		var n cryptobyte.String
		var tag asn1.Tag
		if len(out) == maxPointNames || !s.ReadAnyASN1Element(&n, &tag) {
			return nil, false
		}
		out = append(out, n)
	}
	return out, len(out) > 0
}

// names returns the name as GeneralNames. A relative one is appended to the name of
// the CRL issuer.
func (n *pointName) names(issuer []byte) [][]byte {
	if n.relative == nil {
		return n.full
	}
	s := cryptobyte.String(issuer)
	var rdns cryptobyte.String
	if !s.ReadASN1(&rdns, asn1.SEQUENCE) {
		return nil
	}
	var b cryptobyte.Builder
	b.AddASN1(tagDirectoryName, func(b *cryptobyte.Builder) {
		b.AddASN1(asn1.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddBytes(rdns)
			b.AddASN1(asn1.SET, func(b *cryptobyte.Builder) { b.AddBytes(n.relative) })
		})
	})
	out, err := b.Bytes()
	if err != nil {
		return nil
	}
	return [][]byte{out}
}

// directoryName returns the Name in a GeneralName, nil when it is of another kind.
func directoryName(general []byte) []byte {
	s := cryptobyte.String(general)
	var c cryptobyte.String
	if !s.ReadASN1(&c, tagDirectoryName) || !s.Empty() {
		return nil
	}
	return c
}

// generalName wraps a Name.
func generalName(name []byte) []byte {
	var b cryptobyte.Builder
	b.AddASN1(tagDirectoryName, func(b *cryptobyte.Builder) { b.AddBytes(name) })
	out, _ := b.Bytes() // nil, equal to nothing, for a name of 4 GiB
	return out
}

// sameGeneral compares directory names as names and all others by their bytes.
func (m nameMemo) sameGeneral(a, b []byte) bool {
	x, y := directoryName(a), directoryName(b)
	if x != nil && y != nil {
		return m.same(x, y)
	}
	return len(a) > 0 && bytes.Equal(a, b)
}

// anySame reports whether the lists have a name in common.
func (m nameMemo) anySame(a, b [][]byte) bool {
	for _, x := range a {
		for _, y := range b {
			if m.sameGeneral(x, y) {
				return true
			}
		}
	}
	return false
}

// directory reports whether one of the general names is the given Name.
func (m nameMemo) directory(list [][]byte, name []byte) bool {
	for _, g := range list {
		if n := directoryName(g); n != nil && m.same(n, name) {
			return true
		}
	}
	return false
}

// distPoint is a DistributionPoint of a certificate.
type distPoint struct {
	name    pointName
	reasons reasonMask // all reasons when absent
	issuer  [][]byte   // cRLIssuer
}

// distPoints returns the distribution points of c; nil when there are none or they
// cannot be read.
func (c *Certificate) distPoints() []distPoint {
	x := c.Extension(oidCRLPoints)
	if x == nil {
		return nil
	}
	s := cryptobyte.String(x.Value)
	var seq cryptobyte.String
	if !s.ReadASN1(&seq, asn1.SEQUENCE) || !s.Empty() {
		return nil
	}
	var out []distPoint
	for !seq.Empty() {
		var p distPoint
		if len(out) == maxPoints || !p.read(&seq) {
			return nil
		}
		out = append(out, p)
	}
	return out
}

func (p *distPoint) read(s *cryptobyte.String) bool {
	var seq, name, reasons, issuer cryptobyte.String
	var hasName, hasReasons, hasIssuer, ok bool
	if !s.ReadASN1(&seq, asn1.SEQUENCE) ||
		!seq.ReadOptionalASN1(&name, &hasName, asn1.Tag(0).Constructed().ContextSpecific()) ||
		hasName && !p.name.read(name) ||
		!seq.ReadOptionalASN1(&reasons, &hasReasons, asn1.Tag(1).ContextSpecific()) ||
		!seq.ReadOptionalASN1(&issuer, &hasIssuer, asn1.Tag(2).Constructed().ContextSpecific()) || !seq.Empty() {
		return false
	}
	p.reasons = allReasons
	if hasReasons && !p.reasons.read(reasons) {
		return false
	}
	if hasIssuer {
		p.issuer, ok = splitNames(issuer)
		return ok
	}
	return true
}
