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
	}
	out.Ignored = s.ignored
	return out
}

func (s *survey) decideGood(out *RevocationStatus) {
	var counts []goodFinding
	for _, g := range s.good {
		if !g.thisUpdate.Before(s.q.From) {
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
	var joined revocation
	for i := range s.revoked {
		f := &s.revoked[i]
		if f.reason == reasonHold && s.lifted(f) {
			continue
		}
		if out.State == RevocationRevoked {
			joined.join(f.revocation)
			if !f.at.Before(out.At) {
				continue
			}
		} else {
			joined = f.revocation
		}
		out.State, out.At, out.ThisUpdate, out.Source, out.Note = RevocationRevoked, f.at, f.thisUpdate, f.source, f.note
	}
	if out.State == RevocationRevoked {
		out.At, out.Reason = joined.at, joined.reason
	}
	return out.State == RevocationRevoked
}

// lifted reports whether later data no longer know of the hold.
func (s *survey) lifted(hold *revokedFinding) bool {
	for i := range s.good {
		if g := &s.good[i]; g.reasons&holdReason != 0 && g.thisUpdate.After(hold.thisUpdate) {
			return true
		}
	}
	return false
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
