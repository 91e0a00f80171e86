package tlog_test

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
		"proof-witnessed", "proof-extra", "checkpoint-rekor-origin", "signature-flipped", "log-unknown", "witness-one-of-two", "entry-root-other", "consistency-3", "consistency-split",
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
