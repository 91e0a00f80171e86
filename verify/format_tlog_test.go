package verify

import (
	"slices"
	"testing"

	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/verdict"
)

// loggedBy are options under which the usual log of the vectors counts.
func loggedBy(t *testing.T, quorum uint) Options {
	t.Helper()
	key, err := trust.ParseVKey([]byte(vectorFile(t, "tlog", "trust/logs/usual/1.vkey")), trust.RoleLog, "log.vkey")
	if err != nil {
		t.Fatal(err)
	}
	o := Options{Formats: All(), Env: signedBy().Env}
	o.Env.Logs = trust.Logs{Keys: []trust.LogKey{key}, Quorum: quorum}
	return o
}

func TestPairingOfLogs(t *testing.T) {
	letter, proof := vectorFile(t, "tlog", "letter.txt"), vectorFile(t, "tlog", "proof-4-of-7.tlog-proof")
	usual, nobody := loggedBy(t, 0), Options{Formats: All(), Env: signedBy().Env}
	given := loggedBy(t, 0)
	given.Digests = map[string][]byte{"sha256": verdict.Sum("sha256", []byte(letter))}
	for _, c := range []struct {
		name string
		o    Options
		list []Item
		exit int
		want []string
	}{
		{"by name", usual, files("l.txt", letter, "l.txt.tlog-proof", proof), 0, []string{"l.txt TOTAL-PASSED [l.txt.tlog-proof PASSED]"}},
		{"by name, another file", usual, files("l.txt", "changed", "l.txt.tlog-proof", proof, "copy", letter), 1,
			[]string{"l.txt TOTAL-FAILED HASH_FAILURE merkle.root-mismatch [l.txt.tlog-proof FAILED]", "copy NOTHING-TO-VERIFY"}},
		{"no log is trusted", nobody, files("l.txt", letter, "l.txt.tlog-proof", proof), 3,
			[]string{"l.txt INDETERMINATE NO_SIGNING_CERTIFICATE_FOUND tlog.log-unknown [l.txt.tlog-proof INDETERMINATE]"}},
		{"a witness is missing", loggedBy(t, 1), files("l.txt", letter, "l.txt.tlog-proof", proof), 3,
			[]string{"l.txt INDETERMINATE SIG_CONSTRAINTS_FAILURE tlog.quorum [l.txt.tlog-proof INDETERMINATE]"}},
		{"a stem that fits", usual, files("l.doc", "draft", "l.txt", letter, "l.tlog-proof", proof), 4,
			[]string{"l.doc NOTHING-TO-VERIFY", "l.txt TOTAL-PASSED [l.tlog-proof PASSED]"}},
		{"a stem that fits, and no log", nobody, files("l.txt", letter, "l.tlog-proof", proof), 3,
			[]string{"l.txt INDETERMINATE NO_SIGNING_CERTIFICATE_FOUND tlog.log-unknown [l.tlog-proof INDETERMINATE]"}},
		{"a stem that does not fit", usual, files("l.txt", "changed", "l.tlog-proof", proof), 3,
			[]string{"l.txt INDETERMINATE SIGNED_DATA_NOT_FOUND tlog.subject-missing [l.tlog-proof INDETERMINATE !run.stem-only]"}},
		{"by content and stem", usual, files("l.txt", letter, "l.receipt", proof), 0, []string{"l.txt TOTAL-PASSED [l.receipt PASSED]"}},
		{"alone", usual, files("l.tlog-proof", proof), 3, []string{"l.tlog-proof INDETERMINATE SIGNED_DATA_NOT_FOUND tlog.subject-missing [l.tlog-proof INDETERMINATE]"}},
		{"a digest is not enough", given, files("x.tlog-proof", proof), 3,
			[]string{"given sha256 INDETERMINATE SIGNED_DATA_NOT_FOUND tlog.subject-missing [x.tlog-proof INDETERMINATE]"}},
		{"a broken one, by its name", usual, files("l.txt", letter, "l.txt.tlog-proof", proof[:60]), 1,
			[]string{"l.txt TOTAL-FAILED FORMAT_FAILURE tlog.malformed [l.txt.tlog-proof FAILED]"}},
		{"a checkpoint speaks of no file", usual, files("l.txt", letter, "l.txt.checkpoint", vectorFile(t, "tlog", "checkpoint.checkpoint")), 4,
			[]string{"l.txt NOTHING-TO-VERIFY", "l.txt.checkpoint NOTHING-TO-VERIFY"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := judged(t, c.o, c.list)
			wantOutline(t, r, c.exit, c.want...)
			for _, res := range r.Results {
				if res.Verdict == TotalPassed && (!res.ExistedNotLaterThan.IsZero() || !slices.Equal(res.Proves, []string{verdict.ProvesSignature})) {
					t.Errorf("a log gives a time: %+v", res)
				}
			}
		})
	}
}

// No arrangement of names may pass a proof over another file, and a log is no proof
// of existence.
func TestNoPairingPassesAnotherEntry(t *testing.T) {
	o := loggedBy(t, 0)
	proof := vectorFile(t, "tlog", "proof-4-of-7.tlog-proof")
	for _, s := range []string{"a.pdf", "a", "d/a.pdf", "a.pdf.tlog-proof"} {
		for _, e := range []string{"a.tlog-proof", "a.pdf.tlog-proof", "d/a.tlog-proof", "x"} {
			if s == e {
				continue
			}
			if r := judged(t, o, files(s, "another letter", e, proof)); r.ExitCode() == 0 || r.Counts()[TotalPassed] > 0 {
				t.Errorf("%s, %s: %v", s, e, outline(r))
			}
		}
	}
	o.Claim = ClaimExistence
	wantOutline(t, judged(t, o, files("l.txt", vectorFile(t, "tlog", "letter.txt"), "l.txt.tlog-proof", proof)), 3,
		"l.txt INDETERMINATE NO_POE policy.no-existence-proof [l.txt.tlog-proof PASSED]")
}
