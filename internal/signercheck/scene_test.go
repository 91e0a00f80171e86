package signercheck_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/exhibit-dev/exhibit/internal/signercheck"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/trust/pki"
	"github.com/exhibit-dev/exhibit/verdict"
)

// scene is one judgement to be made: a signature, what is proven of it, and what the
// verifier believes and has at hand.
type scene struct {
	profile signercheck.Profile
	signed  signercheck.Signed
	poe     string // time of a proof over the signature value, "" none
	all     string // time of a proof over certificates and revocation data too
	env     pki.Env
	anchors []pki.Anchor
	beside  signercheck.Material
	ignore  string
}

// usual is a sound signature of the house's signer, judged by policy issuance within
// its validity.
func (h house) usual(t testing.TB) scene {
	t.Helper()
	s := scene{profile: signercheck.Document, signed: read(t, signature{by: h.signer, carried: []*holder{h.signer, h.ca}}.raw(t)), anchors: anchorsOf(h.root)}
	s.signed.Content = verdict.Bytes(document)
	s.env.Policy, s.env.At = trust.Issuance, day("2024-09-01")
	return s
}

// signed is the usual scene with another signature; its zero members are the house's.
func (h house) signed(t testing.TB, s signature) scene {
	t.Helper()
	out := h.usual(t)
	if s.by == nil {
		s.by = h.signer
	}
	if s.carried == nil && !s.noCerts {
		s.carried = []*holder{s.by, h.ca}
	}
	out.signed = read(t, s.raw(t))
	out.signed.Content = verdict.Bytes(document)
	return out
}

func anchorsOf(list ...*holder) (out []pki.Anchor) {
	for _, h := range list {
		out = append(out, pki.Anchor{Certificate: h.own, Origin: h.std.Subject.CommonName + ".pem"})
	}
	return out
}

func (s *scene) proof(at string) *verdict.Existence {
	if at == "" {
		return nil
	}
	return &verdict.Existence{NotLaterThan: day(at), Policy: string(s.env.Policy), Source: "a time-stamp"}
}

func (s *scene) judge() *signercheck.Judge {
	owed := s.profile.CMSChecks()
	if s.signed.Raw != nil {
		owed = s.profile.RawChecks()
	}
	return &signercheck.Judge{
		Profile: &s.profile, Env: &s.env, Anchors: s.anchors, Record: verdict.Begin(s.profile.Kind, owed...), Signed: s.signed,
		Time:   signercheck.UpperBound(&s.env, signercheck.Proofs{Signature: s.proof(s.poe), Material: s.proof(s.all)}),
		Beside: s.beside, Ignore: s.ignore,
	}
}

func (s *scene) run() verdict.Result {
	j := s.judge()
	j.Run()
	return j.Record.Finish()
}

// under returns the scene under another policy.
func (s scene) under(p trust.Policy) scene { s.env.Policy = p; return s }

// words is a verdict in one line: PASSED, or indication, sub-indication and reason.
func words(r verdict.Result) string {
	return strings.TrimSpace(strings.Join([]string{r.Indication().String(), string(r.Sub), strings.TrimPrefix(r.Reason, "pdf.")}, " "))
}

func warned(r verdict.Result, code string) bool {
	return slices.ContainsFunc(r.Warnings, func(w verdict.Warning) bool { return w.Code == code })
}

// wantWords asserts a verdict, and that no check is left out unless a defect stands
// before it.
func wantWords(t *testing.T, r verdict.Result, want string) {
	t.Helper()
	if got := words(r); got != want {
		t.Errorf("got  %s\nwant %s\n%v\n%v", got, want, r.Err(), r.Warnings)
	}
}

// wantOnly asserts that the named checks, and no others, did not pass.
func wantOnly(t *testing.T, r verdict.Result, names ...string) {
	t.Helper()
	for _, c := range r.Checks() {
		if (c.State != verdict.CheckPassed) != slices.Contains(names, c.Name) {
			t.Errorf("%s is %s %s: %s", c.Name, c.State, c.Reason, c.Detail)
		}
	}
}

func after(t time.Time, d time.Duration) string { return t.Add(d).Format(time.RFC3339) }
