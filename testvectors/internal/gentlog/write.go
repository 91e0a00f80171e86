package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// write replaces the folder, so that a vector that is gone leaves nothing behind.
func (s *suite) write(dir string) error {
	if err := s.check(); err != nil {
		return err
	}
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	for name, data := range s.files {
		if err := writeFile(filepath.Join(dir, filepath.FromSlash(name)), data); err != nil {
			return err
		}
	}
	index, err := s.index()
	if err != nil {
		return err
	}
	return writeFile(filepath.Join(dir, "vectors.json"), index)
}

func (s *suite) index() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(struct {
		Kind    string    `json:"kind"`
		Vectors []*vector `json:"vectors"`
	}{"tlog", s.list})
	return b.Bytes(), err
}

func writeFile(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, data, 0o644)
}

// check finds slips of the lists themselves: an id used twice, a reason without a vector.
func (s *suite) check() error {
	ids, reasons := map[string]bool{}, map[string]bool{}
	for _, v := range s.list {
		if ids[v.ID] {
			return fmt.Errorf("id %s used twice", v.ID)
		}
		ids[v.ID] = true
		reasons[v.Expect.Reason] = true
	}
	for reason := range outcomes {
		if !reasons[reason] {
			return fmt.Errorf("no vector for %s", reason)
		}
	}
	return nil
}
