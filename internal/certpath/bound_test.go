package certpath

import (
	"strings"
	"testing"
)

// Good data count for an upper bound when they are from the bound or later, or were
// the newest at the bound: EN 319 102-1, 5.2.5. What has no nextUpdate is never that.
func TestBoundGood(t *testing.T) {
	h := newHouse(t)
	for name, c := range map[string]struct {
		this, next string
		bound      RevocationState
		proven     RevocationState // the same, asked about a proven time
	}{
		"issued later":                {"2024-02-01", "", RevocationGood, RevocationGood},
		"issued at the bound":         {"2024-01-01", "", RevocationGood, RevocationGood},
		"current at the bound":        {"2023-12-01", "2024-01-02", RevocationGood, RevocationUnknown},
		"next update at the bound":    {"2023-12-01", "2024-01-01", RevocationUnknown, RevocationUnknown},
		"stale":                       {"2023-11-01", "2023-12-01", RevocationUnknown, RevocationUnknown},
		"does not say until when":     {"2023-12-01", "", RevocationUnknown, RevocationUnknown},
		"nextUpdate before this":      {"2023-12-01", "2023-01-01", RevocationUnknown, RevocationUnknown},
		"later, with a passed update": {"2024-02-01", "2024-01-01", RevocationGood, RevocationGood},
	} {
		t.Run(name, func(t *testing.T) {
			l, one := h.list().at(c.this), &single{cert: h.leaf, issuer: h.ca, this: day(c.this)}
			if c.next != "" {
				l.next, one.next = day(c.next), day(c.next)
			}
			a := &answer{signer: h.ca, produced: day(c.this), singles: []*single{one}}
			for _, bound := range []bool{true, false} {
				want := c.proven
				if bound {
					want = c.bound
				}
				byList, byAnswer := h.query(), h.query()
				byList.CRLs, byList.UpperBound = []*CRL{l.parse(t)}, bound
				byAnswer.OCSP, byAnswer.UpperBound = []*OCSPResponse{a.parse(t)}, bound
				for kind, q := range map[string]RevocationQuery{"list": byList, "answer": byAnswer} {
					got := Revocation(q)
					wantState(t, got, want)
					if got.State != RevocationGood && len(got.Ignored) != 1 {
						t.Errorf("%s, bound %v: ignored %q", kind, bound, got.Ignored)
					}
				}
			}
		})
	}
}

// A delta is as current as itself, not as the list that it changes.
func TestBoundDelta(t *testing.T) {
	h := newHouse(t)
	base := h.list().at("2023-10-01").with(ext(oidCRLNumber, false, integer(5)))
	base.next = day("2023-11-01")
	delta := h.list().at("2023-12-01").with(ext(oidCRLNumber, false, integer(6)), ext(oidDeltaCRL, true, integer(5)))
	for next, want := range map[string]RevocationState{"2024-01-02": RevocationGood, "2023-12-15": RevocationUnknown} {
		delta.next = day(next)
		q := h.query()
		q.UpperBound, q.CRLs = true, []*CRL{base.parse(t), delta.parse(t)}
		wantState(t, Revocation(q), want)
	}
}

// A hold that is over is no revocation, whether the bound lies before, in or after it,
// and the answer tells of it. One that goes on, and any other reason, stays.
func TestBoundHold(t *testing.T) {
	h := newHouse(t)
	hold := h.list(h.entry("2024-03-01", reason(6))).at("2024-04-01").parse(t)
	good := h.list().at("2024-07-01").parse(t)
	ask := func(bound string, lists ...*CRL) RevocationStatus {
		q := h.query()
		q.From, q.UpperBound, q.CRLs = day(bound), true, lists
		return Revocation(q)
	}
	for _, bound := range []string{"2024-02-01", "2024-03-15", "2024-06-01"} {
		got := ask(bound, hold, good)
		wantState(t, got, RevocationGood)
		if !strings.Contains(got.Note, "on hold from 2024-03-01") || got.Released {
			t.Errorf("bound %s: %+v", bound, got)
		}
		wantState(t, ask(bound, hold), RevocationRevoked)
	}
	got := ask("2024-08-01", hold, good) // released, but nothing current says so
	wantState(t, got, RevocationUnknown)
	if got.Note == "" {
		t.Error("the hold is not told of")
	}
	final := h.list(h.entry("2024-03-01", reason(1))).at("2024-04-01").parse(t)
	wantState(t, ask("2024-06-01", final, good), RevocationRevoked)
}

// The responder's own revocation is judged at the time of its answer, as ever.
func TestBoundResponder(t *testing.T) {
	h := newHouse(t)
	d := responder(t, h.ca, withoutNoCheck)
	a := h.answer()
	a.signer, a.certs = d, []*maker{d}
	held := &list{signer: h.ca, this: day("2023-06-01"), entries: []entry{{d.cert.Serial, day("2023-05-01"), [][]byte{reason(6)}}}}
	q := h.query()
	q.UpperBound, q.OCSP = true, []*OCSPResponse{a.parse(t)} // produced at "after"
	q.CRLs = []*CRL{held.parse(t), h.list().at("2024-07-01").parse(t)}
	wantNote(t, Revocation(q), "its responder is revoked")
	q.CRLs[1] = h.list().at("2023-07-01").parse(t)
	wantState(t, Revocation(q), RevocationGood)
}
