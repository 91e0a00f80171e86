//go:build unix

package verify

import (
	"slices"
	"syscall"
	"testing"
)

// A pipe would block a reader for ever; it must not be opened at all.
func TestPipeIsNotOpened(t *testing.T) {
	folder(t, "in/a", "A", "in/a.fk", over("A", behavesWell))
	if err := syscall.Mkfifo("in/pipe", 0o644); err != nil {
		t.Fatal(err)
	}
	for _, arg := range []string{"in", "in/pipe"} {
		r := judgePaths(t, Options{}, arg)
		if want := []Problem{{"pipe", "not a regular file"}}; r.ExitCode() != 5 || !slices.Equal(r.Errors, want) {
			t.Errorf("%s: %v", arg, r.Errors)
		}
	}
}
