package pdf

import (
	"fmt"
	"strings"
	"testing"
)

// expect is what a report must say: the verdict, and changes written as
// "class" or "class!" (not permitted) or "class:number".
type expect struct {
	verdict string
	changes []string
}

func (d *written) compare(t *testing.T, from int, p permissions) changeReport {
	t.Helper()
	return compareRevisions(d.open(t), from, p)
}

func listChanges(r changeReport) string {
	var b strings.Builder
	fmt.Fprintln(&b, r.Verdict)
	for _, c := range r.Changes {
		fmt.Fprintf(&b, "  r%d %s %v %s permitted=%v: %s\n", c.Revision, c.Class, c.Object, c.What, c.Permitted, c.Why)
	}
	return b.String()
}

func (e expect) check(t *testing.T, r changeReport) {
	t.Helper()
	if r.Err != nil {
		t.Fatal(r.Err)
	}
	if r.Verdict != e.verdict {
		t.Errorf("verdict %s, want %s\n%s", r.Verdict, e.verdict, listChanges(r))
	}
	for _, want := range e.changes {
		class, denied := strings.CutSuffix(want, "!")
		found := false
		for _, c := range r.Changes {
			found = found || c.Class == class && c.Permitted != denied
		}
		if !found {
			t.Errorf("no %s\n%s", want, listChanges(r))
		}
	}
}

func denied(changes ...string) expect    { return expect{changesNotPermitted, changes} }
func permitted(changes ...string) expect { return expect{changesPermitted, changes} }

// TestAttacks changes a signed document in every way that is known or could be thought
// of. None of it is permitted without DocMDP, nor under P=1 and 2 (what P=2 permits is
// in TestFormFilling).
func TestAttacks(t *testing.T) {
	for _, x := range []struct {
		name   string
		update []part
		want   expect
	}{
		// Incremental saving.
		{"contents replaced", []part{streamOf(4, "", "BT /F1 12 Tf (pay 999) Tj ET")}, denied("page-content!")},
		{"contents in another object", []part{was(3, "/Contents 4 0 R", "/Contents 40 0 R"), streamOf(40, "", "BT (pay 999) Tj ET")}, denied("page-content!")},
		{"contents added", []part{was(3, "/Contents 4 0 R", "/Contents[4 0 R 40 0 R]"), streamOf(40, "", "1 0 0 rg")}, denied("page-content!")},
		{"hidden contents brought up", []part{was(3, "/Contents 4 0 R", "/Contents 26 0 R")}, denied("page-content!")},
		{"page added", []part{was(2, "28 0 R] /Count 2", "28 0 R 40 0 R] /Count 3"), obj(40, "<</Type/Page /Parent 2 0 R>>")}, denied("page-tree!")},
		{"page removed", []part{was(2, "3 0 R 28 0 R] /Count 2", "3 0 R] /Count 1")}, denied("page-tree!")},
		{"pages in another order", []part{was(2, "3 0 R 28 0 R", "28 0 R 3 0 R")}, denied("page-tree!")},
		{"page tree replaced", []part{was(1, "/Pages 2 0 R", "/Pages 40 0 R"), obj(40, "<</Type/Pages /Kids[] /Count 0>>")}, denied("page-tree!")},
		{"page made smaller", []part{was(3, "/Contents", "/CropBox[0 0 10 10] /Contents")}, denied("page-content!")},
		{"page turned", []part{was(3, "/Contents", "/Rotate 180 /Contents")}, denied("page-content!")},
		{"inherited box", []part{was(2, "[0 0 300 200]", "[0 0 30 20]")}, denied("page-content!")},
		{"font replaced", []part{was(13, "Times-Roman", "Symbol")}, denied("font-or-resource!")},
		{"image replaced", []part{streamOf(14, "/Type/XObject /Subtype/Image /Width 1 /Height 1 /ColorSpace/DeviceGray /BitsPerComponent 8", "y")}, denied("font-or-resource!")},
		{"resources of the page", []part{was(12, "/I 14 0 R", "/I 40 0 R"), streamOf(40, "/Type/XObject /Subtype/Form", "")}, denied("font-or-resource!")},
		{"resources in place", []part{was(3, "/Resources 12 0 R", "/Resources<</Font<</F1 20 0 R>>>>")}, denied("font-or-resource!")},
		{"layer default in the catalog", []part{was(1, "/D<</OFF[21 0 R]>>", "/D<</ON[21 0 R]>>")}, denied("optional-content!")},
		{"layer renamed", []part{was(21, "layer", "other")}, denied("optional-content!")},
		{"script on opening", []part{was(1, "/Pages", "/OpenAction<</S/JavaScript /JS(x)>> /Pages")}, denied("actions!")},
		{"additional action", []part{was(1, "/Pages", "/AA<</WC<</S/JavaScript /JS(x)>>>> /Pages")}, denied("actions!")},
		{"script by name", []part{was(1, "/Names<<", "/Names<</JavaScript<</Names[(a)<</S/JavaScript /JS(x)>>]>>")}, denied("actions!")},
		{"action of the page", []part{was(3, "/Contents", "/AA<</O<</S/JavaScript /JS(x)>>>> /Contents")}, denied("actions!")},
		{"action of a field", []part{was(8, "/FT", "/AA<</K<</S/JavaScript /JS(x)>>>> /FT")}, denied("actions!")},
		{"attachment replaced", []part{streamOf(23, "/Type/EmbeddedFile", "other")}, denied("embedded-files!")},
		{"attachment added", []part{was(22, "]>>", "(b.txt)<</Type/Filespec /F(b.txt) /EF<</F 40 0 R>>>>]>>"), streamOf(40, "/Type/EmbeddedFile", "b")}, denied("embedded-files!")},
		{"associated file", []part{was(1, "/Pages", "/AF[<</Type/Filespec /EF<</F 40 0 R>>>>] /Pages"), streamOf(40, "", "b")}, denied("embedded-files!")},
		{"structure tree", []part{was(25, "/K 0", "/K 1 /Alt(other)")}, denied("structure-tree!")},
		{"structure tree replaced", []part{was(1, "/StructTreeRoot 24 0 R", "/StructTreeRoot 40 0 R"), obj(40, "<</Type/StructTreeRoot>>")}, denied("structure-tree!")},
		{"outlines", []part{was(27, "/Count 0", "/Count 0 /First 40 0 R"), obj(40, "<</Title(x)>>")}, denied("unclassed!")},
		{"any entry of the catalog", []part{was(1, "/Pages", "/Lang(de) /Pages")}, denied("unclassed!")},
		{"permissions taken on", []part{was(1, "/Pages", "/Perms<</DocMDP 7 0 R>> /Pages")}, denied("signature!")},
		{"encryption added", []part{trailerWith("/Encrypt<</Filter/None /V 1>>")}, denied("encryption!")},
		{"title in Info", []part{was(17, "Invoice", "Offer")}, denied("metadata!")},
		{"Info left out", []part{obj(40, "null")}, denied("metadata!")},

		// Signatures.
		{"signature dictionary replaced", []part{obj(7, strings.Replace(sigValue, "00", "01", 1))}, denied("signature!")},
		{"reason replaced", []part{obj(7, strings.Replace(sigValue, "/Filter", "/Reason(evil) /Filter", 1))}, denied("signature!")},
		{"field points to another signature", []part{was(6, "/V 7 0 R", "/V 40 0 R"), obj(40, sigValue)}, denied("signature!")},
		{"signature removed", []part{was(6, "/V 7 0 R", "")}, denied("signature!")},
		{"signed field made visible", []part{was(6, "/Rect[0 0 0 0]", "/Rect[0 0 300 200] /AP<</N 40 0 R>>"), streamOf(40, "/Subtype/Form", "x")}, denied("signature!")},
		{"second widget of a signed field", []part{was(6, "/FT", "/Kids[40 0 R] /FT"), obj(40, "<</Type/Annot /Subtype/Widget /Parent 6 0 R /Rect[0 0 300 200] /AP<</N 41 0 R>>>>"), streamOf(41, "/Subtype/Form", "x")}, denied("signature!")},
		{"signature field removed", []part{was(5, "6 0 R ", "")}, denied("form-values!")},
		{"new field with the old signature", []part{was(5, "32 0 R]", "32 0 R 40 0 R]"), obj(40, "<</FT/Sig /T(x) /V 7 0 R>>")}, denied("signature!")},
		{"new field without a signature, but seen", []part{was(5, "32 0 R]", "32 0 R 40 0 R]"), was(3, "32 0 R]", "32 0 R 40 0 R]"),
			obj(40, "<</FT/Sig /T(x) /Type/Annot /Subtype/Widget /Rect[0 0 300 200] /AP<</N 41 0 R>>>>"), streamOf(41, "/Subtype/Form", "x")}, denied("signature!")},
		{"new field with something else as its signature", []part{was(5, "32 0 R]", "32 0 R 40 0 R]"), obj(40, "<</FT/Sig /T(x) /V 41 0 R>>"), obj(41, "<</Type/Sig>>")}, denied("signature!")},
		{"new field of the same name", []part{was(5, "32 0 R]", "32 0 R 40 0 R]"), obj(40, "<</FT/Sig /T(first) /V 41 0 R>>"), obj(41, sigValue)}, denied("signature!")},
		{"two new fields of one name", []part{was(5, "32 0 R]", "32 0 R 40 0 R 42 0 R]"), obj(40, "<</FT/Sig /T(x) /V 41 0 R>>"), obj(41, sigValue), obj(42, "<</FT/Sig /T(x) /V 43 0 R>>"), obj(43, sigValue)}, denied("signature!")},
		{"new field that is no widget", []part{was(5, "32 0 R]", "32 0 R 40 0 R]"), was(3, "32 0 R]", "32 0 R 40 0 R]"),
			obj(40, "<</FT/Sig /T(x) /V 41 0 R /Type/Annot /Subtype/Stamp /Rect[0 0 9 9]>>"), obj(41, sigValue)}, denied("signature!")},
		{"new field with an action", []part{was(5, "32 0 R]", "32 0 R 40 0 R]"), obj(40, "<</FT/Sig /T(x) /V 41 0 R /AA<</PO<</S/JavaScript>>>>>>"), obj(41, sigValue)}, denied("actions!")},
		{"new field with its type twice", []part{was(5, "32 0 R]", "32 0 R 40 0 R]"), obj(40, "<</FT/Sig /T(x) /V 41 0 R /FT/Tx>>"), obj(41, sigValue)}, denied("unclassed!")},
		{"new text field", []part{was(5, "32 0 R]", "32 0 R 40 0 R]"), was(3, "32 0 R]", "32 0 R 40 0 R]"),
			obj(40, "<</FT/Tx /T(x) /V(evil) /Type/Annot /Subtype/Widget /Rect[0 0 300 200]>>")}, denied("form-values!")},
		{"text field among kids", []part{was(29, "31 0 R]", "31 0 R 40 0 R]"), obj(40, "<</FT/Tx /T(x) /Parent 29 0 R>>")}, denied("form-values!")},
		{"an old object as a field", []part{was(5, "32 0 R]", "32 0 R 26 0 R]")}, denied("form-values!")},
		{"field removed", []part{was(5, " 32 0 R]", "]")}, denied("form-values!")},
		{"form removed", []part{was(1, "/AcroForm 5 0 R", "")}, denied("form-values!")},
		{"flags taken away", []part{was(5, "/SigFlags 1", "/SigFlags 0")}, denied("signature!")},
		{"all fields to be drawn anew", []part{was(5, "/SigFlags", "/NeedAppearances true /SigFlags")}, denied("form-values!")},
		{"default appearance", []part{was(5, "/Helv 0 Tf", "/Helv 90 Tf")}, denied("form-values!")},
		{"font of the fields replaced", []part{was(19, "/Helv 20 0 R", "/Helv 13 0 R")}, denied("font-or-resource!")},
		{"font of the fields overridden", []part{was(20, "Helvetica", "Symbol")}, denied("font-or-resource!")},
		{"font of the fields taken away", []part{was(19, "/Helv 20 0 R", "")}, denied("font-or-resource!")},
		{"all fonts of the fields taken away", []part{was(19, "/Font<</Helv 20 0 R>>", "")}, denied("font-or-resource!")},
		{"calculations", []part{was(5, "/SigFlags", "/CO[8 0 R] /SigFlags")}, denied("actions!")},
		{"XFA", []part{was(5, "/SigFlags", "/XFA 40 0 R /SigFlags"), streamOf(40, "", "<xdp/>")}, denied("form-values!")},
		{"any entry of the form", []part{was(5, "/SigFlags", "/Odd 1 /SigFlags")}, denied("unclassed!")},

		// Fields and annotations.
		{"field filled", []part{was(8, "/V(old)", "/V(new)")}, denied("form-values!")},
		{"appearance of a field", []part{streamOf(9, "/Type/XObject /Subtype/Form /BBox[0 0 90 10] /Resources<<>>", "BT (new) Tj ET")}, denied("form-values!")},
		{"appearance replaced", []part{was(8, "/N 9 0 R", "/N 40 0 R"), streamOf(40, "/Subtype/Form", "x")}, denied("form-values!")},
		{"field moved", []part{was(8, "[10 10 100 20]", "[0 0 300 200]")}, denied("form-values!")},
		{"box checked", []part{was(32, "/V/Off /AS/Off", "/V/On /AS/On")}, denied("form-values!")},
		{"appearance of a field that waits", []part{was(10, "/N 11 0 R", "/N 40 0 R"), streamOf(40, "/Subtype/Form", "x")}, denied("signature!")},
		{"the same in place", []part{streamOf(11, "/Type/XObject /Subtype/Form /BBox[0 0 90 20] /Resources<<>>", "BT (x) Tj ET")}, denied("signature!")},
		{"field that waits moved while it is signed", []part{was(10, "/Rect[10 40 100 60]", "/Rect[0 0 300 200] /V 40 0 R"), obj(40, sigValue)}, denied("signature!")},
		{"annotation added", []part{was(3, "32 0 R]", "32 0 R 40 0 R]"), obj(40, "<</Type/Annot /Subtype/FreeText /Rect[0 0 9 9]>>")}, denied("annotation!")},
		{"annotation in place", []part{was(3, "32 0 R]", "32 0 R<</Type/Annot /Subtype/FreeText /Rect[0 0 9 9]>>]")}, denied("annotation!")},
		{"annotation changed", []part{was(15, "(note)", "(other)")}, denied("annotation!")},
		{"appearance of an annotation", []part{streamOf(16, "/Type/XObject /Subtype/Form /BBox[0 0 20 20] /Resources<<>>", "x")}, denied("annotation!")},
		{"appearance of an annotation in another object", []part{was(15, "/N 16 0 R", "/N 40 0 R"), streamOf(40, "/Subtype/Form", "x")}, denied("annotation!")},
		{"annotation removed", []part{was(3, "15 0 R ", "")}, denied("annotation!")},
		{"annotations in another order", []part{was(3, "8 0 R 10 0 R", "10 0 R 8 0 R")}, denied("annotation!")},
		{"a widget without a field", []part{was(3, "32 0 R]", "32 0 R 40 0 R]"), obj(40, "<</Type/Annot /Subtype/Widget /FT/Sig /Rect[0 0 9 9]>>")}, denied("annotation!")},

		// Objects and bytes.
		{"object freed", []part{freed(14)}, denied("object-freed!")},
		{"type changed", []part{obj(4, "[26 0 R]")}, denied("type-changed!")},
		{"generation changed", []part{generation(obj(14, "<<>>"), 1)}, denied("repointed!")},
		{"key twice", []part{was(1, "/Pages 2 0 R", "/Pages 2 0 R /Pages 40 0 R")}, denied("page-tree!")},
		{"key twice, the same first", []part{was(28, "/Contents[4 0 R]", "/Contents[4 0 R] /Contents[26 0 R]")}, denied("page-content!")},
		{"length of a stream in place of its data", []part{obj(4, "<</Length 3>>\nstream\nBT /F1 12 Tf (pay 100) Tj ET\nendstream")}, denied("page-content!")},
		{"second object of a number", []part{obj(40, "null"), unnamed(obj(4, "(x)"))}, denied("unclassed!")},
		{"the object twice in one revision", []part{unnamed(obj(17, "(x)")), was(17, "one", "two")}, denied("unclassed!")},
		{"annotations twice", []part{was(3, "/Annots[6 0 R", "/Annots[15 0 R] /Annots[6 0 R")}, denied("unclassed!")},
		{"annotations twice, the good ones first", []part{was(3, "32 0 R]", "32 0 R] /Annots[15 0 R]")}, denied("unclassed!")},
		{"form twice", []part{was(1, "/AcroForm 5 0 R", "/AcroForm 5 0 R /AcroForm 40 0 R"), obj(40, "<<>>")}, denied("unclassed!")},
		{"fields twice", []part{was(5, "/SigFlags", "/Fields[] /SigFlags")}, denied("unclassed!")},
		{"the object twice", []part{unnamed(streamOf(4, "", "one")), was(17, "one", "two")}, denied("unclassed!")},
		{"bytes behind the end", nil, denied("trailing-bytes!")},
		{"another catalog", []part{obj(40, "<</Type/Catalog /Pages 2 0 R>>"), trailerWith("/Root 40 0 R")}, denied("repointed!")},
		{"stream beside the document", []part{trailerWith("/AdditionalStreams[/x 40 0 R]"), streamOf(40, "", "x")}, denied("embedded-files!")},
		{"no entry of a store", []part{was(1, "/Pages", "/DSS<</Evil 40 0 R>> /Pages"), obj(40, "<<>>")}, denied("unclassed!")},
		{"a store that is none", []part{was(1, "/Pages", "/DSS[] /Pages")}, denied("type-changed!")},
		{"metadata that is no stream", []part{obj(18, "<<>>")}, denied("type-changed!")},
		{"metadata in another object that is no stream", []part{was(1, "/Metadata 18 0 R", "/Metadata 40 0 R"), obj(40, "<<>>")}, denied("type-changed!")},
		{"version taken back", []part{was(1, "/Pages", "/Version/2.0 /Version/1.1 /Pages")}, denied("unclassed!")},
	} {
		t.Run(x.name, func(t *testing.T) {
			d := signedDocument.clone()
			switch {
			case x.update == nil:
				d.WriteString("evil")
			case x.name == "Info left out":
				d.update(x.update...)
			case strings.Contains(x.name, "another catalog"):
				d.trailer = ""
				d.update(append(x.update, keepInfo)...)
			default:
				d.update(append(x.update, keepInfo)...)
			}
			x.want.check(t, d.compare(t, 0, permissions{}))
			r := d.compare(t, 0, permissions{DocMDP: 1})
			if r.Verdict != changesNotPermitted || r.PermittedIfLTVAllowed {
				t.Errorf("P=1, other reading %v\n%s", r.PermittedIfLTVAllowed, listChanges(r))
			}
			// Smuggled into a revision that signs, it counts all the same.
			if x.update != nil && x.name != "Info left out" && x.name != "the same in place" && !strings.Contains(x.name, "another catalog") {
				d := signedDocument.clone().update(append(x.update, signInto(x.update)...)...)
				x.want.check(t, d.compare(t, 0, permissions{}))
			}
		})
	}
}

// signInto adds a signature in the field that waits to what a revision does.
func signInto(update []part) []part {
	for _, p := range update {
		if p.number == 10 || p.number == 50 {
			return []part{keepInfo}
		}
	}
	return []part{was(10, "/P 3 0 R", "/P 3 0 R /V 50 0 R"), obj(50, sigValue), keepInfo}
}
