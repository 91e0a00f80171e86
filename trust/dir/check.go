package dir

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/exhibit-dev/exhibit/internal/certpath"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/trust/pki"
)

// Finding is something in a trust directory that its owner should look at. It
// changes no verdict by itself.
type Finding struct {
	Path    string // file, with "#2" for the second certificate of one
	Code    string // stable, such as "expired"
	Message string
}

// Check looks through t for what is likely a mistake at time at: anchors out of
// their validity ("not-yet-valid", "expired"), keys of signers out of theirs or
// revoked ("revoked"), end certificates under tsa/ that are not made for
// time-stamping ("no-time-stamping"), keys and signatures that the algorithm dates
// no longer admit ("weak-key", "weak-signature"), keys that cannot be used
// ("bad-key"), lists after their next update ("stale-crl"), what is given twice
// ("duplicate") and files without a use ("not-used"). Defective files are not among
// them; those are t.Errors without Note. The order is by path, then code.
func (t *Trust) Check(at time.Time) []Finding {
	var out []Finding
	for _, a := range t.TSA {
		out = append(out, checkPurpose(a)...)
	}
	for _, a := range append(slices.Clone(t.TSA), t.Documents...) {
		out = append(out, checkValidity(a, at)...)
		out = append(out, t.checkKey(a.Certificate, a.Origin, at)...)
	}
	for i := range t.Keys {
		out = append(out, t.checkSigner(&t.Keys[i], at)...)
	}
	for i := range t.Logs.Keys {
		out = append(out, t.checkLog(&t.Logs.Keys[i], at)...)
	}
	for _, c := range t.Intermediates {
		out = append(out, t.checkKey(c, t.Origin(c), at)...)
		out = append(out, t.checkSignature(c, at)...)
	}
	for _, c := range t.CRLs {
		if next := c.NextUpdate(); !next.IsZero() && at.After(next) {
			out = append(out, Finding{c.Origin, "stale-crl", "the next list was due on " + utc(next)})
		}
	}
	for _, d := range t.Duplicates {
		out = append(out, Finding{d.Origin, "duplicate", "the same as " + d.First})
	}
	for _, e := range t.Errors {
		if e.Note {
			out = append(out, Finding{e.Path, "not-used", strings.TrimPrefix(e.Message, notUsed)})
		}
	}
	slices.SortStableFunc(out, func(a, b Finding) int {
		if a.Path != b.Path {
			return strings.Compare(a.Path, b.Path)
		}
		return strings.Compare(a.Code, b.Code)
	})
	return out
}

func checkValidity(a pki.Anchor, at time.Time) []Finding {
	switch c := a.Certificate; {
	case at.Before(c.NotBefore):
		return []Finding{{a.Origin, "not-yet-valid", "valid from " + utc(c.NotBefore)}}
	case c.ExpiredAt(at):
		return []Finding{{a.Origin, "expired", "valid until " + utc(c.NotAfter)}}
	}
	return nil
}

// checkPurpose passes over old roots without any extension: they do not say that
// they are authorities, but they are no end certificates either.
func checkPurpose(a pki.Anchor) []Finding {
	c := a.Certificate
	if c.IsCA() || len(c.Extensions) == 0 && c.SelfIssued() {
		return nil
	}
	if purposes, _, _ := c.ExtKeyUsage(); slices.Contains(purposes, certpath.OIDTimeStamping) {
		return nil
	}
	return []Finding{{a.Origin, "no-time-stamping", "an end certificate that is not made for time-stamping"}}
}

func (t *Trust) checkKey(c *pki.Certificate, origin string, at time.Time) []Finding {
	key, err := c.Key()
	if err != nil {
		return []Finding{{origin, "bad-key", "the public key cannot be used: " + err.Error()}}
	}
	return t.checkDates(trust.Use{Key: key.Kind, Bits: key.Bits}, origin, "weak-key", "key", at)
}

// checkSigner looks at a plain key: its window, its revocation and its strength.
func (t *Trust) checkSigner(k *trust.Key, at time.Time) (out []Finding) {
	what := "key " + k.Name()
	switch {
	case at.Before(k.NotBefore):
		out = append(out, Finding{k.Origin, "not-yet-valid", what + " is valid from " + utc(k.NotBefore)})
	case !k.NotAfter.IsZero() && at.After(k.NotAfter):
		out = append(out, Finding{k.Origin, "expired", what + " is valid until " + utc(k.NotAfter)})
	}
	if !k.RevokedAt.IsZero() && !at.Before(k.RevokedAt) {
		out = append(out, Finding{k.Origin, "revoked", what + " is revoked since " + utc(k.RevokedAt)})
	}
	return append(out, t.checkDates(trust.Use{Key: k.Public.Kind, Bits: k.Public.Bits}, k.Origin, "weak-key", what, at)...)
}

// checkLog looks at the strength of a log's or a witness's key.
func (t *Trust) checkLog(k *trust.LogKey, at time.Time) []Finding {
	if k.Public == nil {
		return nil
	}
	return t.checkDates(trust.Use{Key: k.Public.Kind, Bits: k.Public.Bits}, k.Origin, "weak-key", "key "+k.String(), at)
}

// checkSignature is for intermediates only: an anchor's own signature proves
// nothing and is never looked at.
func (t *Trust) checkSignature(c *pki.Certificate, at time.Time) []Finding {
	alg, err := c.Algorithm()
	if err != nil {
		return []Finding{{t.Origin(c), "weak-signature", "its signature cannot be checked: " + err.Error()}}
	}
	return t.checkDates(trust.Use{Digest: alg.Digest}, t.Origin(c), "weak-signature", "signed with", at)
}

func (t *Trust) checkDates(use trust.Use, origin, code, what string, at time.Time) []Finding {
	env := trust.Env{Algorithms: t.Algorithms}
	good, last := env.Table().Good(use, at)
	switch {
	case good:
		return nil
	case last == "unknown":
		last = "not in the table of algorithm dates"
	case last == "never":
		last = "not good enough at any time"
	default:
		last = "good enough until " + last
	}
	return []Finding{{origin, code, fmt.Sprintf("%s %s: %s", what, use.Name(), last)}}
}

func utc(t time.Time) string { return t.UTC().Format(time.RFC3339) }
