package pdf

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// unshown are the reasons that no vector gives, each with why.
var unshown = map[string]string{
	"pdf.nothing-signed":  "a document that nobody signed is a subject like any other file; only callers of this package are told",
	"pdf.limit":           "a document beyond a limit is large; the tests of the limits make them",
	"run.incomplete":      "it is said of a reader that fails, and of a run that was ended",
	"pdf.content-missing": "the signed bytes are always at hand where a ByteRange lies in the file",
	"pdf.signer-is-ca":    "a signer of documents may be a CA, which is a warning",
	"pdf.revoked":         "only what states its own time can be proven to be younger than a revocation",
}

// Every reason that this package gives names the verdict of a vector, of the document or
// of a part, or is listed with why not.
func TestEveryReasonHasAVector(t *testing.T) {
	shown := map[string]bool{}
	for _, v := range vectors(t) {
		shown[v.Expect.Reason] = true
		for _, n := range v.PDF.Nodes {
			shown[n.Reason] = true
		}
	}
	given := reasonsGiven(t)
	for reason := range given {
		switch why := unshown[reason]; {
		case !shown[reason] && why == "":
			t.Errorf("%s: no vector", reason)
		case shown[reason] && why != "":
			t.Errorf("%s: listed (%s), and shown", reason, why)
		}
	}
	for reason := range unshown {
		if !given[reason] {
			t.Errorf("%s: listed, and never given", reason)
		}
	}
	if len(given) < 60 {
		t.Errorf("only %d reasons found", len(given))
	}
}

// quiet are the warnings that no vector asks for, each with why.
var quiet = map[string]string{
	"pdf.usage-rights": "it names something that was not checked",
	"pdf.expired":      "only what states its own time is believed after its certificate has ended",
}

// Every warning is one that some vector asks for.
func TestEveryWarningHasAVector(t *testing.T) {
	asked := map[string]bool{}
	for _, v := range vectors(t) {
		for _, code := range v.Warnings {
			asked[code] = true
		}
	}
	given := codesInSource(t, "warn", "warn", 0)
	for code := range given {
		if asked[code] == (quiet[code] != "") {
			t.Errorf("%s: asked for: %v, listed: %q", code, asked[code], quiet[code])
		}
	}
	if len(given) < 15 {
		t.Errorf("only %d warnings found", len(given))
	}
}

// reasonsGiven are the reasons, with those that internal/pdffile has the names of.
func reasonsGiven(t *testing.T) map[string]bool {
	given := codesInSource(t, "reason", "refuse weigh", 2)
	for _, reason := range []string{reasonEncrypted, reasonLimit, reasonUnreadable} {
		given[reason] = true
	}
	return given
}

// codesInSource reads codes out of the source: the constants of this package whose names begin
// so, and what internal/signercheck hands to calls, in one of their places, under its
// prefix.
func codesInSource(t *testing.T, constants, calls string, place int) map[string]bool {
	t.Helper()
	given := map[string]bool{}
	each := func(pattern string, see func(ast.Node)) {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatal(pattern, err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(f, func(n ast.Node) bool { see(n); return true })
		}
	}
	each("*.go", func(n ast.Node) {
		if c, ok := n.(*ast.ValueSpec); ok && strings.HasPrefix(c.Names[0].Name, constants) && len(c.Values) == 1 {
			if s := text(c.Values[0]); strings.Contains(s, ".") {
				given[s] = true
			}
		}
	})
	each("../internal/signercheck/*.go", func(n ast.Node) {
		switch n := n.(type) {
		case *ast.CallExpr:
			f, ok := n.Fun.(*ast.SelectorExpr)
			if ok && slices.Contains(strings.Fields(calls), f.Sel.Name) && len(n.Args) > place {
				if s := text(n.Args[place]); s != "" {
					given["pdf."+s] = true
				}
			}
		case *ast.KeyValueExpr: // the rules of paths
			if k, ok := n.Key.(*ast.SelectorExpr); ok && constants == "reason" && strings.HasPrefix(k.Sel.Name, "Rule") {
				given["pdf."+text(n.Value)] = true
			}
		}
	})
	return given
}

// text is the value of a string literal, "" of anything else.
func text(e ast.Expr) string {
	l, ok := e.(*ast.BasicLit)
	if !ok || l.Kind != token.STRING {
		return ""
	}
	s, _ := strconv.Unquote(l.Value)
	return s
}
