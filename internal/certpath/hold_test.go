package certpath

import (
	"strings"
	"testing"
	"time"
)

// A hold ends for a token when good data show that it had ended at the proven time.
// Good data from later show only that it ended some time.
func TestHold(t *testing.T) {
	h := newHouse(t)
	good := func(date string) *CRL { return h.list().at(date).parse(t) }
	hold := func(since, issued string) *CRL { return h.list(h.entry(since, reason(6))).at(issued).parse(t) }
	march := hold("2024-03-01", "2024-04-01")
	for name, c := range map[string]struct {
		proven   string
		lists    []*CRL
		state    RevocationState
		released bool
	}{
		"no good data":                   {"2024-06-01", []*CRL{march}, RevocationRevoked, false},
		"good before the hold":           {"2024-06-01", []*CRL{march, good("2024-02-01")}, RevocationRevoked, false},
		"good between hold and its list": {"2024-06-01", []*CRL{march, good("2024-03-15")}, RevocationRevoked, false},
		"good of the same time":          {"2024-06-01", []*CRL{march, good("2024-04-01")}, RevocationRevoked, false},
		"released before, not since":     {"2024-06-01", []*CRL{march, good("2024-05-01")}, RevocationUnknown, false},
		"released before, good since":    {"2024-06-01", []*CRL{march, good("2024-05-01"), good("2024-07-01")}, RevocationGood, false},
		"released at the proven time":    {"2024-06-01", []*CRL{march, good("2024-06-01")}, RevocationGood, false},
		"released some time":             {"2024-06-01", []*CRL{march, good("2024-07-01")}, RevocationRevoked, true},
		"proven before the hold":         {"2024-01-01", []*CRL{march, good("2024-07-01")}, RevocationRevoked, true},
		"reported at the proven time":    {"2024-04-01", []*CRL{march, good("2024-07-01")}, RevocationRevoked, false},
		"reported before it":             {"2024-04-02", []*CRL{march, good("2024-07-01")}, RevocationRevoked, true},
		"begun at the proven time":       {"2024-03-01", []*CRL{march, good("2024-07-01")}, RevocationRevoked, false},
		"held again": {
			"2024-06-01",
			[]*CRL{march, good("2024-05-01"), hold("2024-05-15", "2024-05-20"), good("2024-07-01")}, RevocationRevoked, true,
		},
		"one of two holds goes on": {
			"2024-06-01",
			[]*CRL{march, good("2024-07-01"), hold("2024-07-15", "2024-07-20")}, RevocationRevoked, false,
		},
		"one of two holds goes on, 2": {
			"2024-06-01",
			[]*CRL{hold("2024-07-15", "2024-07-20"), march, good("2024-07-01")}, RevocationRevoked, false,
		},
		"good before a hold that was announced": {
			"2024-06-01",
			[]*CRL{hold("2024-03-01", "2024-02-01"), good("2024-02-15")}, RevocationRevoked, false,
		},
		// Lists from after the end may have dropped it.
		"good after the end": {"2024-06-01", []*CRL{march, good("2031-01-01")}, RevocationRevoked, false},
	} {
		t.Run(name, func(t *testing.T) {
			q := h.query()
			q.From, q.CRLs = day(c.proven), c.lists
			got := Revocation(q)
			wantState(t, got, c.state)
			if got.Released != c.released || c.state == RevocationRevoked && got.Reason != reasonHold {
				t.Errorf("got %+v", got)
			}
		})
	}
	// Only a hold can be released.
	final := h.list(h.entry("2024-03-01", reason(1))).at("2024-04-01").parse(t)
	q := h.query()
	q.From, q.CRLs = day("2024-06-01"), []*CRL{final, march, good("2024-05-01"), good("2024-07-01")}
	if got := Revocation(q); got.Reason != 1 || got.Released {
		t.Errorf("got %+v", got)
	}
	// Without a proven time no time lies before it.
	q.From, q.CRLs = time.Time{}, []*CRL{march, good("2024-05-01")}
	if got := Revocation(q); !got.Released {
		t.Errorf("got %+v", got)
	}
}

// A responder that was on hold may answer again once its issuer says so.
func TestResponderAfterHold(t *testing.T) {
	h := newHouse(t)
	d := responder(t, h.ca, withoutNoCheck)
	a := h.answer()
	a.signer, a.certs = d, []*maker{d}
	q := h.query()
	q.OCSP = []*OCSPResponse{a.parse(t)} // produced at "after"
	held := &list{signer: h.ca, this: day("2023-06-01"), entries: []entry{{d.cert.Serial, day("2023-05-01"), [][]byte{reason(6)}}}}
	q.CRLs = []*CRL{held.parse(t), h.list().at("2023-07-01").parse(t)}
	wantState(t, Revocation(q), RevocationGood)
	// What counts for the responder is the time of its answer, not of the token.
	q.CRLs[1] = h.list().at("2024-02-01").parse(t)
	if got := Revocation(q); strings.Contains(strings.Join(got.Ignored, ""), "responder") {
		t.Errorf("got %+v", got)
	}
	q.CRLs[1] = h.list().at("2024-07-01").parse(t)
	wantNote(t, Revocation(q), "its responder is revoked")
}
