package main

import (
	"fmt"

	"github.com/exhibit-dev/exhibit/testvectors/internal/vecdir"
)

func (s *suite) write(dir string) error {
	if err := s.check(); err != nil {
		return err
	}
	s.file(letterFile, letter)
	return vecdir.Write(dir, "rfc3161", s.files, s.list)
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
		if !reasons[reason] && neverFirst[reason] == "" {
			return fmt.Errorf("no vector for %s", reason)
		}
	}
	return nil
}
