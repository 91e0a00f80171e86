package rfc3161_test

import (
	"testing"

	"github.com/exhibit-dev/exhibit/rfc3161"
)

// shadowed are the checks whose removal cannot show, because another check stands
// behind them on purpose.
var shadowed = map[string]string{
	"format":             "without a parsed token there is nothing to verify",
	"subject":            "message-imprint has nothing to compare with",
	"signed-attributes":  "content-type, message-digest and signing-certificate are not executed",
	"signer-certificate": "signature has no key",
	"certification-path": "there is no path whose constraints could pass",
}

// Every other owed check has a vector that it alone refuses: with the check switched
// off, at least one vector turns to PASSED.
func TestEveryCheckDecides(t *testing.T) {
	list := vectors(t)
	for _, check := range rfc3161.Checks() {
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
