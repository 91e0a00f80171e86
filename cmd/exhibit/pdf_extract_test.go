package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// hostileNames would lead elsewhere, or look like something else.
var hostileNames = []string{
	"../x", "../../etc/passwd", "/etc/passwd", `C:\x`, `..\x`, "x.txt:stream", "x/", "..", ".", "", " ", "a\x00b", "\x00", "a\nb\x1b[2J", "invoice\u202efdp.exe",
	"a\u2066b", "-rf", ".bashrc", "~", "CON", "nul.txt", "COM1", "x.", "x. ", strings.Repeat("a", 300), strings.Repeat("a", 300) + ".xml", "X", "x", "x",
}

func tool(args ...string) (code int, stdout, stderr string) {
	var out bytes.Buffer
	code, stderr = runWith(&out, args...)
	return code, out.String(), stderr
}

func written(t *testing.T, content []byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(name, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// A document of hostile names leaves nothing but plain files in the one folder.
func TestExtractHostileNames(t *testing.T) {
	c := newCarrier()
	for i, x := range hostileNames {
		c.add(x, fmt.Appendf(nil, "file %d", i))
	}
	file := written(t, c.end().b)
	above := t.TempDir()
	into := filepath.Join(above, "into")
	code, out, errs := tool("pdf", "extract", file, "--all", "-o", into)
	if code != 0 || errs != "" {
		t.Fatalf("exit %d, %s", code, errs)
	}
	if others, _ := os.ReadDir(above); len(others) != 1 {
		t.Errorf("beside the folder: %v", others)
	}
	entries, err := os.ReadDir(into)
	if err != nil || len(entries) != len(hostileNames) {
		t.Fatalf("%d files of %d, %v", len(entries), len(hostileNames), err)
	}
	want := map[string]bool{}
	for i := range hostileNames {
		want[fmt.Sprintf("file %d", i)] = true
	}
	for _, e := range entries {
		b, err := os.ReadFile(filepath.Join(into, e.Name()))
		if err != nil || !e.Type().IsRegular() || !want[string(b)] || strings.HasPrefix(e.Name(), ".") {
			t.Errorf("%q: %q, %v", e.Name(), b, err)
		}
		delete(want, string(b))
		sum := sha256.Sum256(b)
		if !strings.Contains(out, onScreen(filepath.Join(into, e.Name()))+": number ") || !strings.Contains(out, hex.EncodeToString(sum[:])) {
			t.Errorf("%q: the output does not tell of it", e.Name())
		}
	}
	if n := strings.Count(out, "\n"); n != len(hostileNames) || strings.ContainsAny(out, "\x1b\x00\u202e") {
		t.Errorf("%d lines\n%q", n, out)
	}

	// once more: everything is there, and nothing is written
	if code, out, errs = tool("pdf", "extract", file, "--all", "-o", into); code != 2 || out != "" || !strings.Contains(errs, "exists, and is not replaced") {
		t.Errorf("exit %d, %s%s", code, out, errs)
	}

	// the table does not steer a terminal
	if code, out, errs = tool("pdf", "extract", file); code != 0 || errs != "" || strings.Count(out, "\n") != len(hostileNames)+1 || strings.ContainsAny(out, "\x1b\x00\u202e") {
		t.Errorf("exit %d, %s%q", code, errs, out)
	}
	if code, out, _ := tool("pdf", "extract", file, "--json"); code != 0 || strings.ContainsAny(out, "\x1b\x00\u202e") || !json.Valid([]byte(out)) {
		t.Errorf("exit %d, %q", code, out)
	}
}

// Links that lead elsewhere stay, and so does what they lead to.
func TestExtractFollowsNoLink(t *testing.T) {
	c := newCarrier()
	c.add("x.txt", []byte("new"))
	file, into := written(t, c.end().b), t.TempDir()
	target := written(t, []byte("mine"))
	if err := os.Symlink(target, filepath.Join(into, "x.txt")); err != nil {
		t.Skip(err)
	}
	code, _, errs := tool("pdf", "extract", file, "--all", "-o", into)
	if b, _ := os.ReadFile(target); code != 2 || string(b) != "mine" {
		t.Errorf("exit %d, %q, %s", code, b, errs)
	}
}

// oldAndNew is a document whose file was changed, and another taken out.
func oldAndNew() []byte {
	c := newCarrier()
	n := c.add("list.txt", []byte("first"))
	c.add("gone.txt", []byte("gone"))
	c.end()
	c.stream(n, []byte("second"), "/Size 7/CheckSum<00112233445566778899aabbccddeeff>")
	c.specs = c.specs[:1]
	return c.end().b
}

func TestExtractVersions(t *testing.T) {
	file := written(t, oldAndNew())
	code, out, errs := tool("pdf", "extract", file, "--json")
	var list embeddedList
	if err := json.Unmarshal([]byte(out), &list); err != nil || code != 0 || errs != "" {
		t.Fatalf("exit %d, %s, %v", code, errs, err)
	}
	var got []string
	for _, v := range list.Files {
		got = append(got, fmt.Sprint(v.Number, " ", v.File, " ", v.State, " ", v.Revision, " ", *v.ClaimedSize, " ", *v.Size, " ", v.Checksum))
	}
	want := []string{"1 list.txt present 1 7 6 differs", "1.1 list_1.1.txt older 0 5 5 agrees", "2 gone.txt removed 0 4 4 agrees"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	for number, content := range map[string]string{"1": "second", "1.1": "first", "2": "gone"} {
		into := t.TempDir()
		code, out, errs := tool("pdf", "extract", file, "--number", number, "-o", into)
		entries, _ := os.ReadDir(into)
		if code != 0 || len(entries) != 1 || (errs != "") != (number == "1") {
			t.Fatalf("%s: exit %d, %s%s", number, code, out, errs)
		}
		if b, _ := os.ReadFile(filepath.Join(into, entries[0].Name())); string(b) != content {
			t.Errorf("%s: %q", number, b)
		}
		if number == "1" && (!strings.Contains(errs, "the document says that it has 7 bytes") || !strings.Contains(errs, "the checksum (MD5) that the document gives is another")) {
			t.Error(errs)
		}
	}
	for _, x := range []struct{ flag, value, want string }{
		{"--name", "gone.txt", "no longer has an embedded file"},
		{"--name", "other.txt", "there is no embedded file of the name"},
		{"--number", "3", "there is no embedded file with the number 3"},
		{"--number", "1.2", "there is no embedded file with the number 1.2"},
	} {
		if code, out, errs := tool("pdf", "extract", file, x.flag, x.value); code != 2 || out != "" || !strings.Contains(errs, x.want) {
			t.Errorf("%v: exit %d, %s%s", x, code, out, errs)
		}
	}
}

// Of two files with one name none is taken by it.
func TestExtractAmbiguousName(t *testing.T) {
	c := newCarrier()
	c.add("x.txt", []byte("one"))
	c.add("x.txt", []byte("two"))
	file := written(t, c.end().b)
	if code, _, errs := tool("pdf", "extract", file, "--name", "x.txt"); code != 2 || !strings.Contains(errs, `2 embedded files have the name "x.txt": choose with --number, of 1, 2`) {
		t.Errorf("exit %d, %s", code, errs)
	}
}

// What cannot be read is named, and the rest is written.
func TestExtractBrokenData(t *testing.T) {
	c := newCarrier()
	n := c.add("broken.bin", nil)
	c.add("whole.txt", []byte("whole"))
	c.object(n, "<</Type/EmbeddedFile/Filter/FlateDecode/Length 4>>\nstream\nabcd\nendstream")
	file, into := written(t, c.end().b), t.TempDir()
	code, out, errs := tool("pdf", "extract", file, "--all", "-o", into)
	entries, _ := os.ReadDir(into)
	if code != 5 || len(entries) != 1 || !strings.Contains(out, "whole.txt: number 2") || !strings.Contains(errs, "exhibit: number 1, broken.bin: ") {
		t.Errorf("exit %d, %v, %s%s", code, entries, out, errs)
	}
	if code, out, _ := tool("pdf", "extract", file); code != 5 || strings.Count(out, "\n") != 3 {
		t.Errorf("exit %d, %s", code, out)
	}
}

// The files of an encrypted document are there with its password, and only with it.
func TestExtractEncrypted(t *testing.T) {
	file := filepath.Join("..", "..", "internal", "pdffile", "testdata", "aes-256.pdf")
	code, out, errs := tool("pdf", "extract", file)
	if code != 5 || !strings.Contains(errs, "encrypted, and the password is missing or wrong") || strings.Count(errs, "hint: ") != 1 || !strings.Contains(out, "unnamed") {
		t.Errorf("exit %d, %s%s", code, errs, out)
	}
	for password, want := range map[string]int{"user": 0, "user\n": 0, "user\r\n": 0, "user\n\n": 5, "owner": 0, " user": 5, "": 5} {
		into := filepath.Join(t.TempDir(), "into")
		code, out, errs := tool("pdf", "extract", file, "--all", "-o", into, "--pdf-password-file", written(t, []byte(password)))
		entries, _ := os.ReadDir(into)
		if code != want || (len(entries) == 1) != (want == 0) {
			t.Errorf("%q: exit %d, %v, %s%s", password, code, entries, out, errs)
		}
	}
	for size, want := range map[int]int{maxPasswordFile: 5, maxPasswordFile + 1: 2} {
		if code, _, errs := tool("pdf", "extract", file, "--pdf-password-file", written(t, make([]byte, size))); code != want {
			t.Errorf("%d bytes: exit %d, %s", size, code, errs)
		}
	}
}
