package trust_test

import (
	"fmt"
	"time"

	"github.com/exhibit-dev/exhibit/trust"
)

// Dates, not opinions, decide whether an algorithm still proves something.
func Example() {
	sha1 := trust.Use{Digest: "sha1"}
	for _, year := range []int{2013, 2014} {
		if good, last := trust.Builtin().Good(sha1, time.Date(year, 6, 1, 0, 0, 0, 0, time.UTC)); good {
			fmt.Println(year, "good")
		} else {
			fmt.Println(year, "ended with", last)
		}
	}
	// Output:
	// 2013 good
	// 2014 ended with 2013-12-31
}
