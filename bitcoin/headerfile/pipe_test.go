//go:build unix

package headerfile_test

import (
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/exhibit-dev/exhibit/bitcoin/headerfile"
)

// A pipe would wait for its writer.
func TestPipe(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	noError(t, syscall.Mkfifo(pipe, 0o644))
	if err := refused(t, headerfile.Options{}, pipe); !strings.Contains(err.Error(), "not a file") {
		t.Error(err)
	}
}
