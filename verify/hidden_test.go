package verify

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/bitcoin"
	"github.com/exhibit-dev/exhibit/internal/testvec"
)

// Nothing vanishes from the report because of the bytes that it begins with: neither
// evidence that claims its kind nor a subject, be it a good pack at the same time.
func TestNothingHidesAsPack(t *testing.T) {
	m, points := chainOver(t, "letter")
	pack := packOf(t, m, points)
	for name, c := range map[string]struct {
		content string
		exit    int
		results int
	}{
		"letter.txt.tsr": {"\x89EXHPK\r\nno token", ExitFailed, 1},
		"contract.pdf":   {"\x89EXHPK\r\n%PDF-1.4", ExitNothing, 2},
		"contract.docx":  {pack, ExitNothing, 2},
	} {
		r, err := Items(context.Background(), files("letter.txt", "letter", "letter.txt.ots", stampOf("letter", 20), name, c.content), chainEnv(points, scanned(t, m, points)))
		if err != nil {
			t.Fatal(err)
		}
		if r.ExitCode() != c.exit || len(r.Results) != c.results {
			t.Errorf("%s: exit %d, %d results", name, r.ExitCode(), len(r.Results))
		}
	}
}

const commitHead = "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\nauthor A <a@e> 1 +0000\ncommitter A <a@e> 1 +0000\n"

// commitOf is a signed commit with a proof of version 1.0, and what the proof begins with.
func commitOf(tree string) (object string, start [32]byte) {
	const text, signature = "\nmessage\n", "-----BEGIN PGP SIGNATURE-----\n\nxxxx\n-----END PGP SIGNATURE-----\n"
	full := signature + "-----BEGIN OPENTIMESTAMPS GIT TIMESTAMP-----\n\n" +
		base64.StdEncoding.EncodeToString([]byte("\x01\x00"+tree)) + "\n-----END OPENTIMESTAMPS GIT TIMESTAMP-----"
	a, b := sha256.Sum256([]byte(commitHead+text)), sha256.Sum256([]byte(signature))
	return commitHead + "gpgsig " + strings.ReplaceAll(full, "\n", "\n ") + "\n" + text, sha256.Sum256(append(a[:], b[:]...))
}

// A commit is judged over itself, whatever the caller binds; and says what it leaves out.
func TestCommitEncloses(t *testing.T) {
	object, start := commitOf("\x00\x05\x88\x96\x0d\x73\xd7\x19\x01\x01\x14")
	m := testvec.Mine(20, append([][32]byte{start}, testvec.Roots(7)...)...)
	points, err := bitcoin.ParseCheckpoints([]byte(testvec.Regtest(m.Checkpoint(7))), nil, "test")
	if err != nil {
		t.Fatal(err)
	}
	for name, set := range map[string]func(items []Item, o *Options){
		"subject": func(items []Item, _ *Options) { items[0].Subject = true },
		"digest": func(_ []Item, o *Options) {
			d := sha256.Sum256([]byte("other"))
			o.Digests = map[string][]byte{"sha256": d[:]}
		},
		"name": func(items []Item, _ *Options) { items[1].Path = "letter.txt.ots" },
	} {
		items := files("letter.txt", "letter", "commit", object)
		o := chainEnv(points, scanned(t, m, points))
		set(items, &o)
		r, err := Items(context.Background(), items, o)
		if err != nil {
			t.Fatal(err)
		}
		passed := 0
		for i := range r.Results {
			s := &r.Results[i]
			if s.Verdict != TotalPassed {
				continue
			}
			passed++
			if s.Subject.Path != items[1].Path {
				t.Errorf("%s: the commit's proof passes %+v", name, s.Subject)
			}
			n := &s.Evidence[0]
			warned := false
			for _, w := range n.Warnings {
				warned = warned || w.Code == "ots.armour-not-covered"
			}
			if !warned || n.Covers.SHA256 != "" {
				t.Errorf("%s: it claims to cover its own armour: %+v", name, n.Covers)
			}
		}
		if passed != 1 || r.ExitCode() != ExitNothing {
			t.Errorf("%s: %d passed, exit %d", name, passed, r.ExitCode())
		}
	}
}

// Only a commit's own signature makes it evidence: not a quotation, not a merged tag.
func TestCommitWithoutProofIsNoEvidence(t *testing.T) {
	const armour = "-----BEGIN OPENTIMESTAMPS GIT TIMESTAMP-----\n \n AQA=\n -----END OPENTIMESTAMPS GIT TIMESTAMP-----\n"
	for _, c := range []string{
		commitHead + "\nThe form:\n\n " + armour,
		commitHead + "mergetag object 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n type commit\n tag v1\n \n " + armour + "\nmessage\n",
	} {
		r, err := Items(context.Background(), files("commit", c), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if r.Verdict != NothingToVerify {
			t.Errorf("%s %s", r.Verdict, r.Reason)
		}
	}
}
