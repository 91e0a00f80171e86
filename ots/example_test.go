package ots_test

import (
	"encoding/hex"
	"fmt"
	"log"

	"github.com/exhibit-dev/exhibit/ots"
)

// A proof is read and shown, two proofs of one file become one, and what is not
// anchored yet is dropped. Nothing is verified by this.
func Example() {
	file := "004f70656e54696d657374616d7073000050726f6f6600bf89e2e884e8929401" + // magic number and version
		"08" + "03ba204e50d126e4674c005e04d82e84c21366780af1f43bd54a37816b6ab340" // SHA-256 of "Hello World!\n"
	read := func(tree string) *ots.Proof {
		b, err := hex.DecodeString(file + tree)
		if err != nil {
			log.Fatal(err)
		}
		p, err := ots.Parse(b)
		if err != nil {
			log.Fatal(err)
		}
		return p
	}
	pending := read("f0016108" + "0083dfe30d2ef90c8e" + "12" + "1168747470733a2f2f612e6578616d706c65")
	anchored := read("f0016208" + "000588960d73d71901" + "03" + "f7ef15")
	fmt.Print(pending.Text(false))

	both, err := ots.Merge(pending, anchored)
	if err != nil {
		log.Fatal(err)
	}
	for _, a := range both.Attestations() {
		fmt.Println(a.Type, a.HeightText+a.URI)
	}

	kept, err := both.Prune(func(a ots.Attestation) bool { return a.Type == ots.TypeBitcoin })
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(string(kept.Marshal()) == string(anchored.Raw()), kept.Canonical())

	_, err = ots.Parse(both.Raw()[:90])
	fmt.Println(err)
	// Output:
	// sha256 03ba204e50d126e4674c005e04d82e84c21366780af1f43bd54a37816b6ab340
	// append 61
	// sha256
	// pending: calendar https://a.example
	//   commitment c2de4b8b00dd7c3598cb206d62ad2e6d36ba37514ae35ac4885263a8253f7481
	// pending https://a.example
	// bitcoin 358391
	// true true
	// OpenTimestamps proof, byte 80: it ends within the payload of an attestation: 10 bytes of 18
}
