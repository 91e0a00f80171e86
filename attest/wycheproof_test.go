package attest_test

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/exhibit-dev/exhibit/attest"
	"github.com/exhibit-dev/exhibit/internal/testvec"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/verdict"
)

// wycheproof lists the published ECDSA files with their numbers of valid and invalid
// tests, so that none can vanish.
var wycheproof = []struct {
	name           string
	form           attest.Form
	lowS           bool
	valid, invalid int
}{
	{"ecdsa_brainpoolP256r1_sha256", attest.Sig, false, 176, 309},
	{"ecdsa_secp256k1_sha256_bitcoin", attest.Sig, true, 162, 301},
	{"ecdsa_secp256k1_sha256_p1363", attest.P1363, false, 167, 85},
	{"ecdsa_secp256k1_sha256", attest.Sig, false, 168, 308},
	{"ecdsa_secp256k1_sha512_p1363", attest.P1363, false, 236, 86},
	{"ecdsa_secp256r1_sha256_p1363", attest.P1363, false, 173, 89},
	{"ecdsa_secp256r1_sha256", attest.Sig, false, 174, 310},
	{"ecdsa_secp256r1_sha512", attest.Sig, false, 243, 311},
	{"ecdsa_secp384r1_sha384_p1363", attest.P1363, false, 193, 87},
	{"ecdsa_secp384r1_sha384", attest.Sig, false, 194, 310},
	{"ecdsa_secp384r1_sha512", attest.Sig, false, 231, 311},
	{"ecdsa_secp521r1_sha512_p1363", attest.P1363, false, 231, 87},
	{"ecdsa_secp521r1_sha512", attest.Sig, false, 232, 310},
}

type wycheproofGroup struct {
	PublicKeyPem, Sha string
	Tests             []struct {
		TcID                      int
		Comment, Msg, Sig, Result string
	}
}

// at is the time of validation of the tests.
var at = time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)

// signers reads one entry as a trust directory would.
func signers(t testing.TB, entry map[string]any) []trust.Key {
	t.Helper()
	b, err := json.Marshal([]any{entry})
	if err != nil {
		t.Fatal(err)
	}
	keys, bad, err := trust.ParseSigners(b, nil)
	if err != nil || len(bad) > 0 {
		t.Fatal(err, bad)
	}
	return keys
}

// Every published ECDSA test: what is valid passes, what is not does not, and nothing
// invalid is called a defect of something else.
func TestWycheproof(t *testing.T) {
	folder := testvec.Corpus(t, "wycheproof")
	for _, f := range wycheproof {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			valid, invalid, why := 0, 0, map[string]int{}
			for _, g := range readGroups[wycheproofGroup](t, filepath.Join(folder, f.name+"_test.json")) {
				keys := signers(t, map[string]any{
					"key_id": "wycheproof", "spki_pem": g.PublicKeyPem, "alg": trust.ECDSA, "low_s": f.lowS,
					"hash": strings.ToLower(strings.ReplaceAll(g.Sha, "-", "")),
				})
				for _, c := range g.Tests {
					r := judge(f.form, unhex(t, c.Sig), verdict.Bytes(unhex(t, c.Msg)), trust.Env{At: at, Policy: trust.Issuance, Keys: keys})
					if r.Passed() != (c.Result == "valid") {
						t.Errorf("%d, %s: want %s, got %s %s %s", c.TcID, c.Comment, c.Result, r.Indication(), r.Sub, r.Reason)
					}
					if c.Result == "valid" {
						valid++
					} else {
						invalid++
						why[fmt.Sprint(r.Indication(), " ", r.Reason)]++
					}
				}
			}
			if valid != f.valid || invalid != f.invalid {
				t.Errorf("%d valid and %d invalid tests, want %d and %d", valid, invalid, f.valid, f.invalid)
			}
			t.Log(why)
		})
	}
}

// judge parses and verifies, as the seat in package verify does.
func judge(form attest.Form, evidence []byte, s verdict.Subject, env trust.Env) verdict.Result {
	a, err := attest.Parse(form, evidence)
	if err != nil {
		return attest.Unreadable(err)
	}
	return a.Verify(s, env).Result
}

func readGroups[G any](t *testing.T, name string) []G {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ TestGroups []G }
	if err := json.Unmarshal(b, &file); err != nil {
		t.Fatal(err)
	}
	return file.TestGroups
}

func unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
