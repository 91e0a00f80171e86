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

// A signature is parsed, then judged: against the file, a trusted key and a time that
// the caller names.
func Example() {
	_, files, err := testvectors.Load("ecdsa")
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
	key, err := trust.ParseKey(read("trust/signers/usual/a.pem"), "a.pem")
	if err != nil {
		log.Fatal(err)
	}
	env := trust.Env{
		At: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC), Policy: trust.Issuance,
		Keys: []trust.Key{key},
	}

	signature, err := attest.Parse(attest.Sig, read("der-p-256.sig"))
	if err != nil {
		log.Fatal(err)
	}
	result := signature.Verify(verdict.Bytes(read("letter.txt")), env)
	if facts, ok := result.Proven(); ok {
		fmt.Println("signed by the key from", facts.Key.Origin)
	}

	other := signature.Verify(verdict.Bytes("another letter"), env)
	fmt.Println(other.Indication(), other.Sub, other.Reason)
	// Output:
	// signed by the key from a.pem
	// INDETERMINATE NO_SIGNING_CERTIFICATE_FOUND ecdsa.signer-missing
}

// A service's profile takes signature, key id and the bytes that were signed out of
// its own evidence; which key counts still stands with the trusted keys.
func ExampleNew() {
	_, files, err := testvectors.Load("ecdsa")
	if err != nil {
		log.Fatal(err)
	}
	value, err := fs.ReadFile(files, "der-p-256.sig")
	if err != nil {
		log.Fatal(err)
	}
	a, err := attest.New(attest.Parts{
		Name: "example-receipt", Encoding: trust.DER, Signature: value, KeyID: "2025-a",
		Message: func(s verdict.Subject) ([]byte, error) {
			digest, err := s.Digest("sha256", nil)
			return fmt.Appendf(nil, "1.0.0|%x|2025-03-01T12:00:00Z", digest), err
		},
	})
	if err != nil {
		log.Fatal(err)
	}
	r := a.Verify(verdict.Bytes("a file"), trust.Env{At: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC), Policy: trust.Issuance})
	fmt.Println(r.Indication(), r.Sub, r.Reason)
	// Output:
	// INDETERMINATE NO_SIGNING_CERTIFICATE_FOUND ecdsa.key-id-unknown
}
