package tlog_test

import (
	"testing"

	"github.com/exhibit-dev/exhibit/tlog"
)

// shadowed are the checks whose removal cannot show, because another check stands
// behind them on purpose.
var shadowed = map[string]map[string]string{
	"checkpoint": {
		"format":  "what cannot be read has no signature",
		"log-key": "signature has no key to hold under",
	},
	"proof": {
		"format":  "what cannot be read has no signature",
		"subject": "inclusion has no entry to begin with",
		"log-key": "signature has no key to hold under",
	},
}

// The vectors of each form prove the checks that only this form has, and those of a
// checkpoint prove what it shares with a proof.
var provenElsewhere = map[string]bool{
	"cosignatures": true, "key-algorithm": true, "origin": true, "witness-time": true,
}

// Every other owed check has a vector that it alone refuses: with the check switched
// off, at least one vector turns to PASSED.
func TestEveryCheckDecides(t *testing.T) {
	list := vectors(t)
	for kind, checks := range map[string][]string{
		"checkpoint": tlog.CheckpointChecks(), "proof": tlog.ProofChecks(), "consistency": tlog.ConsistencyChecks(),
	} {
		for _, check := range checks {
			turned := turnedBy(t, list, kind, check)
			switch why := shadowed[kind][check]; {
			case kind == "proof" && provenElsewhere[check]:
			case why == "" && len(turned) == 0:
				t.Errorf("%s, %s: no vector is refused by this check alone", kind, check)
			case why != "" && len(turned) > 0:
				t.Errorf("%s, %s: listed as shadowed (%s), but %v turn", kind, check, why, turned)
			}
		}
	}
}

func turnedBy(t *testing.T, list []vectorCase, kind, check string) (turned []string) {
	forms := map[string]string{"checkpoint": "checkpoint", "tlog-proof": "proof", "entry": "proof", "consistency": "consistency"}
	for _, v := range list {
		if forms[v.Tlog.Form] != kind || v.Only != check {
			continue
		}
		if r := v.run(t, check); r.Passed() {
			turned = append(turned, v.ID)
		}
	}
	return turned
}
