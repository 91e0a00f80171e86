package merkle_test

import (
	"testing"

	"github.com/exhibit-dev/exhibit/merkle"
)

// shadowed are the checks whose removal cannot show, because another check stands
// behind them on purpose.
var shadowed = map[string]map[string]string{
	"inclusion": {
		"convention": "without a convention nothing can be hashed",
		"subject":    "leaf has nothing to compare with",
	},
	"consistency": {
		"format":      "the numbers of such a proof have no meaning",
		"convention":  "without a convention nothing can be hashed",
		"path-length": "a path of another length is not followed",
	},
	"merkleblock": {
		"format":  "a block that cannot be read shows nothing",
		"subject": "leaf has nothing to compare with",
	},
}

// Every other owed check has a vector that it alone refuses: with the check switched
// off, at least one vector turns to PASSED.
func TestEveryCheckDecides(t *testing.T) {
	list := vectors(t)
	for kind, checks := range map[string][]string{
		"inclusion": merkle.Checks(), "consistency": merkle.ConsistencyChecks(), "merkleblock": merkle.BlockChecks(),
	} {
		for _, check := range checks {
			var turned []string
			for _, v := range list {
				form := v.Merkle.Form
				if form != "consistency" && form != "merkleblock" {
					form = "inclusion"
				}
				if form != kind || v.Only != check {
					continue
				}
				if r := v.run(t, check); r.Passed() {
					turned = append(turned, v.ID)
				}
			}
			switch why := shadowed[kind][check]; {
			case why == "" && len(turned) == 0:
				t.Errorf("%s, %s: no vector is refused by this check alone", kind, check)
			case why != "" && len(turned) > 0:
				t.Errorf("%s, %s: listed as shadowed (%s), but %v turn", kind, check, why, turned)
			}
		}
	}
}
