//go:build unix

package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// A pipe in the place of headers would make the program wait for its writer.
func TestHeadersPipeIsNotOpened(t *testing.T) {
	root := trustDir(t, map[string][]byte{"letter": []byte("x")})
	pipe := filepath.Join(root, "pipe.bin")
	noError(t, syscall.Mkfifo(pipe, 0o644))
	var out bytes.Buffer
	code, stderr := runWith(&out, "verify", "--headers", pipe, filepath.Join(root, "letter"))
	if code != exitUsage || !strings.Contains(stderr, "--headers") || !strings.Contains(stderr, "not a file") {
		t.Errorf("exit code %d, %s", code, stderr)
	}
}
