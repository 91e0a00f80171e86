package trust

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// Algorithms is a table of the dates until which digests and keys are good enough
// to prove something. It is read-only once made.
type Algorithms struct {
	source  string
	digests map[string]until
	keys    map[string][]keyRow
}

// until is the first moment after the last good day; zero time with ok means "no
// end", never means it was not good at any time.
type until struct {
	end   time.Time
	never bool
}

type keyRow struct {
	below int // bits; 0 = any size
	until until
}

// Use is one algorithm in an argument: a digest by name, or a key by kind and size.
type Use struct {
	Digest string // name as in verdict.NewHash; empty for a key
	Key    string // rsa, dsa, ec, ed25519, ed448
	Bits   int    // of the modulus or the curve's order
	Where  string // for the report: imprint, signer's key, signature on CN=…
}

// Name returns the algorithm in words, such as "sha1" or "rsa-1024".
func (u Use) Name() string {
	if u.Digest != "" {
		return u.Digest
	}
	if u.Bits == 0 {
		return u.Key
	}
	return fmt.Sprintf("%s-%d", u.Key, u.Bits)
}

// Good reports whether the algorithm may carry a proof at time t; if not, the last
// good day in words: a date, "never", or "unknown" for an algorithm that the table
// does not name.
func (a *Algorithms) Good(u Use, t time.Time) (good bool, lastDay string) {
	limit, known := a.limit(u)
	switch {
	case !known:
		return false, "unknown"
	case limit.never:
		return false, "never"
	case limit.end.IsZero() || t.Before(limit.end):
		return true, ""
	}
	return false, limit.end.AddDate(0, 0, -1).Format(time.DateOnly)
}

// End returns the first moment at which the algorithm no longer counts; zero with
// ok when it has no end. ok is false for an algorithm that never counted or is
// unknown.
func (a *Algorithms) End(u Use) (end time.Time, ok bool) {
	limit, known := a.limit(u)
	return limit.end, known && !limit.never
}

func (a *Algorithms) limit(u Use) (until, bool) {
	if u.Digest != "" {
		l, ok := a.digests[u.Digest]
		return l, ok
	}
	for _, row := range a.keys[u.Key] { // ordered: the smallest bound first
		if row.below == 0 || u.Bits < row.below {
			return row.until, true
		}
	}
	return until{}, false
}

// Source says where the dates come from.
func (a *Algorithms) Source() string { return a.source }

// algorithmsFile is the form of algorithms.json.
type algorithmsFile struct {
	Source  string            `json:"source"`
	Digests map[string]string `json:"digests"` // name: last good day | "never" | ""
	Keys    map[string][]struct {
		Below int    `json:"below"` // bits, exclusive; 0 = every size
		Until string `json:"until"`
	} `json:"keys"`
}

// ParseAlgorithms reads a table that replaces the built-in one:
//
//	{"source": "…", "digests": {"sha1": "2013-12-31", "md5": "never", "sha256": ""},
//	 "keys": {"rsa": [{"below": 2048, "until": "2013-12-31"}, {"below": 0, "until": ""}]}}
//
// A day is the last good day, in UTC; "never" and "" (no end) are the other two
// values. Rows of a kind are in ascending order of below, 0 (every size) last.
// Unknown members, a wrong order and days that do not exist are errors.
func ParseAlgorithms(b []byte) (*Algorithms, error) {
	dec := json.NewDecoder(strings.NewReader(string(b)))
	dec.DisallowUnknownFields()
	var f algorithmsFile
	if err := dec.Decode(&f); err != nil {
		return nil, fmt.Errorf("algorithm table: %w", err)
	}
	if dec.More() {
		return nil, fmt.Errorf("algorithm table: more than one JSON value")
	}
	a := &Algorithms{source: f.Source, digests: map[string]until{}, keys: map[string][]keyRow{}}
	for name, day := range f.Digests {
		u, err := parseUntil(day)
		if err != nil {
			return nil, fmt.Errorf("algorithm table: digest %q: %w", name, err)
		}
		a.digests[name] = u
	}
	for kind, rows := range f.Keys {
		for i, row := range rows {
			u, err := parseUntil(row.Until)
			if err != nil {
				return nil, fmt.Errorf("algorithm table: key %q: %w", kind, err)
			}
			last := i == len(rows)-1
			if row.Below < 0 || row.Below == 0 && !last || i > 0 && row.Below != 0 && row.Below <= rows[i-1].Below {
				return nil, fmt.Errorf("algorithm table: key %q: rows must ascend, 0 last", kind)
			}
			a.keys[kind] = append(a.keys[kind], keyRow{row.Below, u})
		}
	}
	return a, nil
}

func parseUntil(s string) (until, error) {
	switch s {
	case "":
		return until{}, nil
	case "never":
		return until{never: true}, nil
	}
	day, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return until{}, fmt.Errorf("day %q, want YYYY-MM-DD", s)
	}
	return until{end: day.AddDate(0, 0, 1)}, nil
}
