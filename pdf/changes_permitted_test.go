package pdf

import (
	"strings"
	"testing"
)

const (
	look     = "/Type/XObject /Subtype/Form /BBox[0 0 90 20] /Resources<<>>"
	newField = "<</FT/Sig /T(third) /Type/Annot /Subtype/Widget /F 132 /Rect[0 0 0 0] /P 3 0 R /V 41 0 R>>"
)

// newSignature is an invisible new signature with its field, number 40, on the page.
func newSignature(value string) []part {
	return []part{was(5, "32 0 R] /SigFlags 1", "32 0 R 40 0 R] /SigFlags 3"), was(3, "32 0 R]", "32 0 R 40 0 R]"), obj(40, newField), obj(41, value), keepInfo}
}

// TestPermitted has what signers and keepers of signatures do. The last column is the
// other reading of DocMDP P=1.
func TestPermitted(t *testing.T) {
	for _, x := range []struct {
		name   string
		update []part
		want   expect
		ltv    bool
	}{
		{"nothing", nil, permitted("none"), true},
		{"the same objects again", []part{was(3, "Page", "Page"), was(1, "Names", "Names")}, permitted("none"), true},
		{"spelled otherwise", []part{obj(2, "<< /Count 2 /Kids [ 3 0 R 28 0 R ] /Type /P#61ges /MediaBox [0. 00 300.0 +200.00] /Odd null >>")}, permitted("none"), true},
		{"store", []part{was(1, "/Pages", "/DSS 40 0 R /Extensions<</ESIC<</BaseVersion/1.7>>>> /Pages"), obj(40, "<</Certs[41 0 R] /VRI<</A<</Cert[41 0 R]>>>>>>"), streamOf(41, "", "cert")}, permitted("dss", "extensions"), true},
		{"document time-stamp", newSignature(stampValue), permitted("document-timestamp"), true},
		{"signature", newSignature(sigValue), permitted("signature"), false},
		{"signature in the field that waits", []part{was(10, "/N 11 0 R>>", "/N 42 0 R>> /V 41 0 R"), obj(41, sigValue), streamOf(42, look, "0 0 90 20 re f"), was(5, "/SigFlags 1", "/SigFlags 3")}, permitted("signature"), false},
		{"its appearance in place", []part{was(10, "/P 3 0 R", "/P 3 0 R /V 41 0 R"), obj(41, sigValue), streamOf(11, look, "0 0 90 20 re f")}, permitted("signature"), false},
		{"visible signature", []part{was(5, "32 0 R]", "32 0 R 40 0 R]"), was(3, "32 0 R]", "32 0 R 40 0 R]"),
			obj(40, strings.Replace(newField, "/Rect[0 0 0 0]", "/Rect[5 5 90 20] /AP<</N 42 0 R>>", 1)), obj(41, sigValue), streamOf(42, look, "x")}, permitted("signature"), false},
		{"widget as a kid", []part{was(5, "32 0 R]", "32 0 R 40 0 R]"), was(3, "32 0 R]", "32 0 R 42 0 R]"), obj(40, "<</FT/Sig /T(third) /Kids[42 0 R] /V 41 0 R>>"),
			obj(41, sigValue), obj(42, "<</Type/Annot /Subtype/Widget /Parent 40 0 R /Rect[0 0 9 9] /P 3 0 R /AP<</N 43 0 R>>>>"), streamOf(43, look, "x")}, permitted("signature"), false},
		{"field below a new parent", []part{was(5, "32 0 R]", "32 0 R 42 0 R]"), obj(42, "<</T(signatures) /Kids[40 0 R]>>"), obj(40, "<</FT/Sig /T(third) /Parent 42 0 R /V 41 0 R>>"), obj(41, sigValue)}, permitted("signature"), false},
		{"field below an old parent", []part{was(29, "31 0 R]", "31 0 R 40 0 R]"), obj(40, "<</FT/Sig /T(third) /Parent 29 0 R /V 41 0 R>>"), obj(41, sigValue)}, permitted("signature"), false},
		{"annotations in an array of their own", append(newSignature(sigValue)[2:], was(5, "32 0 R]", "32 0 R 40 0 R]"),
			was(3, "[6 0 R 8 0 R 10 0 R 15 0 R 30 0 R 31 0 R 32 0 R]", " 42 0 R"), obj(42, "[6 0 R 8 0 R 10 0 R 15 0 R 30 0 R 31 0 R 32 0 R 40 0 R]")), permitted("signature"), false},
		{"resources in an object of their own", []part{was(3, "/Resources 12 0 R", "/Resources<</XObject<</I 14 0 R>> /Font<</F1 13 0 R>>>>")}, permitted("font-or-resource"), false},
		{"font for fields", append(newSignature(sigValue), was(19, "/Helv 20 0 R", "/Helv 20 0 R /ZaDb 42 0 R"), obj(42, "<</Type/Font>>")), permitted("font-or-resource"), false},
		{"object of an appearance", append(newSignature(sigValue), was(19, "/Font", "/XObject<</FRM 42 0 R>> /ProcSet[/PDF] /DSz 42 0 R /Font"), streamOf(42, look, "x")), permitted("font-or-resource"), false},
		{"fonts of a time-stamp", append(newSignature(stampValue), was(19, "/Helv 20 0 R", "/Helv 20 0 R /ZaDb 42 0 R"), obj(42, "<</Type/Font>>")), permitted("document-timestamp"), true},
		{"version", []part{was(1, "/Pages", "/Version/2.0 /Pages")}, permitted("extensions"), true},
		{"version of no effect", []part{was(1, "/Pages", "/Version/1.4 /Pages")}, permitted("extensions"), true},
		{"dates and producer", []part{was(17, "(one) /ModDate(D:20250101", "(two) /CreationDate(D:2) /ModDate(D:20260101")}, permitted("metadata"), true},
		{"title in UTF-16", []part{was(17, "(Invoice)", "<FEFF0049006E0076006F006900630065>")}, permitted("metadata"), true},
		{"Info in another object", []part{obj(40, "<</Title(Invoice) /Producer(two) /ModDate(D:20260101000000Z)>>"), trailerWith("/Info 40 0 R")}, permitted("metadata"), true},
		{"metadata in place", []part{streamOf(18, "/Type/Metadata /Subtype/XML", "<y/>")}, permitted("metadata"), true},
		{"metadata in another object", []part{was(1, "/Metadata 18 0 R", "/Metadata 40 0 R"), streamOf(40, "/Type/Metadata /Subtype/XML", "<y/>")}, permitted("metadata"), true},
		{"no metadata", []part{was(1, "/Metadata 18 0 R", "")}, permitted("metadata"), true},
		{"identifiers", []part{trailerWith("/ID[(a)(b)] /DocChecksum/X")}, permitted("none"), true},
		{"private entry that leads nowhere", []part{trailerWith("/AdditionalStreams[/x 99 0 R]")}, permitted("metadata"), true},
		{"object to which nothing leads", []part{streamOf(40, "", "x"), freed(99)}, permitted("object-unreachable"), true},
		{"white space", []part{rawBytes("\n\n% a comment\n")}, permitted("none"), true},
	} {
		t.Run(x.name, func(t *testing.T) {
			update := x.update
			if !strings.Contains(x.name, "Info in") {
				update = append(update[:len(update):len(update)], keepInfo)
			}
			d := signedDocument.clone().update(update...)
			x.want.check(t, d.compare(t, 0, permissions{}))
			x.want.check(t, d.compare(t, 0, permissions{DocMDP: 2}))
			x.want.check(t, d.compare(t, 0, permissions{DocMDP: 3}))
			r := d.compare(t, 0, permissions{DocMDP: 1})
			if r.Verdict != changesNotPermitted || r.PermittedIfLTVAllowed != x.ltv {
				t.Errorf("P=1: %s, other reading %v\n%s", r.Verdict, r.PermittedIfLTVAllowed, listChanges(r))
			}
			r = d.compare(t, 1, permissions{DocMDP: 1})
			if r.Verdict != changesNone || !r.PermittedIfLTVAllowed || len(r.Changes) > 0 {
				t.Errorf("the last revision: %s", listChanges(r))
			}
		})
	}
}

// TestTrailing: what stands behind the end belongs to the document only if it is signed.
func TestTrailing(t *testing.T) {
	d := signedDocument.clone()
	d.WriteString("\r\n  \x00")
	denied("trailing-bytes!").check(t, d.compare(t, 0, permissions{}))
	if r := d.compare(t, 0, permissions{}); r.Trailing != 5 {
		t.Errorf("%d bytes", r.Trailing)
	}
	f, size := d.open(t), int64(d.Len())
	for signed, want := range map[int64]string{size: changesNone, size - 1: changesNotPermitted, size - 5: changesNotPermitted} {
		if r := newComparer(f).after(0, signed, permissions{}); r.Verdict != want || r.Trailing != size-signed {
			t.Errorf("%d of %d bytes signed: %s", signed, size, listChanges(r))
		}
	}
	d.WriteString("%x")
	denied("trailing-bytes!").check(t, d.compare(t, 0, permissions{DocMDP: 3}))
}

// TestRecoded: the same data in other filters are a change all the same.
func TestRecoded(t *testing.T) {
	d := signedDocument.clone().update(streamOf(4, "/Filter/ASCIIHexDecode", "4254202F463120313220546620287061792031303029 20546A204554>"), keepInfo)
	denied("page-content!").check(t, d.compare(t, 0, permissions{}))
	d = signedDocument.clone().update(streamOf(4, "/Filter/ASCIIHexDecode", "4254202F463120313220546620287061792039303029 20546A204554>"), keepInfo)
	denied("page-content!").check(t, d.compare(t, 0, permissions{}))
	d = signedDocument.clone().update(streamOf(4, "/Filter/JPXDecode", "x"), keepInfo)
	denied("page-content!").check(t, d.compare(t, 0, permissions{}))
}

// TestFilling: P=2, or a FieldMDP that names the fields which must stay, lets others be
// filled.
func TestFilling(t *testing.T) {
	fill := []part{was(8, "/V(old)", "/V(new) /DA(/Helv 9 Tf) /Ff 1"), streamOf(9, look, "BT (new) Tj ET"), was(32, "/V/Off /AS/Off", "/V/On /AS/On"), keepInfo}
	kids := []part{was(30, "/FT", "/V(new) /AP<</N 40 0 R>> /FT"), streamOf(40, look, "x"), keepInfo}
	lock := func(names ...string) func(string) bool {
		return func(name string) bool {
			for _, n := range names {
				if n == name {
					return true
				}
			}
			return false
		}
	}
	for _, x := range []struct {
		name   string
		update []part
		p      permissions
		want   expect
	}{
		{"without permission", fill, permissions{}, denied("form-values!")},
		{"P=1", fill, permissions{DocMDP: 1}, denied("form-values!")},
		{"P=2", fill, permissions{DocMDP: 2}, permitted("form-values")},
		{"P=3", fill, permissions{DocMDP: 3}, permitted("form-values")},
		{"FieldMDP", fill, permissions{Locked: lock()}, denied("form-values!")},
		{"P=2 and FieldMDP", fill, permissions{DocMDP: 2, Locked: lock()}, permitted("form-values")},
		{"P=1 and FieldMDP", fill, permissions{DocMDP: 1, Locked: lock()}, denied("form-values!")},
		{"locked", fill, permissions{DocMDP: 2, Locked: lock("text")}, denied("form-values!")},
		{"another one locked", fill, permissions{DocMDP: 2, Locked: lock("group.a")}, permitted("form-values")},
		{"appearance of a locked field in place", []part{fill[1], keepInfo}, permissions{DocMDP: 2, Locked: lock("text")}, denied("form-values!")},
		{"kid", kids, permissions{DocMDP: 2}, permitted("form-values")},
		{"kid locked by its full name", kids, permissions{DocMDP: 2, Locked: lock("group.a")}, denied("form-values!")},
		{"kid of another", kids, permissions{DocMDP: 2, Locked: lock("group.b", "a")}, permitted("form-values")},
		{"moved", []part{was(8, "[10 10 100 20]", "[0 0 300 200]"), keepInfo}, permissions{DocMDP: 3}, denied("form-values!")},
		{"hidden", []part{was(8, "/F 4", "/F 6"), keepInfo}, permissions{DocMDP: 3}, denied("form-values!")},
		{"read-only with a signature", append(newSignature(sigValue), was(8, "/FT", "/Ff 1 /FT"), keepInfo), permissions{}, denied("form-values!", "signature")},
		{"read-only without a signature", []part{was(8, "/FT", "/Ff 1 /FT"), keepInfo}, permissions{}, denied("form-values!")},
		{"read-only", []part{was(8, "/FT", "/Ff 1 /FT"), keepInfo}, permissions{DocMDP: 2}, permitted("form-values")},
		{"locked by a flag", []part{was(8, "/F 4", "/F 132"), keepInfo}, permissions{DocMDP: 2}, permitted("form-values")},
		{"writable", append([]part{was(8, "/FT", "/Ff 2 /FT")}, keepInfo), permissions{DocMDP: 2}, denied("form-values!")},
		{"action", []part{was(8, "/V(old)", "/V(new) /A<</S/URI>>"), keepInfo}, permissions{DocMDP: 2}, denied("actions!", "form-values")},
		{"added", []part{was(5, "32 0 R]", "32 0 R 40 0 R]"), obj(40, "<</FT/Tx /T(x)>>"), keepInfo}, permissions{DocMDP: 3}, denied("form-values!")},
		{"contents", append([]part{streamOf(4, "", "x")}, fill...), permissions{DocMDP: 3}, denied("page-content!", "form-values")},
		{"annotation", []part{was(15, "(note)", "(other)"), keepInfo}, permissions{DocMDP: 2}, denied("annotation!")},
		{"page from a template", []part{was(2, "28 0 R]", "28 0 R 40 0 R]"), obj(40, "<</Type/Page /Parent 2 0 R>>"), keepInfo}, permissions{DocMDP: 2}, denied("page-tree!")},
		{"all drawn anew", []part{was(5, "/SigFlags", "/NeedAppearances true /SigFlags"), keepInfo}, permissions{DocMDP: 2}, permitted("form-values")},
		{"all drawn anew, with locks", []part{was(5, "/SigFlags", "/NeedAppearances true /SigFlags"), keepInfo}, permissions{DocMDP: 2, Locked: lock("text")}, denied("form-values!")},
		{"shared appearance", []part{streamOf(4, "", "x"), fill[0], keepInfo}, permissions{DocMDP: 2}, denied("page-content!", "form-values")},

		{"signature in a locked field", []part{was(10, "/P 3 0 R", "/P 3 0 R /V 41 0 R"), obj(41, sigValue), keepInfo}, permissions{Locked: lock("second")}, denied("signature!")},
		{"signature in another field", []part{was(10, "/P 3 0 R", "/P 3 0 R /V 41 0 R"), obj(41, sigValue), keepInfo}, permissions{Locked: lock("text")}, permitted("signature")},
		{"new signature where all fields are locked", newSignature(sigValue), permissions{Locked: func(string) bool { return true }}, denied("signature!")},
		{"time-stamp where all fields are locked", newSignature(stampValue), permissions{Locked: func(string) bool { return true }}, permitted("document-timestamp")},
		{"visible time-stamp where all fields are locked", []part{was(10, "/P 3 0 R", "/P 3 0 R /V 41 0 R"), obj(41, stampValue), keepInfo}, permissions{Locked: func(string) bool { return true }}, denied("document-timestamp!")},
	} {
		t.Run(x.name, func(t *testing.T) {
			x.want.check(t, signedDocument.clone().update(x.update...).compare(t, 0, x.p))
		})
	}
}

// TestAnnotating: P=3 lets annotations be created, changed and deleted, and no more.
func TestAnnotating(t *testing.T) {
	add := func(annotation string) []part {
		return []part{was(3, "32 0 R]", "32 0 R 40 0 R]"), obj(40, annotation), streamOf(41, look, "x"), keepInfo}
	}
	for _, x := range []struct {
		name   string
		update []part
		want   expect
	}{
		{"added", add("<</Type/Annot /Subtype/FreeText /Rect[0 0 9 9] /AP<</N 41 0 R>>>>"), permitted("annotation")},
		{"link", add("<</Type/Annot /Subtype/Link /Rect[0 0 9 9] /A<</S/URI /URI(x)>>>>"), permitted("annotation")},
		{"script", add("<</Type/Annot /Subtype/Link /Rect[0 0 9 9] /A<</S/JavaScript /JS(x)>>>>"), denied("actions!")},
		{"script behind another action", add("<</Type/Annot /Subtype/Link /Rect[0 0 9 9] /A<</S/URI /URI(x) /Next<</S/Launch>>>>>>"), denied("actions!")},
		{"script on hovering", add("<</Type/Annot /Subtype/Text /Rect[0 0 9 9] /AA<</E<</S/JavaScript>>>>>>"), denied("actions!")},
		{"media", add("<</Type/Annot /Subtype/RichMedia /Rect[0 0 9 9]>>"), denied("actions!")},
		{"widget", add("<</Type/Annot /Subtype/Widget /FT/Tx /Rect[0 0 9 9]>>"), denied("form-values!")},
		{"no annotation", add("<</Type/Font>>"), denied("form-values!")},
		{"an old object", []part{was(3, "32 0 R]", "32 0 R 26 0 R]"), keepInfo}, denied("form-values!")},
		{"changed", []part{was(15, "(note)", "(other)"), keepInfo}, permitted("annotation")},
		{"appearance in place", []part{streamOf(16, look, "x"), keepInfo}, permitted("annotation")},
		{"appearance in another object", []part{was(15, "/N 16 0 R", "/N 40 0 R"), streamOf(40, look, "x"), keepInfo}, permitted("annotation")},
		{"made a script", []part{was(15, "(note)", "(note) /A<</S/JavaScript>>"), keepInfo}, denied("actions!")},
		{"made a widget", []part{was(15, "/Text", "/Widget"), keepInfo}, denied("annotation!")},
		{"removed", []part{was(3, "15 0 R ", ""), freed(15), freed(16), keepInfo}, permitted("annotation")},
		{"widget removed", []part{was(3, "8 0 R ", ""), keepInfo}, denied("annotation!")},
		{"another order", []part{was(3, "8 0 R 10 0 R", "10 0 R 8 0 R"), keepInfo}, permitted("annotation")},
		{"action in place", []part{obj(33, "<</S/JavaScript>>"), keepInfo}, denied("actions!")},
		{"icons by name", []part{was(1, "/Names<<", "/Names<</AP 40 0 R"), obj(40, "<</Names[(a) 41 0 R]>>"), streamOf(41, look, "x"), keepInfo}, permitted("annotation")},
		{"scripts by name", []part{was(1, "/Names<<", "/Names<</AP 40 0 R /JavaScript 40 0 R"), obj(40, "<</Names[]>>"), keepInfo}, denied("actions!")},
		{"contents", append(add("<</Type/Annot /Subtype/FreeText /Rect[0 0 9 9]>>"), streamOf(4, "", "x")), denied("page-content!", "annotation")},
		{"page", append(add("<</Type/Annot /Subtype/FreeText /Rect[0 0 9 9]>>"), was(2, "28 0 R]", "28 0 R 42 0 R]"), obj(42, "<</Type/Page>>")), denied("page-tree!", "annotation")},
	} {
		t.Run(x.name, func(t *testing.T) {
			d := signedDocument.clone()
			if x.name == "action in place" {
				d = prepared(was(15, "/P", "/A 33 0 R /P"), obj(33, "<</S/URI>>"))
			}
			d.update(x.update...)
			x.want.check(t, d.compare(t, 0, permissions{DocMDP: 3}))
			if r := d.compare(t, 0, permissions{DocMDP: 2}); r.Verdict != changesNotPermitted {
				t.Errorf("P=2: %s", listChanges(r))
			}
		})
	}
}
