package report

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"io/fs"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/exhibit-dev/exhibit/testvectors"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/verdict"
	"github.com/exhibit-dev/exhibit/verify"
	"github.com/exhibit-dev/exhibit/verify/selftest"
)

var context1 = Context{
	Tool: ThisTool(), TimeSource: FromOperator,
	Trust: TrustInput{
		Dir: "trust", Source: "flag", SHA256: strings.Repeat("ab", 32),
		Files: []TrustFile{{"tsa/root.pem", strings.Repeat("cd", 32), "tsa"}},
	},
}

func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("report.json", doc); err != nil {
		t.Fatal(err)
	}
	return c.MustCompile("report.json")
}

func encoded(t *testing.T, d *Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := d.JSON(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func conforms(t *testing.T, s *jsonschema.Schema, text []byte) {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err == nil {
		err = s.Validate(v)
	}
	if err != nil {
		t.Errorf("%v\n%s", err, text)
	}
}

// Every vector's report follows the schema, fits a screen and says the same in all
// three forms.
func TestEveryVectorInEveryForm(t *testing.T) {
	s := compiled(t)
	for _, kind := range selftest.Kinds() {
		list, folder, err := testvectors.Load(kind)
		if err != nil {
			t.Fatal(err)
		}
		for i := range list {
			v := &list[i]
			if v.Merkle != nil { // has no trust, policy or time of its own
				evidence, err := fs.ReadFile(folder, v.Evidence)
				if err != nil {
					t.Fatal(err)
				}
				inEveryForm(t, s, v.ID, items(t, []verify.Item{verify.BytesItem(v.Evidence, evidence)}, verify.Options{}))
				continue
			}
			if v.Tlog != nil && v.Tlog.Form != "tlog-proof" || v.OTS != nil && v.OTS.Form != "detached" { // has no seat, or none over a digest
				continue
			}
			r, err := selftest.Judge(context.Background(), folder, v)
			if err != nil {
				t.Fatal(err)
			}
			inEveryForm(t, s, v.ID, r)
		}
	}
}

func inEveryForm(t *testing.T, s *jsonschema.Schema, id string, r *verify.Report) {
	t.Helper()
	d := New(r, context1)
	conforms(t, s, encoded(t, d))
	word := r.Verdict.String()
	text := written(t, d.Text)
	if !strings.HasPrefix(text, word+": ") || strings.Count(text, "\n") > screen(r) {
		t.Errorf("%s:\n%s", id, text)
	}
	if r.Reason != "" && !strings.Contains(text, r.Reason) {
		t.Errorf("%s: the text does not name %s", id, r.Reason)
	}
	if quiet := written(t, d.Quiet); len(r.Results) == 1 && !strings.HasPrefix(quiet, word+"\t") || strings.Count(quiet, "\t") != 3*len(r.Results) {
		t.Errorf("%s: %q", id, quiet)
	}
}

// screen is how many lines a report may have: 60, and 20 for each signature, time-stamp and
// attachment of a document beyond the first two.
func screen(r *verify.Report) int {
	parts := 0
	for i := range r.Results {
		for j := range r.Results[i].Evidence {
			if n := &r.Results[i].Evidence[j]; n.Kind == "pdf" {
				parts += len(n.Children)
			}
		}
	}
	return 60 + 20*max(parts-2, 0)
}

func written(t *testing.T, write func(io.Writer) error) string {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func items(t *testing.T, list []verify.Item, o verify.Options) *verify.Report {
	t.Helper()
	o.Env.At = time.Date(2026, 6, 1, 0, 0, 0, 999999999, time.UTC)
	o.Env.Policy = trust.Issuance
	r, err := verify.Items(context.Background(), list, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestOtherShapesOfReports(t *testing.T) {
	s := compiled(t)
	hostile := "\x1b[2J\u202egpj.\xff\xfe\n.tsr"
	none := Context{Tool: Tool{"exhibit", "1", "go", "unknown"}, TimeSource: FromClock, Trust: TrustInput{
		Source: "none", Errors: []verify.Problem{{Path: "tsa/x.pem", Message: "defective"}},
	}}
	digests := map[string][]byte{"sha256": make([]byte, 32), "sha512": make([]byte, 64)}
	for name, r := range map[string]*verify.Report{
		"nothing":  items(t, nil, verify.Options{}),
		"digests":  items(t, nil, verify.Options{Digests: digests}),
		"hostile":  items(t, []verify.Item{verify.BytesItem(hostile, []byte("junk"))}, verify.Options{}),
		"several":  items(t, []verify.Item{verify.BytesItem("a.pdf", nil), verify.BytesItem("b.ers", nil), verify.BytesItem("c.tsr", nil)}, verify.Options{}),
		"shrunk":   items(t, []verify.Item{{Path: "a", Size: 7, Open: verify.BytesItem("a", nil).Open}}, verify.Options{}),
		"zero":     {},
		"no items": {Policy: trust.ETSI, Other: verify.OtherPolicy{Name: trust.Issuance}},
	} {
		d := New(r, none)
		text := encoded(t, d)
		if name == "zero" || name == "no items" {
			if strings.Contains(string(text), "PASSED") {
				t.Errorf("%s: an empty report reads as a pass", name)
			}
			continue
		}
		conforms(t, s, text)
		for form, out := range map[string]string{"json": string(text), "text": written(t, d.Text), "quiet": written(t, d.Quiet)} {
			if !utf8.ValidString(out) || strings.ContainsAny(out, "\x1b\u202e\u200b") {
				t.Errorf("%s, %s: not cleaned: %q", name, form, out)
			}
		}
	}
}

func TestNamesSurviveJSON(t *testing.T) {
	name := "a\u202eb\U000e0041c\x7f"
	r := items(t, []verify.Item{verify.BytesItem(name, nil)}, verify.Options{})
	text := encoded(t, New(r, context1))
	var back struct {
		Results []struct{ Subject struct{ Path string } }
	}
	if err := json.Unmarshal(text, &back); err != nil || back.Results[0].Subject.Path != name {
		t.Errorf("%q, %v", back.Results[0].Subject.Path, err)
	}
}

func TestSchemaRefusesContradictions(t *testing.T) {
	s := compiled(t)
	list, folder, _ := testvectors.Load("rfc3161")
	r, err := selftest.Judge(context.Background(), folder, &list[0])
	if err != nil {
		t.Fatal(err)
	}
	good := string(encoded(t, New(r, context1)))
	for _, change := range [][2]string{
		{`"verdict": "TOTAL-PASSED"`, `"verdict": "VALID"`},
		{`"verdict": "TOTAL-PASSED"`, `"verdict": "TOTAL-FAILED"`},
		{`"policy": "issuance"`, `"policy": "mine"`},
		{`"schema": "exhibit.report/v1"`, `"schema": "exhibit.report/v2"`},
		{`"network": "off"`, `"network": "off", "extra": 1`},
		{`"state": "PASSED"`, `"state": "FAILED"`},
		{`"verdict": "PASSED"`, `"verdict": "INDETERMINATE"`},
		{`"validation_time": "`, `"validation_time": "x`},
	} {
		bad := strings.Replace(good, change[0], change[1], 1)
		v, err := jsonschema.UnmarshalJSON(strings.NewReader(bad))
		if err != nil || bad == good {
			t.Fatalf("%v: %v", change, err)
		}
		if s.Validate(v) == nil {
			t.Errorf("%v was accepted", change)
		}
	}
}

func TestEverySubIndicationIsExplained(t *testing.T) {
	for _, sub := range []verdict.SubIndication{
		verdict.FormatFailure, verdict.HashFailure, verdict.SigCryptoFailure, verdict.Revoked, verdict.Expired, verdict.NotYetValid,
		verdict.SigConstraintsFailure, verdict.ChainConstraintsFailure, verdict.CertificateChainFailure,
		verdict.CryptoConstraintsFailure, verdict.PolicyProcessingError, verdict.SignaturePolicyNotAvailable,
		verdict.TimestampOrderFailure, verdict.NoSigningCertificateFound, verdict.NoCertificateChainFound,
		verdict.NoCertificateChainFoundNoPOE, verdict.RevokedNoPOE, verdict.RevokedCANoPOE, verdict.OutOfBoundsNoPOE,
		verdict.OutOfBoundsNotRevoked, verdict.RevocationOutOfBoundsNoPOE, verdict.CryptoConstraintsFailureNoPOE,
		verdict.NoPOE, verdict.TryLater, verdict.SignedDataNotFound,
	} {
		if meaning[sub] == "" {
			t.Errorf("%s has no words", sub)
		}
	}
}
