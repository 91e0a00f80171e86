package pdf

import (
	"context"
	"crypto"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/trust/pki"
	"github.com/exhibit-dev/exhibit/verdict"
)

// afterEnding is a time of validation at which the signer's certificate has ended.
const afterEnding = "2026-06-01"

const outOfBounds = "INDETERMINATE OUT_OF_BOUNDS_NO_POE pdf.expired-no-poe"

// stamped is a container with a time-stamp over its value.
func stamped(h house, at string) container {
	return container{by: h.signer, stamps: func(value []byte) [][]byte { return [][]byte{h.token(value, at)} }}
}

// endedSHA512 is a table of dates in which SHA-512 no longer counts.
func endedSHA512(e *pki.Env, h house) {
	var err error
	if e.Algorithms, err = trust.ParseAlgorithms([]byte(`{"source": "test", "digests": {"sha256": "", "sha512": "2024-07-01"}, "keys": {"rsa": [{"below": 0, "until": ""}]}}`)); err != nil {
		panic(err)
	}
}

// middle is an authority under the root, which has issued a signer's certificate.
var middle = sync.OnceValue(func() (m struct{ ca, signer *holder }) {
	h, t := theHouse(), &testing.B{}
	m.ca = issueCert(t, h.root, keys()[5], &x509.Certificate{
		Subject: pkix.Name{CommonName: "middle"}, IsCA: true, NotBefore: dayOf("2020-01-01"), NotAfter: dayOf("2040-01-01"),
		KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign, SubjectKeyId: []byte("middle"),
	})
	m.signer = issueCert(t, m.ca, keys()[2], &x509.Certificate{
		Subject: pkix.Name{CommonName: "signer below"}, NotBefore: begin, NotAfter: ending, KeyUsage: x509.KeyUsageDigitalSignature, SubjectKeyId: []byte("below"),
	})
	return m
})

// byCA is a signature by the signer of the middle authority, whose certificate lies in
// the DSS.
func byCA(c container) dictionary {
	c.by = middle().signer
	return signedBy(c)
}

func caRevoked(t testing.TB, m *maker, h house) {
	m.dss(t, [][]byte{crlOf(t, h.root, "2024-08-01", goneAt(middle().ca, "2024-06-01"))}, [][]byte{middle().ca.std.Raw})
}

// crlOf is the CRL of an authority, with those who are revoked.
func crlOf(t testing.TB, h *holder, this string, gone ...x509.RevocationListEntry) []byte {
	t.Helper()
	return crlBy(t, x509.SHA256WithRSA, h, this, gone...)
}

func crlBy(t testing.TB, by x509.SignatureAlgorithm, h *holder, this string, gone ...x509.RevocationListEntry) []byte {
	t.Helper()
	serial++
	raw, err := x509.CreateRevocationList(rand.Reader, &x509.RevocationList{
		SignatureAlgorithm: by, Number: big.NewInt(serial), ThisUpdate: dayOf(this), NextUpdate: dayOf("2044-01-01"), RevokedCertificateEntries: gone,
	}, h.std, h.key)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func goneAt(who *holder, at string) x509.RevocationListEntry {
	return x509.RevocationListEntry{SerialNumber: who.std.SerialNumber, RevocationTime: dayOf(at), ReasonCode: 1}
}

// dss writes a document security store.
func (m *maker) dss(t testing.TB, crls, certs [][]byte) {
	t.Helper()
	list := func(values [][]byte) string {
		var refs []string
		for _, v := range values {
			n := m.number()
			m.stream(n, v)
			refs = append(refs, fmt.Sprintf("%d 0 R", n))
		}
		return strings.Join(refs, " ")
	}
	m.obj(objCatalog, fmt.Sprintf("<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R/DSS<</Type/DSS/CRLs[%s]/Certs[%s]>>>>", list(crls), list(certs)))
}

// then is a document with one signature, and what is added later.
func then(d dictionary, more ...func(t testing.TB, m *maker, h house)) func(testing.TB, *maker, house) {
	return func(t testing.TB, m *maker, h house) {
		m.end(t)
		m.sign(t, d)
		m.end(t)
		for _, f := range more {
			f(t, m, h)
			m.end(t)
		}
	}
}

func addStamp(at string) func(testing.TB, *maker, house) {
	return func(t testing.TB, m *maker, h house) { m.sign(t, stampedAt(h, at)) }
}

func etsi(e *pki.Env, h house) { e.Policy = trust.ETSI }

// early is an authority for time-stamps whose certificate ended soon.
func early() *holder {
	h := theHouse()
	return issueCert(&testing.B{}, h.stampRoot, keys()[4], &x509.Certificate{
		Subject: pkix.Name{CommonName: "early TSA"}, NotBefore: dayOf("2023-01-01"), NotAfter: dayOf("2024-06-01"), KeyUsage: x509.KeyUsageDigitalSignature,
		SubjectKeyId: []byte("early"), ExtraExtensions: []pkix.Extension{stampingUsage()},
	})
}

func timeSituations() []situation {
	h := theHouse()
	usual := func() dictionary { return signedBy(container{}) }
	spoilt := stamped(h, "2024-03-01")
	spoilt.stamps = func([]byte) [][]byte { return [][]byte{h.token([]byte("else"), "2024-03-01")} }
	broken := stamped(h, "2024-03-01")
	broken.stamps = func([]byte) [][]byte { return [][]byte{asnSeq(asnDER(5))} }
	two := stamped(h, "2024-03-01")
	two.stamps = func(v []byte) [][]byte {
		return [][]byte{h.token([]byte("else"), "2023-01-01"), h.token(v, "2024-03-01")}
	}
	first := h
	first.tsa = early()
	lists := func(t testing.TB, m *maker, h house) {
		m.dss(t, [][]byte{crlOf(t, h.root, "2024-05-15"), crlOf(t, h.stampRoot, "2024-05-15")}, nil)
	}
	revokedThen := func(at string) func(t testing.TB, m *maker, h house) {
		return func(t testing.TB, m *maker, h house) {
			m.dss(t, [][]byte{crlOf(t, h.root, "2024-08-01", goneAt(h.signer, at))}, nil)
		}
	}
	content := func(at, on string) dictionary {
		return dictionary{subFilter: "ETSI.CAdES.detached", value: func(b []byte) []byte {
			c := stamped(h, on)
			c.signed = map[string][]byte{oidTestContent.String(): h.token(b, at)}
			return c.over(b)
		}}
	}
	chain := []func(t testing.TB, m *maker, h house){
		func(t testing.TB, m *maker, h house) { m.sign(t, stampedAt(first, "2024-03-01")) }, lists, addStamp("2024-05-20"),
		func(t testing.TB, m *maker, h house) {
			m.dss(t, [][]byte{crlOf(t, h.root, "2024-05-15"), crlOf(t, h.stampRoot, "2024-05-25")}, nil)
		},
	}
	return []situation{
		{name: "expired", make: one(usual()), at: afterEnding, want: outOfBounds, only: "expiry"},
		{name: "expired, time-stamp on the value", make: one(signedBy(stamped(h, "2024-03-01"))), at: afterEnding, want: passed},
		{name: "expired, time-stamp on the value too late", make: one(signedBy(stamped(h, "2025-06-01"))), at: afterEnding, want: outOfBounds},
		{name: "expired, time-stamp on another value", make: one(signedBy(spoilt)), at: afterEnding, want: outOfBounds},
		{name: "time-stamp on another value", make: one(signedBy(spoilt)), want: passed},
		{name: "unreadable time-stamp", make: one(signedBy(broken)), want: passed},
		{name: "expired, two time-stamps", make: one(signedBy(two)), at: afterEnding, want: passed},
		{name: "expired, no anchor for time-stamps", make: one(signedBy(stamped(h, "2024-03-01"))), at: afterEnding,
			env: func(e *pki.Env, h house) { e.TSA = nil }, want: outOfBounds},
		{name: "time-stamp before the certificate", make: one(signedBy(stamped(h, "2021-01-01"))), want: "FAILED NOT_YET_VALID pdf.not-yet-valid", only: "validity"},
		{name: "expired, document time-stamp", make: then(usual(), addStamp("2024-03-01")), at: afterEnding, want: passed},
		{name: "expired, document time-stamp too late", make: then(usual(), addStamp("2025-06-01")), at: afterEnding, want: outOfBounds},
		{name: "expired, document time-stamp before it", node: 1, at: afterEnding, want: outOfBounds, make: func(t testing.TB, m *maker, h house) {
			m.end(t)
			m.sign(t, stampedAt(h, "2024-03-01"))
			m.end(t)
			m.sign(t, usual())
			m.end(t)
		}},
		{name: "expired, document time-stamp that is not in order", make: then(usual(), func(t testing.TB, m *maker, h house) {
			m.sign(t, stampedAt(h, "2024-03-01").with(func(d *dictionary) { d.padding = []byte{7} }))
		}), at: afterEnding, want: outOfBounds, doc: outOfBounds},
		{name: "expired, document time-stamp in no field", make: then(usual(), func(t testing.TB, m *maker, h house) {
			m.sign(t, stampedAt(h, "2024-03-01").with(func(d *dictionary) { d.noField = true }))
		}), at: afterEnding, want: outOfBounds},
		{name: "expired, the time-stamp of an earlier revision once more", node: 2, at: afterEnding, want: "FAILED HASH_FAILURE tsp.imprint-mismatch", make: func(t testing.TB, m *maker, h house) {
			var token []byte
			m.end(t)
			m.sign(t, stampedAt(h, "2024-03-01").with(func(d *dictionary) {
				make := d.value
				d.value = func(b []byte) []byte { token = make(b); return token }
			}))
			m.end(t)
			m.sign(t, usual())
			m.end(t)
			m.sign(t, dictionary{typ: "DocTimeStamp", subFilter: "ETSI.RFC3161", value: func([]byte) []byte { return token }})
			m.end(t)
		}},
		{name: "expired, and only such a time-stamp covers it", node: 1, at: afterEnding, want: outOfBounds, doc: "FAILED HASH_FAILURE tsp.imprint-mismatch", make: then(stampedAt(h, "2024-03-01"),
			func(t testing.TB, m *maker, h house) { m.sign(t, usual()) },
			func(t testing.TB, m *maker, h house) {
				m.sign(t, dictionary{typ: "DocTimeStamp", subFilter: "ETSI.RFC3161", value: func([]byte) []byte { return h.token([]byte("another document"), "2024-03-01") }})
			})},
		{name: "digest that ended", make: one(signedBy(container{hash: crypto.SHA512})), env: endedSHA512,
			want: "INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE_NO_POE pdf.weak-signature", only: "signature-algorithm"},
		{name: "digest that ended after the document time-stamp", make: then(signedBy(container{hash: crypto.SHA512}), addStamp("2024-03-01")), env: endedSHA512, want: passed},
		{name: "digest that ended before the document time-stamp", make: then(signedBy(container{hash: crypto.SHA512}), addStamp("2024-07-15")), env: endedSHA512,
			want: "INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE_NO_POE pdf.weak-signature"},
		{name: "digest that ended after the time-stamp on the value", make: one(signedBy(func() container { c := stamped(h, "2024-03-01"); c.hash = crypto.SHA512; return c }())), env: endedSHA512, want: passed},
		{name: "CA revoked", make: then(byCA(container{}), caRevoked), want: "INDETERMINATE REVOKED_CA_NO_POE pdf.ca-revoked", only: "path-revocation"},
		{name: "CA revoked after the time-stamp", make: then(byCA(stamped(h, "2024-03-01")), caRevoked), want: passed},
		{name: "CA revoked before the time-stamp", make: then(byCA(stamped(h, "2024-07-01")), caRevoked), want: "INDETERMINATE REVOKED_CA_NO_POE pdf.ca-revoked"},
		{name: "strict, expired", make: one(usual()), at: afterEnding, env: etsi, want: outOfBounds},
		{name: "a later revision read only by repairing", make: then(usual(), func(t testing.TB, m *maker, h house) { m.dss(t, nil, nil); m.lost = true }),
			want: "INDETERMINATE SIG_CONSTRAINTS_FAILURE pdf.not-strict"},
		{name: "two signatures that cover each other's gaps", make: func(t testing.TB, m *maker, h house) {
			m.end(t)
			m.sign(t, usual())
			first := m.hole
			m.sign(t, usual())
			second := m.hole
			m.hole = first
			m.end(t)
			m.hole = second // over the value of the first, which now no longer fits its own range
			m.fill(t)
		}, want: "FAILED HASH_FAILURE pdf.message-digest-mismatch"},
		{name: "time-stamp of the future", make: then(usual(), addStamp("2025-03-01")), node: 1,
			want: "INDETERMINATE TIMESTAMP_ORDER_FAILURE tsp.gen-time-future", only: checkToken},

		{name: "revoked", make: then(usual(), revokedThen("2024-06-01")), want: "INDETERMINATE REVOKED_NO_POE pdf.revoked-no-poe", only: "revocation"},
		{name: "revoked after the time-stamp", make: then(signedBy(stamped(h, "2024-03-01")), revokedThen("2024-06-01")), want: passed},
		{name: "revoked before the time-stamp", make: then(signedBy(stamped(h, "2024-07-01")), revokedThen("2024-06-01")),
			want: "INDETERMINATE REVOKED_NO_POE pdf.revoked-no-poe"},
		{name: "revoked, and the list removed", make: then(usual(), revokedThen("2024-06-01"), func(t testing.TB, m *maker, h house) {
			m.obj(objCatalog, "<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R>>")
		}), want: "INDETERMINATE REVOKED_NO_POE pdf.revoked-no-poe"},

		{name: "revoked, by a list in the place of another", make: then(usual(), func(t testing.TB, m *maker, h house) {
			m.obj(objCatalog, "<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R/DSS<</CRLs 30 0 R>>>>")
			m.obj(30, "[31 0 R]")
			m.stream(31, crlOf(t, h.root, "2024-05-15"))
		}, func(t testing.TB, m *maker, h house) {
			m.stream(31, crlOf(t, h.root, "2024-08-01", goneAt(h.signer, "2024-06-01")))
		}), want: "INDETERMINATE REVOKED_NO_POE pdf.revoked-no-poe"},
		{name: "revoked, by a list in VRI in the place of another", make: then(usual(), func(t testing.TB, m *maker, h house) {
			m.obj(objCatalog, "<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R/DSS<</VRI 29 0 R>>>>")
			m.obj(29, "<</A 30 0 R>>")
			m.obj(30, "<</CRL 32 0 R>>")
			m.obj(32, "[31 0 R]")
			m.stream(31, crlOf(t, h.root, "2024-05-15"))
		}, func(t testing.TB, m *maker, h house) {
			m.stream(31, crlOf(t, h.root, "2024-08-01", goneAt(h.signer, "2024-06-01")))
		}), want: "INDETERMINATE REVOKED_NO_POE pdf.revoked-no-poe"},
		{name: "a list that was called a certificate", make: then(usual(), func(t testing.TB, m *maker, h house) {
			m.obj(objCatalog, "<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R/DSS<</Certs[31 0 R]/CRLs[31 0 R]>>>>")
			m.stream(31, crlOf(t, h.root, "2024-08-01", goneAt(h.signer, "2024-06-01")))
		}), want: "INDETERMINATE REVOKED_NO_POE pdf.revoked-no-poe"},
		{name: "strict, no revocation data", make: one(usual()), env: etsi, want: "INDETERMINATE TRY_LATER pdf.revocation-missing", only: "revocation"},
		{name: "strict, list in the store", make: then(usual(), lists), at: "2024-05-15", env: etsi, want: passed},
		{name: "strict, chain of time-stamps", make: then(usual(), chain...), at: afterEnding, env: etsi, want: passed},
		{name: "strict, first time-stamp of a chain", node: 1, make: then(usual(), chain...), at: afterEnding, env: etsi, want: passed},
		{name: "strict, chain without its last time-stamp", make: then(usual(), chain[:2]...), at: afterEnding, env: etsi, want: outOfBounds},

		{name: "content time-stamp", make: one(content("2024-02-01", "2024-03-01")), want: passed},
		{name: "content time-stamp proves no signature", make: one(dictionary{value: func(b []byte) []byte {
			return container{by: h.signer, signed: map[string][]byte{oidTestContent.String(): h.token(b, "2024-02-01")}}.over(b)
		}}), at: afterEnding, want: outOfBounds},
		{name: "content time-stamp later than the signature", make: one(content("2024-04-01", "2024-03-01")),
			want: "INDETERMINATE TIMESTAMP_ORDER_FAILURE pdf.time-order", only: checkTimeOrder},
	}
}

// A time-stamp lends a date to the algorithms of the data that it covers, and none to what
// was added behind it: a list signed by an algorithm that ended before it was seen first.
func TestWeakDataBehindTheProof(t *testing.T) {
	h := theHouse()
	first := h
	first.tsa = early()
	for _, x := range []struct {
		name         string
		by           x509.SignatureAlgorithm
		under, value bool
		want         string
	}{
		{"under the proof", x509.SHA512WithRSA, true, false, passed},
		{"behind the proof", x509.SHA512WithRSA, false, false, "INDETERMINATE TRY_LATER tsp.revocation-missing"},
		{"behind the proof, and good", x509.SHA256WithRSA, false, false, passed},
		{"behind, the token alone is proven", x509.SHA512WithRSA, false, true, "INDETERMINATE TRY_LATER tsp.revocation-missing"},
		{"behind, the token alone is proven, and good", x509.SHA256WithRSA, false, true, passed},
	} {
		m := newMaker()
		m.end(t)
		m.sign(t, stampedAt(first, "2024-03-01"))
		m.end(t)
		list, last := crlBy(t, x.by, h.stampRoot, "2024-05-15"), crlOf(t, h.stampRoot, "2024-08-01")
		if x.under {
			m.dss(t, [][]byte{list}, nil)
			m.end(t)
		}
		if !x.value {
			m.sign(t, stampedAt(h, "2024-05-20"))
			m.end(t)
		}
		m.dss(t, [][]byte{list, last}, nil)
		m.end(t)
		d := openMade(t, m.b)
		env := usualEnv(h, afterEnding)
		env.Policy = trust.ETSI
		endedSHA512(&env, h)
		if x.value {
			sum := sha256.Sum256(d.signatures[0].value.der)
			env.Existences = []verdict.Existence{{Algorithm: "sha256", Digest: sum[:], NotLaterThan: dayOf("2024-05-20"), Policy: string(trust.ETSI), Source: "outside"}}
		}
		r := d.Verify(context.Background(), env)
		if got := wordsOf(&r.Children[0]); got != x.want {
			t.Errorf("%s: %s, want %s", x.name, got, x.want)
		}
	}
}

// A proof from outside lifts expiry if it is over bytes that hold the signature, passed
// under the same policy, and lies before what it lifts.
func TestProofsFromOutside(t *testing.T) {
	h := theHouse()
	var value []byte
	c := container{by: h.signer, stamps: func(v []byte) [][]byte { value = v; return nil }}
	m := newMaker()
	then(signedBy(c), func(t testing.TB, m *maker, h house) { m.obj(m.number(), "(later)") })(t, m, h)
	d := openMade(t, m.b)
	revisions := d.file.Revisions()
	proof := func(b []byte, at string) verdict.Existence {
		sum := sha256.Sum256(b)
		return verdict.Existence{Algorithm: "sha256", Digest: sum[:], NotLaterThan: dayOf(at), Policy: string(trust.Issuance), Source: "outside"}
	}
	otherPolicy := proof(m.b, "2024-03-01")
	otherPolicy.Policy = string(trust.ETSI)
	weak := proof(m.b, "2024-03-01")
	weak.Algorithm, weak.Digest = "sha1", sumOf(crypto.SHA1, m.b)
	for name, x := range map[string]struct {
		proof verdict.Existence
		want  string
	}{
		"the file":                    {proof(m.b, "2024-03-01"), passed},
		"its signed revision":         {proof(m.b[:revisions[1].End], "2024-03-01"), passed},
		"the signed bytes to the end": {proof(m.b[:d.signatures[0].rng.end()], "2024-03-01"), passed},
		"the value":                   {proof(value, "2024-03-01"), passed},
		"the CMS":                     {proof(d.signatures[0].value.der, "2024-03-01"), passed},
		"the revision before":         {proof(m.b[:revisions[0].End], "2024-03-01"), outOfBounds},
		"too late":                    {proof(m.b, "2025-03-01"), outOfBounds},
		"another policy":              {otherPolicy, outOfBounds},
		"a weak digest":               {weak, outOfBounds},
		"something else":              {proof([]byte("else"), "2024-03-01"), outOfBounds},
	} {
		env := usualEnv(h, afterEnding)
		env.Existences = []verdict.Existence{x.proof}
		r := d.Verify(context.Background(), env)
		if got := wordsOf(&r.Children[0]); got != x.want {
			t.Errorf("%s: got %s, want %s", name, got, x.want)
		}
		if at := r.Children[0].ExistedNotLaterThan; x.want == passed && !at.Equal(x.proof.NotLaterThan) {
			t.Errorf("%s: existed at %v", name, at)
		}
		if !r.ExistedNotLaterThan.IsZero() {
			t.Errorf("%s: the document has a time", name)
		}
	}
}

// The store names its origin, keeps what a later revision left out, and finds the
// entry of a signature in VRI by either spelling of its key.
func TestStore(t *testing.T) {
	h := theHouse()
	for _, padded := range []bool{true, false} {
		m := newMaker()
		m.end(t)
		m.sign(t, signedBy(container{}))
		m.end(t)
		s := openMade(t, m.b).signatures[0]
		bytes := s.value.der
		if padded {
			bytes = s.contents.bytes
		}
		key := strings.ToUpper(fmt.Sprintf("%x", sumOf(crypto.SHA1, bytes)))
		crl, cert := m.number(), m.number()
		m.stream(crl, crlOf(t, h.root, "2024-05-15"))
		m.stream(cert, h.root.std.Raw)
		m.obj(objCatalog, fmt.Sprintf("<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R/DSS<</CRLs[%d 0 R]/Certs[%d 0 R %d 0 R]/VRI<</%s<</CRL[%d 0 R]/TU(D:20240515)>>>>>>>>", crl, cert, cert, key, crl))
		m.end(t)
		d := openMade(t, m.b)
		if certs, revocation := d.store.count(); certs != 1 || revocation != 1 {
			t.Errorf("%d certificates, %d lists", certs, revocation)
		}
		if got, ok := d.store.vriOf(d.signatures[0]); !ok || got != key || len(d.store.uses[key]) != 1 || d.store.times[key] != "2024-05-15T00:00:00Z" {
			t.Errorf("VRI: %q %v", got, d.store.uses)
		}
		env := usualEnv(h, "2024-05-15")
		env.Policy = trust.ETSI
		r := d.Verify(context.Background(), env)
		c, _ := r.Children[0].Check("revocation")
		if !strings.Contains(c.Detail, originDSS) {
			t.Errorf("revocation: %q", c.Detail)
		}
		if crl := d.store.items[slices.IndexFunc(d.store.items, func(x storeItem) bool { return x.kind == storeCRL })].crl; crl == nil || crl.Origin != originDSS {
			t.Error("origin of the list")
		}
	}
}
