package pdf

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
	"github.com/exhibit-dev/exhibit/internal/testvec"
	"github.com/exhibit-dev/exhibit/verdict"
)

// encryptedByQPDF is a file that qpdf has encrypted.
func encryptedByQPDF(t *testing.T, m *fileMaker, args ...string) []byte {
	t.Helper()
	tool := testvec.Tool(t, "qpdf")
	dir := t.TempDir()
	in, out := filepath.Join(dir, "in.pdf"), filepath.Join(dir, "out.pdf")
	if err := os.WriteFile(in, m.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	args = append([]string{"--allow-weak-crypto", "--encrypt", "user", "owner"}, args...)
	if b, err := exec.Command(tool, append(args, "--", in, out)...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, b)
	}
	b, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Without the password names and data are sealed, and the attachments listed all the
// same; with it, everything is as it was.
func TestSealedAttachments(t *testing.T) {
	for name, args := range map[string][]string{
		"RC4 40": {"40"}, "RC4 128": {"128", "--use-aes=n"}, "AES 128": {"128", "--use-aes=y"}, "AES 256": {"256"},
	} {
		t.Run(name, func(t *testing.T) {
			m := claiming("3", "B", "/Names << /EmbeddedFiles << /Kids [<< /Limits [(a.txt) (a.txt)] /Names [(a.txt) 4 0 R] >>] >> >>").end()
			b := encryptedByQPDF(t, m, args...)
			a, p := sealedFile(t, b, "")
			if !a.Sealed || a.Name != "" || len(a.Names) == 0 || !a.Names[0].Sealed || a.Names[0].Text != "" || p.Claimed() {
				t.Errorf("%+v %+v %s", a, a.EmbeddedFile, &p)
			}
			if _, err := a.Digest("sha256", nil); !errors.Is(err, verdict.ErrNotAtHand) {
				t.Error(err)
			}
			var own *pdffile.Error
			if _, err := a.Length(t.Context()); !errors.As(err, &own) || own.Code != pdffile.CodeEncrypted {
				t.Error(err)
			}
			if found, err := a.checkClaims(t.Context()); err != nil || len(found) > 0 {
				t.Error(found, err)
			}
			if items, err := embeddedItems([]*Attachment{a}); err != nil || len(items) != 0 {
				t.Error(items, err)
			}
			a, p = sealedFile(t, b, "user")
			if a.Sealed || a.Name != "a.txt" || contentOf(t, a.EmbeddedFile) != "content" || p.String() != "3B" {
				t.Errorf("%+v %+v %s", a, a.EmbeddedFile, &p)
			}
		})
	}
}

// sealedFile returns the one attachment, and the claim of PDF/A.
func sealedFile(t *testing.T, b []byte, password string) (*Attachment, PDFA) {
	t.Helper()
	f, err := openBytes(b, password)
	if err != nil {
		t.Fatal(err)
	}
	list, found, err := findAttachments(f)
	if err != nil || len(list) != 1 || len(found) > 0 {
		t.Fatal(list, found, err)
	}
	p, found, err := findPDFA(f, f.Last())
	if err != nil || len(found) > 0 {
		t.Fatal(found, err)
	}
	return list[0], p
}

// The order of sealed keys cannot be told.
func TestSealedNameTree(t *testing.T) {
	b := encryptedByQPDF(t, manyFiles(8), "256")
	f, err := openBytes(b, "")
	if err != nil {
		t.Fatal(err)
	}
	if list, found, err := findAttachments(f); err != nil || len(list) != 8 || len(found) > 0 {
		t.Error(list, found, err)
	}
}

// Metadata that are not encrypted can be read without the password.
func TestClearMetadata(t *testing.T) {
	b := encryptedByQPDF(t, claiming("3", "B", inNameTree).end(), "256", "--cleartext-metadata")
	if _, p := sealedFile(t, b, ""); p.String() != "3B" {
		t.Errorf("%s", &p)
	}
}
