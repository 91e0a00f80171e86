package merkle_test

import (
	"encoding/hex"
	"fmt"
	"log"

	"github.com/exhibit-dev/exhibit/merkle"
	"github.com/exhibit-dev/exhibit/verdict"
)

// A service gave this with the answer to an upload.
const receipt = `{
  "schema": "exhibit.merkle/v1",
  "type": "inclusion",
  "convention": "rfc6962-sha256",
  "index": 2,
  "size": 3,
  "path": ["3ae5bfa57ffa769d9634a86f3a26286aa69fd50ea0585f8061f902ad5f0327f7"],
  "root": "62c55f6cd46a369bfc1ea53864dc300e64df87f5a9ef74857351ab4dbad6fbe1"
}`

// signedRoot is the root of a checkpoint of the service's log.
var signedRoot, _ = hex.DecodeString("62c55f6cd46a369bfc1ea53864dc300e64df87f5a9ef74857351ab4dbad6fbe1")

// A proof is read, then judged: against the data, and against a root that the caller
// has proven by other means.
func Example() {
	proof, err := merkle.Parse([]byte(receipt))
	if err != nil {
		log.Fatal(err)
	}
	checkpoint := merkle.Anchored{Root: signedRoot, Size: 3} // its signature was verified before
	result := proof.Verify(verdict.Bytes("my letter"), checkpoint)
	if facts, ok := result.Proven(); ok {
		fmt.Println("entry", *facts.Index, "of", facts.Size)
	}

	alone := proof.Verify(verdict.Bytes("my letter"))
	fmt.Println(alone.Indication(), alone.Sub, alone.Reason)
	other := proof.Verify(verdict.Bytes("another letter"), checkpoint)
	fmt.Println(other.Indication(), other.Sub, other.Reason)
	// Output:
	// entry 2 of 3
	// INDETERMINATE NO_CERTIFICATE_CHAIN_FOUND merkle.root-not-anchored
	// FAILED HASH_FAILURE merkle.root-mismatch
}

// The arithmetic alone, for who has numbers and hashes already.
func ExampleVerifyInclusion() {
	first, second := merkle.LeafHash([]byte("first")), merkle.LeafHash([]byte("second"))
	root := merkle.NodeHash(first, second)
	fmt.Println(merkle.VerifyInclusion(1, 2, second, root, []merkle.Hash{first}))
	fmt.Println(merkle.VerifyInclusion(1, 2, second, root, nil))
	// Output:
	// <nil>
	// merkle proof: the path has 0 steps, index and size allow 1
}
