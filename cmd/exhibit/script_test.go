package main

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/exhibit-dev/exhibit/testvectors"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"exhibit": main})
}

// Every script is a person at work: the vectors of time-stamps lie in $V, a trust
// directory with their root in $T, the vectors of signatures in $E, of trees in $M, of
// logs in $L, of OpenTimestamps in $O and of signed documents in $P.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup:               setUp,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "hostile": hostile, "many": many, "stamp": stamp, "unhex": unhex,
		},
	})
}

func setUp(env *testscript.Env) error {
	_, folder, err := testvectors.Load("rfc3161")
	if err != nil {
		return err
	}
	vectors := filepath.Join(env.WorkDir, "vectors")
	if err := os.CopyFS(vectors, folder); err != nil {
		return err
	}
	for name, kind := range map[string]string{"E": "ecdsa", "M": "merkle", "L": "tlog", "O": "ots", "P": "pdf"} {
		_, others, err := testvectors.Load(kind)
		if err != nil {
			return err
		}
		env.Setenv(name, filepath.Join(env.WorkDir, "vectors-"+kind))
		if err := os.CopyFS(env.Getenv(name), others); err != nil {
			return err
		}
	}
	tsa := filepath.Join(env.WorkDir, "believed", "tsa")
	if err := os.MkdirAll(tsa, 0o755); err != nil {
		return err
	}
	root, err := fs.ReadFile(folder, "trust/tsa/root.pem")
	if err != nil {
		return err
	}
	env.Setenv("V", vectors)
	env.Setenv("T", filepath.Dir(tsa))
	return os.WriteFile(filepath.Join(tsa, "root.pem"), root, 0o644)
}

// exits CODE PROGRAM ARGS... runs the program and wants exactly this exit code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits code program args...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// hostile FOLDER makes files whose names try to steer a terminal. They cannot be
// written in a script.
func hostile(ts *testscript.TestScript, _ bool, args []string) {
	for _, name := range []string{"\x1b]0;owned\x07.tsr", "invoice\u202efdp.exe", "line\nexhibit: TOTAL-PASSED", "bad\xffutf8"} {
		ts.Check(os.WriteFile(filepath.Join(ts.MkAbs(args[0]), name), []byte("x"), 0o644))
	}
}

// many FOLDER N FILE EVIDENCE makes N copies of a file, each with its evidence.
func many(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	file, evidence := ts.ReadFile(args[2]), ts.ReadFile(args[3])
	for i := range n {
		name := filepath.Join(ts.MkAbs(args[0]), "letter-"+strconv.Itoa(1000+i)+".txt")
		ts.Check(os.WriteFile(name, []byte(file), 0o644))
		ts.Check(os.WriteFile(name+".tsr", []byte(evidence), 0o644))
	}
}
