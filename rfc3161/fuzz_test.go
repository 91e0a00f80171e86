package rfc3161_test

import (
	"bytes"
	"testing"

	"github.com/exhibit-dev/exhibit/rfc3161"
)

// A token or an error; a verdict that never passes with another imprint, time or
// signer than the one good token that the anchors can vouch for.
func FuzzToken(f *testing.F) {
	plain := vector(f, "plain")
	env, subject := plain.env(f), plain.Data(f)
	tok, err := plain.token(f)
	if err != nil {
		f.Fatal(err)
	}
	r := tok.Verify(subject, env)
	want, ok := r.Proven()
	if !ok {
		f.Fatal(r.Err())
	}
	for _, id := range []string{"plain", "reply-granted", "pem-cms", "base64-line", "ber-outer", "ess-both", "etsi-crl-embedded", "etsi-ocsp-embedded", "tst-qualified", "accuracy-all"} {
		v := vector(f, id)
		f.Add(v.File(f, v.Evidence))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		rfc3161.Sniff(in)
		tok, err := rfc3161.Parse(in)
		if err != nil {
			u := rfc3161.Unreadable(err)
			if tok != nil || u.Passed() || u.Reason == "" {
				t.Fatal("error with a token, or without a reason")
			}
			return
		}
		tok.Claims().Fields()
		r := tok.Verify(subject, env)
		if r.Passed() == (r.Err() != nil) || !r.Passed() && (r.Reason == "" || r.Sub == "" || !r.ExistedNotLaterThan.IsZero()) {
			t.Fatalf("verdict without a reason, or a time without a pass: %+v", r)
		}
		// Every other vector is by another signer or over the same letter at the same
		// time, so whatever passes proves exactly this.
		if got, ok := r.Proven(); ok && (!got.GenTime.Truncate(1e9).Equal(want.GenTime) || got.Algorithm == want.Algorithm && !bytes.Equal(got.Imprint, want.Imprint)) {
			t.Fatalf("passed with %v", got)
		}
	})
}

func FuzzRequest(f *testing.F) {
	for _, id := range []string{"query-matches", "nonce-other", "policy-other"} {
		v := vector(f, id)
		f.Add(v.File(f, v.Query))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		if q, err := rfc3161.ParseRequest(in); (q == nil) == (err == nil) {
			t.Fatal("not one of value and error")
		}
	})
}
