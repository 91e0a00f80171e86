package main

import (
	"bytes"
	"fmt"

	"github.com/exhibit-dev/exhibit/testvectors/internal/vecdir"
)

// suite collects vectors and the files they name.
type suite struct {
	list  []*vector
	files map[string][]byte
}

// file keeps a file to be written; one name may only ever have one content.
func (s *suite) file(name string, data []byte) {
	if old, ok := s.files[name]; ok && !bytes.Equal(old, data) {
		panic("two contents for " + name)
	}
	s.files[name] = data
}

// write replaces the folder.
func (s *suite) write(dir string) error {
	if err := s.check(); err != nil {
		return err
	}
	return vecdir.Write(dir, "pdf", s.files, s.list)
}

// check finds slips of the lists themselves: an id used twice, a verdict that the nodes do
// not bear out, a file that no vector names.
func (s *suite) check() error {
	ids, named := map[string]bool{}, map[string]bool{}
	for _, v := range s.list {
		if ids[v.ID] {
			return fmt.Errorf("id %s used twice", v.ID)
		}
		ids[v.ID] = true
		if v.Expect.Verdict == "PASSED" && v.Only != "" {
			return fmt.Errorf("%s: passes, and %s refuses", v.ID, v.Only)
		}
		for _, n := range v.PDF.Nodes {
			if n.Verdict == "FAILED" && v.Expect.Verdict != "FAILED" {
				return fmt.Errorf("%s: %s fails, the document does not", v.ID, n.Source)
			}
		}
		named[v.Evidence] = true
		for _, t := range v.Trust {
			named["trust/"+t] = true
		}
	}
	for name := range s.files {
		if !named[name] {
			delete(s.files, name) // of anchors that were replaced
		}
	}
	return nil
}
