package rfc3161_test

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/exhibit-dev/exhibit/internal/testvec"
	"github.com/exhibit-dev/exhibit/rfc3161"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/trust/pki"
	"github.com/exhibit-dev/exhibit/verdict"
)

// corpusCase is one token of the corpus, real or derived.
type corpusCase struct {
	ID, File, Verdict, Reason string
	Imprint                   string
	ImprintAlg                string `json:"imprint_alg"`
	ExpectDigest              string `json:"expect_digest"`
	Data                      string
	GenTime                   string `json:"gen_time"`
	Verify                    *struct {
		At            int64
		Root          string
		Intermediates []string
		SignerCert    string `json:"signer_cert"`
	}
}

func corpusCases(t testing.TB) (dir string, cases []corpusCase) {
	t.Helper()
	dir = testvec.Corpus(t, "rfc3161")
	b, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	var m struct{ Tokens, Derived []corpusCase }
	if err := json.Unmarshal(b, &m); err != nil {
		t.Fatal(err)
	}
	if len(m.Tokens) != 82 || len(m.Derived) != 24 {
		t.Fatalf("%d tokens and %d derived ones, want 82 and 24", len(m.Tokens), len(m.Derived))
	}
	return dir, append(m.Tokens, m.Derived...)
}

func (c *corpusCase) name() string {
	if c.ID != "" {
		return c.ID
	}
	return filepath.Base(c.File)
}

func (c *corpusCase) env(t testing.TB, dir string) pki.Env {
	t.Helper()
	var env pki.Env
	env.Policy = trust.Issuance
	if c.Verify == nil {
		env.At = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
		return env
	}
	load := func(name string) []*pki.Certificate {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		list, err := pki.ParseCertificates(b)
		if err != nil {
			t.Fatal(name, err)
		}
		return list
	}
	env.At = time.Unix(c.Verify.At, 999999999).UTC()
	for _, cert := range load(c.Verify.Root) {
		env.TSA = append(env.TSA, pki.Anchor{Certificate: cert, Origin: c.Verify.Root})
	}
	for _, name := range c.Verify.Intermediates {
		env.Intermediates = append(env.Intermediates, load(name)...)
	}
	if c.Verify.SignerCert != "" {
		env.Intermediates = append(env.Intermediates, load(c.Verify.SignerCert)...)
	}
	return env
}

func (c *corpusCase) subject(t testing.TB, dir string) verdict.Subject {
	t.Helper()
	if c.Data != "" {
		b, err := os.ReadFile(filepath.Join(dir, c.Data))
		if err != nil {
			t.Fatal(err)
		}
		return verdict.Bytes(b)
	}
	text := c.ExpectDigest
	if text == "" {
		text = c.Imprint
	}
	b, err := hex.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	d, err := verdict.NewDigests(map[string][]byte{c.ImprintAlg: b})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func (c *corpusCase) judge(t testing.TB, dir string, at time.Time) rfc3161.Result {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, c.File))
	if err != nil {
		t.Fatal(err)
	}
	tok, err := rfc3161.Parse(b)
	if err != nil {
		return rfc3161.Result{Result: rfc3161.Unreadable(err)}
	}
	env := c.env(t, dir)
	if !at.IsZero() {
		env.At = at
	}
	return tok.Verify(c.subject(t, dir), env)
}

// present is the time at which weak tokens are judged.
var present = time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)

func TestCorpus(t *testing.T) {
	dir, cases := corpusCases(t)
	for _, c := range cases {
		t.Run(c.name(), func(t *testing.T) {
			r := c.judge(t, dir, time.Time{})
			t.Logf("%-16s %s %s %s %s", c.Verdict, r.Indication(), r.Sub, r.Reason, r.Warnings)
			switch c.Verdict {
			case "valid":
				if !r.Passed() {
					t.Errorf("%v", r.Err())
				}
			case "invalid", "invalid-strict", "invalid-policy":
				if r.Passed() {
					t.Errorf("passed: %s", c.Reason)
				}
			case "valid-at-gentime":
				if r.Sub != verdict.TimestampOrderFailure {
					t.Errorf("at its time: %v", r.Err())
				}
				if at := time.Unix(1729862759, 0); !passed(c.judge(t, dir, at)) {
					t.Errorf("at genTime: not passed")
				}
			case "valid-weak":
				now := c.judge(t, dir, present)
				if now.Sub != verdict.CryptoConstraintsFailure && now.Sub != verdict.CryptoConstraintsFailureNoPOE {
					t.Errorf("at present: %v", now.Err())
				}
				for _, k := range now.Checks() {
					if k.State != verdict.CheckPassed && k.Sub != verdict.CryptoConstraintsFailure && k.Sub != verdict.CryptoConstraintsFailureNoPOE {
						t.Errorf("at present, %s is %s %s", k.Name, k.State, k.Reason)
					}
				}
			default:
				t.Fatalf("unknown expectation %q", c.Verdict)
			}
		})
	}
}

func passed(r rfc3161.Result) bool { return r.Passed() }
