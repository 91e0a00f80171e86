package sigalg

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/testvec"
)

// The published ECDSA vectors decide: valid verifies, invalid does not.
func TestWycheproof(t *testing.T) {
	dir := testvec.Corpus(t, "wycheproof")
	total := 0
	for _, name := range []string{
		"ecdsa_brainpoolP256r1_sha256", "ecdsa_secp256k1_sha256", "ecdsa_secp256r1_sha256", "ecdsa_secp256r1_sha512",
		"ecdsa_secp384r1_sha384", "ecdsa_secp384r1_sha512", "ecdsa_secp521r1_sha512",
	} {
		b, err := os.ReadFile(filepath.Join(dir, name+"_test.json"))
		if err != nil {
			t.Fatal(err)
		}
		var file struct {
			TestGroups []struct {
				PublicKeyDer string
				Sha          string
				Tests        []struct {
					TcID             int
					Msg, Sig, Result string
				}
			}
		}
		if err := json.Unmarshal(b, &file); err != nil {
			t.Fatal(err)
		}
		for _, g := range file.TestGroups {
			key, err := ParseKey(unhex(t, g.PublicKeyDer))
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			alg := Algorithm{Scheme: ECDSA, Digest: strings.ToLower(strings.ReplaceAll(g.Sha, "-", ""))}
			for _, c := range g.Tests {
				total++
				err := key.Verify(alg, unhex(t, c.Msg), unhex(t, c.Sig))
				if (err == nil) != (c.Result == "valid") {
					t.Errorf("%s %d: want %s, got %v", name, c.TcID, c.Result, err)
				}
			}
		}
	}
	if total < 3500 {
		t.Errorf("only %d vectors", total)
	}
}

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
