package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Every command that the README shows runs from a checkout, and what it shows of the
// output is what is printed.
func TestREADME(t *testing.T) {
	root := filepath.Join("..", "..")
	text, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(root)
	ran := 0
	var last string
	for _, block := range fenced(string(text)) {
		if block.kind == "text" { // what the command before it prints first
			if !strings.HasPrefix(last, block.body) {
				t.Errorf("the README shows\n%s\nthe program prints\n%s", block.body, last)
			}
			continue
		}
		if block.kind != "console" {
			continue
		}
		for _, part := range strings.Split("\n"+block.body, "\n$ ")[1:] {
			command, shown, _ := strings.Cut(part, "\n")
			args, ours := strings.CutPrefix(command, "go run ./cmd/exhibit ")
			if !ours {
				if command != "go test ./..." {
					t.Errorf("the README shows a command that is not tested: %s", command)
				}
				continue
			}
			ran++
			var out, errs bytes.Buffer
			code := run(strings.Fields(args), strings.NewReader(""), &out, &errs, func(string) string { return "" }, time.Now)
			if last = out.String(); last == "" || code == 2 || code == 5 {
				t.Errorf("%s: exit %d, %s", command, code, &errs)
			}
			if shown != "" && last != shown {
				t.Errorf("%s shows\n%s\nprints\n%s", command, shown, last)
			}
		}
	}
	if ran < 10 {
		t.Errorf("only %d commands", ran)
	}
}

type block struct{ kind, body string }

// fenced returns the fenced code blocks of a Markdown text.
func fenced(text string) (out []block) {
	parts := strings.Split(text, "```")
	for i := 1; i < len(parts); i += 2 {
		kind, body, _ := strings.Cut(parts[i], "\n")
		out = append(out, block{kind, body})
	}
	return out
}

// The lines that the README shows of a package stand in its example, which runs.
func TestREADMEShowsTheExample(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	for name, file := range map[string]string{"attest": "readme_test.go", "merkle": "example_test.go"} {
		example, err := os.ReadFile(filepath.Join("..", "..", name, file))
		if err != nil {
			t.Fatal(err)
		}
		shown := 0
		for _, b := range fenced(string(text)) {
			if b.kind != "go" || !strings.Contains(b.body, name+".") {
				continue
			}
			shown++
			for _, line := range strings.Split(strings.TrimSpace(b.body), "\n") {
				if line = strings.TrimSpace(line); line != "// …" && !strings.Contains(string(example), line+"\n") {
					t.Errorf("the example of %s has no line %q", name, line)
				}
			}
		}
		if shown != 1 {
			t.Errorf("%d blocks about %s", shown, name)
		}
	}
}

// The shipped example is one of the vectors.
func TestExampleIsAVector(t *testing.T) {
	for example, vector := range map[string]string{
		"case/letter.txt": "rfc3161/letter.txt", "case/letter.txt.tsr": "rfc3161/reply-granted.tsr", "trust/tsa/root.pem": "rfc3161/trust/tsa/root.pem",
		"trust/revocation/root-good.crl":    "rfc3161/trust/revocation/root-good.crl",
		"trust/revocation/issuing-good.crl": "rfc3161/trust/revocation/issuing-good.crl",
		"signed/letter.txt":                 "ecdsa/letter.txt", "signed/letter.txt.sig": "ecdsa/key-alone.sig",
		"keys/signer.pem":                "ecdsa/trust/signers/alone/a.pem",
		"anchored/first-transaction.bin": "ots/genesis-coinbase.bin", "anchored/first-transaction.bin.ots": "ots/mainnet-genesis.ots",
		"anchored/block-0.anchorpack": "ots/trust/bitcoin/period/0-2015.anchorpack",
		"document/contract.pdf":       "pdf/cades-lta.pdf", "trust/documents/document-root.pem": "pdf/trust/documents/document-root.pem",
		"trust/tsa/document-stamps.pem": "pdf/trust/tsa/tsa-root.pem",
	} {
		a, err := os.ReadFile(filepath.Join("..", "..", "examples", example))
		if err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(filepath.Join("..", "..", "testvectors", vector))
		if err != nil || !bytes.Equal(a, b) {
			t.Errorf("%s is not the vector %s: %v", example, vector, err)
		}
	}
}
