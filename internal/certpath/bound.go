package certpath

import "time"

// The signature of a document proves no time of signing. A proof of existence gives
// an upper bound; without one the time of validation takes its place. For such a time
// (RevocationQuery.UpperBound) two rules are those of EN 319 102-1 for signatures:
//
// Good counts from data issued at or after the bound, and from data that were the
// newest to be had at the bound, as their nextUpdate says (5.2.5, and step 6 of 5.5.4).
//
// A hold that later data no longer know is over, whenever it ended: the last known
// state counts, and no data can tell on which side of the hold signing was.

// counts reports whether a good answer says anything of the time that is asked about.
func (s *survey) counts(g *goodFinding) bool {
	return !g.thisUpdate.Before(s.q.From) || s.q.UpperBound && s.q.From.Before(g.nextUpdate)
}

// noteHold remembers the earliest hold that is over.
func (s *survey) noteHold(from time.Time) {
	if s.q.UpperBound && (s.wasHeld.IsZero() || from.Before(s.wasHeld)) {
		s.wasHeld = from
	}
}

// heldOnce tells of a hold that is over: the reader may know when signing was.
func (s *survey) heldOnce(out *RevocationStatus) {
	if s.wasHeld.IsZero() {
		return
	}
	if out.Note != "" {
		out.Note += "; "
	}
	out.Note += "it was on hold from " + stamp(s.wasHeld) + ", and the hold was released"
}
