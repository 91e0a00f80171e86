package attest_test

import (
	"fmt"
	"io/fs"
	"log"
	"time"

	"github.com/exhibit-dev/exhibit/attest"
	"github.com/exhibit-dev/exhibit/testvectors"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/verdict"
)

// What the README shows.
func Example_readme() {
	_, files, err := testvectors.Load("ecdsa")
	if err != nil {
		log.Fatal(err)
	}
	letter, _ := fs.ReadFile(files, "letter.txt")
	value, _ := fs.ReadFile(files, "key-alone.sig")
	pem, _ := fs.ReadFile(files, "trust/signers/alone/a.pem")
	at := time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)

	key, err := trust.ParseKey(pem, "signer.pem")
	if err != nil {
		log.Fatal(err)
	}
	env := trust.Env{At: at, Policy: trust.Issuance, Keys: []trust.Key{key}}
	signature, err := attest.Parse(attest.Sig, value)
	if err != nil {
		log.Fatal(err)
	}
	result := signature.Verify(verdict.Bytes(letter), env)
	if facts, ok := result.Proven(); ok {
		fmt.Println("signed by the key", facts.Key.Name())
	}
	// Output:
	// signed by the key sha256:402f290bb21c5cf863284469d402e0fff4f06279059cc743429de8841aa1fb14
}
