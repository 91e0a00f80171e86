package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/testvec"
)

// Real documents: what is said of a revision is true of the bytes that are written for it,
// and the files inside are those that other readers found.
func TestPDFCommandsOnCorpus(t *testing.T) {
	folder := testvec.Corpus(t, "pdf")
	b, err := os.ReadFile(filepath.Join(folder, "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	var manifest struct {
		Files []struct {
			File     string
			Expected struct {
				Embedded []struct{ SHA256 string } `json:"embedded_detail"`
			}
		}
	}
	if err := json.Unmarshal(b, &manifest); err != nil {
		t.Fatal(err)
	}
	revisions, files := 0, 0
	for _, x := range manifest.Files {
		path := filepath.Join(folder, x.File)
		content, err := os.ReadFile(path)
		if err != nil || filepath.Ext(path) != ".pdf" {
			continue
		}
		revisions += checkRevisions(t, path, content)
		into := filepath.Join(t.TempDir(), "into")
		code, out, errs := tool("pdf", "extract", path, "--all", "-o", into)
		if code != 0 && code != 5 {
			t.Errorf("%s: exit %d, %s", x.File, code, errs)
		}
		sums := map[string]bool{}
		entries, _ := os.ReadDir(into)
		for _, e := range entries {
			b, err := os.ReadFile(filepath.Join(into, e.Name()))
			if err != nil {
				t.Error(err)
			}
			sum := fmt.Sprintf("%x", sha256.Sum256(b))
			sums[sum] = true
			if !strings.Contains(out, e.Name()+": number ") || !strings.Contains(out, sum) {
				t.Errorf("%s: the output does not tell of %s", x.File, e.Name())
			}
			files++
		}
		for _, e := range x.Expected.Embedded {
			if e.SHA256 != "" && !sums[e.SHA256] {
				t.Errorf("%s: other readers find a file with the digest %s", x.File, e.SHA256)
			}
		}
	}
	t.Logf("%d revisions, %d files", revisions, files)
	if revisions < 100 || files < 20 {
		t.Errorf("%d revisions and %d files: is the corpus whole?", revisions, files)
	}
}

func checkRevisions(t *testing.T, path string, content []byte) int {
	t.Helper()
	code, out, errs := tool("inspect", path, "--json")
	if code == 5 && out == "" {
		return 0
	}
	var view struct {
		SHA256 string
		Claims struct {
			Revisions []struct {
				N      int
				End    int
				SHA256 string
			}
		}
	}
	if err := json.Unmarshal([]byte(out), &view); err != nil || view.SHA256 != fmt.Sprintf("%x", sha256.Sum256(content)) {
		t.Errorf("%s: exit %d, %v, %s", path, code, err, errs)
		return 0
	}
	for i, r := range view.Claims.Revisions {
		code, out, errs := tool("pdf", "revision", strconv.Itoa(r.N), path)
		if r.N != i || code != 0 || !bytes.Equal([]byte(out), content[:r.End]) || r.SHA256 != fmt.Sprintf("%x", sha256.Sum256([]byte(out))) {
			t.Errorf("%s: revision %d: exit %d, %d bytes, %s", path, r.N, code, len(out), errs)
		}
	}
	if code, out, errs := tool("inspect", path); code != 0 && code != 5 || strings.ContainsAny(out, "\x1b\x07\x00\r") {
		t.Errorf("%s: exit %d, %s", path, code, errs)
	}
	return len(view.Claims.Revisions)
}
