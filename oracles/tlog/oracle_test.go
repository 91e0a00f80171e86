package tlog

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/exhibit-dev/exhibit/testvectors"
	ours "github.com/exhibit-dev/exhibit/tlog"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/verdict"
)

// sumdb is a log of x/mod: its stored hashes.
type sumdb struct{ stored []tlog.Hash }

func (s *sumdb) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, x := range indexes {
		out[i] = s.stored[x]
	}
	return out, nil
}

func entry(i int64) []byte { return fmt.Appendf(nil, "entry %d", i) }

func must[T any](t testing.TB, v T, err error) T {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// log signs trees by note.Sign; env trusts it.
type log struct {
	*sumdb
	signer note.Signer
	known  note.Verifiers
	env    trust.Env
}

func newLog(t testing.TB, n int64) *log {
	t.Helper()
	seed := sha256.Sum256([]byte("a log of x/mod"))
	secret, public, err := note.GenerateKey(bytes.NewReader(seed[:]), "sum.example")
	if err != nil {
		t.Fatal(err)
	}
	verifier, err := note.NewVerifier(public)
	l := &log{sumdb: &sumdb{}, known: note.VerifierList(must(t, verifier, err)), env: trustIn(t, public)}
	signer, err := note.NewSigner(secret)
	l.signer = must(t, signer, err)
	for i := range n {
		hashes, err := tlog.StoredHashes(i, entry(i), l)
		l.stored = append(l.stored, must(t, hashes, err)...)
	}
	return l
}

func trustIn(t testing.TB, vkey string) trust.Env {
	t.Helper()
	list, err := json.Marshal(map[string]any{
		"quorum": 0, "keys": []any{map[string]any{"role": "log", "vkey": vkey, "origins": []string{"go.sum database tree"}}},
	})
	logs, bad, err2 := trust.ParseLogs(must(t, list, err), nil)
	if must(t, logs, err2); len(bad) > 0 {
		t.Fatal(bad)
	}
	return trust.Env{At: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC), Policy: trust.Issuance, Logs: logs}
}

func (l *log) root(t testing.TB, n int64) tlog.Hash {
	t.Helper()
	h, err := tlog.TreeHash(n, l)
	return must(t, h, err)
}

func (l *log) sign(t testing.TB, n int64, root tlog.Hash) []byte {
	t.Helper()
	signed, err := note.Sign(&note.Note{Text: string(tlog.FormatTree(tlog.Tree{N: n, Hash: root}))}, l.signer)
	return must(t, signed, err)
}

// proof writes the form of C2SP around a proof of x/mod.
func proof(index int64, path []tlog.Hash, checkpoint []byte) []byte {
	b := fmt.Appendf(nil, "c2sp.org/tlog-proof@v1\nindex %d\n", index)
	for _, h := range path {
		b = append(b, base64.StdEncoding.EncodeToString(h[:])+"\n"...)
	}
	return append(append(b, '\n'), checkpoint...)
}

// Every proof that x/mod makes passes for its entry; and what x/mod refuses of another
// entry's proof is refused here.
func TestInclusion(t *testing.T) {
	const sizes = 24
	l := newLog(t, sizes)
	compared := 0
	for n := int64(1); n <= sizes; n++ {
		root := l.root(t, n)
		signed := l.sign(t, n, root)
		for i := range n {
			path, err := tlog.ProveRecord(n, i, l)
			must(t, path, err)
			for j := range n {
				p, err := ours.ParseProof(proof(j, path, signed))
				r := must(t, p, err).Verify(verdict.Bytes(entry(i)), l.env)
				theirs := tlog.CheckRecord(path, n, root, j, tlog.RecordHash(entry(i))) == nil
				if r.Passed() != theirs || theirs != (i == j) {
					t.Fatalf("entry %d as %d of %d: %v, x/mod says %v", i, j, n, r.Err(), theirs)
				}
				compared++
			}
		}
	}
	if compared != 4900 {
		t.Errorf("%d proofs compared", compared)
	}
}

// Every proof between two trees passes, and only between these.
func TestConsistency(t *testing.T) {
	const sizes = 16
	l := newLog(t, sizes)
	for n := int64(1); n <= sizes; n++ {
		newer, err := ours.ParseCheckpoint(l.sign(t, n, l.root(t, n)))
		must(t, newer, err)
		for m := int64(1); m <= n; m++ {
			path, err := tlog.ProveTree(n, m, l)
			must(t, path, err)
			var hashes [][]byte
			for i := range path {
				hashes = append(hashes, path[i][:])
			}
			for k := int64(1); k <= n; k++ {
				older, err := ours.ParseCheckpoint(l.sign(t, k, l.root(t, k)))
				r := ours.VerifyConsistency(must(t, older, err), newer, hashes, l.env)
				theirs := tlog.CheckTree(path, n, l.root(t, n), k, l.root(t, k)) == nil
				if r.Passed() != theirs || r.Split() {
					t.Fatalf("the path from %d to %d, from %d: %v, x/mod says %v", m, n, k, r.Err(), theirs)
				}
			}
		}
	}
}

// stricter are the vectors that note.Open accepts and this project does not: texts that
// are no checkpoint, or whose spelling is not the one that encoding gives, and a second
// signature by one key, which note.Open does not look at.
var stricter = map[string]bool{
	"note-not-canonical": true, "note-two-lines": true, "note-no-origin": true, "note-origin-empty": true, "note-extension-empty": true,
	"note-blank-twice": true, "note-size-zeros": true, "note-size-plus": true, "note-size-negative": true, "note-size-hex": true, "note-size-space": true,
	"note-size-word": true, "note-size-65-bits": true, "note-root-31": true, "note-root-33": true, "note-root-hex": true, "note-root-unpadded": true,
	"note-root-not-canonical": true, "signature-beside-a-good-one": true,
}

// The frame and the signatures of all vectors that a plain Ed25519 log decides, and of
// every one of them with any bit flipped: what passes here, note.Open accepts.
func TestNotes(t *testing.T) {
	list, folder, err := testvectors.Load("tlog")
	must(t, list, err)
	read := func(name string) []byte {
		b, err := fs.ReadFile(folder, name)
		return must(t, b, err)
	}
	vkey := read("trust/logs/usual/1.vkey")
	verifier, err := note.NewVerifier(strings.TrimSpace(string(vkey)))
	known := note.VerifierList(must(t, verifier, err))
	key, err := trust.ParseVKey(vkey, "", "")
	env := trust.Env{At: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC), Policy: trust.Issuance, Logs: trust.Logs{Keys: []trust.LogKey{must(t, key, err)}}}
	compared, flipped := 0, 0
	for _, v := range list {
		if v.Tlog.Form != "checkpoint" || len(v.Trust) != 1 || v.Trust[0] != "logs/usual/1.vkey" || v.At != env.At {
			continue
		}
		b := read(v.Evidence)
		passed, accepted := judge(b, known, env)
		if v.Only == "origin" { // note.Open does not read the text
			passed = true
		}
		if compared++; passed != accepted && !(accepted && stricter[v.ID]) || stricter[v.ID] && !accepted {
			t.Errorf("%s: passed is %v, note.Open accepts is %v", v.ID, passed, accepted)
		}
		if len(b) > 1000 { // the long ones only repeat the form of their lines
			continue
		}
		for bit := range 8 * len(b) {
			b[bit/8] ^= 1 << (bit % 8)
			if passed, accepted := judge(b, known, env); passed && !accepted {
				t.Fatalf("%s, bit %d of byte %d: passed, and note.Open refuses", v.ID, bit%8, bit/8)
			}
			b[bit/8] ^= 1 << (bit % 8)
			flipped++
		}
	}
	if compared < 60 || flipped < 80000 {
		t.Errorf("%d vectors compared, %d with a bit flipped", compared, flipped)
	}
}

func judge(b []byte, known note.Verifiers, env trust.Env) (passed, accepted bool) {
	_, err := note.Open(b, known)
	c, parseErr := ours.ParseCheckpoint(b)
	if parseErr == nil {
		r := c.Verify(env)
		passed = r.Passed()
	}
	return passed, err == nil
}
