package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/exhibit-dev/exhibit/bitcoin"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/trust/dir"
	"github.com/exhibit-dev/exhibit/trust/pki"
	"github.com/exhibit-dev/exhibit/verify"
	"github.com/exhibit-dev/exhibit/verify/report"
)

// trustInput is what the command line told us to trust, and its description.
type trustInput struct {
	dir            *dir.Trust
	tsa, documents []pki.Anchor
	keys           []trust.Key
	headers        []*bitcoin.Run
	view           report.TrustInput
}

// into puts the material into the environment and keeps its time and policy.
func (t *trustInput) into(env *verify.Env) {
	e := t.dir.Env()
	e.At, e.Policy = env.At, env.Policy
	e.TSA = slices.Concat(e.TSA, t.tsa)
	e.Documents = slices.Concat(e.Documents, t.documents)
	e.Keys = slices.Concat(e.Keys, t.keys)
	env.Env, env.Chain = e, t.dir.Bitcoin.With(t.headers...)
}

// loadTrust reads the trust directory, the single anchors and keys. None may lie
// within the evidence, nor the evidence in it: evidence must not vouch for itself.
func (a *app) loadTrust(f *verifyFlags, args []string) (*trustInput, error) {
	t := &trustInput{dir: dir.Empty(), view: report.TrustInput{Source: "none"}}
	name := f.trust
	switch {
	case name != "":
		t.view.Source = "flag"
	case a.getenv("EXHIBIT_TRUST") != "":
		name, t.view.Source = a.getenv("EXHIBIT_TRUST"), "env"
	}
	evidence := evidencePaths(args)
	if name != "" {
		if err := apart("the trust directory", name, append(evidence, subjectPath(f)...)); err != nil {
			return nil, err
		}
		var err error
		if t.dir, err = dir.Load(os.DirFS(name), name); err != nil {
			return nil, usagef("%s: %w", name, pathless(err))
		}
		if err := filesApart(name, t.dir.Files, evidence); err != nil {
			return nil, err
		}
		t.describe(name)
	}
	for _, s := range f.anchors {
		if err := t.anchor(s, evidence); err != nil {
			return nil, err
		}
	}
	for _, file := range f.keys {
		if err := t.key(file, evidence); err != nil {
			return nil, err
		}
	}
	for _, file := range f.headers {
		if err := t.headersFile(file); err != nil {
			return nil, err
		}
	}
	return t, nil
}

func (t *trustInput) describe(name string) {
	t.view.Dir, t.view.SHA256 = name, t.dir.SHA256
	for _, file := range t.dir.Files {
		t.view.Files = append(t.view.Files, report.TrustFile{Name: file.Name, SHA256: file.SHA256, Use: file.Use})
	}
	for _, e := range t.dir.Errors {
		message := e.Message
		if !e.Note {
			message = "defective, counts as absent: " + message
		}
		t.view.Errors = append(t.view.Errors, verify.Problem{Path: e.Path, Message: "trust directory: " + message})
	}
}

// add extends the description by a single file. The digest of the whole input is
// that of what sha256sum prints for the files, sorted by name, as in a directory.
func (t *trustInput) add(f report.TrustFile) {
	if t.view.Source == "none" {
		t.view.Source = "flag"
	}
	if slices.Contains(t.view.Files, f) {
		return
	}
	t.view.Files = append(t.view.Files, f)
	slices.SortStableFunc(t.view.Files, func(a, b report.TrustFile) int { return strings.Compare(a.Name, b.Name) })
	var lines strings.Builder
	for _, f := range t.view.Files {
		fmt.Fprintf(&lines, "%s  %s\n", f.SHA256, f.Name)
	}
	t.view.SHA256 = hexSum([]byte(lines.String()))
}

func hexSum(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// pathless drops the path that an error repeats.
func pathless(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
