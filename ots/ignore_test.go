package ots_test

import (
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/bitcoin"
	"github.com/exhibit-dev/exhibit/ots"
)

// shadowed are the checks whose removal cannot show, because another check stands behind
// them on purpose.
var shadowed = map[string]string{
	"format":  "what cannot be read has no attestation",
	"subject": "file-digest has nothing to compare",
}

// Every other owed check has a vector that it alone refuses: with the check switched
// off, at least one vector turns to PASSED. Those of a Bitcoin attestation are switched
// off in package bitcoin, but for the one that is this package's own.
func TestEveryCheckDecides(t *testing.T) {
	list := vectors(t)
	for _, check := range append(ots.Checks(), "path-algorithms") {
		var turned []string
		for _, v := range list {
			if strings.TrimPrefix(v.Only, bitcoin.Kind+"/") != check {
				continue
			}
			if r := v.run(t, check); r.Passed() {
				turned = append(turned, v.ID)
			}
		}
		switch why := shadowed[check]; {
		case why == "" && len(turned) == 0 && check != "attestation":
			t.Errorf("%s: no vector is refused by this check alone", check)
		case why != "" && len(turned) > 0:
			t.Errorf("%s: listed as shadowed (%s), but %v turn", check, why, turned)
		}
	}
}

// The check of the attestations has nothing to pass with when no attestation does: with
// it switched off, the checks of the proof pass and it still has no time.
func TestAttestationDecides(t *testing.T) {
	turned := 0
	for _, v := range vectors(t) {
		if v.Only != "attestation" && !strings.HasPrefix(v.Only, bitcoin.Kind+"/") {
			continue
		}
		r := v.run(t, "attestation")
		if r.Passed() {
			turned++
		}
		if !r.ExistedNotLaterThan.IsZero() {
			t.Errorf("%s: a time without an attestation", v.ID)
		}
	}
	if turned == 0 {
		t.Error("no vector is refused by the attestations alone")
	}
}
