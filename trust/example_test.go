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
		good, last := trust.Builtin().Good(sha1, time.Date(year, 6, 1, 0, 0, 0, 0, time.UTC))
		fmt.Println(year, good, last)
	}
	// Output:
	// 2013 true 2013-12-31
	// 2014 false 2013-12-31
}
