package attest_test

import (
	"testing"

	"github.com/exhibit-dev/exhibit/attest"
)

// shadowed are the checks whose removal cannot show, because another check stands
// behind them on purpose.
var shadowed = map[string]string{
	"format":     "without a parsed attestation there is nothing to verify",
	"subject":    "signed-digest has nothing to compare with, and signature no digest",
	"range":      "signature: the arithmetic refuses such numbers again",
	"signer-key": "signature has no key to hold under",
}

// Every other owed check has a vector that it alone refuses: with the check switched
// off, at least one vector turns to PASSED.
func TestEveryCheckDecides(t *testing.T) {
	list := vectors(t)
	for _, check := range attest.Checks() {
		var turned []string
		for _, v := range list {
			if v.Only != check {
				continue
			}
			if r := v.judge(t, check); r.Passed() {
				turned = append(turned, v.ID)
			}
		}
		switch why := shadowed[check]; {
		case why == "" && len(turned) == 0:
			t.Errorf("%s: no vector is refused by this check alone", check)
		case why != "" && len(turned) > 0:
			t.Errorf("%s: listed as shadowed (%s), but %v turn", check, why, turned)
		}
	}
}
