package main

import (
	"fmt"
	"strings"
)

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
	d = newDocument().end()
	d.sign(cades(container{}).with(func(s *signature) { s.more = docMDP(2) }))
	s.add("certified-no-perms", "it certifies the document, and the catalog does not say so", d.end()).warns("pdf.permissions")
	for _, locked := range []string{"Amount", "Remark"} {
		d := newDocument()
		d.field("Amount", "/FT/Tx/V(1)")
		d.end()
		d.certify(2, cades(container{}).with(func(s *signature) { s.fieldMore = lock("Include", locked) }))
		d.end()
		d.fillIn("yes")
		v := s.add("filled-locked-"+strings.ToLower(locked), "a field was filled in, and the signature locks the field "+locked, d.end())
		if locked == "Remark" {
			v.refused("#signature-1", "later-changes", "pdf.modified-after-signing")
		}
	}
	d = newDocument().end()
	n := d.sign(cades(container{}).with(func(s *signature) {
		s.noField = true
		s.more = "/Reference[<</Type/SigRef/TransformMethod/UR3/TransformParams<</Type/TransformParams/V/2.2>>>>]"
	}))
	d.set("Perms", "<</UR3 "+ref(n)+">>")
	d.end()
	d.sign(cades(container{}))
	s.add("usage-rights", "a usage rights signature enables features of a reader; the other one counts", d.end()).nodes("#signature-1")
}
