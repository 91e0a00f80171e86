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
	if ran < 6 {
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

// The shipped example is one of the vectors.
func TestExampleIsAVector(t *testing.T) {
	for example, vector := range map[string]string{
		"case/letter.txt": "letter.txt", "case/letter.txt.tsr": "reply-granted.tsr", "trust/tsa/root.pem": "trust/tsa/root.pem",
		"trust/revocation/root-good.crl": "trust/revocation/root-good.crl", "trust/revocation/issuing-good.crl": "trust/revocation/issuing-good.crl",
	} {
		a, err := os.ReadFile(filepath.Join("..", "..", "examples", example))
		if err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(filepath.Join("..", "..", "testvectors", "rfc3161", vector))
		if err != nil || !bytes.Equal(a, b) {
			t.Errorf("%s is not the vector %s: %v", example, vector, err)
		}
	}
}
