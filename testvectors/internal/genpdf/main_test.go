package main

import (
	"testing"

	"github.com/exhibit-dev/exhibit/testvectors/internal/vecdir"
)

// TestCommitted: the files beside this program are what it writes, byte by byte.
func TestCommitted(t *testing.T) {
	vecdir.Compare(t, "../../pdf", build().write)
}
