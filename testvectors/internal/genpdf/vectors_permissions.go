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
	for p := 1; p <= 3; p++ {
		d := certifiedAt(p)
		d.fillIn("yes")
		v := s.add(fmt.Sprintf("certified-%d-filled", p), fmt.Sprintf("certified at level %d, then a field was filled in", p), d.end())
		if p == 1 {
			v.refused("#signature-1", "later-changes", modified)
		}
	}
	d := newDocument().end()
	d.sign(cades(container{}).with(func(s *signature) { s.more = docMDP(2) }))
	s.add("certified-no-perms", "it certifies the document, and the catalog does not say so", d.end()).warns("pdf.permissions")
	bothReadings(s)
	changedPermissions(s)
	usageRights(s)
	locks(s)
}

// bothReadings: level 1 permits no change. By the errata of ISO 32000-2 validation data
// and time-stamps are none, which not all readers follow: a warning names that reading.
func bothReadings(s *suite) {
	d := certifiedAt(1)
	d.dss(store{certs: [][]byte{world.root.DER}})
	s.add("certified-1-dss", "certified at level 1, then a document security store was added", d.end()).
		refused("#signature-1", "later-changes", modified).warns(modified)
	d = certifiedAt(1)
	d.sign(stamping(archiveTime))
	s.add("certified-1-timestamp", "certified at level 1, then a document time-stamp was added", d.end()).
		existed("#timestamp-1", archiveTime).refused("#signature-1", "later-changes", modified).warns(modified)
	d = certifiedAt(1)
	d.sign(cades(container{by: world.second}))
	s.add("certified-1-signed", "certified at level 1, then signed: no reading permits that", d.end()).
		refused("#signature-1", "later-changes", modified)
	for p := 2; p <= 3; p++ {
		d = certifiedAt(p)
		d.dss(store{certs: [][]byte{world.root.DER}})
		d.end()
		d.sign(stamping(archiveTime))
		s.add(fmt.Sprintf("certified-%d-dss-timestamp", p), fmt.Sprintf("certified at level %d, then a security store and a time-stamp were added", p), d.end()).
			existed("#signature-1", archiveTime).existed("#timestamp-1", archiveTime).whole(archiveTime)
	}
}

// changedPermissions: a document is certified once, by its first signature (ISO 32000-2,
// 12.8.2.2.1), and its permissions are no permitted change themselves.
func changedPermissions(s *suite) {
	d := certifiedAt(2)
	d.certify(3, cades(container{by: world.second}))
	s.add("certified-twice", "certified at level 2, then at level 3, and the catalog names the second one", d.end()).
		says("#signature-2", "pdf.permissions").refused("#signature-1", "", modified)
	d = certifiedAt(2)
	d.sign(cades(container{by: world.second}).with(func(s *signature) { s.more = docMDP(1) }))
	s.add("certified-twice-silent", "certified at level 2, then at level 1, and the catalog names the first one", d.end()).
		refused("#signature-2", "permissions", "pdf.permissions")
	d = signed(cades(container{}))
	d.certify(2, cades(container{by: world.second}))
	s.add("certified-second", "signed, then certified: that is for the first signature, and the catalog may not gain it", d.end()).
		says("#signature-2", "pdf.permissions").refused("#signature-1", "", modified)
	d = certifiedAt(2)
	d.set("Perms", "")
	s.add("perms-removed", "the catalog no longer says that the document is certified", d.end()).
		refused("#signature-1", "later-changes", modified).warns("pdf.permissions")
	d = newDocument().end()
	n := d.certify(1, cades(container{}))
	d.end()
	d.obj(n, strings.Replace(d.dictionaryText(), "/P 1>>", "/P 3>>", 1))
	d.annotation("/Subtype/Text" + overText)
	s.add("level-raised", "certified at level 1; an update writes the dictionary again with level 3, and adds an annotation", d.end()).
		refused("#signature-1", "", modified)
	d = newDocument().end()
	d.certify(4, cades(container{}))
	s.add("level-unknown", "certified at a level 4, which there is not", d.end()).refused("#signature-1", "permissions", "pdf.permissions")
	d = newDocument().end()
	d.certify(2, cades(container{}).with(func(s *signature) {
		s.more = docMDP(3) // and certify adds another
	}))
	s.add("level-twice", "the signature has References twice, with other levels", d.end()).refused("#signature-1", "", "pdf.key-twice")
	d = newDocument().end()
	n = d.sign(cades(container{}).with(func(s *signature) { s.more = strings.Replace(docMDP(2), "/P 2", "", 1) }))
	d.set("Perms", "<</DocMDP "+ref(n)+">>")
	d.end()
	d.fillIn("yes")
	s.add("level-usual", "certified without a level, which is 2, then a field was filled in", d.end())
	d = newDocument().end()
	n = d.sign(cades(container{}))
	d.set("Perms", "<</DocMDP "+ref(n)+">>")
	s.add("perms-alone", "the catalog says that a signature certifies the document, and that says nothing of it", d.end()).
		refused("#signature-1", "permissions", "pdf.permissions")
	for _, p := range []int{2, 3} {
		d = certifiedAt(p)
		d.stream(objContent, "", denied([]byte(drawing)))
		s.add(fmt.Sprintf("certified-%d-content", p), fmt.Sprintf("certified at level %d, then the content of the page was replaced", p), d.end()).
			refused("#signature-1", "later-changes", modified)
		d = certifiedAt(p)
		d.obj(objMore, d.page.with("Contents", "[]").String())
		d.obj(objPages, "<</Type/Pages/Kids["+ref(objPage)+" "+ref(objMore)+"]/Count 2>>")
		s.add(fmt.Sprintf("certified-%d-page", p), fmt.Sprintf("certified at level %d, then a page was added", p), d.end()).
			refused("#signature-1", "later-changes", modified)
	}
}

// usageRights signatures (UR3) enable features of a reader, and permit and prove nothing.
func usageRights(s *suite) {
	begin := func() *document {
		d := newDocument().end()
		n := d.sign(cades(container{}).with(func(s *signature) {
			s.noField = true
			s.more = "/Reference[<</Type/SigRef/TransformMethod/UR3/TransformParams<</Type/TransformParams/V/2.2/Form[/FillIn]/Annots[/Create]>>>>]"
		}))
		d.set("Perms", "<</UR3 "+ref(n)+">>")
		return d.end()
	}
	d := begin()
	d.sign(cades(container{}))
	s.add("usage-rights", "a usage rights signature enables features of a reader; the other one counts", d.end()).nodes("#signature-1")
	d = begin()
	d.sign(cades(container{}))
	d.end()
	d.fillIn("yes")
	s.add("usage-rights-filled", "usage rights to fill in fields, and a signature that does not permit it", d.end()).nodes("#signature-1").
		refused("#signature-1", "later-changes", modified)
}
