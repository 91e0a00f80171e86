package pdf

import (
	"bytes"
	"context"
	"fmt"
	"testing"
)

// exampleFile is a document that somebody signed, with a document time-stamp over it.
func exampleFile() []byte {
	t := &testing.B{}
	m := newMaker()
	then(signedBy(container{}), addStamp("2024-03-01"))(t, m, theHouse())
	return m.b
}

func ExampleDocument_Verify() {
	file := exampleFile()
	env := usualEnv(theHouse(), "2024-09-01") // anchors of signers and of authorities, policy and time

	d, err := Open(context.Background(), bytes.NewReader(file), int64(len(file)), Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	r := d.Verify(context.Background(), env)
	facts, ok := r.Proven()
	if !ok {
		fmt.Println(r.Err())
		return
	}
	fmt.Println("signed by", facts.Signatures[0].Signer.Subject())
	fmt.Println("existed not later than", facts.NotLaterThan.Format("2006-01-02"))
	for _, c := range r.Children {
		fmt.Println(c.Source, c.Indication())
	}
	// Output:
	// signed by CN=signer
	// existed not later than 2024-03-01
	// #signature-1 PASSED
	// #timestamp-1 PASSED
}
