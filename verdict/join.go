package verdict

// JoinMode says how the verdicts of children make the verdict of their parent.
type JoinMode uint8

// The ways to join.
const (
	JoinNone JoinMode = iota // the node has checks of its own
	JoinAll                  // every child must pass: steps of one proof
	JoinAny                  // one child must pass: alternatives
)

// String returns "", "all" or "any".
func (m JoinMode) String() string {
	switch m {
	case JoinAll:
		return "all"
	case JoinAny:
		return "any"
	}
	return ""
}

// Join makes a parent out of children.
//
// With JoinAll the parent passes when every child does. A failed child decides
// before an undecided one, the earlier before the later.
//
// With JoinAny the parent passes when one child does; a failed one beside it is a
// warning. Without a pass the first undecided child decides, because it could
// still pass, and a failed one only if nothing else is left.
//
// No children, or an unknown mode, is INDETERMINATE: nothing was proven.
func Join(kind string, mode JoinMode, children ...Result) Result {
	r := Result{Kind: kind, join: mode, Children: children, Sub: Custom, Reason: "run.nothing-to-join"}
	if len(children) == 0 {
		return r
	}
	var passed, failed, open *Result
	for i := range children {
		switch c := &children[i]; c.indication {
		case Passed:
			passed = first(passed, c)
		case Failed:
			failed = first(failed, c)
		default:
			open = first(open, c)
		}
	}
	switch mode {
	case JoinAll:
		r.adopt(first(first(failed, open), passed))
	case JoinAny:
		r.adopt(first(first(passed, open), failed))
		if passed != nil && failed != nil {
			r.Warnings = append(r.Warnings, Warning{"run.contradiction",
				"one alternative fails (" + failed.Reason + ") beside one that passes"})
		}
	}
	return r
}

func (r *Result) adopt(c *Result) { r.indication, r.Sub, r.Reason = c.indication, c.Sub, c.Reason }

func first(a, b *Result) *Result {
	if a != nil {
		return a
	}
	return b
}
