package verdict

import "fmt"

// Indication is the outcome of a building block or of a whole object, in the
// words of ETSI EN 319 102-1, section 5.1. The zero value is Indeterminate: what
// was never decided does not look decided.
type Indication uint8

// The three indications.
const (
	Indeterminate Indication = iota // not enough to decide
	Passed                          // every owed check ran and passed
	Failed                          // a defect of the evidence is proven
)

var indicationNames = [...]string{
	Indeterminate: "INDETERMINATE",
	Passed:        "PASSED",
	Failed:        "FAILED",
}

// String returns PASSED, FAILED or INDETERMINATE. A value outside the three is
// INDETERMINATE: an unknown number never reads as a pass.
func (i Indication) String() string {
	if int(i) < len(indicationNames) {
		return indicationNames[i]
	}
	return indicationNames[Indeterminate]
}

// Total returns the word for a whole object: TOTAL-PASSED, TOTAL-FAILED or
// INDETERMINATE.
func (i Indication) Total() string {
	if i == Passed || i == Failed {
		return "TOTAL-" + i.String()
	}
	return indicationNames[Indeterminate]
}

// URI returns the identifier of EN 319 102-1 for the building-block indication.
func (i Indication) URI() string {
	switch i {
	case Passed:
		return "urn:etsi:019102:mainindication:passed"
	case Failed:
		return "urn:etsi:019102:mainindication:failed"
	}
	return "urn:etsi:019102:mainindication:indeterminate"
}

// MarshalText writes the word of String.
func (i Indication) MarshalText() ([]byte, error) { return []byte(i.String()), nil }

// UnmarshalText reads one of the three words and refuses every other.
func (i *Indication) UnmarshalText(b []byte) error {
	for n, name := range indicationNames {
		if string(b) == name {
			*i = Indication(n)
			return nil
		}
	}
	return fmt.Errorf("verdict: unknown indication %q", b)
}

// State is what became of one check. The zero value is NotExecuted.
type State uint8

// The states of a check.
const (
	NotExecuted State = iota
	CheckPassed
	CheckFailed
	CheckIndeterminate
)

var stateNames = [...]string{
	NotExecuted:        "NOT-EXECUTED",
	CheckPassed:        "PASSED",
	CheckFailed:        "FAILED",
	CheckIndeterminate: "INDETERMINATE",
}

// String returns the word used in reports; an unknown number is NOT-EXECUTED.
func (s State) String() string {
	if int(s) < len(stateNames) {
		return stateNames[s]
	}
	return stateNames[NotExecuted]
}

// MarshalText writes the word of String.
func (s State) MarshalText() ([]byte, error) { return []byte(s.String()), nil }
