package rfc3161

import (
	"slices"
	"testing"
	"time"
)

// The spellings of genTime: RFC 3161, section 2.4.2, and X.690, section 11.7. Digits
// beyond the nanosecond round up, because the time is an upper bound.
func TestGenTimeSpellings(t *testing.T) {
	at := func(nanos int) time.Time { return time.Date(2025, 3, 1, 12, 0, 0, nanos, time.UTC) }
	for text, want := range map[string]struct {
		time  time.Time
		loose bool
	}{
		"20250301120000Z":                     {at(0), false},
		"20250301120000.5Z":                   {at(500000000), false},
		"20250301120000.000000001Z":           {at(1), false},
		"20250301120000.0000000001Z":          {at(1), false},
		"20250301120000.0000000010000000001Z": {at(2), false},
		"20250301120000.99999999999Z":         {at(1000000000), false},
		"20250301120000.50Z":                  {at(500000000), true},
		"20250301120000.Z":                    {at(0), true},
		"20250301120000.0Z":                   {at(0), true},
		"20250301120000":                      {},
		"20250301120000,5Z":                   {},
		"20250301120000.5aZ":                  {},
		"20250301120000.0000000000000aZ":      {},
		"20250301120000+0000":                 {},
		"202503011200Z":                       {},
		"20250229120000Z":                     {},
		"20250301240000Z":                     {},
		"20250301120060Z":                     {},
		"2025030112000 Z":                     {},
		"":                                    {},
	} {
		var i tstInfo
		if ok := i.parseTime(text); ok != !want.time.IsZero() || ok && (!i.genTime.Equal(want.time) || i.looseTime != want.loose) {
			t.Errorf("%q: %v, %v, loose %v", text, ok, i.genTime, i.looseTime)
		}
	}
}

// A number that nobody would read is not written out in full, and a usual one is.
func TestDecimal(t *testing.T) {
	long := make([]byte, maxDecimal+1)
	long[0] = 1
	for in, want := range map[string]string{"\x00": "0", "\x7f": "127", "\x00\x80": "128", "\xff": "-1", "\x80": "-128"} {
		if got := decimal([]byte(in)); got != want {
			t.Errorf("%x: %s, want %s", in, got, want)
		}
	}
	if got := decimal(long[:maxDecimal]); got[:2] == "0x" {
		t.Errorf("at the limit: %s", got)
	}
	if got := decimal(long); got[:2] != "0x" || len(got) > 2+2*maxDecimal+3 {
		t.Errorf("above the limit: %s", got)
	}
}

// A token owes what every signer owes, in the same order.
func TestOwesSignerChecks(t *testing.T) {
	at := -1
	for _, c := range authority.CMSChecks() {
		if i := slices.Index(owed, c); i <= at {
			t.Errorf("%s stands at %d, after %d", c, i, at)
		} else {
			at = i
		}
	}
}
