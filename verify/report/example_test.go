package report_test

import (
	"context"
	"os"

	"github.com/exhibit-dev/exhibit/verify"
	"github.com/exhibit-dev/exhibit/verify/report"
)

// A file that no evidence speaks of is named, not passed over.
func Example() {
	r, err := verify.Items(context.Background(), []verify.Item{
		verify.BytesItem("letter.txt", []byte("This letter has no time-stamp.")),
	}, verify.Options{})
	if err != nil {
		panic(err)
	}
	doc := report.New(r, report.Context{
		Tool: report.ThisTool(), TimeSource: report.FromOperator, Trust: report.TrustInput{Source: "none"},
	})
	if err := doc.Quiet(os.Stdout); err != nil {
		panic(err)
	}
	// Output: NOTHING-TO-VERIFY	letter.txt	-	-
}
