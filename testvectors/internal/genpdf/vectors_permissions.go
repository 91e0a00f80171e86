package main

import "fmt"

// vectorsPermissions: DocMDP, FieldMDP, Lock and SV, their readings and what breaks them.
func vectorsPermissions(s *suite) {
	for p := 1; p <= 3; p++ {
		d := newDocument().end()
		d.certify(p, cades(container{}))
		s.add(fmt.Sprintf("certified-%d", p), fmt.Sprintf("certified at level %d, and not changed since", p), d.end())
	}
	for p := 1; p <= 2; p++ {
		d := newDocument().end()
		d.certify(p, cades(container{}))
		d.end()
		d.fillIn("yes")
		v := s.add(fmt.Sprintf("certified-%d-filled", p), fmt.Sprintf("certified at level %d, then a field was filled in", p), d.end())
		if p == 1 {
			v.refused("#signature-1", "later-changes", "pdf.modified-after-signing")
		}
	}
	d := signed(cades(container{}).with(func(s *signature) {
		s.more, s.fieldMore = fieldMDP("Include", "Remark"), lock("Include", "Remark")
	}))
	s.add("locked", "a signature that locks a field, and nothing was changed", d)
}
