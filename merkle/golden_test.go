package merkle_test

import (
	"flag"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/vectest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// What a report shows of a proof, whole: a change of any word must be meant.
func TestGolden(t *testing.T) {
	for _, id := range []string{
		"dated", "size-not-vouched", "not-anchored", "phantom", "node-digest", "good-sorted-pair-promote-keccak256",
		"good-bitcoin-txid", "sibling-flipped", "steps-65", "consistency-split", "block",
	} {
		r := vector(t, id).run(t, "").Result
		r.Source = id
		vectest.Golden(t, id, r, *update)
	}
}
