package rfc3161_test

import (
	"testing"
	"time"

	"github.com/exhibit-dev/exhibit/rfc3161"
	"github.com/exhibit-dev/exhibit/trust/pki"
)

func TestCompare(t *testing.T) {
	one, two := &pki.Certificate{Raw: []byte{1}}, &pki.Certificate{Raw: []byte{2}}
	at := time.Date(2025, 3, 1, 12, 0, 0, 0, time.UTC)
	facts := func(signer *pki.Certificate, seconds int, accuracy time.Duration, ordering bool) rfc3161.Facts {
		return rfc3161.Facts{Signer: signer, GenTime: at.Add(time.Duration(seconds) * time.Second), Accuracy: accuracy, HasAccuracy: accuracy > 0, Ordering: ordering}
	}
	for _, c := range []struct {
		name string
		a, b rfc3161.Facts
		want rfc3161.Order
	}{
		{"apart by more than both accuracies", facts(one, 0, time.Second, false), facts(two, 3, time.Second, false), rfc3161.Before},
		{"apart by exactly both accuracies", facts(one, 0, time.Second, false), facts(two, 2, time.Second, false), rfc3161.Unordered},
		{"the other way round", facts(one, 3, time.Second, false), facts(two, 0, time.Second, false), rfc3161.After},
		{"no accuracy stated", facts(one, 0, 0, false), facts(two, 3, time.Second, false), rfc3161.Unordered},
		{"one authority that orders", facts(one, 0, 0, true), facts(one, 1, 0, true), rfc3161.Before},
		{"the same time", facts(one, 0, 0, true), facts(one, 0, 0, true), rfc3161.Unordered},
		{"two authorities that order", facts(one, 0, 0, true), facts(two, 1, 0, true), rfc3161.Unordered},
		{"ordering in one token only", facts(one, 0, 0, true), facts(one, 1, 0, false), rfc3161.Unordered},
		{"nothing proven", rfc3161.Facts{}, facts(one, 1, 0, true), rfc3161.Unordered},
	} {
		if got := rfc3161.Compare(c.a, c.b); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}
