package pdf

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/digitorus/pdfsign/verify"
)

// theirFile names the file that a process of this test is to verify.
const theirFile = "EXHIBIT_ORACLE_PDF_FILE"

// theirTime bounds one verification of theirs: its reader knows no end of some files.
const theirTime = time.Minute

// answer is what pdfsign says of a file.
type answer struct {
	Valid   []bool // of each signature that it could read: digest and value hold
	Trusted []bool // and the path ends in a root that it trusts
	Error   string
}

func (a answer) valid() (n int) {
	for _, ok := range a.Valid {
		if ok {
			n++
		}
	}
	return n
}

// TestMain is the other process too: hostile bytes can end it in a way that it cannot
// recover from.
func TestMain(m *testing.M) {
	name := os.Getenv(theirFile)
	if name == "" {
		os.Exit(m.Run())
	}
	b, err := os.ReadFile(name)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	json.NewEncoder(os.Stdout).Encode(theyVerify(b))
}

// theyVerify is their verification in this process: of files that were made here.
func theyVerify(file []byte) (a answer) {
	r, err := verify.Verify(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		a.Error = err.Error()
		return a
	}
	a.Error = r.Error
	for _, s := range r.Signers {
		a.Valid, a.Trusted = append(a.Valid, s.ValidSignature), append(a.Trusted, s.TrustedIssuer)
	}
	return a
}

// askThem is their verification in a process of its own. A crash is an Error.
func askThem(t testing.TB, file []byte) (a answer) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "file.pdf")
	if err := os.WriteFile(name, file, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), theirTime)
	defer cancel()
	cmd := exec.CommandContext(ctx, os.Args[0])
	cmd.Env = append(os.Environ(), theirFile+"="+name, "GOMEMLIMIT=512MiB")
	out, err := cmd.Output()
	if err != nil {
		return answer{Error: "the process ended: " + err.Error()}
	}
	// What their reader prints by itself stands before the answer.
	lines := bytes.Split(bytes.TrimSpace(out), []byte("\n"))
	if err := json.Unmarshal(lines[len(lines)-1], &a); err != nil {
		return answer{Error: "no answer: " + err.Error()}
	}
	return a
}
