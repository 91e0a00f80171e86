package main

import (
	"bytes"
	"fmt"
	"strings"
)

// vectorsShadow: objects and tables that are prepared to show something else. The signed
// bytes are intact, and pdfsig 22.12 finds no fault with any.
func vectorsShadow(s *suite) {
	d, at := hiding(objContent, func(d *document) {
		d.stream(objContent, "", denied([]byte(drawing)))
		d.stream(objContent, "", []byte(drawing))
	})
	d.point(objContent, at)
	s.add("hidden-object", "a second content was hidden in the signed revision, and a later table points at it", d.end()).
		refused("#signature-1", "later-changes", modified).variant(shadows, "hide and replace")
	shadowHide(s)
	shadowReplace(s)
	shadowTables(s)
}

// hiding is a signed document, and the place of object n that was hidden by the first of
// what prepare writes.
func hiding(n int, prepare func(d *document)) (d *document, at int) {
	d = newDocument()
	from := len(d.b)
	prepare(d)
	at = from + bytes.Index(d.b[from:], []byte(object(n, "")[:8])) // "5 0 obj\n"
	d.end()
	d.sign(cades(container{}))
	return d.end(), at
}

// shadowHide: what the signer sees covers something, and goes away.
func shadowHide(s *suite) {
	const attack = "the shadow attack hide"
	covered := func() (d *document, image int) {
		d = newDocument()
		d.stream(objContent, "", []byte(drawing+"q 160 0 0 30 20 140 cm /Im1 Do Q\n"))
		image = d.addStream("/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", []byte{255})
		d.setPage("Resources", resources("/XObject<</Im1 "+ref(image)+">>"))
		d.end()
		d.sign(cades(container{}))
		return d.end(), image
	}
	d, image := covered()
	d.stream(image, "/Type/XObject/Subtype/Form/BBox[0 0 0 0]", nil)
	s.add("shadow-hide-replaced", "an image covers the text, and an update replaces it by nothing", d.end()).
		refused("#signature-1", "later-changes", modified).variant(shadows, attack)
	d, image = covered()
	d.free(image, 1)
	s.add("shadow-hide-freed", "an image covers the text, and an update of the table alone frees it", d.end()).
		refused("#signature-1", "later-changes", modified).variant(shadows, attack)
	d, _ = covered()
	d.setPage("Resources", resources(""))
	s.add("shadow-hide-unnamed", "an image covers the text, and the page no longer names it", d.end()).
		refused("#signature-1", "later-changes", modified).variant(shadows, attack)

	for _, p := range []int{0, 2} {
		for _, move := range []bool{false, true} {
			d = newDocument()
			n := d.add(overlay("[20 140 180 170]", "(covers the text)"))
			d.enlist(n)
			d.end()
			id := "shadow-hide-field"
			if p == 0 {
				d.sign(cades(container{}))
			} else {
				d.certify(p, cades(container{}))
				id += "-2"
			}
			d.end()
			comment := "a text field covers the text, and is emptied"
			if move {
				id, comment = id+"-moved", "a text field covers the text, and is moved away"
				d.obj(n, overlay("[0 0 10 10]", "(covers the text)"))
			} else {
				d.obj(n, overlay("[20 140 180 170]", "()"))
			}
			v := s.add(id, comment, d.end()).variant(shadows, attack)
			if p == 0 || move { // under P=2 fields may be filled in, and no more
				v.refused("#signature-1", "later-changes", modified)
			}
		}
	}
}

func resources(more string) string {
	return "<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>" + more + ">>"
}

func overlay(rect, value string) string {
	return "<</Type/Annot/Subtype/Widget/Rect" + rect + "/P " + ref(objPage) + "/FT/Tx/T(Overlay)/DA(/F1 12 Tf 1 g)/MK<</BG[1]>>/V" + value + ">>"
}

// shadowReplace: what the signer sees is drawn otherwise.
func shadowReplace(s *suite) {
	const attack = "the shadow attack replace"
	font := func(base string) string {
		return "<</Type/Font/Subtype/Type1/BaseFont/" + base + ">>"
	}
	for _, where := range []string{"page", "form"} {
		d := newDocument()
		f := d.add(font("Helvetica"))
		if where == "page" {
			d.setPage("Resources", "<</Font<</F1 "+ref(f)+">>>>")
		} else {
			d.formMore = "/DR<</Font<</F1 " + ref(f) + ">>>>/DA(/F1 12 Tf)"
		}
		d.end()
		d.certify(2, cades(container{}))
		d.end()
		d.obj(f, font("Symbol"))
		s.add("shadow-replace-font-"+where, "the font of the "+where+" was replaced by one with other signs", d.end()).
			refused("#signature-1", "later-changes", modified).variant(shadows, attack)
	}
	for _, p := range []int{0, 2} {
		d := newDocument()
		look := d.addStream("/Type/XObject/Subtype/Form/BBox[0 0 100 20]", []byte("BT /F1 12 Tf (no) Tj ET"))
		d.look(look)
		d.end()
		id := "shadow-replace-look"
		if p == 0 {
			d.sign(cades(container{}))
		} else {
			d.certify(p, cades(container{}))
			id += "-2"
		}
		d.end()
		d.look(d.addStream("/Type/XObject/Subtype/Form/BBox[0 0 100 20]", []byte("BT /F1 12 Tf (yes) Tj ET")))
		v := s.add(id, "a field keeps its value, and looks otherwise", d.end()).variant(shadows, attack)
		if p == 0 { // the appearance is what P=2 lets be filled in
			v.refused("#signature-1", "later-changes", modified)
		}
	}
	shared(s, attack)
	d := signed(cades(container{}))
	d.formMore, d.dirty[objForm] = "/NeedAppearances true", true
	s.add("shadow-replace-redraw", "all fields are to be drawn anew", d.end()).
		refused("#signature-1", "later-changes", modified).variant(shadows, attack)
}

// look gives the text field an appearance.
func (d *document) look(n int) {
	d.obj(objText, strings.Join([]string{"<</Type/Annot/Subtype/Widget/Rect[20 20 120 40]/P ", ref(objPage), "/FT/Tx/T(Remark)/V(no)/AP<</N ", ref(n), ">>>>"}, ""))
}

// shared: what a field may change is something else too.
func shared(s *suite, attack string) {
	bad := func(id, comment string, prepare, change func(d *document)) {
		d := certifiedAt(2, prepare)
		change(d)
		s.add("shadow-shared-"+id, comment, d.end()).refused("#signature-1", "later-changes", modified).variant(shadows, attack)
	}
	look := func(d *document, text string) {
		d.stream(30, "/Type/XObject/Subtype/Form/BBox[0 0 100 20]", []byte("BT /F1 12 Tf ("+text+") Tj ET"))
	}
	bad("look", "the appearance of a field is what the page draws too, and is filled in", func(d *document) {
		look(d, "no")
		d.look(30)
		d.stream(objContent, "", []byte(drawing+"/X1 Do\n"))
		d.setPage("Resources", resources("/XObject<</X1 "+ref(30)+">>"))
	}, func(d *document) { look(d, "yes") })
	bad("value", "the value of a field is the rotation of the page too, and is filled in", func(d *document) {
		d.obj(30, "0")
		d.obj(objText, "<</Type/Annot/Subtype/Widget/Rect[20 20 120 40]/P "+ref(objPage)+"/FT/Tx/T(Remark)/V "+ref(30)+">>")
		d.setPage("Rotate", ref(30))
	}, func(d *document) { d.obj(30, "90") })
	bad("length", "the value of a field is the length of the content too, and is filled in", func(d *document) {
		d.obj(30, fmt.Sprint(len(drawing)))
		d.obj(objText, "<</Type/Annot/Subtype/Widget/Rect[20 20 120 40]/P "+ref(objPage)+"/FT/Tx/T(Remark)/V "+ref(30)+">>")
		d.obj(objContent, "<</Length "+ref(30)+">>\nstream\n"+drawing+"\nendstream")
	}, func(d *document) { d.obj(30, "2") })
	bad("script", "a field is filled in, and gains a script", func(*document) {}, func(d *document) {
		d.obj(objText, "<</Type/Annot/Subtype/Widget/Rect[20 20 120 40]/P "+ref(objPage)+"/FT/Tx/T(Remark)/V(yes)/AA<</F<</S/JavaScript/JS(app.alert\\(1\\))>>>>>>")
	})
}
