package dir

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/exhibit-dev/exhibit/trust"
)

// vkey makes the key of a log (type 1) or of a witness (type 4).
func vkey(name string, typ byte) []byte {
	seed := sha256.Sum256([]byte(name))
	return vkeyOf(name, append([]byte{typ}, ed25519.NewKeyFromSeed(seed[:]).Public().(ed25519.PublicKey)...))
}

func vkeyOf(name string, data []byte) []byte {
	id := sha256.Sum256(append([]byte(name+"\n"), data...))
	return fmt.Appendf(nil, "%s+%x+%s\n", name, id[:4], base64.StdEncoding.EncodeToString(data))
}

func logNames(tr *Trust) string {
	var out []string
	for _, k := range tr.Logs.Keys {
		out = append(out, fmt.Sprintf("%s %s %s", k.Name, k.Role, k.Origin))
	}
	return fmt.Sprintf("%s; quorum %d", strings.Join(out, ", "), tr.Logs.Quorum)
}

func wantErrors(t *testing.T, tr *Trust, want ...string) {
	t.Helper()
	if len(tr.Errors) != len(want) {
		t.Fatalf("errors %v, want %d", tr.Errors, len(want))
	}
	for i, e := range tr.Errors {
		if !strings.HasPrefix(e.Error(), want[i]) {
			t.Errorf("error %q, want %q", e.Error(), want[i])
		}
	}
}

// Without a list every *.vkey counts, in the role of its type, and no witness is asked
// for.
func TestLogsUnlisted(t *testing.T) {
	tr := load(t, files("logs/b.vkey", vkey("b", 1), "logs/old/a.VKEY", vkey("a", 4), "logs/again.vkey", vkey("b", 1),
		"logs/key.pem", newKeyPEM(t), "logs/broken.vkey", []byte("x+1+y"), "logs/README.md", []byte("x"),
		"logs/large.vkey", append(vkey("l", 1), strings.Repeat("\n", maxKeyFile)...)))
	if got := logNames(tr); got != "b log logs/again.vkey, a witness logs/old/a.VKEY; quorum 0" {
		t.Errorf("logs %s", got)
	}
	wantErrors(t, tr, "logs/broken.vkey: no key in the form", "logs/key.pem: not used: without a logs.json", "logs/large.vkey: larger than")
	if len(tr.Duplicates) != 1 || tr.Duplicates[0] != (Duplicate{"logs/b.vkey", "logs/again.vkey", UseLogs}) {
		t.Errorf("duplicates %v", tr.Duplicates)
	}
	if got := fileNames(tr); got != "logs/again.vkey logs/b.vkey logs/old/a.VKEY" || tr.Files[0].Use != UseLogs {
		t.Errorf("files %s", got)
	}
	if env := tr.Env(); len(env.Logs.Keys) != 2 || env.Logs.Quorum != 0 {
		t.Error("the environment has other keys")
	}
}

// logs.json names the keys of all of logs/, and nothing beside them counts.
func TestLogsListed(t *testing.T) {
	list := fmt.Sprintf(`{"keys": [{"name": "ec", "role": "log", "file": "key.pem"}, {"role": "witness", "file": "w.vkey"},
		{"role": "witness", "vkey": %q}, {"role": "log", "file": "gone.vkey"}], "quorum": 2}`, strings.TrimSpace(string(vkey("v", 4))))
	tr := load(t, files("logs/mine/logs.json", []byte(list), "logs/mine/key.pem", newKeyPEM(t), "logs/mine/w.vkey", vkey("w", 4),
		"logs/mine/spare.vkey", vkey("spare", 4), "logs/other.vkey", vkey("other", 1)))
	if got := logNames(tr); got != "ec log logs/mine/key.pem, w witness logs/mine/w.vkey, v witness logs/mine/logs.json; quorum 2" {
		t.Errorf("logs %s", got)
	}
	wantErrors(t, tr, `logs/mine/logs.json: entry 4, name "": no file "gone.vkey" beside it`,
		"logs/mine/spare.vkey: not used: no entry of logs/mine/logs.json names it", "logs/other.vkey: not used: no entry of")
	if got := fileNames(tr); got != "logs/mine/key.pem logs/mine/logs.json logs/mine/w.vkey" {
		t.Errorf("files %s", got)
	}
}

// A list that is in doubt takes every key away: what it asks of witnesses must not get
// lost while its keys count.
func TestLogsInDoubt(t *testing.T) {
	key := vkey("a", 1)
	for name, list := range map[string]string{"broken": "{", "no quorum": `{"keys": []}`, "large": strings.Repeat(" ", maxLogsFile+1)} {
		tr := load(t, files("logs/logs.json", []byte(list), "logs/a.vkey", key))
		if len(tr.Logs.Keys) != 0 || len(tr.Files) != 0 || len(tr.Errors) != 1 || tr.Errors[0].Path != "logs/logs.json" {
			t.Errorf("%s: %s, errors %v", name, logNames(tr), tr.Errors)
		}
	}
	good := []byte(`{"keys": [{"role": "log", "file": "a.vkey"}], "quorum": 0}`)
	full := append([]byte(strings.Repeat(" ", maxLogsFile-len(good))), good...)
	if tr := load(t, files("logs/logs.json", full, "logs/a.vkey", key)); len(tr.Logs.Keys) != 1 {
		t.Errorf("a list at the limit: %v", tr.Errors)
	}
	tr := load(t, files("logs/logs.json", good, "logs/a.vkey", key, "logs/x/logs.json", good, "logs/x/a.vkey", key))
	if len(tr.Logs.Keys) != 0 || len(tr.Files) != 0 {
		t.Errorf("two lists: %s", logNames(tr))
	}
	wantErrors(t, tr, "logs/logs.json: there is more than one", "logs/x/logs.json: there is more than one")
}

// Of two keys with one name and one id, the first counts and the other is an error. Such
// keys are easy to make.
func TestLogsWithOneID(t *testing.T) {
	seen := make(map[string][]byte)
	for i := range 1 << 20 {
		sum := sha256.Sum256(fmt.Append(nil, i))
		b := vkeyOf("a", append([]byte{1}, sum[:]...))
		id := string(b[:10])
		if seen[id] == nil {
			seen[id] = b
			continue
		}
		tr := load(t, files("logs/1.vkey", seen[id], "logs/2.vkey", b))
		if len(tr.Logs.Keys) != 1 || len(tr.Duplicates) != 0 {
			t.Errorf("logs %s, duplicates %v", logNames(tr), tr.Duplicates)
		}
		wantErrors(t, tr, "logs/2.vkey: another key "+id)
		return
	}
	t.Error("no two keys with one id")
}

func TestCheckLooksAtLogs(t *testing.T) {
	tr := load(t, files("logs/a.vkey", vkey("a", 1), "logs/w.vkey", vkey("w", 4),
		"algorithms.json", []byte(`{"source": "s", "keys": {"ed25519": [{"below": 0, "until": "2024-12-31"}]}}`)))
	got := tr.Check(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
	if len(got) != 2 || got[0].Path != "logs/a.vkey" || got[0].Code != "weak-key" {
		t.Errorf("findings %v", got)
	}
	tr.Logs.Keys[0] = trust.LogKey{Name: "t", Type: trust.NoteTreeHead}
	if got := tr.Check(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)); len(got) != 1 {
		t.Errorf("findings %v", got)
	}
}
