package pdf

import (
	"bytes"
	"crypto"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/digitorus/pdfsign/sign"

	ours "github.com/exhibit-dev/exhibit/pdf"
	"github.com/exhibit-dev/exhibit/trust/pki"
	"github.com/exhibit-dev/exhibit/verdict"
)

// part is what this project says of one signature.
type part struct {
	Verdict string
	Claims  struct {
		Integrity bool    // digest and value hold, trust aside
		WholeFile bool    `json:"whole_file"`
		ByteRange []int64 `json:"byte_range"`
		SubFilter string  `json:"sub_filter"`
	}
}

// weSay verifies and returns the verdict and the parts by their sources.
func weSay(t testing.TB, file []byte, env pki.Env) (verdict.Result, map[string]part) {
	t.Helper()
	r := open(t, file).Verify(t.Context(), env)
	return r.Result, partsOf(t, r)
}

func partsOf(t testing.TB, r ours.Result) map[string]part {
	t.Helper()
	parts := map[string]part{}
	for _, c := range r.Children {
		raw, err := json.Marshal(c)
		var p part
		if err := json.Unmarshal(must(t, raw, err), &p); err != nil {
			t.Fatal(err)
		}
		parts[c.Source] = p
	}
	return parts
}

func certify(p sign.DocMDPPerm) func(*sign.SignData) {
	return func(d *sign.SignData) {
		d.Signature.CertType, d.Signature.DocMDPPerm = sign.CertificationSignature, p
	}
}

func hashed(h crypto.Hash) func(*sign.SignData) {
	return func(d *sign.SignData) { d.DigestAlgorithm = h }
}

func approve(*sign.SignData) {}

func visible(d *sign.SignData) {
	d.Appearance = sign.Appearance{Visible: true, Page: 1, LowerLeftX: 20, LowerLeftY: 20, UpperRightX: 120, UpperRightY: 60}
}

// What pdfsign signs passes here: every signature is intact, has the ByteRange that
// pdfsign computes, and the last one covers the whole file. pdfsign itself agrees.
func TestTheirSignatures(t *testing.T) {
	// Each signature of theirs gives the catalog another number. Behind an earlier signature
	// that is more than this project permits.
	const passed, modified = "PASSED", "INDETERMINATE"
	for name, x := range map[string]struct {
		house func() (house, error)
		steps []func(*sign.SignData)
		want  string // the verdict
	}{
		"RSA, SHA-256":                     {rsaHouse, []func(*sign.SignData){approve}, passed},
		"RSA, SHA-384":                     {rsaHouse, []func(*sign.SignData){hashed(crypto.SHA384)}, passed},
		"RSA, SHA-512":                     {rsaHouse, []func(*sign.SignData){hashed(crypto.SHA512)}, passed},
		"P-256":                            {ecHouse, []func(*sign.SignData){approve}, passed},
		"visible":                          {rsaHouse, []func(*sign.SignData){visible}, passed},
		"certified, nothing permitted":     {rsaHouse, []func(*sign.SignData){certify(sign.DoNotAllowAnyChangesPerms)}, passed},
		"certified, forms permitted":       {ecHouse, []func(*sign.SignData){certify(sign.AllowFillingExistingFormFieldsAndSignaturesPerms)}, passed},
		"certified, annotations permitted": {rsaHouse, []func(*sign.SignData){certify(sign.AllowFillingExistingFormFieldsAndSignaturesAndCRUDAnnotationsPerms)}, passed},
		"two":                              {rsaHouse, []func(*sign.SignData){approve, approve}, modified},
		"five":                             {ecHouse, []func(*sign.SignData){approve, approve, hashed(crypto.SHA512), approve, approve}, modified},
		"certified, then approved":         {rsaHouse, []func(*sign.SignData){certify(sign.AllowFillingExistingFormFieldsAndSignaturesPerms), approve}, modified},
		"certified, then not permitted":    {rsaHouse, []func(*sign.SignData){certify(sign.DoNotAllowAnyChangesPerms), approve}, modified},
	} {
		t.Run(name, func(t *testing.T) {
			h, err := x.house()
			must(t, h, err)
			file := plain()
			for i, step := range x.steps {
				before := file
				if file = h.sign(t, file, step); !bytes.HasPrefix(file, before) {
					t.Fatalf("signature %d is no incremental update", i+1)
				}
			}
			r, parts := weSay(t, file, h.env(t))
			if got := fmt.Sprint(r.Indication()); got != x.want {
				t.Errorf("%s: %v", got, r.Err())
			}
			if len(parts) != len(x.steps) {
				t.Fatalf("%d signatures", len(parts))
			}
			for i := range x.steps {
				p := parts[fmt.Sprintf("#signature-%d", i+1)]
				last := i == len(x.steps)-1
				if !p.Claims.Integrity || p.Claims.WholeFile != last || last && p.Verdict != passed {
					t.Errorf("signature %d: %+v", i+1, p)
				}
				if b := p.Claims.ByteRange; len(b) != 4 || b[0] != 0 || file[b[1]] != '<' || file[b[2]-1] != '>' || last && b[2]+b[3] != int64(len(file)) {
					t.Errorf("signature %d: ByteRange %v", i+1, b)
				}
			}
			if a := askThem(t, file); a.valid() != len(x.steps) || a.Error != "" {
				t.Errorf("they say %+v", a)
			}
		})
	}
}

// A byte changed in what is signed, and one in the value, is found by both. What is
// added behind is found here; pdfsign does not look there.
func TestTampered(t *testing.T) {
	h, err := rsaHouse()
	must(t, h, err)
	file := h.sign(t, plain(), nil)
	env := h.env(t)
	_, parts := weSay(t, file, env)
	at := parts["#signature-1"].Claims.ByteRange
	value := file[at[1]:at[2]]
	end := bytes.LastIndexFunc(value, func(r rune) bool { return r != '0' && r != '>' })
	for _, x := range []struct {
		name        string
		edit        func(b []byte) []byte
		sub, reason string
		valid       int
	}{
		{"signed byte", func(b []byte) []byte { b[2000] ^= 1; return b }, "HASH_FAILURE", "pdf.message-digest-mismatch", 0},
		{"value", func(b []byte) []byte { b[int(at[1])+end-300] ^= 1; return b }, "SIG_CRYPTO_FAILURE", "pdf.signature-invalid", 0},
		{"behind", func(b []byte) []byte { return append(b, "4 0 obj\n(new)\nendobj\n"...) }, "SIG_CONSTRAINTS_FAILURE", "pdf.modified-after-signing", 1},
	} {
		b := x.edit(bytes.Clone(file))
		r, _ := weSay(t, b, env)
		if string(r.Sub) != x.sub || r.Reason != x.reason {
			t.Errorf("%s: %s %s %s", x.name, r.Indication(), r.Sub, r.Reason)
		}
		if a := askThem(t, b); a.valid() != x.valid {
			t.Errorf("%s: they say %+v", x.name, a)
		}
	}
}
