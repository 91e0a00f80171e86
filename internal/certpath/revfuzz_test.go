package certpath

import (
	"bytes"
	"crypto/x509"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
	"golang.org/x/crypto/ocsp"
)

func FuzzCRL(f *testing.F) {
	h := newHouse(f)
	f.Add(h.list().raw(), h.leaf.cert.Serial)
	f.Add(h.list(h.entry("2024-03-01", reason(1), certIssuer(h.ca.cert.RawSubject))).with(idp(named(uri("x")), ctx(4, flag))).raw(), h.leaf.cert.Serial)
	f.Add(h.list(h.entry("2024-03-01", reason(8))).with(ext(oidCRLNumber, false, integer(7)), ext(oidDeltaCRL, true, integer(5)),
		ext(oidExpiredOnCRL, false, general(proven))).raw(), []byte{0, 0, 1})
	f.Fuzz(func(t *testing.T, raw, serial []byte) {
		c, err := bothWays(t, raw)
		if err != nil || len(serial) == 0 {
			return
		}
		cert := &Certificate{Serial: serial, RawIssuer: c.issuer}
		if s, err := c.scan(cert); err == nil && (s.listed || s.removed) && !bytes.Contains(raw, trimNumber(serial)) {
			t.Fatalf("serial number %x is listed, but not in the list", serial)
		}
		o, err := OpenCRL(openBytes(raw))
		if err != nil {
			t.Fatal(err)
		}
		q := h.query()
		q.CRLs, q.Trusted = []*CRL{c}, func(*Certificate, time.Time) bool { return true }
		got := Revocation(q)
		q.CRLs = []*CRL{o}
		if again := Revocation(q); again.State != got.State || !again.At.Equal(got.At) || strings.Join(again.Ignored, "") != strings.Join(got.Ignored, "") {
			t.Fatalf("in memory %+v, as a file %+v", got, again)
		}
	})
}

func FuzzOCSP(f *testing.F) {
	h := newHouse(f)
	d := responder(f, h.ca, nil)
	f.Add(h.answer().raw(f))
	f.Add(wrapOCSP((&answer{
		signer: d, byKey: true, certs: []*maker{d}, singles: []*single{{
			cert: h.leaf, issuer: h.ca,
			status: revokedStatus("2024-03-01", 1), extensions: [][]byte{ext(oidArchiveCutoff, false, general(proven))},
		}},
		extensions: [][]byte{ext(oidOCSPNonce, false, []byte{4, 1, 1})},
	}).raw(f)))
	f.Fuzz(func(t *testing.T, raw []byte) {
		r, err := ParseOCSP(raw)
		if (r == nil) != (err != nil) {
			t.Fatalf("got %v and %v", r, err)
		}
		if err != nil {
			return
		}
		for i := range r.singles {
			if !bytes.Contains(raw, r.singles[i].serial) {
				t.Fatalf("serial number %x is not in the response", r.singles[i].serial)
			}
		}
		q := h.query()
		q.OCSP = []*OCSPResponse{r}
		Revocation(q)
	})
}

// No bit of a list or a response can be changed without losing its word.
func TestRevocationMutations(t *testing.T) {
	h := newHouse(t)
	for name, l := range map[string]*list{
		"good":    h.list(entry{[]byte{9}, day("2024-02-01"), nil}).with(ext(oidCRLNumber, false, integer(1))),
		"revoked": h.list(h.entry("2024-03-01", reason(1))),
	} {
		mutate(l.raw(), func(raw []byte, bit int) {
			c, err := ParseCRL(raw)
			if err != nil {
				return
			}
			if got := h.ask(t, c); got.State != RevocationUnknown {
				t.Errorf("crl %s: bit %d: %s", name, bit, got.State)
			}
		})
	}
	revoked := h.answer()
	revoked.singles[0].status = revokedStatus("2024-03-01", 1)
	for _, a := range []*answer{h.answer(), revoked} {
		mutate(wrapOCSP(a.raw(t)), func(raw []byte, bit int) {
			r, err := ParseOCSP(raw)
			if err != nil {
				return
			}
			q := h.query()
			q.OCSP = []*OCSPResponse{r}
			if got := Revocation(q); got.State != RevocationUnknown {
				t.Errorf("ocsp: bit %d: %s", bit, got.State)
			}
		})
	}
}

func mutate(raw []byte, f func(raw []byte, bit int)) {
	for bit := range 8 * len(raw) {
		raw[bit/8] ^= 1 << (bit % 8)
		f(bytes.Clone(raw), bit)
		raw[bit/8] ^= 1 << (bit % 8)
	}
}

// Revocation data inside the tokens of the corpus are read as the libraries read
// them.
func TestRevocationCorpus(t *testing.T) {
	dir := os.Getenv("EXHIBIT_CORPUS")
	if dir == "" {
		dir = "../../../shared/corpus"
	}
	var files []string
	for _, sub := range []string{"rfc3161/tokens", "pdf", "asic", "ers"} {
		filepath.WalkDir(filepath.Join(dir, sub), func(path string, e os.DirEntry, err error) error {
			if err == nil && e.Type().IsRegular() {
				files = append(files, path)
			}
			return nil
		})
	}
	if len(files) == 0 {
		if os.Getenv("EXHIBIT_REQUIRE_ALL") == "1" {
			t.Fatal("the corpus is missing")
		}
		t.Skip("the corpus is missing")
	}
	lists, answers := 0, 0
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if len(b) > 4<<20 {
			continue
		}
		l, a := compareRevocationData(t, filepath.Base(name), b)
		lists, answers = lists+l, answers+a
	}
	t.Logf("%d files, %d lists, %d responses", len(files), lists, answers)
	if lists == 0 && answers == 0 {
		t.Error("no revocation data found")
	}
}

// sequences calls f for everything in b that looks like a SEQUENCE of some length.
func sequences(b []byte, f func(i int, raw []byte)) {
	for i := 0; i+4 < len(b); i++ {
		if b[i] != 0x30 || b[i+1]&0xf0 != 0x80 {
			continue
		}
		s := cryptobyte.String(b[i:])
		var raw cryptobyte.String
		if s.ReadASN1Element(&raw, asn1.SEQUENCE) && len(raw) < 1<<20 {
			f(i, raw)
		}
	}
}

// checkRealCRL compares the check of the signature, under every certificate at hand
// of the issuer's name, with the library's.
func checkRealCRL(t *testing.T, c *CRL, std *x509.RevocationList, certs []*Certificate) {
	t.Helper()
	for _, x := range certs {
		issuer, err := x509.ParseCertificate(x.Raw)
		if err != nil || !SameName(x.RawSubject, c.issuer) {
			continue
		}
		scan, err := c.scan(nil)
		if err != nil {
			t.Fatal(err)
		}
		s := newSurvey(new(RevocationQuery))
		got := s.crlSignedBy(c, x, scan.digest)
		want := issuer.CheckSignature(std.SignatureAlgorithm, std.RawTBSRevocationList, std.Signature)
		if (got == nil) != (want == nil) {
			t.Errorf("%s: we say %v, the library %v", c.Issuer(), got, want)
		}
		t.Logf("%s of %s, %v: %v", c.Issuer(), stamp(c.thisUpdate), c.alg, got)
	}
}

func stdOCSPCheck(r *ocsp.Response, signer *Certificate) error {
	c, err := x509.ParseCertificate(signer.Raw)
	if err != nil {
		return err
	}
	return r.CheckSignatureFrom(c)
}

// compareRevocationData tries every SEQUENCE of b.
func compareRevocationData(t *testing.T, name string, b []byte) (lists, answers int) {
	var certs []*Certificate
	sequences(b, func(_ int, raw []byte) {
		if c, err := ParseCertificate(raw); err == nil {
			certs = append(certs, c)
		}
	})
	sequences(b, func(i int, raw []byte) {
		if std, err := x509.ParseRevocationList(raw); err == nil {
			c, err := ParseCRL(raw)
			if err != nil {
				t.Errorf("%s at %d: %v", name, i, err)
				return
			}
			lists++
			checkRealCRL(t, c, std, certs)
			if !c.ThisUpdate().Equal(std.ThisUpdate) || !c.NextUpdate().Equal(std.NextUpdate) || c.Number() != nil && c.Number().Cmp(std.Number) != 0 {
				t.Errorf("%s at %d: got %v %v %v", name, i, c.ThisUpdate(), c.NextUpdate(), c.Number())
			}
			for _, e := range std.RevokedCertificateEntries[max(0, len(std.RevokedCertificateEntries)-5):] {
				got, err := c.scan(&Certificate{Serial: tlv(asn1.INTEGER, e.SerialNumber.Bytes())[2:], RawIssuer: c.issuer})
				if err != nil || e.SerialNumber.Sign() > 0 && e.SerialNumber.Bytes()[0] < 0x80 && !got.listed {
					t.Errorf("%s at %d: %v is not listed: %v", name, i, e.SerialNumber, err)
				}
			}
		} else if _, err := ParseCRL(raw); err == nil {
			_, err := x509.ParseRevocationList(raw)
			t.Logf("%s at %d: a CRL that the library refuses: %v", name, i, err)
		}
		if std, err := ocsp.ParseResponse(raw, nil); err == nil {
			r, err := ParseOCSP(raw)
			if err != nil {
				t.Errorf("%s at %d: %v", name, i, err)
				return
			}
			answers++
			if !r.producedAt.Equal(std.ProducedAt) || !r.singles[0].thisUpdate.Equal(std.ThisUpdate) || !bytes.Equal(r.signature, std.Signature) {
				t.Errorf("%s at %d: got %+v", name, i, r)
			}
			for _, x := range certs {
				s := newSurvey(new(RevocationQuery))
				if s.namesResponder(r, x) {
					if got, want := s.ocspSignedBy(r, x), stdOCSPCheck(std, x); (got == nil) != (want == nil) {
						t.Errorf("%s at %d: we say %v, the library %v", name, i, got, want)
					}
				}
			}
		}
	})
	return lists, answers
}
