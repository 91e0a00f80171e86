package main

import (
	"path/filepath"
	"strings"

	"github.com/exhibit-dev/exhibit/trust/dir"
)

// evidencePaths returns the arguments that are paths.
func evidencePaths(args []string) []string {
	var out []string
	for _, a := range args {
		if a != "-" {
			out = append(out, a)
		}
	}
	return out
}

func subjectPath(f *verifyFlags) []string {
	if f.subject == "" {
		return nil
	}
	return []string{f.subject}
}

// apart refuses trust that lies within the evidence, and evidence within the trust,
// by the real places of both: evidence must not vouch for itself.
func apart(what, trust string, evidence []string) error {
	real, err := realPath(trust)
	if err != nil {
		return usagef("%s %s: %w", what, trust, pathless(err))
	}
	for _, e := range evidence {
		place, err := realPath(e)
		if err != nil {
			continue // it is not there; the run reports it
		}
		if within(real, place) {
			return usagef("%s %s lies within the evidence %s: evidence must not vouch for itself", what, trust, e)
		}
		if within(place, real) {
			return usagef("the evidence %s lies within %s %s: evidence must not vouch for itself", e, what, trust)
		}
	}
	return nil
}

// filesApart looks at the real place of every file that was taken from a trust
// directory: a symbolic link in it must not lead to the evidence either.
func filesApart(trust string, files []dir.File, evidence []string) error {
	for _, f := range files {
		if err := apart("the trust file", filepath.Join(trust, filepath.FromSlash(f.Name)), evidence); err != nil {
			return err
		}
	}
	return nil
}

func realPath(path string) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(abs)
}

// within reports whether inner is outer or lies below it.
func within(inner, outer string) bool {
	rel, err := filepath.Rel(outer, inner)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}
