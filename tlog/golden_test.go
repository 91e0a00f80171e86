package tlog_test

import (
	"flag"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/vectest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// What a report shows of a proof, whole: a change of any word must be meant.
func TestGolden(t *testing.T) {
	for _, id := range []string{
		"proof-witnessed", "proof-extra", "checkpoint-rekor-origin", "signature-flipped", "log-unknown", "witness-one-of-two", "entry-root-other", "consistency-3", "consistency-split",
	} {
		r := vector(t, id).run(t, "").Result
		r.Source = id
		vectest.Golden(t, id, r, *update)
	}
}
