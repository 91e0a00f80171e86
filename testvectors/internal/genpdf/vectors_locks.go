package main

import "strings"

// locks: fields that a signature locks (FieldMDP, ISO 32000-2, 12.8.2.4; Lock of its
// field, 12.7.5.5). They take fields away from what DocMDP permits, and permit nothing.
func locks(s *suite) {
	d := signed(cades(container{}).with(func(s *signature) {
		s.more, s.fieldMore = fieldMDP("Include", "Remark"), lock("Include", "Remark")
	}))
	s.add("locked", "a signature that locks a field, and nothing was changed", d)

	amount := func(d *document) { d.field("Amount", "/FT/Tx/V(1)") }
	for _, locked := range []string{"Amount", "Remark"} {
		d := newDocument()
		amount(d)
		d.end()
		d.certify(2, cades(container{}).with(func(s *signature) { s.fieldMore = lock("Include", locked) }))
		d.end()
		d.fillIn("yes")
		v := s.add("filled-locked-"+strings.ToLower(locked), "a field was filled in, and the signature locks the field "+locked, d.end())
		if locked == "Remark" {
			v.refused("#signature-1", "later-changes", modified)
		}
	}

	for _, x := range []struct {
		id, action string
		field      string
		locked     bool
	}{
		{"all", "All", "", true},
		{"include", "Include", "Remark", true}, {"include-other", "Include", "Amount", false},
		{"exclude", "Exclude", "Remark", false}, {"exclude-other", "Exclude", "Amount", true},
	} {
		comment := "the field Remark was filled in, and the second signature locks: " + strings.TrimSpace(x.action+" "+x.field)
		d := certifiedAt(2, amount)
		d.sign(cades(container{by: world.second}).with(func(s *signature) { s.more = fieldMDP(x.action, x.field) }))
		d.end()
		d.fillIn("yes")
		v := s.add("fieldmdp-"+x.id, comment, d.end())
		d = certifiedAt(2, amount)
		d.sign(cades(container{by: world.second}).with(func(s *signature) { s.fieldMore = lock(x.action, x.field) }))
		d.end()
		d.fillIn("yes")
		w := s.add("lock-"+x.id, comment+", by its field", d.end())
		if x.locked { // the first one is older than the lock
			v.refused("#signature-2", "later-changes", modified)
			w.refused("#signature-2", "later-changes", modified)
		}
	}

	d = newDocument()
	amount(d)
	d.end()
	d.sign(cades(container{}).with(func(s *signature) { s.more = fieldMDP("Include", "Amount") }))
	d.end()
	d.fillIn("yes")
	s.add("fieldmdp-alone", "a field was filled in that FieldMDP does not lock, and no DocMDP permits to fill in", d.end()).
		refused("#signature-1", "later-changes", modified)

	for _, p := range []int{1, 2} {
		d = certifiedAt(3)
		d.sign(cades(container{by: world.second}).with(func(s *signature) {
			s.fieldMore = strings.TrimSuffix(lock("Include", "Amount"), ">>") + "/P " + string(rune('0'+p)) + ">>"
		}))
		d.end()
		d.annotation("/Subtype/Text/Rect[10 10 20 20]")
		s.add("lock-level-"+string(rune('0'+p)), "certified at level 3; the lock of the second signature lowers that, and an annotation was added", d.end()).
			refused("#signature-2", "later-changes", modified)
	}

	kid := func(value string) string {
		return "<</Type/Annot/Subtype/Widget/Rect[20 80 120 100]/P " + ref(objPage) + "/FT/Tx/T(Name)/Parent " + ref(30) + "/V(" + value + ")>>"
	}
	d = newDocument()
	d.obj(30, "<</T(Person)/Kids["+ref(31)+"]>>")
	d.obj(31, kid("A"))
	d.annots, d.fields = append(d.annots, ref(31)), append(d.fields, ref(30))
	d.end()
	d.certify(2, cades(container{}).with(func(s *signature) { s.fieldMore = lock("Include", "Person") }))
	d.end()
	d.obj(31, kid("B"))
	s.add("lock-below", "a lock of the field Person locks Person.Name too", d.end()).refused("#signature-1", "later-changes", modified)

	d = newDocument()
	amount(d)
	d.end()
	d.certify(2, cades(container{}).with(func(s *signature) { s.fieldMore = lock("Include", "Remark") }))
	d.end()
	d.obj(objText, "<</Type/Annot/Subtype/Widget/Rect[20 20 120 40]/P "+ref(objPage)+"/FT/Tx/T(Other)/V(yes)>>")
	s.add("lock-renamed", "the locked field was given another name, and filled in", d.end()).refused("#signature-1", "later-changes", modified)
}
