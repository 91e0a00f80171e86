package tlog_test

import (
	"fmt"
	"io/fs"
	"log"
	"time"

	"github.com/exhibit-dev/exhibit/testvectors"
	"github.com/exhibit-dev/exhibit/tlog"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/verdict"
)

// A proof is read, then judged: against the file, the key of the log and a time that
// the caller names.
func Example() {
	_, files, err := testvectors.Load("tlog")
	if err != nil {
		log.Fatal(err)
	}
	read := func(name string) []byte {
		b, err := fs.ReadFile(files, name)
		if err != nil {
			log.Fatal(err)
		}
		return b
	}
	key, err := trust.ParseVKey(read("trust/logs/usual/1.vkey"), trust.RoleLog, "log.vkey")
	if err != nil {
		log.Fatal(err)
	}
	env := trust.Env{
		At: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC), Policy: trust.Issuance,
		Logs: trust.Logs{Keys: []trust.LogKey{key}},
	}

	proof, err := tlog.ParseProof(read("proof-4-of-7.tlog-proof"))
	if err != nil {
		log.Fatal(err)
	}
	result := proof.Verify(verdict.Bytes(read("letter.txt")), env)
	if facts, ok := result.Proven(); ok {
		fmt.Println("entry", *facts.Index, "of", facts.Size, "in", facts.Origin)
	}
	other := proof.Verify(verdict.Bytes("another letter"), env)
	fmt.Println(other.Indication(), other.Sub, other.Reason)

	env.Logs.Quorum = 1 // from now on a witness is asked for
	alone := proof.Verify(verdict.Bytes(read("letter.txt")), env)
	fmt.Println(alone.Indication(), alone.Sub, alone.Reason)
	// Output:
	// entry 4 of 7 in log.example/2025
	// FAILED HASH_FAILURE merkle.root-mismatch
	// INDETERMINATE SIG_CONSTRAINTS_FAILURE tlog.quorum
}
