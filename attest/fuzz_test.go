package attest_test

import (
	"bytes"
	"testing"

	"github.com/exhibit-dev/exhibit/attest"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/verdict"
)

// fuzz holds any input of a form against keys whose signers made only what the seeds
// hold: an attestation or an error, and nothing passes but a signature that the seeds
// show, over the letter.
func fuzz(f *testing.F, form attest.Form, seeds, keysOf []string) {
	letter := verdict.Bytes(vector(f, "der-p-256").File(f, "letter.txt"))
	env := trust.Env{At: at, Policy: trust.Issuance}
	known := map[string]bool{}
	for _, id := range keysOf {
		env.Keys = append(env.Keys, vector(f, id).env(f).Keys...)
	}
	for _, v := range vectors(f) {
		if v.form(f) != form {
			continue
		}
		if a, err := attest.Parse(form, v.File(f, v.Evidence)); err == nil {
			known[string(a.SignatureValue())] = true
		}
	}
	for _, id := range seeds {
		v := vector(f, id)
		f.Add(v.File(f, v.Evidence))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		before := bytes.Clone(in)
		a, err := attest.Parse(form, in)
		if err != nil {
			u := attest.Unreadable(err)
			if a != nil || u.Passed() || u.Reason == "" || u.Sub == "" {
				t.Fatal("an error with an attestation, or without a reason")
			}
			return
		}
		a.Claims().Fields()
		r := a.Verify(letter, env)
		if r.Passed() == (r.Err() != nil) || !r.Passed() && (r.Reason == "" || r.Sub == "") || !r.ExistedNotLaterThan.IsZero() {
			t.Fatalf("a verdict without a reason, or a time: %+v", r)
		}
		if r.Passed() && !known[string(a.SignatureValue())] {
			t.Fatalf("passed with a signature that nobody made: %q", in)
		}
		if bytes.Equal(in, before) == false {
			t.Fatal("the input was changed")
		}
		// Another subject never passes with the same bytes.
		if other := a.Verify(verdict.Bytes("another letter"), env); r.Passed() && other.Passed() {
			t.Fatal("one signature over two subjects")
		}
	})
}

func FuzzSig(f *testing.F) {
	fuzz(f, attest.Sig, []string{"der-p-256", "der-secp256k1", "ed25519", "text-hex", "text-base64-76", "rsa-pkcs1", "der-padded"},
		[]string{"der-p-256", "der-secp256k1", "ed25519"})
}

func FuzzP1363(f *testing.F) {
	fuzz(f, attest.P1363, []string{"p1363-p-256", "p1363-secp256k1", "text-hex-p1363", "range-p1363-wrapped-s"},
		[]string{"p1363-p-256", "p1363-secp256k1", "range-p1363-small-s"})
}

func FuzzJWS(f *testing.F) {
	fuzz(f, attest.JWS, []string{"jws-es256", "jws-flattened", "jws-flattened-kid", "jws-detached", "jws-jwk-kid", "jws-x5c", "jws-header-twice", "jws-crit"},
		[]string{"jws-es256"})
}
