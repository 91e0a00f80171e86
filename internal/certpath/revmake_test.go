package certpath

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"testing"
	"time"

	"github.com/cloudflare/circl/sign/ed448"
	"golang.org/x/crypto/cryptobyte"
	casn1 "golang.org/x/crypto/cryptobyte/asn1"

	"github.com/exhibit-dev/exhibit/internal/der"
)

// The makers of this file share no code with the readers: certificates come from
// crypto/x509, lists and responses are built by hand where the library cannot.

func day(s string) time.Time {
	t, err := time.Parse("2006-01-02", s)
	if err != nil {
		panic(err)
	}
	return t
}

// The usual times: the leaf is valid from leafFrom to leafTo, and its token is from
// proven.
var (
	leafFrom = day("2022-01-01")
	leafTo   = day("2030-01-01")
	proven   = day("2024-01-01")
	after    = day("2024-06-01") // a good time for revocation data
)

type maker struct {
	key  crypto.Signer
	std  *x509.Certificate
	cert *Certificate
}

var makerSerial = big.NewInt(0x1000)

// make issues a certificate; parent nil makes it self-signed.
func makeCert(t testing.TB, parent *maker, x *x509.Certificate) *maker {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return makeCertWithKey(t, parent, x, key)
}

func makeCertWithKey(t testing.TB, parent *maker, x *x509.Certificate, key crypto.Signer) *maker {
	t.Helper()
	if x.SerialNumber == nil {
		makerSerial = new(big.Int).Add(makerSerial, big.NewInt(1))
		x.SerialNumber = makerSerial
	}
	if x.NotBefore.IsZero() {
		x.NotBefore, x.NotAfter = day("2020-01-01"), day("2050-01-01")
	}
	x.BasicConstraintsValid = true
	m := &maker{key: key}
	p := x
	signer := key
	if parent != nil {
		p, signer = parent.std, parent.key
	}
	raw, err := x509.CreateCertificate(rand.Reader, x, p, key.Public(), signer)
	if err != nil {
		t.Fatal(err)
	}
	m.std, _ = x509.ParseCertificate(raw) // nil for what the library refuses and we may read
	if m.cert, err = ParseCertificate(raw); err != nil {
		t.Fatal(err)
	}
	return m
}

func caTemplate(name string) *x509.Certificate {
	return &x509.Certificate{
		Subject: pkix.Name{CommonName: name, Organization: []string{"Test"}}, IsCA: true,
		KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
	}
}

func leafTemplate() *x509.Certificate {
	return &x509.Certificate{
		Subject: pkix.Name{CommonName: "leaf"}, NotBefore: leafFrom, NotAfter: leafTo,
		SerialNumber: big.NewInt(0x7a1234567890), KeyUsage: x509.KeyUsageDigitalSignature,
	}
}

// house is a CA with one leaf.
type house struct{ ca, leaf *maker }

func newHouse(t testing.TB) house {
	ca := makeCert(t, nil, caTemplate("CA"))
	return house{ca, makeCert(t, ca, leafTemplate())}
}

func (h house) query() RevocationQuery {
	return RevocationQuery{Certificate: h.leaf.cert, Issuer: h.ca.cert, From: proven}
}

// ask judges the leaf by the lists.
func (h house) ask(t testing.TB, lists ...*CRL) RevocationStatus {
	t.Helper()
	q := h.query()
	q.CRLs = lists
	return Revocation(q)
}

// entry is one line of a hand-made list.
type entry struct {
	serial     []byte // contents of the INTEGER
	date       time.Time
	extensions [][]byte
}

func (h house) entry(date string, extensions ...[]byte) entry {
	return entry{h.leaf.cert.Serial, day(date), extensions}
}

// list is a hand-made CRL.
type list struct {
	signer     *maker
	issuer     []byte // default: the signer's subject
	v1         bool
	this       time.Time // default: after
	next       time.Time
	entries    []entry
	extensions [][]byte
	sha384     bool
}

func (h house) list(entries ...entry) *list { return &list{signer: h.ca, entries: entries} }

func (l *list) at(date string) *list { l.this = day(date); return l }

func (l *list) with(extensions ...[]byte) *list {
	l.extensions = append(l.extensions, extensions...)
	return l
}

var (
	testOIDECDSA   = asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 2}
	testOIDECDSA3  = asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 3}
	testOIDEd25519 = asn1.ObjectIdentifier{1, 3, 101, 112}
	testOIDEd448   = asn1.ObjectIdentifier{1, 3, 101, 113}
)

func signatureOID(key crypto.Signer, sha384 bool) asn1.ObjectIdentifier {
	switch key.(type) {
	case ed25519.PrivateKey:
		return testOIDEd25519
	case ed448.PrivateKey:
		return testOIDEd448
	}
	if sha384 {
		return testOIDECDSA3
	}
	return testOIDECDSA
}

func signWith(key crypto.Signer, message []byte, sha384 bool) []byte {
	var out []byte
	var err error
	switch k := key.(type) {
	case ed25519.PrivateKey:
		out, err = k.Sign(rand.Reader, message, crypto.Hash(0))
	case ed448.PrivateKey:
		out, err = k.Sign(rand.Reader, message, crypto.Hash(0))
	default:
		sum, hash := sha256Sum(message), crypto.SHA256
		if sha384 {
			s := sha512.Sum384(message)
			sum, hash = s[:], crypto.SHA384
		}
		out, err = key.Sign(rand.Reader, sum, hash)
	}
	if err != nil {
		panic(err)
	}
	return out
}

func build(f func(b *cryptobyte.Builder)) []byte {
	var b cryptobyte.Builder
	f(&b)
	return b.BytesOrPanic()
}

func seq(parts ...[]byte) []byte { return tlv(casn1.SEQUENCE, parts...) }

func tlv(tag casn1.Tag, parts ...[]byte) []byte {
	return build(func(b *cryptobyte.Builder) {
		b.AddASN1(tag, func(b *cryptobyte.Builder) {
			for _, p := range parts {
				b.AddBytes(p)
			}
		})
	})
}

func ctx(n uint8, parts ...[]byte) []byte     { return tlv(casn1.Tag(n).ContextSpecific(), parts...) }
func ctxCons(n uint8, parts ...[]byte) []byte { return tlv(casn1.Tag(n|0xa0), parts...) }

func utc(t time.Time) []byte {
	return build(func(b *cryptobyte.Builder) { b.AddASN1UTCTime(t) })
}

func general(t time.Time) []byte {
	return build(func(b *cryptobyte.Builder) { b.AddASN1GeneralizedTime(t) })
}

func oidBytes(oid der.OID) []byte { return tlv(casn1.OBJECT_IDENTIFIER, []byte(oid)) }

func integer(n int64) []byte { return build(func(b *cryptobyte.Builder) { b.AddASN1Int64(n) }) }

func ext(oid der.OID, critical bool, value []byte) []byte {
	parts := [][]byte{oidBytes(oid)}
	if critical {
		parts = append(parts, []byte{1, 1, 0xff})
	}
	return seq(append(parts, tlv(casn1.OCTET_STRING, value))...)
}

func reason(n byte) []byte { return ext(oidReasonCode, false, tlv(casn1.ENUM, []byte{n})) }

func (l *list) tbs() []byte {
	alg := seq(build(func(b *cryptobyte.Builder) { b.AddASN1ObjectIdentifier(signatureOID(l.signer.key, l.sha384)) }))
	var parts [][]byte
	if !l.v1 {
		parts = append(parts, integer(1))
	}
	issuer := l.issuer
	if issuer == nil {
		issuer = l.signer.cert.RawSubject
	}
	this := l.this
	if this.IsZero() {
		this = after
	}
	parts = append(parts, alg, issuer, utc(this))
	if !l.next.IsZero() {
		parts = append(parts, utc(l.next))
	}
	if len(l.entries) > 0 {
		var all [][]byte
		for _, e := range l.entries {
			in := [][]byte{tlv(casn1.INTEGER, e.serial), utc(e.date)}
			if e.extensions != nil {
				in = append(in, seq(e.extensions...))
			}
			all = append(all, seq(in...))
		}
		parts = append(parts, seq(all...))
	}
	if l.extensions != nil {
		parts = append(parts, ctxCons(0, seq(l.extensions...)))
	}
	return seq(parts...)
}

func bits(b []byte) []byte { return tlv(casn1.BIT_STRING, []byte{0}, b) }

func (l *list) raw() []byte {
	tbs := l.tbs()
	alg := seq(build(func(b *cryptobyte.Builder) { b.AddASN1ObjectIdentifier(signatureOID(l.signer.key, l.sha384)) }))
	return seq(tbs, alg, bits(signWith(l.signer.key, tbs, l.sha384)))
}

func (l *list) parse(t testing.TB) *CRL {
	t.Helper()
	c, err := ParseCRL(l.raw())
	if err != nil {
		t.Fatal(err)
	}
	c.Origin = "list"
	return c
}

// single is one hand-made SingleResponse.
type single struct {
	cert, issuer *maker
	hash         asn1.ObjectIdentifier // default SHA-1
	sum          func([]byte) []byte
	status       []byte // default good
	this         time.Time
	next         time.Time // zero: none
	extensions   [][]byte
}

func sha1Sum(b []byte) []byte   { s := sha1.Sum(b); return s[:] }
func sha256Sum(b []byte) []byte { s := sha256.Sum256(b); return s[:] }

func keyBitsOf(t testing.TB, m *maker) []byte {
	var spki struct {
		Algorithm pkix.AlgorithmIdentifier
		Key       asn1.BitString
	}
	if _, err := asn1.Unmarshal(m.std.RawSubjectPublicKeyInfo, &spki); err != nil {
		t.Fatal(err)
	}
	return spki.Key.Bytes
}

func (s *single) der(t testing.TB) []byte {
	hash, sum := s.hash, s.sum
	if hash == nil {
		hash, sum = asn1.ObjectIdentifier{1, 3, 14, 3, 2, 26}, sha1Sum
	}
	status := s.status
	if status == nil {
		status = ctx(0)
	}
	this := s.this
	if this.IsZero() {
		this = after
	}
	id := seq(seq(build(func(b *cryptobyte.Builder) { b.AddASN1ObjectIdentifier(hash) }), []byte{5, 0}),
		tlv(casn1.OCTET_STRING, sum(s.cert.std.RawIssuer)), tlv(casn1.OCTET_STRING, sum(keyBitsOf(t, s.issuer))),
		tlv(casn1.INTEGER, s.cert.cert.Serial))
	parts := [][]byte{id, status, general(this)}
	if !s.next.IsZero() {
		parts = append(parts, ctxCons(0, general(s.next)))
	}
	if s.extensions != nil {
		parts = append(parts, ctxCons(1, seq(s.extensions...)))
	}
	return seq(parts...)
}

// answer is a hand-made BasicOCSPResponse.
type answer struct {
	signer     *maker
	byKey      bool
	produced   time.Time
	singles    []*single
	extensions [][]byte
	certs      []*maker
	sha384     bool
}

func (a *answer) raw(t testing.TB) []byte {
	responder := ctxCons(1, a.signer.cert.RawSubject)
	if a.byKey {
		responder = ctxCons(2, tlv(casn1.OCTET_STRING, sha1Sum(keyBitsOf(t, a.signer))))
	}
	produced := a.produced
	if produced.IsZero() {
		produced = after
	}
	var all [][]byte
	for _, s := range a.singles {
		all = append(all, s.der(t))
	}
	parts := [][]byte{responder, general(produced), seq(all...)}
	if a.extensions != nil {
		parts = append(parts, ctxCons(1, seq(a.extensions...)))
	}
	tbs := seq(parts...)
	alg := seq(build(func(b *cryptobyte.Builder) { b.AddASN1ObjectIdentifier(signatureOID(a.signer.key, a.sha384)) }))
	outer := [][]byte{tbs, alg, bits(signWith(a.signer.key, tbs, a.sha384))}
	if a.certs != nil {
		var list [][]byte
		for _, c := range a.certs {
			list = append(list, c.cert.Raw)
		}
		outer = append(outer, ctxCons(0, seq(list...)))
	}
	return seq(outer...)
}

// wrapOCSP puts a BasicOCSPResponse into an OCSPResponse.
func wrapOCSP(basic []byte) []byte {
	return seq(tlv(casn1.ENUM, []byte{0}), ctxCons(0, seq(oidBytes(oidOCSPBasic), tlv(casn1.OCTET_STRING, basic))))
}

func (a *answer) parse(t testing.TB) *OCSPResponse {
	t.Helper()
	r, err := ParseOCSP(a.raw(t))
	if err != nil {
		t.Fatal(err)
	}
	r.Origin = "answer"
	return r
}
