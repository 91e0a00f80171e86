package signercheck_test

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"encoding/asn1"
	"slices"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/cms"
	"github.com/exhibit-dev/exhibit/internal/signercheck"
)

var (
	oidData          = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 1}
	oidSignedData    = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}
	oidContentType   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 3}
	oidMessageDigest = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 4}
	oidSigningTime   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 5}
	oidProtection    = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 52}
	oidSigningCertV2 = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 47}
	oidSHA1          = asn1.ObjectIdentifier{1, 3, 14, 3, 2, 26}
	oidSHA256        = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}
	oidECDSA256      = asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 2}
	oidRSA256        = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 11}
)

// document is what the tests sign.
var document = []byte("the bytes of a document, without its own signature")

// signature is a CMS signature to be made. The zero value of each member is the usual.
type signature struct {
	by          *holder
	content     []byte // nil: document
	inside      bool   // the content is inside, not detached
	contentType asn1.ObjectIdentifier
	digest      asn1.ObjectIdentifier // digestAlgorithm; SHA-256
	algorithm   asn1.ObjectIdentifier
	noAttrs     bool
	noESS       bool
	certIDs     []*holder // of the signing-certificate-v2 attribute; by
	byKey       bool      // the signer identifier is a key identifier
	carried     []*holder // certificates inside; by, and nothing with noCerts
	noCerts     bool
	change      func(attrs map[string][]byte) // by type; nil removes one
	crls        [][]byte
}

func der(t testing.TB, v any, params ...string) []byte {
	t.Helper()
	p := ""
	if params != nil {
		p = params[0]
	}
	b, err := asn1.MarshalWithParams(v, p)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// tlv wraps contents.
func tlv(class, tag int, compound bool, parts ...[]byte) []byte {
	b, err := asn1.Marshal(asn1.RawValue{Class: class, Tag: tag, IsCompound: compound, Bytes: bytes.Join(parts, nil)})
	if err != nil {
		panic(err)
	}
	return b
}

func seq(parts ...[]byte) []byte           { return tlv(0, 16, true, parts...) }
func set(parts ...[]byte) []byte           { return tlv(0, 17, true, parts...) }
func tagged(n int, parts ...[]byte) []byte { return tlv(2, n, true, parts...) }

func (s *signature) attributes(t testing.TB) (out [][]byte) {
	attrs := map[string][]byte{
		oidContentType.String():   der(t, s.contentType),
		oidMessageDigest.String(): der(t, sha256Sum(s.content)),
	}
	if !s.noESS {
		ids := s.certIDs
		if ids == nil {
			ids = []*holder{s.by}
		}
		var list [][]byte
		for _, c := range ids {
			list = append(list, seq(der(t, sha256Sum(c.std.Raw))))
		}
		attrs[oidSigningCertV2.String()] = seq(seq(list...))
	}
	if s.change != nil {
		s.change(attrs)
	}
	for oid, value := range attrs {
		if value != nil {
			out = append(out, seq(der(t, parseOID(t, oid)), set(value)))
		}
	}
	slices.SortFunc(out, bytes.Compare)
	return out
}

func parseOID(t testing.TB, s string) (oid asn1.ObjectIdentifier) {
	t.Helper()
	n, digits := 0, false
	for _, c := range s + "." {
		if c == '.' {
			oid, n = append(oid, n), 0
			continue
		}
		n, digits = 10*n+int(c-'0'), true
	}
	if !digits {
		t.Fatal("no object identifier: " + s)
	}
	return oid
}

// raw makes the signature.
func (s signature) raw(t testing.TB) []byte {
	t.Helper()
	if s.content == nil {
		s.content = document
	}
	if s.contentType == nil {
		s.contentType = oidData
	}
	if s.digest == nil {
		s.digest = oidSHA256
	}
	if s.algorithm == nil {
		s.algorithm = oidECDSA256
		if _, ok := s.by.key.(*rsa.PrivateKey); ok {
			s.algorithm = oidRSA256
		}
	}
	sid := seq(s.by.std.RawIssuer, der(t, s.by.std.SerialNumber))
	if s.byKey {
		sid = tlv(2, 0, false, s.by.std.SubjectKeyId)
	}
	info := [][]byte{der(t, 1), sid, seq(der(t, s.digest))}
	message := s.content
	if !s.noAttrs {
		attrs := s.attributes(t)
		message = set(attrs...)
		info = append(info, tagged(0, attrs...))
	}
	value, err := s.by.key.Sign(rand.Reader, sha256Sum(message), crypto.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	info = append(info, seq(der(t, s.algorithm)), der(t, value))
	encap := [][]byte{der(t, oidData)}
	if s.inside {
		encap = append(encap, tagged(0, der(t, s.content)))
	}
	body := [][]byte{der(t, 1), set(seq(der(t, s.digest))), seq(encap...)}
	if s.carried == nil && !s.noCerts {
		s.carried = []*holder{s.by}
	}
	var certs [][]byte
	for _, c := range s.carried {
		certs = append(certs, c.std.Raw)
	}
	if certs != nil {
		body = append(body, tagged(0, certs...))
	}
	if s.crls != nil {
		body = append(body, tagged(1, s.crls...))
	}
	body = append(body, set(seq(info...)))
	return seq(der(t, oidSignedData), tagged(0, seq(body...)))
}

// read parses a signature as a caller does.
func read(t testing.TB, raw []byte) signercheck.Signed {
	t.Helper()
	sd, rest, err := cms.Parse(raw)
	if err != nil || len(rest) > 0 || len(sd.Signers) != 1 {
		t.Fatalf("%v, %d bytes left", err, len(rest))
	}
	attrs, err := sd.Signers[0].ReadProtected()
	if err != nil {
		t.Fatal(err)
	}
	return signercheck.Signed{CMS: sd, Info: &sd.Signers[0], Attrs: &attrs}
}
