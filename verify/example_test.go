package verify_test

import (
	"context"
	"fmt"
	"time"

	"github.com/exhibit-dev/exhibit/testvectors"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/trust/pki"
	"github.com/exhibit-dev/exhibit/verify"
)

// A letter and its time-stamp, judged with one anchor that the caller trusts.
func Example() {
	_, folder, err := testvectors.Load("rfc3161")
	if err != nil {
		panic(err)
	}
	read := func(name string) []byte {
		f, _ := folder.Open(name)
		defer f.Close()
		info, _ := f.Stat()
		b := make([]byte, info.Size())
		f.Read(b)
		return b
	}
	anchor, err := pki.ParseCertificates(read("trust/tsa/root.pem"))
	if err != nil {
		panic(err)
	}

	opts := verify.Options{}
	opts.Env.At = time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
	opts.Env.Policy = trust.Issuance
	opts.Env.TSA = []pki.Anchor{{Certificate: anchor[0], Origin: "root.pem"}}
	report, err := verify.Items(context.Background(), []verify.Item{
		verify.BytesItem("letter.txt", read("letter.txt")),
		verify.BytesItem("letter.txt.tst", read("plain.tst")),
	}, opts)
	if err != nil {
		panic(err)
	}
	for _, r := range report.Results {
		fmt.Println(r.Verdict, r.Subject.Path, "not later than", r.ExistedNotLaterThan)
	}
	// Output: TOTAL-PASSED letter.txt not later than 2025-03-01 12:00:00 +0000 UTC
}
