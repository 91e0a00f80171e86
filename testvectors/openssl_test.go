package testvectors

import (
	"bytes"
	"encoding/pem"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/exhibit-dev/exhibit/internal/testvec"
)

// usualTime is the genTime of most tokens; OpenSSL is asked at it where a token has
// none that can be read.
var usualTime = time.Date(2025, 3, 1, 12, 0, 0, 0, time.UTC)

// An independent program confirms what each vector expects of it.
func TestOpenSSLAgrees(t *testing.T) {
	openssl := testvec.Tool(t, "openssl")
	list, folder, err := Load("rfc3161")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, folder); err != nil {
		t.Fatal(err)
	}
	compared := 0
	for _, v := range list {
		if v.OpenSSL == "" {
			continue
		}
		compared++
		t.Run(v.ID, func(t *testing.T) {
			t.Parallel()
			out, err := exec.Command(openssl, opensslArgs(t, v, dir, folder)...).CombinedOutput()
			if accepted := err == nil; accepted != (v.OpenSSL == "accept") {
				t.Errorf("want %s, it says: %s", v.OpenSSL, out)
			}
		})
	}
	if compared < 390 {
		t.Errorf("only %d vectors compared", compared)
	}
}

func opensslArgs(t *testing.T, v Vector, dir string, folder fs.FS) []string {
	args := []string{"ts", "-verify", "-in", filepath.Join(dir, v.Evidence), "-partial_chain"}
	if strings.HasSuffix(v.Evidence, ".tst") {
		args = append(args, "-token_in")
	}
	switch {
	case v.Query != "":
		args = append(args, "-queryfile", filepath.Join(dir, v.Query))
	case v.Digest != "":
		_, hex, _ := strings.Cut(v.Digest, ":")
		args = append(args, "-digest", hex)
	case v.Subject != "":
		args = append(args, "-data", filepath.Join(dir, v.Subject))
	}
	anchors, others := bundle(t, v, folder, "tsa"), bundle(t, v, folder, "intermediates")
	root := filepath.Join(t.TempDir(), "root.pem")
	if err := os.WriteFile(root, anchors, 0o600); err != nil {
		t.Fatal(err)
	}
	args = append(args, "-CAfile", root)
	if len(others) > 0 {
		file := filepath.Join(t.TempDir(), "others.pem")
		if err := os.WriteFile(file, others, 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, "-untrusted", file)
	}
	return append(args, "-attime", strconv.FormatInt(genTime(folder, v).Unix(), 10))
}

func bundle(t *testing.T, v Vector, folder fs.FS, use string) (out []byte) {
	for _, name := range v.Trust {
		if path.Dir(name) != use {
			continue
		}
		b, err := fs.ReadFile(folder, path.Join("trust", name))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, b...)
	}
	return out
}

// genTime finds the time in the token's bytes without reading the token: the first
// GeneralizedTime after id-ct-TSTInfo.
func genTime(folder fs.FS, v Vector) time.Time {
	b, err := fs.ReadFile(folder, v.Evidence)
	if err != nil {
		return usualTime
	}
	if block, _ := pem.Decode(b); block != nil {
		b = block.Bytes
	}
	_, b, _ = bytes.Cut(b, []byte("\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x04"))
	for i := 0; i+16 < len(b); i++ {
		if b[i] != 0x18 || b[i+1] < 15 || int(b[i+1]) > len(b)-i-2 {
			continue
		}
		if at, err := time.Parse("20060102150405", string(b[i+2:i+16])); err == nil {
			return at
		}
	}
	return usualTime
}
