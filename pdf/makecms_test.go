package pdf

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	_ "crypto/sha1"
	_ "crypto/sha256"
	_ "crypto/sha512"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/exhibit-dev/exhibit/trust/pki"
)

// The makers share no code with the readers: certificates and lists come from
// crypto/x509, CMS and tokens from encoding/asn1.

var (
	oidTestData     = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 1}
	oidTestSigned   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}
	oidTestType     = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 3}
	oidTestDigest   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 4}
	oidTestESS      = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 47}
	oidTestTST      = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 1, 4}
	oidTestStamp    = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 14}
	oidTestContent  = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 20}
	oidTestSHA1     = asn1.ObjectIdentifier{1, 3, 14, 3, 2, 26}
	oidTestSHA256   = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}
	oidTestSHA512   = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 3}
	oidTestRSA      = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 1}
	oidTestPolicy   = asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 99999, 1}
	oidTestEKU      = asn1.ObjectIdentifier{2, 5, 29, 37}
	oidTestStamping = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 8}
)

func dayOf(s string) time.Time {
	layout := time.DateOnly
	if len(s) > len(layout) {
		layout = time.RFC3339
	}
	t, err := time.Parse(layout, s)
	if err != nil {
		panic(err)
	}
	return t
}

// holder is a certificate and its key.
type holder struct {
	key crypto.Signer
	std *x509.Certificate
	own *pki.Certificate
}

// keys are made once: they take the time of all tests together.
var keys = sync.OnceValue(func() (list [6]*rsa.PrivateKey) {
	for i := range list {
		k, err := rsa.GenerateKey(rand.Reader, 2048)
		if err != nil {
			panic(err)
		}
		list[i] = k
	}
	return list
})

var serial int64

func issueCert(t testing.TB, issuer *holder, key crypto.Signer, x *x509.Certificate) *holder {
	t.Helper()
	serial++
	x.SerialNumber, x.BasicConstraintsValid = big.NewInt(0x1000+serial), true
	parent, signer := x, key
	if issuer != nil {
		parent, signer = issuer.std, issuer.key
	}
	raw, err := x509.CreateCertificate(rand.Reader, x, parent, key.Public(), signer)
	if err != nil {
		t.Fatal(err)
	}
	h := &holder{key: key}
	if h.std, err = x509.ParseCertificate(raw); err != nil {
		t.Fatal(err)
	}
	if h.own, err = pki.ParseCertificate(raw); err != nil {
		t.Fatal(err)
	}
	return h
}

// house is an authority of documents with a signer, and one of time-stamps.
type house struct{ root, signer, stampRoot, tsa *holder }

// The signer's certificate begins and ends here; those of the authorities are wider.
var (
	begin  = dayOf("2022-01-01")
	ending = dayOf("2025-01-01")
)

var theHouse = sync.OnceValue(func() house {
	t := &testing.B{}
	k := keys()
	ca := func(name string, key *rsa.PrivateKey) *holder {
		return issueCert(t, nil, key, &x509.Certificate{
			Subject: pkix.Name{CommonName: name}, IsCA: true, NotBefore: dayOf("2005-01-01"), NotAfter: dayOf("2045-01-01"),
			KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign, SubjectKeyId: []byte(name),
		})
	}
	h := house{root: ca("root", k[0]), stampRoot: ca("stamp root", k[1])}
	h.signer = issueCert(t, h.root, k[2], &x509.Certificate{
		Subject: pkix.Name{CommonName: "signer"}, NotBefore: begin, NotAfter: ending, KeyUsage: x509.KeyUsageDigitalSignature, SubjectKeyId: []byte("signer"),
	})
	h.tsa = issueCert(t, h.stampRoot, k[3], &x509.Certificate{
		Subject: pkix.Name{CommonName: "TSA"}, NotBefore: dayOf("2006-01-01"), NotAfter: dayOf("2040-01-01"), KeyUsage: x509.KeyUsageDigitalSignature,
		SubjectKeyId: []byte("tsa"), ExtraExtensions: []pkix.Extension{stampingUsage()},
	})
	return h
})

func stampingUsage() pkix.Extension {
	return pkix.Extension{Id: oidTestEKU, Critical: true, Value: asnDER([]asn1.ObjectIdentifier{oidTestStamping})}
}

func anchorOf(h *holder) []pki.Anchor {
	return []pki.Anchor{{Certificate: h.own, Origin: h.std.Subject.CommonName + ".pem"}}
}

// container is a CMS signature to be made. The zero value of each member is the usual.
type container struct {
	by          *holder
	hash        crypto.Hash
	contentType asn1.ObjectIdentifier
	inside      []byte // content of its own
	empty       bool   // content of its own, and empty
	noAttrs     bool
	noESS       bool
	noCerts     bool
	signed      map[string][]byte // further signed attributes: dotted type -> value
	stamps      func(value []byte) [][]byte
	signers     int // how many; below zero none
	noType      bool
	noDigest    bool
	pss         bool
	ess         [][]byte // whole attributes in the place of the usual one
	attrs       [][]byte // further signed attributes, whole
	unsigned    [][]byte // further unsigned attributes, whole
	crls        [][]byte
	spoil       bool // the value does not verify
}

func asnDER(v any) []byte {
	b, err := asn1.Marshal(v)
	if err != nil {
		panic(err)
	}
	return b
}

func asnTLV(class, tag int, compound bool, parts ...[]byte) []byte {
	return asnDER(asn1.RawValue{Class: class, Tag: tag, IsCompound: compound, Bytes: bytes.Join(parts, nil)})
}

func asnSeq(parts ...[]byte) []byte        { return asnTLV(0, 16, true, parts...) }
func asnSet(parts ...[]byte) []byte        { return asnTLV(0, 17, true, parts...) }
func asnTag(n int, parts ...[]byte) []byte { return asnTLV(2, n, true, parts...) }

func asnAttribute(oid asn1.ObjectIdentifier, values ...[]byte) []byte {
	return asnSeq(asnDER(oid), asnSet(values...))
}

func sumOf(h crypto.Hash, b []byte) []byte {
	w := h.New()
	w.Write(b)
	return w.Sum(nil)
}

func hashOID(h crypto.Hash) asn1.ObjectIdentifier {
	return map[crypto.Hash]asn1.ObjectIdentifier{crypto.SHA1: oidTestSHA1, crypto.SHA256: oidTestSHA256, crypto.SHA512: oidTestSHA512}[h]
}

// over makes the signature over content.
func (c container) over(content []byte) []byte {
	if c.hash == 0 {
		c.hash = crypto.SHA256
	}
	if c.contentType == nil {
		c.contentType = oidTestData
	}
	encap := [][]byte{asnDER(c.contentType)}
	switch {
	case c.inside != nil:
		content = c.inside
		encap = append(encap, asnTag(0, asnDER(content)))
	case c.empty:
		encap = append(encap, asnTag(0, asnDER([]byte{})))
	}
	body := [][]byte{asnDER(1), asnSet(asnSeq(asnDER(hashOID(c.hash)))), asnSeq(encap...)}
	if !c.noCerts {
		body = append(body, asnTag(0, c.by.std.Raw))
	}
	if c.crls != nil {
		body = append(body, asnTag(1, c.crls...))
	}
	var infos [][]byte
	signers := max(c.signers, 1)
	if c.signers < 0 {
		signers = 0
	}
	for range signers {
		infos = append(infos, c.info(content))
	}
	body = append(body, asnSet(infos...))
	return asnSeq(asnDER(oidTestSigned), asnTag(0, asnSeq(body...)))
}

func (c container) info(content []byte) []byte {
	info := [][]byte{asnDER(1), asnSeq(c.by.std.RawIssuer, asnDER(c.by.std.SerialNumber)), asnSeq(asnDER(hashOID(c.hash)))}
	message := content
	if !c.noAttrs {
		attrs := slices.Clone(c.attrs)
		if !c.noType {
			attrs = append(attrs, asnAttribute(oidTestType, asnDER(c.contentType)))
		}
		if !c.noDigest {
			attrs = append(attrs, asnAttribute(oidTestDigest, asnDER(sumOf(c.hash, content))))
		}
		attrs = append(attrs, c.ess...)
		if !c.noESS && c.ess == nil {
			attrs = append(attrs, asnAttribute(oidTestESS, asnSeq(asnSeq(asnSeq(asnDER(sumOf(crypto.SHA256, c.by.std.Raw)))))))
		}
		for oid, value := range c.signed {
			attrs = append(attrs, asnAttribute(asnOID(oid), value))
		}
		slices.SortFunc(attrs, bytes.Compare)
		message = asnSet(attrs...)
		info = append(info, asnTag(0, attrs...))
	}
	algorithm, value := c.value(message)
	if c.spoil {
		value[len(value)-1] ^= 1
	}
	info = append(info, algorithm, asnDER(value))
	unsigned := slices.Clone(c.unsigned)
	if c.stamps != nil {
		for _, token := range c.stamps(value) {
			unsigned = append(unsigned, asnAttribute(oidTestStamp, token))
		}
	}
	if len(unsigned) > 0 {
		info = append(info, asnTag(1, unsigned...))
	}
	return asnSeq(info...)
}

// value makes the signature value, and says by which algorithm.
func (c container) value(message []byte) (algorithm, value []byte) {
	options := crypto.SignerOpts(c.hash)
	signed := sumOf(c.hash, message)
	algorithm = asnSeq(asnDER(oidTestRSA), []byte{5, 0})
	switch c.by.key.(type) {
	case *ecdsa.PrivateKey:
		algorithm = asnSeq(asnDER(asnOID("1.2.840.10045.4.3.2")))
	case ed25519.PrivateKey:
		algorithm, signed, options = asnSeq(asnDER(asnOID("1.3.101.112"))), message, crypto.Hash(0)
	}
	if c.pss {
		options = &rsa.PSSOptions{SaltLength: 32, Hash: c.hash}
		sha256 := asnSeq(asnDER(oidTestSHA256), []byte{5, 0})
		algorithm = asnSeq(asnDER(asnOID("1.2.840.113549.1.1.10")), asnSeq(asnTag(0, sha256),
			asnTag(1, asnSeq(asnDER(asnOID("1.2.840.113549.1.1.8")), sha256)), asnTag(2, asnDER(32))))
	}
	value, err := c.by.key.Sign(rand.Reader, signed, options)
	if err != nil {
		panic(err)
	}
	return algorithm, value
}

func (h *holder) sign(hash crypto.Hash, message []byte) []byte {
	value, err := h.key.Sign(rand.Reader, sumOf(hash, message), hash)
	if err != nil {
		panic(err)
	}
	return value
}

func asnOID(s string) (oid asn1.ObjectIdentifier) {
	n := 0
	for _, c := range s + "." {
		if c == '.' {
			oid, n = append(oid, n), 0
			continue
		}
		n = 10*n + int(c-'0')
	}
	return oid
}

// token makes a time-stamp over data.
func (h house) token(data []byte, at string) []byte { return h.tokenBy(crypto.SHA256, data, at) }

func (h house) tokenBy(hash crypto.Hash, data []byte, at string) []byte {
	serial++
	stamp := dayOf(at).UTC().Format("20060102150405Z")
	info := asnSeq(asnDER(1), asnDER(oidTestPolicy), asnSeq(asnSeq(asnDER(hashOID(hash))), asnDER(sumOf(hash, data))), asnDER(serial),
		asnTLV(0, 24, false, []byte(stamp)))
	return container{by: h.tsa, contentType: oidTestTST, inside: info}.over(nil)
}
