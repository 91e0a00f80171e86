package report

import (
	"context"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/exhibit-dev/exhibit/testvectors"
	"github.com/exhibit-dev/exhibit/verify"
	"github.com/exhibit-dev/exhibit/verify/selftest"
)

func vectorText(t *testing.T, kind, id string) string {
	t.Helper()
	list, folder, err := testvectors.Load(kind)
	if err != nil {
		t.Fatal(err)
	}
	for i := range list {
		if list[i].ID == id {
			r, err := selftest.Judge(context.Background(), folder, &list[i])
			if err != nil {
				t.Fatal(err)
			}
			return written(t, New(r, context1).Text)
		}
	}
	t.Fatalf("no vector %s", id)
	return ""
}

func TestSentenceOfAPass(t *testing.T) {
	text := vectorText(t, "rfc3161", "plain")
	flat := strings.Join(strings.Fields(text), " ")
	for _, want := range []string{
		"TOTAL-PASSED: letter.txt existed, unchanged, not later than 2025-03-01T12:00:00Z, according to the time-stamping authority CN=tsa, O=Exhibit Test Authority (anchor CN=root, O=Exhibit Test Authority).",
		"judged at 2026-06-01T00:00:00Z (operator), policy issuance, network off",
		"under the policy etsi: INDETERMINATE (TRY_LATER, tsp.revocation-missing)",
		"trust: trust, 1 file, sha256 abab",
	} {
		if !strings.Contains(flat, want) {
			t.Errorf("missing %q in\n%s", want, text)
		}
	}
	if n := strings.Count(text, "\n"); n > 50 {
		t.Errorf("%d lines do not fit a screen", n)
	}
	for _, l := range strings.Split(text, "\n") {
		if utf8.RuneCountInString(l) > width {
			t.Errorf("too wide: %q", l)
		}
	}
}

func TestSentenceOfADigest(t *testing.T) {
	if text := vectorText(t, "rfc3161", "digest-given"); !strings.Contains(text, "a digest given by the caller; no file was read") {
		t.Error(text)
	}
	if text := vectorText(t, "rfc3161", "subject-missing"); !strings.Contains(text, "not at hand") {
		t.Error(text)
	}
}

func TestSentenceOfASignature(t *testing.T) {
	for id, want := range map[string]string{
		"der-p-256":     "TOTAL-PASSED: letter.txt is unchanged since it was signed by the key a (signature only; no time is proven).",
		"key-alone":     "since it was signed by the key sha256:",
		"expired":       "INDETERMINATE: nothing is decided about letter.txt: the signer's key is past its time, and nothing proves",
		"no-keys":       "no key that you trust is shown to have made the signature (NO_SIGNING_CERTIFICATE_FOUND, ecdsa.signer-missing)",
		"jwk-untrusted": "the key that comes with the signature is none that you trust",
	} {
		if flat := strings.Join(strings.Fields(vectorText(t, "ecdsa", id)), " "); !strings.Contains(flat, want) {
			t.Errorf("%s: no %q in %s", id, want, flat)
		}
	}
	if text := vectorText(t, "ecdsa", "der-p-256"); !strings.Contains(text, "\n  key          a, from signers/curve-p-256/a.pem\n") {
		t.Error(text)
	}
}

func TestHeadlineOfAFolder(t *testing.T) {
	list := []verify.Item{verify.BytesItem("a.pdf", nil), verify.BytesItem("b.tsr", nil), verify.BytesItem("c.ers", nil)}
	text := written(t, New(items(t, list, verify.Options{}), context1).Text)
	if !strings.HasPrefix(text, "TOTAL-FAILED: 0 of 3 files proven, 1 contradicted, 1 not decided, 1 without evidence;") {
		t.Error(text)
	}
	if strings.Index(text, "TOTAL-FAILED: b.tsr") > strings.Index(text, "NOTHING-TO-VERIFY: no evidence speaks of a.pdf") {
		t.Error("the gravest does not come first")
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"plain name.txt":  "plain name.txt",
		"Grüße 見本":        "Grüße 見本",
		"\x1b[31mred":     `\x1b[31mred`,
		"a\u202eb":        `a\u202eb`,
		"a\u2066b\u2069":  `a\u2066b\u2069`,
		"a\nb\rc\td":      `a\x0ab\x0dc\x09d`,
		"a\x80\xffb":      `a\x80\xffb`,
		"a\u0085b":        `a\x85b`,
		"no\u00a0break":   `no\xa0break`,
		"zero\u200bwidth": `zero\u200bwidth`,
		"tag\U000e0041":   `tag\ue0041`,
	} {
		if got := Clean(in); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
}
