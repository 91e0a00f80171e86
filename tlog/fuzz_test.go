package tlog_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/sigalg"
	"github.com/exhibit-dev/exhibit/tlog"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/verdict"
)

// written writes the text of a checkpoint anew from its claims.
func written(t *testing.T, c tlog.CheckpointClaims) string {
	root, err := hex.DecodeString(c.Root)
	if err != nil {
		t.Fatal(err)
	}
	text := fmt.Sprintf("%s\n%d\n%s\n", c.Origin, c.Size, base64.StdEncoding.EncodeToString(root))
	for _, e := range c.Extensions {
		text += e + "\n"
	}
	return text
}

// sound checks what holds for every verdict.
func sound(t *testing.T, r *verdict.Result) {
	if r.Passed() == (r.Err() != nil) || !r.Passed() && (r.Reason == "" || r.Sub == "") {
		t.Fatalf("a verdict without a reason: %+v", r)
	}
	if !r.ExistedNotLaterThan.IsZero() {
		t.Fatal("a time is proven")
	}
	if _, err := json.Marshal(r); err != nil {
		t.Fatal(err)
	}
}

// A checkpoint or an error; its text is the only way to write what it claims; and under
// a key that signed one text, no other text passes.
func FuzzParseCheckpoint(f *testing.F) {
	for _, v := range vectors(f) {
		if v.Tlog.Form == "checkpoint" {
			f.Add(v.File(f, v.Evidence))
		}
	}
	private := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	public, err := sigalg.ParseEd25519(private.Public().(ed25519.PublicKey))
	if err != nil {
		f.Fatal(err)
	}
	key, err := trust.NewLogKey("fuzz.example", trust.NoteEd25519, trust.RoleLog, public)
	if err != nil {
		f.Fatal(err)
	}
	env := vector(f, "checkpoint").env(f)
	env.Logs = trust.Logs{Keys: []trust.LogKey{key}}
	text := "fuzz.example\n3\n" + base64.StdEncoding.EncodeToString(make([]byte, 32)) + "\n"
	signed := append(key.ID[:], ed25519.Sign(private, []byte(text))...)
	f.Add([]byte(text + "\n— fuzz.example " + base64.StdEncoding.EncodeToString(signed) + "\n"))
	f.Fuzz(func(t *testing.T, in []byte) {
		c, err := tlog.ParseCheckpoint(in)
		if (c == nil) == (err == nil) {
			t.Fatal("not one of value and error")
		}
		if err != nil {
			r := tlog.Unreadable(err)
			sound(t, &r)
			return
		}
		claims := c.Claims()
		rest, ok := bytes.CutPrefix(in, []byte(written(t, claims)+"\n"))
		if !ok || bytes.Count(rest, []byte("\n")) != len(claims.Signatures) {
			t.Fatal("not the one spelling")
		}
		r := c.Verify(env)
		sound(t, &r.Result)
		if facts, ok := r.Proven(); ok && (!strings.HasPrefix(string(in), text+"\n") || facts.Size != 3 || facts.Log.Name != "fuzz.example") {
			t.Fatalf("passed: %q", in)
		}
	})
}

// A proof or an error; and in the usual log only the entry that is there passes.
func FuzzParseProof(f *testing.F) {
	for _, v := range vectors(f) {
		if v.Tlog.Form == "tlog-proof" {
			f.Add(v.File(f, v.Evidence))
		}
	}
	v := vector(f, "proof-4-of-7")
	env, letter := v.env(f), v.File(f, v.Subject)
	f.Fuzz(func(t *testing.T, in []byte) {
		p, err := tlog.ParseProof(in)
		if (p == nil) == (err == nil) {
			t.Fatal("not one of value and error")
		}
		if err != nil {
			r := tlog.Unreadable(err)
			sound(t, &r)
			return
		}
		if !tlog.Sniff(in) || !bytes.HasSuffix(in, []byte("\n")) {
			t.Fatal("read, but not recognised")
		}
		for _, subject := range []verdict.Subject{verdict.Bytes("none of them"), nil} {
			r := p.Verify(subject, env)
			sound(t, &r.Result)
			if r.Passed() {
				t.Fatalf("passed for %v", subject)
			}
		}
		r := p.Verify(verdict.Bytes(letter), env)
		sound(t, &r.Result)
	})
}
