// Package testvec finds what tests need outside the module: the corpus of real
// evidence and the independent programs that confirm expectations. A test skips
// without them, and fails without them when EXHIBIT_REQUIRE_ALL=1, so that nothing
// skips where everything is promised to run.
package testvec

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

// Corpus returns the folder of the corpus that holds the given kind of evidence:
// below $EXHIBIT_CORPUS, or shared/corpus beside the checkout.
func Corpus(t testing.TB, kind string) string {
	t.Helper()
	root := os.Getenv("EXHIBIT_CORPUS")
	if root == "" {
		root = filepath.Join(moduleRoot(), "..", "shared", "corpus")
	} else if !filepath.IsAbs(root) {
		root = filepath.Join(moduleRoot(), root)
	}
	dir := filepath.Join(root, kind)
	if _, err := os.Stat(dir); err != nil {
		missing(t, "the corpus: "+dir)
	}
	return dir
}

// Tool returns the path of an installed program.
func Tool(t testing.TB, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		missing(t, "the program "+name)
	}
	return path
}

// Slack returns the time that a test may take where d is the promise: the race
// detector slows plain Go code down by up to ten times.
func Slack(d time.Duration) time.Duration {
	if race {
		return 10 * d
	}
	return d
}

func missing(t testing.TB, what string) {
	t.Helper()
	if os.Getenv("EXHIBIT_REQUIRE_ALL") == "1" {
		t.Fatalf("%s is missing, and EXHIBIT_REQUIRE_ALL=1", what)
	}
	t.Skipf("%s is missing", what)
}

func moduleRoot() string {
	_, file, _, _ := runtime.Caller(0)
	return filepath.Join(filepath.Dir(file), "..", "..")
}
