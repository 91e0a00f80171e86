package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/exhibit-dev/exhibit/testvectors/internal/ca"
)

// vectorsCertifiedAttacks: published attacks on certified documents: EAA, SSA.
func vectorsCertifiedAttacks(s *suite) {
	evilAnnotations(s)
	sneakySignatures(s)
}

// certifiedAt is a document certified at level p.
func certifiedAt(p int, prepare ...func(*document)) *document {
	d := newDocument()
	for _, f := range prepare {
		f(d)
	}
	d.end()
	d.certify(p, cades(container{}))
	return d.end()
}

const overText = "/Rect[20 140 180 170]"

// evilAnnotations cover what was certified (EAA). Level 3 permits annotations, whatever
// they show, and nothing else may come with them.
func evilAnnotations(s *suite) {
	const attack = "the evil annotation attack"
	quads := "/QuadPoints[20 170 180 170 20 140 180 140]"
	for _, kind := range []struct{ subtype, body string }{
		{"FreeText", "/DA(/Helv 12 Tf 0 g)/C[1 1 1]/Contents(This is denied.)"},
		{"Stamp", "/Name/Void"},
		{"Redact", quads + "/IC[1 1 1]/OverlayText(This is denied.)"},
		{"Highlight", quads + "/C[1 1 1]/CA 1"},
	} {
		for p := 1; p <= 3; p++ {
			d := certifiedAt(p)
			look := d.addStream("/Type/XObject/Subtype/Form/BBox[0 0 160 30]", []byte("1 g 0 0 160 30 re f\n"))
			d.annotation("/Subtype/" + kind.subtype + overText + "/F 4" + kind.body + "/AP<</N " + ref(look) + ">>")
			v := s.add(fmt.Sprintf("eaa-%s-%d", strings.ToLower(kind.subtype), p),
				fmt.Sprintf("certified at level %d, and an annotation %s laid over the text", p, kind.subtype), d.end()).variant(certified, attack)
			if p < 3 {
				v.refused("#signature-1", "later-changes", modified)
			}
		}
	}
	for p := 1; p <= 3; p++ {
		d := certifiedAt(p)
		d.enlist(d.add(overlay("[20 140 180 170]", "(This is denied.)")))
		s.add(fmt.Sprintf("eaa-widget-%d", p), fmt.Sprintf("certified at level %d, and a new text field laid over the text: no level permits one", p), d.end()).
			refused("#signature-1", "later-changes", modified).variant(certified, attack)
	}
	note := func(rect string) string {
		return "<</Type/Annot/P " + ref(objPage) + "/Subtype/FreeText" + rect + "/DA(/Helv 12 Tf)/Contents(remark)>>"
	}
	for p := 2; p <= 3; p++ {
		n := 0
		prepare := func(d *document) {
			n = d.add(note("/Rect[0 0 10 10]"))
			d.annots = append(d.annots, ref(n))
		}
		d := certifiedAt(p, prepare)
		d.obj(n, note(overText))
		v := s.add(fmt.Sprintf("eaa-moved-%d", p), fmt.Sprintf("certified at level %d, and an annotation that was there moved over the text", p), d.end()).variant(certified, attack)
		w := certifiedAt(p, prepare)
		w.annots = slices.DeleteFunc(w.annots, func(r string) bool { return r == ref(n) })
		w.dirty[objPage] = true
		w.free(n, 1)
		x := s.add(fmt.Sprintf("eaa-deleted-%d", p), fmt.Sprintf("certified at level %d, and an annotation taken away", p), w.end()).variant(certified, attack)
		if p < 3 {
			v.refused("#signature-1", "later-changes", modified)
			x.refused("#signature-1", "later-changes", modified)
		}
	}
	d := certifiedAt(3)
	d.annotation("/Subtype/Link" + overText + "/A<</S/JavaScript/JS(app.alert\\(1\\))>>")
	s.add("eaa-script-3", "certified at level 3, and a link added that runs a script: no level permits an action", d.end()).
		refused("#signature-1", "later-changes", modified).variant(certified, attack)
	d = certifiedAt(3, func(d *document) { d.setPage("Contents", "["+ref(objContent)+" "+ref(40)+"]") })
	d.stream(40, "/Type/XObject/Subtype/Form/BBox[0 0 160 30]", []byte("1 g 20 140 160 30 re f\n"))
	d.annotation("/Subtype/Stamp/Rect[0 0 10 10]/AP<</N " + ref(40) + ">>")
	s.add("eaa-dangling-3", "certified at level 3, and an annotation brings an object that the page names and that was not there", d.end()).
		refused("#signature-1", "later-changes", modified).variant(certified, attack)
	d = certifiedAt(3)
	d.stream(objContent, "", denied([]byte(drawing)))
	d.annotation("/Subtype/Text" + overText)
	s.add("eaa-content-3", "certified at level 3, and beside an annotation the content was replaced", d.end()).
		refused("#signature-1", "later-changes", modified).variant(certified, attack)
}

// sneakySignatures are signature fields that cover what was certified (SSA). Levels 2 and
// 3 permit to sign, wherever the signature is seen; a field without a signature is none.
func sneakySignatures(s *suite) {
	const attack = "the sneaky signature attack"
	visible := func(d *document, by *ca.Cert) signature {
		look := d.addStream("/Type/XObject/Subtype/Form/BBox[0 0 160 30]", []byte("1 g 0 0 160 30 re f\n"))
		return cades(container{by: by}).with(func(s *signature) {
			s.rect, s.fieldMore = "[20 140 180 170]", "/AP<</N "+ref(look)+">>"
		})
	}
	for p := 0; p <= 3; p++ {
		level := fmt.Sprintf("certified at level %d", p)
		begin := func() *document { return certifiedAt(p) }
		if p == 0 {
			level, begin = "signed, not certified", func() *document { return signed(cades(container{})) }
		}
		d := begin()
		d.sign(visible(d, world.second))
		v := s.add(fmt.Sprintf("ssa-signed-%d", p), level+", and a second signature is seen over the text", d.end()).variant(certified, attack)
		if p == 1 {
			v.refused("#signature-1", "later-changes", modified)
		}
		d = begin()
		look := d.addStream("/Type/XObject/Subtype/Form/BBox[0 0 160 30]", []byte("1 g 0 0 160 30 re f\n"))
		d.enlist(d.add("<</Type/Annot/Subtype/Widget" + overText + "/F 4/P " + ref(objPage) + "/FT/Sig/T(Second)/AP<</N " + ref(look) + ">>>>"))
		s.add(fmt.Sprintf("ssa-unsigned-%d", p), level+", and a signature field that nobody signed is seen over the text", d.end()).
			refused("#signature-1", "later-changes", modified).variant(certified, attack)
	}
	stranger := ca.NewRoot("stranger-root", "2020-01-01", "2040-01-01").Person("stranger")
	d := certifiedAt(2)
	d.sign(visible(d, stranger).with(func(s *signature) {
		s.value = container{by: stranger, certs: []*ca.Cert{stranger}}.over
	}))
	s.add("ssa-stranger-2", "certified at level 2, and the second signature over the text is one of a stranger", d.end()).
		refused("#signature-2", "certification-path", "pdf.no-chain").variant(certified, attack)

	for p := 1; p <= 2; p++ {
		d = certifiedAt(p)
		seen := visible(d, nil)
		d.sign(stamping(archiveTime).with(func(s *signature) { s.rect, s.fieldMore = seen.rect, seen.fieldMore }))
		v := s.add(fmt.Sprintf("ssa-timestamp-%d", p), fmt.Sprintf("certified at level %d, and a document time-stamp is seen over the text", p), d.end()).
			existed("#timestamp-1", archiveTime).variant(certified, attack)
		if p == 1 {
			v.refused("#signature-1", "later-changes", modified)
		} else {
			v.existed("#signature-1", archiveTime).whole(archiveTime)
		}
	}
	d = certifiedAt(2)
	d.enlist(d.add("<</Type/Annot/Subtype/Widget" + overText + "/F 4/P " + ref(objPage) + "/FT/Sig/T(Second)/V<</Type/Sig>>>>"))
	s.add("ssa-empty-2", "certified at level 2, and a signature field over the text whose value has no signature", d.end()).
		nodes("#signature-1", "#signature-2").refused("#signature-2", "", "pdf.byte-range").
		says("#signature-1", modified).variant(certified, attack)
}
