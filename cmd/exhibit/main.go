// Command exhibit judges evidence offline: whether it proves that exactly this file
// existed, unchanged, not later than some time, or that a key signed it, and
// according to whom.
package main

import (
	"os"
	"time"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr, os.Getenv, time.Now))
}
