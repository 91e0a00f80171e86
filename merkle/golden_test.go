package merkle_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"
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
		got, err := json.MarshalIndent(r, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, '\n')
		name := filepath.Join("testdata", "golden", id+".json")
		if *update {
			if err := os.WriteFile(name, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s:\n%s\nwant\n%s", id, got, want)
		}
	}
}
