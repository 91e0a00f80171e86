package attest_test

import (
	"encoding/pem"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/testvec"
	"github.com/exhibit-dev/exhibit/trust"
)

// opensslCount is asserted, so that comparisons cannot vanish.
const opensslCount = 37

// An independent program confirms what each vector expects of it: signature values
// in DER or as bare octets, over the message, under one key.
func TestOpenSSLAgrees(t *testing.T) {
	openssl := testvec.Tool(t, "openssl")
	compared := 0
	for _, v := range vectors(t) {
		if v.OpenSSL == "" {
			continue
		}
		compared++
		t.Run(v.ID, func(t *testing.T) {
			t.Parallel()
			keys := v.env(t).Keys
			if len(keys) != 1 {
				t.Fatalf("%d keys", len(keys))
			}
			out, err := exec.Command(openssl, opensslArgs(t, v, &keys[0])...).CombinedOutput()
			if accepted := err == nil; accepted != (v.OpenSSL == "accept") {
				t.Errorf("want %s, it says: %s", v.OpenSSL, out)
			}
		})
	}
	if compared != opensslCount {
		t.Errorf("%d vectors compared, want %d", compared, opensslCount)
	}
}

func opensslArgs(t *testing.T, v vectorCase, k *trust.Key) []string {
	t.Helper()
	folder := t.TempDir()
	write := func(name string, data []byte) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	pub := write("key.pem", pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: k.Public.SPKI()}))
	sig, letter := write("sig", v.File(t, v.Evidence)), write("letter", v.File(t, v.Subject))
	switch k.Alg {
	case trust.Ed25519:
		return []string{"pkeyutl", "-verify", "-pubin", "-inkey", pub, "-rawin", "-in", letter, "-sigfile", sig}
	case trust.RSAPSS:
		return []string{"dgst", "-" + k.Hash, "-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:digest", "-verify", pub, "-signature", sig, letter}
	}
	return []string{"dgst", "-" + k.Hash, "-verify", pub, "-signature", sig, letter}
}
