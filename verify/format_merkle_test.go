package verify

import (
	"io/fs"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/testvectors"
)

func vectorFile(t *testing.T, kind, name string) string {
	t.Helper()
	_, folder, err := testvectors.Load(kind)
	if err != nil {
		t.Fatal(err)
	}
	b, err := fs.ReadFile(folder, name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

const (
	notAnchored = "INDETERMINATE NO_CERTIFICATE_CHAIN_FOUND merkle.root-not-anchored"
	otherLeaf   = "FAILED HASH_FAILURE merkle.leaf-mismatch"
)

func TestPairingOfTrees(t *testing.T) {
	tree := func(name string) string { return vectorFile(t, "merkle", name+".merkle.json") }
	letter, stated, silent := vectorFile(t, "merkle", "letter.txt"), tree("not-anchored"), tree("other-letter-no-leaf")
	double, keccak := tree("good-bitcoin-txid"), tree("good-openzeppelin-standard")
	for _, c := range []struct {
		name string
		list []Item
		exit int
		want []string
	}{
		{"by name", files("l.txt", letter, "l.txt.proof.json", stated), 3, []string{"l.txt " + notAnchored + " [l.txt.proof.json INDETERMINATE]"}},
		{"by name, without a leaf", files("l.txt", letter, "l.txt.MERKLE.JSON", silent), 3, []string{"l.txt " + notAnchored + " [l.txt.MERKLE.JSON INDETERMINATE]"}},
		{"by name, another file", files("l.txt", "changed", "l.txt.proof.json", stated, "copy", letter), 1,
			[]string{"l.txt TOTAL-" + otherLeaf + " [l.txt.proof.json FAILED !run.other-file-matches]", "copy NOTHING-TO-VERIFY"}},
		{"by name, another file, without a leaf", files("l.txt", "changed", "l.txt.proof.json", silent), 1,
			[]string{"l.txt TOTAL-FAILED HASH_FAILURE merkle.root-mismatch [l.txt.proof.json FAILED]"}},
		{"by the leaf", files("x/1", letter, "y/2", letter, "z/receipt.json", stated), 3,
			[]string{"x/1 " + notAnchored + " [z/receipt.json INDETERMINATE]", "y/2 " + notAnchored + " [z/receipt.json INDETERMINATE]"}},
		{"a stem that fits", files("l.txt", letter, "l.doc", "draft", "l.proof.json", silent), 3,
			[]string{"l.txt " + notAnchored + " [l.proof.json INDETERMINATE]", "l.doc NOTHING-TO-VERIFY"}},
		{"a stem that does not fit", files("l.txt", "changed", "l.proof.json", silent), 3,
			[]string{"l.txt INDETERMINATE SIGNED_DATA_NOT_FOUND merkle.subject-missing [l.proof.json INDETERMINATE !run.stem-only]"}},
		{"a stem that does not have the leaf", files("l.txt", "changed", "l.proof.json", stated), 3,
			[]string{"l.txt INDETERMINATE SIGNED_DATA_NOT_FOUND merkle.subject-missing [l.proof.json INDETERMINATE !run.stem-mismatch]"}},
		{"a digest of a digest, by name", files("l.txt", letter, "l.txt.proof.json", double), 3, []string{"l.txt " + notAnchored + " [l.txt.proof.json INDETERMINATE]"}},
		{"Keccak, by name", files("l.txt", letter, "l.txt.proof.json", keccak), 3, []string{"l.txt " + notAnchored + " [l.txt.proof.json INDETERMINATE]"}},
		{"Keccak, another file", files("l.txt", "changed", "l.txt.proof.json", keccak), 1, []string{"l.txt TOTAL-" + otherLeaf + " [l.txt.proof.json FAILED]"}},
		{"alone", files("l.proof.json", stated), 3, []string{"l.proof.json INDETERMINATE SIGNED_DATA_NOT_FOUND merkle.subject-missing [l.proof.json INDETERMINATE]"}},
		{"no convention is named", files("l.txt", letter, "l.txt.proof.json", tree("shape-convention-none"), "m.json", tree("shape-base64")), 3,
			[]string{"l.txt INDETERMINATE CUSTOM merkle.convention-unknown [l.txt.proof.json INDETERMINATE]", "m.json INDETERMINATE CUSTOM merkle.convention-unknown [m.json INDETERMINATE]"}},
		{"a broken one, by its name", files("l.txt", letter, "l.txt.proof.json", stated[:100]), 1,
			[]string{"l.txt TOTAL-FAILED FORMAT_FAILURE merkle.malformed [l.txt.proof.json FAILED]"}},
		{"a broken one, without a name", files("l.json", stated[:100]), 4, []string{"l.json NOTHING-TO-VERIFY"}},
		{"JSON of another program", files("l.txt", letter, "l.txt.proof.json", `{"receipt": 1}`), 3,
			[]string{"l.txt INDETERMINATE CUSTOM run.kind-unsupported [l.txt.proof.json INDETERMINATE]"}},
		{"a tree that grew", files("grew.merkle.json", tree("consistency-3")), 3, []string{"grew.merkle.json " + notAnchored + " [grew.merkle.json INDETERMINATE]"}},
		{"a tree that did not", files("grew.merkle.json", tree("consistency-split")), 1, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := judged(t, Options{Formats: All(), Env: signedBy().Env}, c.list)
			if c.want == nil {
				if r.ExitCode() != c.exit {
					t.Errorf("%v", outline(r))
				}
				return
			}
			wantOutline(t, r, c.exit, c.want...)
		})
	}
}

// In a tree without prefixes the length of the file tells a leaf from a node.
func TestTreesGetTheLength(t *testing.T) {
	plain := vectorFile(t, "merkle", "good-plain-directed-promote-sha256.merkle.json")
	for name, size := range map[string]int64{"letter.txt": -1, "known.txt": 0} {
		item := files(name, vectorFile(t, "merkle", "letter.txt"), name+".proof.json", plain)
		if size < 0 {
			item[0].Size = -1
		}
		r := judged(t, Options{Formats: All(), Env: signedBy().Env}, item)
		c, _ := r.Results[0].Evidence[0].Check("leaf-or-node")
		if !strings.HasPrefix(c.Detail, "data of ") {
			t.Errorf("%s: %s %s", name, c.State, c.Detail)
		}
	}
}

// No arrangement of names passes a proof whose root nothing vouches for.
func TestNoTreePassesAlone(t *testing.T) {
	list, folder, err := testvectors.Load("merkle")
	if err != nil {
		t.Fatal(err)
	}
	judgedAll := 0
	for i := range list {
		v := &list[i]
		if v.Subject == "" || v.Merkle.Form == "merkleblock" {
			continue
		}
		evidence, err := fs.ReadFile(folder, v.Evidence)
		if err != nil {
			t.Fatal(err)
		}
		judgedAll++
		subject := vectorFile(t, "merkle", v.Subject)
		for _, name := range []string{"s.proof.json", "s.txt.merkle.json", "x"} {
			r := judged(t, Options{Formats: All(), Env: signedBy().Env}, files("s.txt", subject, name, string(evidence)))
			if r.ExitCode() == ExitPassed || r.Counts()[TotalPassed] > 0 {
				t.Errorf("%s as %s: %v", v.ID, name, outline(r))
			}
			if name == "s.txt.merkle.json" && v.Expect.Verdict == "PASSED" && v.Merkle.Convention == "" && r.ExitCode() != ExitUndecided {
				t.Errorf("%s: %v", v.ID, outline(r))
			}
		}
	}
	if judgedAll < 100 {
		t.Errorf("only %d vectors", judgedAll)
	}
}
