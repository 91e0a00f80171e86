package main

// vectorsForgery: published attacks on signatures: USF, ISA, SWA.
func vectorsForgery(s *suite) {
	d := newDocument().end()
	n := d.sign(cades(container{}).with(func(s *signature) { s.noField = true }))
	d.forget(n)
	s.add("orphan", "the signature dictionary stands in the file, and no table and no field leads to it", d.end()).
		refused("#signature-1", "in-force", "pdf.modified-after-signing")
}
