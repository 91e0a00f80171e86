package tlog_test

import (
	"crypto/ed25519"
	"crypto/sha256"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/sigalg"
	"github.com/exhibit-dev/exhibit/merkle"
	"github.com/exhibit-dev/exhibit/tlog"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/verdict"
)

func proofOf(t testing.TB, v vectorCase) *tlog.Proof {
	t.Helper()
	p, err := tlog.ParseProof(v.File(t, v.Evidence))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// A passed vector says whose tree it is; nothing else gives facts.
func TestFacts(t *testing.T) {
	for _, v := range vectors(t) {
		r := v.run(t, "")
		if v.Tlog.Form == "consistency" {
			continue
		}
		f := r.facts
		if !r.proven {
			if f.Log.Name != "" || f.Size != 0 || f.Index != nil {
				t.Errorf("%s: facts without a pass", v.ID)
			}
			continue
		}
		if f.Log.Name == "" || r.Trust == nil || r.Trust.Anchor != f.Log.String() || r.Trust.Origin == "" || r.Covers == nil {
			t.Errorf("%s: facts %+v, trust %+v", v.ID, f, r.Trust)
		}
		if entry := v.Tlog.Form != "checkpoint"; entry != (f.Index != nil) || entry && f.Leaf != merkle.LeafHash(v.File(t, v.Subject)) {
			t.Errorf("%s: index %v, leaf %x", v.ID, f.Index, f.Leaf)
		}
	}
}

// The root of a passed checkpoint anchors a proof of package merkle, without a time.
func TestAnchored(t *testing.T) {
	v := vector(t, "proof-witnessed")
	r := proofOf(t, v).Verify(v.Data(t), v.env(t))
	facts, ok := r.Proven()
	if !ok || len(facts.Witnesses) != 2 || facts.Witnesses[0].Seconds != 1740830400 || facts.Witnesses[0].Witness.Name != "witness.example/w1" {
		t.Fatalf("%v, witnesses %+v", r.Err(), facts.Witnesses)
	}
	a := facts.Anchored()
	if a.Size != 7 || string(a.Root) != string(facts.Root[:]) || !a.NotLaterThan.IsZero() || a.Trust.SHA256 != facts.Log.SHA256() {
		t.Errorf("anchored %+v", a)
	}
	c, _ := r.Check("witnesses")
	if !strings.Contains(c.Detail, "witness.example/w1 (states 2025-03-01T12:00:00Z)") {
		t.Errorf("witnesses: %s", c.Detail)
	}
}

// A leaf that is only known by its hash is judged like data.
func TestLeafSubject(t *testing.T) {
	v := vector(t, "proof-4-of-7")
	leaf := merkle.LeafHash(v.File(t, v.Subject))
	if r := proofOf(t, v).Verify(merkle.Leaf(leaf), v.env(t)); !r.Passed() || r.Covers.Kind != "digest" {
		t.Errorf("%v, covers %+v", r.Err(), r.Covers)
	}
	leaf[0] ^= 1
	if r := proofOf(t, v).Verify(merkle.Leaf(leaf), v.env(t)); r.Reason != "merkle.root-mismatch" {
		t.Errorf("another leaf: %v", r.Err())
	}
}

func TestNotChecked(t *testing.T) {
	for id, want := range map[string]string{
		"proof-4-of-7": "time split-view", "proof-witnessed": "time", "proof-extra": "time split-view extra",
		"checkpoint-extensions": "time split-view extensions", "strangers": "time split-view signatures",
	} {
		var got []string
		r := vector(t, id).run(t, "")
		for _, n := range r.NotChecked {
			got = append(got, n.Name)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: not checked %q, want %q", id, got, want)
		}
	}
}

// A trusted key that cannot verify is the verifier's own material and proves nothing
// against the evidence.
func TestUnusableTrustedKey(t *testing.T) {
	v := vector(t, "checkpoint")
	for name, change := range map[string]func(k *trust.LogKey){
		"without a key":        func(k *trust.LogKey) { k.Public = nil },
		"of another kind":      func(k *trust.LogKey) { k.Type = trust.NoteECDSA },
		"of a type not judged": func(k *trust.LogKey) { k.Type = 6 },
		"of no role":           func(k *trust.LogKey) { k.Role = "" },
	} {
		env := v.env(t)
		env.Logs.Keys = append([]trust.LogKey(nil), env.Logs.Keys...)
		change(&env.Logs.Keys[0])
		r := v.judge(t, v.File(t, v.Evidence), env, "")
		if r.Indication() != verdict.Indeterminate || r.Reason != "tlog.unsupported" && r.Reason != "tlog.log-unknown" {
			t.Errorf("%s: %v", name, r.Err())
		}
	}
}

// Two trusted keys that share name and key id stand in each other's way no more than
// two others do.
func TestSharedKeyID(t *testing.T) {
	v := vector(t, "checkpoint")
	env := v.env(t)
	good := env.Logs.Keys[0]
	other := good
	var err error
	if other.Public, err = sigalg.ParseEd25519(make([]byte, 32)); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		keys []trust.LogKey
		want verdict.Indication
	}{
		"good first": {[]trust.LogKey{good, other}, verdict.Passed}, "good last": {[]trust.LogKey{other, good}, verdict.Passed},
		"none good": {[]trust.LogKey{other, other}, verdict.Failed},
	} {
		env.Logs.Keys = c.keys
		if r := v.judge(t, v.File(t, v.Evidence), env, ""); r.Indication() != c.want {
			t.Errorf("%s: %v", name, r.Err())
		}
	}
}

// The dates count for the keys of the witnesses that are asked for, and not for those
// of others.
func TestWitnessAlgorithms(t *testing.T) {
	table, err := trust.ParseAlgorithms([]byte(`{"source": "a test", "digests": {"sha256": "", "sha512": "2024-12-31"},
		"keys": {"ec": [{"below": 0, "until": ""}], "ed25519": [{"below": 0, "until": "2024-12-31"}]}}`))
	if err != nil {
		t.Fatal(err)
	}
	signed, cosigned := vector(t, "checkpoint-p256"), vector(t, "quorum-1")
	text, line := signed.File(t, signed.Evidence), cosigned.File(t, cosigned.Evidence)
	note := append(text, line[strings.LastIndex(string(line), "— "):]...) // the same text, one more witness
	env := signed.env(t)
	env.Logs.Keys = append(env.Logs.Keys, cosigned.env(t).Logs.Keys...)
	env.Algorithms = table
	for quorum, want := range []string{"", "tlog.weak-digest"} {
		env.Logs.Quorum = uint(quorum)
		r := signed.judge(t, note, env, "")
		key, _ := r.Check("key-algorithm")
		if r.Reason != want || (key.Reason == "tlog.weak-key") != (quorum == 1) {
			t.Errorf("quorum %d: %v", quorum, r.Err())
		}
	}
}

// The key that the vectors of C2SP signed-note are made with is not published, so the
// key id is held against an independent computation.
func TestKeyID(t *testing.T) {
	seed := sha256.Sum256([]byte("a log"))
	public := ed25519.NewKeyFromSeed(seed[:]).Public().(ed25519.PublicKey)
	key, err := sigalg.ParseEd25519(public)
	if err != nil {
		t.Fatal(err)
	}
	for typ, role := range map[trust.NoteType]trust.LogRole{trust.NoteEd25519: trust.RoleLog, trust.NoteCosignature: trust.RoleWitness} {
		k, err := trust.NewLogKey("example.com/log", typ, role, key)
		want := sha256.Sum256(append([]byte("example.com/log\n"+string([]byte{byte(typ)})), public...))
		if err != nil || k.ID != [4]byte(want[:4]) {
			t.Errorf("type %d: id %x, want %x (%v)", typ, k.ID, want[:4], err)
		}
	}
}

func TestClaims(t *testing.T) {
	v := vector(t, "proof-extra")
	p := proofOf(t, v)
	c := p.Claims()
	if c.Index != 4 || c.Size != nil || c.ExtraBytes != 24 || string(p.Extra()) != "what an application adds" || c.Checkpoint.Size != 7 ||
		c.Checkpoint.Origin != "log.example/2025" || len(c.Checkpoint.Signatures) != 1 || !strings.HasPrefix(c.Checkpoint.Signatures[0], "log.example/2025+") {
		t.Errorf("%+v", c)
	}
	if !tlog.Sniff(v.File(t, v.Evidence)) || tlog.Sniff([]byte("c2sp.org/tlog-proof@v1")) || tlog.Sniff(nil) {
		t.Error("sniffing")
	}
	// What is handed out is a copy.
	p.Extra()[0] = 'X'
	p.Checkpoint().Claims().Signatures[0] = "X"
	if string(p.Extra()) != "what an application adds" {
		t.Error("the extra data can be changed from outside")
	}
}
