package signercheck_test

import (
	"bytes"
	"crypto/sha1"
	"encoding/asn1"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/cms"
	"github.com/exhibit-dev/exhibit/internal/signercheck"
	"github.com/exhibit-dev/exhibit/internal/testvec"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/trust/pki"
	"github.com/exhibit-dev/exhibit/verdict"
)

// cut is a signature that was cut out of a document by its ByteRange alone, without
// reading the document.
type cut struct {
	name     string
	contents []byte // of the gap, as far as it is one hexadecimal string
	covered  []byte
	arith    any // whether the arithmetic holds, as other programs agree: true, false, or not known
}

// cuts are the signatures of the corpus whose gap is one hexadecimal string.
func cuts(t *testing.T) (out []cut) {
	t.Helper()
	dir := testvec.Corpus(t, "pdf")
	b, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	var m struct {
		Files []struct {
			File     string
			Expected struct {
				Signatures []struct {
					ByteRange []int64 `json:"byte_range"`
					Valid     any     `json:"integrity_valid"`
				} `json:"per_signature"`
			}
		}
	}
	if err := json.Unmarshal(b, &m); err != nil {
		t.Fatal(err)
	}
	for _, f := range m.Files {
		file, err := os.ReadFile(filepath.Join(dir, f.File))
		if err != nil {
			t.Fatal(err)
		}
		for i, s := range f.Expected.Signatures {
			r := s.ByteRange
			if len(r) != 4 || r[0] != 0 || r[3] < 0 || r[1] >= r[2] || r[2]+r[3] > int64(len(file)) {
				continue
			}
			raw, err := hex.DecodeString(string(bytes.Trim(file[r[1]:r[2]], "<> \r\n\t")))
			if err == nil {
				covered := append(bytes.Clone(file[:r[1]]), file[r[2]:r[2]+r[3]]...)
				out = append(out, cut{fmt.Sprint(f.File, " ", i), raw, covered, s.Valid})
			}
		}
	}
	return out
}

// arithmetic are the signatures where the answer differs from the corpus, and why.
var arithmetic = map[string]string{
	"siva__hellopades-pades-b-sha256-auth.pdf 0": "a modulus that is written as a negative number is not used here",
	"digidoc4j__hellopades-lt-b.pdf 0":           "a modulus that is written as a negative number is not used here",
	"digidoc4j__hellopades-lt-b.pdf 2":           "a modulus that is written as a negative number is not used here",
}

// The arithmetic of the signatures of the corpus, as OpenSSL, pyHanko and pdfsig agree on
// it. No anchor is given, so none passes.
func TestCorpusArithmetic(t *testing.T) {
	compared := 0
	seen := make(map[string]bool)
	for _, c := range cuts(t) {
		want, known := c.arith.(bool)
		sd, _, err := cms.Parse(c.contents)
		if err != nil || len(sd.Signers) != 1 || !known {
			if err != nil && want {
				t.Errorf("%s: %v", c.name, err)
			}
			continue
		}
		attrs, err := sd.Signers[0].ReadProtected()
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		signed := signercheck.Signed{CMS: sd, Info: &sd.Signers[0], Attrs: &attrs}
		if !sd.HasContent {
			signed.Content = verdict.Bytes(c.covered)
		} else if d := verdict.Sum("sha256", c.covered); want && bytes.Contains(sd.Content, d) {
			continue // a document time-stamp: what it covers is its imprint
		}
		s := scene{profile: signercheck.Document, signed: signed}
		s.env.At, s.env.Policy = day("2026-11-24"), trust.Issuance
		r := s.run()
		if r.Passed() {
			t.Errorf("%s: passes without an anchor", c.name)
		}
		if why := arithmetic[c.name]; why != "" {
			seen[c.name] = true
			if holds(&r) {
				t.Errorf("%s: listed (%s), and holds", c.name, why)
			}
			continue
		}
		compared++
		if holds(&r) != want {
			t.Errorf("%s: %v, the corpus says %v\n%v", c.name, holds(&r), want, r.Checks())
		}
	}
	for name := range arithmetic {
		if !seen[name] {
			t.Errorf("%s: listed, but not there", name)
		}
	}
	if compared < 97 {
		t.Errorf("only %d signatures compared", compared)
	}
}

// holds reports whether value and digest fit. Without signed attributes the value alone
// covers the content.
func holds(r *verdict.Result) bool {
	value, _ := r.Check(signercheck.CheckSignature)
	digest, _ := r.Check(signercheck.CheckMessageDigest)
	attrs, _ := r.Check(signercheck.CheckSignedAttrs)
	return value.State == verdict.CheckPassed && (digest.State == verdict.CheckPassed || attrs.State != verdict.CheckPassed)
}

// A document of Acrobat with adbe.x509.rsa_sha1. Its certificate, cut out by its place,
// is self-signed and ended in 2014. OpenSSL (pkeyutl -verifyrecover) finds in the value
// the digest that is computed here from the bytes.
func TestCorpusRaw(t *testing.T) {
	const certAt, certSize = 210476 + len("/Cert("), 2000
	for _, c := range cuts(t) {
		if c.name != "pdfcpu__sample01.pdf 0" {
			continue
		}
		if sum := sha1.Sum(c.covered); hex.EncodeToString(sum[:]) != "4a69eae4024f608be50db9d1d63b0ed7e0640bc3" {
			t.Fatalf("another document: %x", sum)
		}
		var value []byte
		if _, err := asn1.Unmarshal(c.contents, &value); err != nil {
			t.Fatal(err)
		}
		// The gap was left out, so the place moves by its length.
		const gap = 210277 - 210013
		cert := literal(c.covered[certAt-gap : certAt-gap+certSize])
		own, err := pki.ParseCertificate(cert)
		if err != nil {
			t.Fatal(err)
		}
		s := scene{profile: signercheck.Document, anchors: []pki.Anchor{{Certificate: own}}}
		s.signed = signercheck.Signed{Raw: &signercheck.Raw{Value: value, Certificates: [][]byte{cert}}, Content: verdict.Bytes(c.covered)}
		s.env.Policy = trust.Issuance
		s.env.At = day("2013-06-01")
		wantWords(t, s.run(), passed)
		s.env.At = day("2014-06-01")
		wantWords(t, s.run(), "INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE_NO_POE weak-signature")
		s.poe = "2013-06-01"
		wantWords(t, s.run(), passed)
		s.poe, s.env.At = "", day("2026-11-24")
		wantWords(t, s.run(), outNo)
		s.signed.Content = verdict.Bytes(append(bytes.Clone(c.covered), 0))
		wantWords(t, s.run(), "FAILED HASH_FAILURE message-digest-mismatch")
		return
	}
	t.Error("the document is not there")
}

// literal decodes a literal string of a document up to its end (ISO 32000-1, 7.3.4.2).
func literal(b []byte) (out []byte) {
	for i, depth := 0, 1; i < len(b); i++ {
		switch c := b[i]; c {
		case '\\':
			i++
			switch n := b[i]; {
			case n >= '0' && n <= '7':
				v := 0
				for k := 0; k < 3 && b[i] >= '0' && b[i] <= '7'; k++ {
					v, i = 8*v+int(b[i]-'0'), i+1
				}
				i--
				out = append(out, byte(v))
			default:
				if k := bytes.IndexByte([]byte("nrtbf"), n); k >= 0 {
					n = "\n\r\t\b\f"[k]
				}
				out = append(out, n)
			}
			continue
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return out
			}
		}
		out = append(out, b[i])
	}
	return out
}
