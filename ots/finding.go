package ots

import (
	"cmp"
	"slices"
)

// Finding is a departure from the canonical spelling. It changes nothing of what the
// proof commits to. Code is ots.not-canonical, ots.duplicate-operation or
// ots.duplicate-attestation; Offset counts as in Error.
type Finding struct {
	Code   string `json:"code"`
	Text   string `json:"text"`
	Offset int    `json:"offset"`
}

func (s *scanner) find(code string, offset int, text string) {
	s.findings = found(s.findings, Finding{code, text, offset})
}

// found notes a finding, unless there are many of its code already.
func found(list []Finding, f Finding) []Finding {
	n := 0
	for i := range list {
		if list[i].Code == f.Code {
			n++
		}
	}
	if n == maxFindings {
		return list
	}
	return append(list, f)
}

func sorted(list []Finding) []Finding {
	slices.SortStableFunc(list, func(a, b Finding) int { return cmp.Compare(a.Offset, b.Offset) })
	return list
}

// duplicates notes the elements that stand twice at one message. They are found in
// the canonical order, because twins need not be neighbours.
func duplicates(p *Proof, list []Finding) []Finding {
	w := writer{sources: []source{{proof: p}}}
	w.twin = func(p *Proof, i uint32) {
		n := &p.nodes[i]
		if n.tag == tagAttestation {
			list = found(list, Finding{codeDuplicateAttestation, "an attestation stands twice at one message", int(n.at)})
			return
		}
		text := "an operation (" + opName(n.tag) + ") stands twice at one message: the reference keeps only the later branch, here both count"
		list = found(list, Finding{codeDuplicateOperation, text, int(n.at)})
	}
	w.write()
	return list
}
