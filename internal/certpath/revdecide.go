package certpath

import (
	"sort"
	"strings"
)

// decide makes the answer from what was collected.
func (s *survey) decide() RevocationStatus {
	out := RevocationStatus{Reason: reasonNone}
	if !s.decideRevoked(&out) {
		s.decideGood(&out)
		s.heldOnce(&out)
	}
	out.Ignored = s.ignored
	return out
}

func (s *survey) decideGood(out *RevocationStatus) {
	var counts []goodFinding
	for _, g := range s.good {
		if s.counts(&g) {
			counts = append(counts, g)
		}
	}
	sort.SliceStable(counts, func(i, j int) bool { return counts[i].thisUpdate.After(counts[j].thisUpdate) })
	if cover(counts, true, out) || cover(counts, false, out) {
		return
	}
	for i := range counts {
		s.ignore(counts[i].source, "good, but not for all reasons, nor together with other data")
	}
}

func (s *survey) decideRevoked(out *RevocationStatus) bool {
	var proven, all []heldFinding
	for i := range s.revoked {
		f := heldFinding{revokedFinding: &s.revoked[i]}
		if f.reason == reasonHold {
			var lifted bool
			if lifted, f.released = s.lifted(f.revokedFinding); lifted {
				s.noteHold(f.at)
				continue
			}
		}
		all = append(all, f)
		if f.weak == "" {
			proven = append(proven, f)
		}
	}
	joinFindings(proven, out)
	if len(all) == len(proven) {
		return len(all) > 0
	}
	weak := RevocationStatus{Weak: true}
	joinFindings(all, &weak)
	worse := weak.At.Before(out.At) || weak.Reason != out.Reason
	// Nothing is worse than a proof that it was revoked at the proven time.
	if len(proven) == 0 || worse && out.At.After(s.q.From) {
		*out = weak
		return true
	}
	for _, f := range all {
		if f.weak != "" {
			s.ignore(f.source, "revoked, but "+f.weak)
		}
	}
	return true
}

// heldFinding is a revocation that stands. released is true for a hold that later
// data no longer know.
type heldFinding struct {
	*revokedFinding
	released bool
}

// joinFindings makes one answer of all revocations: their earliest time, their
// gravest reason, and the source of the earliest. A list with a weak one in it says
// so in the note.
func joinFindings(list []heldFinding, out *RevocationStatus) {
	var joined revocation
	weak := ""
	for i, f := range list {
		if weak == "" {
			weak = f.weak
		}
		if i == 0 {
			joined, out.Released = f.revocation, true
		} else {
			joined.join(f.revocation)
		}
		out.Released = out.Released && f.released
		if i > 0 && !f.at.Before(out.At) {
			continue
		}
		out.State, out.At, out.ThisUpdate, out.Source, out.Note = RevocationRevoked, f.at, f.thisUpdate, f.source, f.note
	}
	if len(list) == 0 {
		return
	}
	out.At, out.Reason = joined.at, joined.reason
	if weak != "" {
		out.Note = weak
	}
}

// lifted reports whether later data show that a hold had ended at the proven time, or
// at all where that time is only an upper bound. released is true when they show only that it ended some time: then it may still
// have held.
func (s *survey) lifted(hold *revokedFinding) (lifted, released bool) {
	for i := range s.good {
		g := &s.good[i]
		if g.reasons&holdReason == 0 || !g.thisUpdate.After(hold.thisUpdate) || g.thisUpdate.Before(hold.at) {
			continue
		}
		released = true
		if s.q.UpperBound || !g.thisUpdate.After(s.q.From) {
			return true, true
		}
	}
	// A list from after the proven time, of a hold from before it, held it then.
	held := !hold.at.After(s.q.From) && !hold.thisUpdate.Before(s.q.From)
	return false, released && !held
}

// cover looks for good findings, newest first, that together speak for all reasons
// (RFC 5280, section 6.3.3 (l)), and answers with the oldest of those it needs.
func cover(list []goodFinding, finalOnly bool, out *RevocationStatus) bool {
	var seen reasonMask
	var sources []string
	note := ""
	for i := range list {
		g := &list[i]
		if finalOnly && !g.final || g.reasons&^seen == 0 {
			continue
		}
		if g.reasons == allReasons {
			sources, note = nil, ""
		}
		sources = append(sources, g.source)
		if note == "" {
			note = g.note
		}
		if seen |= g.reasons; seen == allReasons {
			out.State, out.ThisUpdate, out.Final = RevocationGood, g.thisUpdate, finalOnly
			out.Source, out.Note = strings.Join(sources, ", "), note
			return true
		}
	}
	return false
}
