package headerfile_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/exhibit-dev/exhibit/bitcoin/headerfile"
)

// TestMain makes the test program its own victim: an import that waits at a stage, to be
// killed there.
func TestMain(m *testing.M) {
	source, out, stage := os.Getenv("VICTIM_SOURCE"), os.Getenv("VICTIM_OUT"), os.Getenv("VICTIM_STAGE")
	if stage == "" {
		os.Exit(m.Run())
	}
	var o headerfile.Options
	o.SetHook(func(at string) error {
		if at == stage {
			fmt.Println("waiting")
			time.Sleep(time.Minute)
		}
		return nil
	})
	_, err := headerfile.Import(context.Background(), []string{source}, out, o)
	fmt.Println(err)
	os.Exit(1)
}

// Whoever kills an import finds the whole file or none under its name.
func TestKilled(t *testing.T) {
	want := headers(t, 0, 4999)
	source := filepath.Join(files(t, map[string][]byte{"h": want}), "h")
	for _, stage := range []string{"collected", "written", "judged", "named"} {
		out := t.TempDir()
		victim := exec.Command(os.Args[0])
		victim.Env = append(os.Environ(), "VICTIM_SOURCE="+source, "VICTIM_OUT="+out, "VICTIM_STAGE="+stage)
		pipe, err := victim.StdoutPipe()
		noError(t, err)
		noError(t, victim.Start())
		line, err := bufio.NewReader(pipe).ReadString('\n')
		noError(t, victim.Process.Kill())
		victim.Wait()
		if err != nil || line != "waiting\n" {
			t.Fatalf("%s: %q, %v", stage, line, err)
		}
		entries, err := os.ReadDir(out)
		noError(t, err)
		for _, e := range entries {
			switch {
			case e.Name() == "headers-0-4999.bin" && stage == "named":
				if got, err := os.ReadFile(filepath.Join(out, e.Name())); err != nil || !bytes.Equal(got, want) {
					t.Errorf("%s: %d bytes, %v", stage, len(got), err)
				}
			case !strings.HasPrefix(e.Name(), "."):
				t.Errorf("%s: %s", stage, e.Name())
			}
		}
		if stage == "named" && len(entries) != 1 {
			t.Errorf("the folder holds %v", entries)
		}
		// What was left behind is in nobody's way.
		if stage != "named" {
			_, err := headerfile.Import(context.Background(), []string{source}, out, headerfile.Options{})
			noError(t, err)
		}
	}
}

// An import that fails at any stage leaves nothing at all.
func TestFailsAtEveryStage(t *testing.T) {
	source := filepath.Join(files(t, map[string][]byte{"h": headers(t, 0, 99)}), "h")
	for _, stage := range []string{"collected", "written", "judged"} {
		var o headerfile.Options
		o.SetHook(func(at string) error {
			if at == stage {
				return os.ErrDeadlineExceeded
			}
			return nil
		})
		if err := refused(t, o, source); err != os.ErrDeadlineExceeded && !strings.Contains(err.Error(), "timeout") {
			t.Errorf("%s: %v", stage, err)
		}
	}
}
