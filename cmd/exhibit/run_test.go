package main

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
)

func runWith(stdout io.Writer, args ...string) (code int, stderr string) {
	var errs bytes.Buffer
	now := func() time.Time { return time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC) }
	none := func(string) string { return "" }
	code = run(args, strings.NewReader("x"), stdout, &errs, none, now)
	return code, errs.String()
}

// The clock that is handed in is the only one.
func TestClockIsHandedIn(t *testing.T) {
	var out bytes.Buffer
	if code, _ := runWith(&out, "verify", "-", "--json"); code != 4 {
		t.Errorf("exit code %d", code)
	}
	if !strings.Contains(out.String(), `"validation_time": "2026-06-01T12:00:00Z"`) {
		t.Error(out.String())
	}
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }

// A report that could not be written must not count as a verdict.
func TestOutputThatCannotBeWritten(t *testing.T) {
	for _, args := range [][]string{{"verify", "-"}, {"verify", "-", "--json"}, {"verify", "-", "--quiet"}, {"selftest"}, {"version"}} {
		if code, stderr := runWith(fullDisk{}, args...); code != exitInternal || !strings.Contains(stderr, "no space left") {
			t.Errorf("%v: exit code %d, %q", args, code, stderr)
		}
	}
}

// A defect of the program is exit code 5, never the 2 that Go's own panic gives.
func TestPanicIsInternal(t *testing.T) {
	for _, stdout := range []io.Writer{panics{}} {
		if code, stderr := runWith(stdout, "version"); code != exitInternal || !strings.Contains(stderr, "internal error") {
			t.Errorf("exit code %d, %q", code, stderr)
		}
	}
}

type panics struct{}

func (panics) Write([]byte) (int, error) { panic("broken") }

// Every command explains itself.
func TestHelpIsThere(t *testing.T) {
	var walk func(c *cobra.Command)
	walk = func(c *cobra.Command) {
		if c.Short == "" || c.Long == "" {
			t.Errorf("%s has no help", c.CommandPath())
		}
		for _, sub := range c.Commands() {
			walk(sub)
		}
	}
	walk(newRootCmd(&app{}))
}
