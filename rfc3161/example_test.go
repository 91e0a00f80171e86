package rfc3161_test

import (
	"fmt"
	"io/fs"
	"log"
	"time"

	"github.com/exhibit-dev/exhibit/rfc3161"
	"github.com/exhibit-dev/exhibit/testvectors"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/trust/pki"
	"github.com/exhibit-dev/exhibit/verdict"
)

// A token is parsed, then judged: against the data, an anchor and a time that the
// caller names.
func Example() {
	_, files, err := testvectors.Load("rfc3161")
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
	roots, err := pki.ParseCertificates(read("trust/tsa/root.pem"))
	if err != nil {
		log.Fatal(err)
	}
	env := pki.Env{
		Env: trust.Env{At: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC), Policy: trust.Issuance},
		TSA: []pki.Anchor{{Certificate: roots[0], Origin: "root.pem"}},
	}

	token, err := rfc3161.Parse(read("plain.tst"))
	if err != nil {
		log.Fatal(err)
	}
	result := token.Verify(verdict.Bytes(read("letter.txt")), env)
	if facts, ok := result.Proven(); ok {
		fmt.Println("existed not later than", facts.NotLaterThan.Format(time.RFC3339))
		fmt.Println("according to", facts.Signer.Subject())
	}

	other := token.Verify(verdict.Bytes("another letter"), env)
	fmt.Println(other.Indication(), other.Sub, other.Reason)
	// Output:
	// existed not later than 2025-03-01T12:00:00Z
	// according to CN=tsa, O=Exhibit Test Authority
	// FAILED HASH_FAILURE tsp.imprint-mismatch
}
