package verify

import (
	"context"
	"slices"
	"strings"
	"testing"
)

// marked returns the items with the named one as the subject of all evidence.
func marked(items []Item, path string) []Item {
	for i := range items {
		if items[i].Path == path {
			items[i].Subject, items[i].Opaque = true, true
		}
	}
	return items
}

func TestPairing(t *testing.T) {
	ok, bad, open := behavesWell, behavesBad, behavesOpen
	for _, c := range []struct {
		name  string
		items []Item
		want  []string
		exit  int
	}{
		{"rule 1: the name binds", files("a.pdf", "A", "a.pdf.fk", over("A", ok)),
			[]string{"a.pdf TOTAL-PASSED [a.pdf.fk PASSED]"}, 0},
		{"rule 1: a long extension", files("a.pdf", "A", "a.pdf.fake.json", over("A", ok)),
			[]string{"a.pdf TOTAL-PASSED [a.pdf.fake.json PASSED]"}, 0},
		{"rule 1: the extension's letter case does not matter", files("a.pdf", "A", "a.pdf.FK", over("A", ok)),
			[]string{"a.pdf TOTAL-PASSED [a.pdf.FK PASSED]"}, 0},
		{"rule 1: a changed subject fails", files("a.pdf", "B", "a.pdf.fk", over("A", ok)),
			[]string{"a.pdf TOTAL-FAILED HASH_FAILURE fake.mismatch [a.pdf.fk FAILED]"}, 1},
		{"rule 1: even if another file matches", files("a.pdf", "B", "a.pdf.fk", over("A", ok), "old.pdf", "A"),
			[]string{"a.pdf TOTAL-FAILED HASH_FAILURE fake.mismatch [a.pdf.fk FAILED !run.other-file-matches]", "old.pdf NOTHING-TO-VERIFY"}, 1},
		{"rule 1: an equal file elsewhere is not covered by it", files("a.pdf", "A", "a.pdf.fk", over("A", ok), "copy.pdf", "A"),
			[]string{"a.pdf TOTAL-PASSED [a.pdf.fk PASSED]", "copy.pdf NOTHING-TO-VERIFY"}, 4},
		{"rule 1: only in the same folder", files("x/a.pdf", "B", "y/a.pdf.fk", over("A", ok)),
			[]string{"x/a.pdf NOTHING-TO-VERIFY", "sha256 INDETERMINATE SIGNED_DATA_NOT_FOUND fake.subject-missing [y/a.pdf.fk INDETERMINATE]"}, 3},
		{"rule 1: inside a container", files("c.zip!a.pdf", "B", "c.zip!a.pdf.fk", over("A", ok)),
			[]string{"c.zip!a.pdf TOTAL-FAILED HASH_FAILURE fake.mismatch [c.zip!a.pdf.fk FAILED]"}, 1},
		{"rule 2: a stem that fits", files("a.pdf", "A", "a.fk", over("A", ok)),
			[]string{"a.pdf TOTAL-PASSED [a.fk PASSED]"}, 0},
		{"rule 2: a stem that does not fit is a question", files("a.pdf", "B", "a.fk", over("A", ok)),
			[]string{"a.pdf INDETERMINATE SIGNED_DATA_NOT_FOUND fake.subject-missing [a.fk INDETERMINATE !run.stem-mismatch]"}, 3},
		{"rule 2: the digest is surer than the stem", files("a.pdf", "B", "a.fk", over("A", ok), "c.pdf", "A"),
			[]string{"a.pdf NOTHING-TO-VERIFY", "c.pdf TOTAL-PASSED [a.fk PASSED]"}, 4},
		{"rule 2: several of one stem", files("a.doc", "C", "a.fk", over("A", ok), "a.pdf", "B"),
			[]string{"a.doc NOTHING-TO-VERIFY", "sha256 INDETERMINATE SIGNED_DATA_NOT_FOUND fake.subject-missing [a.fk INDETERMINATE !run.stem-mismatch !run.stem-mismatch]", "a.pdf NOTHING-TO-VERIFY"}, 3},
		{"rule 2: evidence with the same stem is no guess", files("a.fk", over("A", ok), "a.fsig", signed("B", ok)),
			[]string{"sha256 INDETERMINATE SIGNED_DATA_NOT_FOUND fake.subject-missing [a.fk INDETERMINATE]", "sha256 INDETERMINATE SIGNED_DATA_NOT_FOUND fakesig.subject-missing [a.fsig INDETERMINATE]"}, 3},
		{"rule 3: by digest, with every equal file", files("x/1", "A", "y/2", "A", "z/e.bin", over("A", ok)),
			[]string{"x/1 TOTAL-PASSED [z/e.bin PASSED]", "y/2 TOTAL-PASSED [z/e.bin PASSED]"}, 0},
		{"rule 3: by the digest that the evidence names", files("1", "A", "e.bin", evidenceOf("fake", "sha512", "A", ok)),
			[]string{"1 TOTAL-PASSED [e.bin PASSED]"}, 0},
		{"rule 4: evidence is a subject", files("a.pdf", "A", "a.pdf.fk", over("A", ok), "a.pdf.fk.fk", over(over("A", ok), ok)),
			[]string{"a.pdf TOTAL-PASSED [a.pdf.fk PASSED]", "a.pdf.fk TOTAL-PASSED [a.pdf.fk.fk PASSED]"}, 0},
		{"rule 4: a file that nothing covers", files("a.pdf", "A", "b.pdf", "B", "b.pdf.fk", over("B", ok)),
			[]string{"a.pdf NOTHING-TO-VERIFY", "b.pdf TOTAL-PASSED [b.pdf.fk PASSED]"}, 4},
		{"rule 5: a claim that does not hold", files("a.pdf", "A", "a.pdf.fk", "junk"),
			[]string{"a.pdf TOTAL-FAILED FORMAT_FAILURE fake.malformed [a.pdf.fk FAILED]"}, 1},
		{"rule 5: a claim alone", files("a.fk", ""),
			[]string{"a.fk TOTAL-FAILED FORMAT_FAILURE fake.malformed [a.fk FAILED]"}, 1},
		{"rule 5: without a claim it is a subject", files("a.bin", "fake junk"),
			[]string{"a.bin NOTHING-TO-VERIFY"}, 4},
		{"rule 5: content goes before the name", files("a.pdf", "A", "a.pdf.fsig", over("A", ok)),
			[]string{"a.pdf TOTAL-PASSED [a.pdf.fsig PASSED]"}, 0},
		{"rule 5: a kind that is not judged", files("a.pdf", "A", "a.pdf.ots", "anything"),
			[]string{"a.pdf INDETERMINATE CUSTOM run.kind-unsupported [a.pdf.ots INDETERMINATE]"}, 3},
		{"rule 5: not judged, by stem", files("a.pdf", "A", "a.sig", "anything"),
			[]string{"a.pdf INDETERMINATE CUSTOM run.kind-unsupported [a.sig INDETERMINATE]"}, 3},
		{"rule 5: not judged, by content", files("x", string(otsMagic)),
			[]string{"x INDETERMINATE CUSTOM run.kind-unsupported [x INDETERMINATE]"}, 3},
		{"rule 5: an existence proof beside one that is not judged", files("a", "A", "a.fk", over("A", ok), "a.ots", "?"),
			[]string{"a TOTAL-PASSED [a.fk PASSED] [a.ots INDETERMINATE]"}, 0},
		{"rule 5: a signature that is not judged must not be passed over", files("a", "A", "a.fk", over("A", ok), "a.sig", "?"),
			[]string{"a INDETERMINATE CUSTOM run.kind-unsupported [a.fk PASSED] [a.sig INDETERMINATE]"}, 3},
		{"rule 5: what is only recognised has no say against a claim", files("a", "A", "a.fk", "-----BEGIN CMS-----"),
			[]string{"a TOTAL-FAILED FORMAT_FAILURE fake.malformed [a.fk FAILED]"}, 1},
		{"rule 6: the caller binds", marked(files("e.bin", over("A", ok), "other.txt", "A"), "other.txt"),
			[]string{"other.txt TOTAL-PASSED [e.bin PASSED]"}, 0},
		{"rule 6: and a mismatch fails", marked(files("e.bin", over("A", ok), "mine.txt", "B", "other.txt", "A"), "mine.txt"),
			[]string{"mine.txt TOTAL-FAILED HASH_FAILURE fake.mismatch [e.bin FAILED !run.other-file-matches]", "other.txt NOTHING-TO-VERIFY"}, 1},
		{"rule 6: not what names its own subject", marked(files("a", "A", "a.fk", over("A", ok), "mine.txt", "B"), "mine.txt"),
			[]string{"a TOTAL-PASSED [a.fk PASSED]", "mine.txt NOTHING-TO-VERIFY"}, 4},
		{"rule 6: evidence as the subject", marked(files("e.bin", over(over("A", ok), ok), "t.fk", over("A", ok)), "t.fk"),
			[]string{"t.fk TOTAL-PASSED [e.bin PASSED]"}, 0},
		{"several: one contradiction fails all", files("a", "A", "a.fk", over("A", bad), "b", "B", "b.fk", over("B", ok)),
			[]string{"a TOTAL-FAILED SIG_CRYPTO_FAILURE fake.signature [a.fk FAILED]", "b TOTAL-PASSED [b.fk PASSED]"}, 1},
		{"several: one open question", files("a", "A", "a.fk", over("A", open), "b", "B", "b.fk", over("B", ok)),
			[]string{"a INDETERMINATE NO_CERTIFICATE_CHAIN_FOUND fake.chain [a.fk INDETERMINATE]", "b TOTAL-PASSED [b.fk PASSED]"}, 3},
		{"nothing at all", nil, nil, 4},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := Items(context.Background(), c.items, Options{Formats: fakeFormats()})
			if err != nil {
				t.Fatal(err)
			}
			if got := outline(r); !slices.Equal(got, c.want) {
				t.Errorf("got\n %s\nwant\n %s", strings.Join(got, "\n "), strings.Join(c.want, "\n "))
			}
			if r.ExitCode() != c.exit {
				t.Errorf("exit code %d, want %d (%s)", r.ExitCode(), c.exit, r.Verdict)
			}
		})
	}
}

// A pass needs the digests to agree, whichever rule paired: no arrangement of names
// may pass evidence over other data.
func TestNoPairingPassesOtherData(t *testing.T) {
	names := []string{"a.pdf", "a", "b.pdf", "d/a.pdf", "a.fk", "a.pdf.fk", "a.ots", "a.fq"}
	evidence := []string{"a.fk", "a.pdf.fk", "a.pdf.fk.fk", "b.fk", "d/a.pdf.fk", "x.bin", "a.fsig"}
	for _, s := range names {
		for _, e := range evidence {
			for _, mark := range []bool{false, true} {
				if s == e {
					continue
				}
				items := files(s, "B", e, over("A", behavesWell))
				items[0].Subject, items[0].Opaque = mark, mark
				r, err := Items(context.Background(), items, Options{Formats: fakeFormats()})
				if err != nil {
					t.Fatal(err)
				}
				if r.ExitCode() == 0 || r.Verdict == TotalPassed {
					t.Errorf("%s, %s, marked %v: %v", s, e, mark, outline(r))
				}
			}
		}
	}
}
