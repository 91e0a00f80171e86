package pdf

import (
	"context"
	"fmt"
	"slices"
	"testing"
)

// A document proves that it existed only where a time is proven of all its bytes: a
// time-stamp over an earlier revision proves that one, and leaves the file open.
func TestProves(t *testing.T) {
	stamp, more := addStamp("2024-03-01"), func(t testing.TB, m *maker, h house) { m.dss(t, nil, nil) }
	signed := signedBy(container{})
	const both = "[existence signature]"
	for name, x := range map[string]struct {
		make   func(testing.TB, *maker, house)
		want   string
		proves string
		timed  bool
	}{
		"signed":                          {one(signed), passed, "[signature]", false},
		"signed, time-stamp on the value": {one(signedBy(stamped(theHouse(), "2024-03-01"))), passed, "[signature]", false},
		"signed, time-stamp":              {then(signed, stamp), passed, both, true},
		"signed, time-stamp, more":        {then(signed, stamp, more), passed, "[signature]", false},
		"time-stamp":                      {one(stampedAt(theHouse(), "2024-03-01")), passed, "[existence]", true},
		"time-stamp, more":                {then(stampedAt(theHouse(), "2024-03-01"), more), "INDETERMINATE NO_POE pdf.not-covered", "[existence]", false},
		"time-stamp, more, time-stamp":    {then(stampedAt(theHouse(), "2024-03-01"), more, addStamp("2024-04-01")), passed, "[existence]", true},
		"time-stamp, and a bad signature": {then(signedBy(container{spoil: true}), stamp), "FAILED SIG_CRYPTO_FAILURE pdf.signature-invalid", "[signature]", false},
	} {
		m := newMaker()
		x.make(t, m, theHouse())
		r := openMade(t, m.b).Verify(context.Background(), usualEnv(theHouse(), usualDay))
		slices.Sort(r.Proves)
		if got := wordsOf(&r.Result); got != x.want || fmt.Sprint(r.Proves) != x.proves || !r.ExistedNotLaterThan.IsZero() != x.timed || (r.Time != nil) != x.timed {
			t.Errorf("%s: %s, proves %v, existed %v, time %v", name, got, r.Proves, r.ExistedNotLaterThan, r.Time)
		}
		if facts, ok := r.Proven(); ok && !facts.NotLaterThan.Equal(r.ExistedNotLaterThan) {
			t.Errorf("%s: facts of %v", name, facts.NotLaterThan)
		}
		// What is proven of a revision is told there.
		for _, c := range r.Children {
			if c.Kind == KindTimestamp && c.Passed() && (c.ExistedNotLaterThan.IsZero() || c.Covers.Kind != "pdf-revision") {
				t.Errorf("%s: %s gives no time to its revision", name, c.Source)
			}
		}
	}
}

// The same verification gives the same checks, warnings and open questions in the same
// order.
func TestInOrder(t *testing.T) {
	list := situations()
	for i := range list {
		m := newMaker()
		list[i].make(t, m, theHouse())
		d := openMade(t, m.b)
		words := func() string {
			r := d.Verify(context.Background(), usualEnv(theHouse(), usualDay))
			return fmt.Sprint(r.Checks(), r.Warnings, r.NotChecked)
		}
		first := words()
		for range 3 {
			if again := words(); again != first {
				t.Fatalf("%s:\n%s\n%s", list[i].name, first, again)
			}
		}
	}
}
