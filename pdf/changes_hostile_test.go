package pdf

import (
	"strings"
	"testing"
)

// hostileCase prepares a document, has it signed, and changes it. Each of the
// permissions gives the same answer.
type hostileCase struct {
	name  string
	doc   *written
	steps [][]part
	under []permissions
	want  expect
}

func everything() []permissions {
	return []permissions{{}, {DocMDP: 1}, {DocMDP: 2}, {DocMDP: 3}}
}

func atMost2() []permissions   { return everything()[:3] }
func only(p int) []permissions { return []permissions{{DocMDP: p}} }

func lockOf(names ...string) func(string) bool {
	return lockedBy([]fieldLock{{action: "Include", fields: names}})
}

func oneStep(parts ...part) [][]part { return [][]part{parts} }

// addField is a field that becomes one of the form and of the page.
func addField(body string, more ...part) []part {
	return append([]part{was(5, "32 0 R]", "32 0 R 40 0 R]"), was(3, "32 0 R]", "32 0 R 40 0 R]"), obj(40, body)}, more...)
}

func addAnnotation(body string, more ...part) []part {
	return append([]part{was(3, "32 0 R]", "32 0 R 40 0 R]"), obj(40, body)}, more...)
}

func replaceIn(p part, old, new string) part {
	if !strings.Contains(p.body, old) {
		panic("no " + old)
	}
	p.body = strings.Replace(p.body, old, new, 1)
	return p
}

const signedWith = "/FT/Sig /T(third) /V 41 0 R /Type/Annot /Subtype/Widget /P 3 0 R"

func runHostile(t *testing.T, cases []hostileCase) {
	t.Helper()
	for _, x := range cases {
		t.Run(x.name, func(t *testing.T) {
			doc := x.doc
			if doc == nil {
				doc = signedDocument
			}
			d := doc.clone()
			for _, step := range x.steps {
				d.update(append(step[:len(step):len(step)], keepInfo)...)
			}
			for _, p := range x.under {
				x.want.check(t, d.compare(t, 0, p))
			}
		})
	}
}

// TestShadowFields: what the signed form has prepared comes up by what a signature
// brings along.
func TestShadowFields(t *testing.T) {
	lists := prepared(was(5, "[6 0 R 8 0 R 10 0 R 29 0 R 32 0 R]", " 33 0 R"), obj(33, "[6 0 R 8 0 R 10 0 R 29 0 R 32 0 R]"))
	runHostile(t, []hostileCase{
		// A name that fields ask for, and that DR does not have when it is signed.
		{"font that a field waits for", prepared(was(8, "/V(old)", "/V(old) /DA(/F9 9 Tf)")),
			oneStep(addField("<<"+signedWith+">>", obj(41, sigValue), was(19, "/Helv 20 0 R", "/Helv 20 0 R /F9 42 0 R"), obj(42, "<</Type/Font>>"))...), []permissions{{}, {DocMDP: 1}}, denied("font-or-resource!")},
		{"font that the form waits for", prepared(was(5, "/DA(/Helv 0 Tf)", "/DA(/F9 0 Tf)")),
			[][]part{{replaceIn(was(5, "32 0 R]", "32 0 R 40 0 R]"), "/Helv 0 Tf", "/F9 0 Tf"), obj(40, "<<"+signedWith+">>"), obj(41, sigValue), was(19, "/Helv 20 0 R", "/Helv 20 0 R /F9 42 0 R"), obj(42, "<</Type/Font>>")}}, []permissions{{}, {DocMDP: 1}}, denied("font-or-resource!")},
		{"font of a widget that no field lists", prepared(was(5, " 32 0 R]", "]"), was(32, "/V/Off", "/DA(/F9 9 Tf) /V/Off")),
			[][]part{{replaceIn(was(5, "32 0 R]", "40 0 R]"), "/SigFlags 1", "/SigFlags 3"), obj(40, "<<"+signedWith+">>"), obj(41, sigValue), was(19, "/Helv 20 0 R", "/Helv 20 0 R /F9 42 0 R"), obj(42, "<</Type/Font>>")}}, []permissions{{}, {DocMDP: 1}}, denied("font-or-resource!")},
		{"appearance without resources of a widget that no field lists", prepared(was(5, " 32 0 R]", "]"), was(32, "/V/Off", "/AP<</N 33 0 R>> /V/Off"), streamOf(33, "/Subtype/Form", "/F9 9 Tf")),
			[][]part{{replaceIn(was(5, "32 0 R]", "40 0 R]"), "/SigFlags 1", "/SigFlags 3"), obj(40, "<<"+signedWith+">>"), obj(41, sigValue), was(19, "/Helv 20 0 R", "/Helv 20 0 R /F9 42 0 R"), obj(42, "<</Type/Font>>")}}, []permissions{{}, {DocMDP: 1}}, denied("font-or-resource!")},
		{"fonts without a signature", nil, oneStep(was(19, "/Helv 20 0 R", "/Helv 20 0 R /ZaDb 40 0 R"), obj(40, "<</Type/Font>>")), []permissions{{}, {DocMDP: 1}}, denied("font-or-resource!")},
		{"fonts with a signature", nil, oneStep(addField("<<"+signedWith+">>", obj(41, sigValue), was(19, "/Helv 20 0 R", "/Helv 20 0 R /ZaDb 42 0 R"), obj(42, "<</Type/Font>>"))...), []permissions{{}, {DocMDP: 2}, {DocMDP: 3}}, permitted("font-or-resource", "signature")},
		{"default appearance that fields wait for", prepared(was(5, "/DA(/Helv 0 Tf)", "")),
			[][]part{{was(5, "32 0 R]", "32 0 R 40 0 R]"), obj(40, "<<"+signedWith+">>"), obj(41, sigValue)}}, []permissions{{}, {DocMDP: 1}}, denied("form-values!")},
		{"default appearance in a form of signatures", prepared(obj(5, "<</Fields[6 0 R 10 0 R] /SigFlags 1>>"), was(3, " 30 0 R 31 0 R 32 0 R", ""), replaceIn(was(3, " 30 0 R 31 0 R 32 0 R", ""), "8 0 R ", "")),
			[][]part{{obj(5, "<</Fields[6 0 R 10 0 R 40 0 R] /SigFlags 1 /DA(/Helv 0 Tf)>>"), obj(40, "<<"+signedWith+">>"), obj(41, sigValue)}}, []permissions{{}, {DocMDP: 2}}, permitted("signature")},

		// Lists that are not what they look like.
		{"fields in a list that was freed", lists, [][]part{{obj(5, "<</Fields 26 0 R /SigFlags 1 /DR 19 0 R /DA(/Helv 0 Tf)>>"), freed(26)}}, everything(), denied("form-values!")},
		{"fields in a list of another generation", nil, [][]part{{obj(5, "<</Fields 40 5 R /SigFlags 1 /DR 19 0 R /DA(/Helv 0 Tf)>>"), obj(40, "[6 0 R]"), trailerWith("/ID[40 0 R(b)]")}}, everything(), denied("form-values!")},
		{"annotations in a list that was freed", nil, [][]part{{was(3, "[6 0 R 8 0 R 10 0 R 15 0 R 30 0 R 31 0 R 32 0 R]", " 26 0 R"), freed(26)}}, everything(), denied("annotation!")},
		{"annotations in another list with one missing", nil, [][]part{{was(3, "[6 0 R 8 0 R 10 0 R 15 0 R 30 0 R 31 0 R 32 0 R]", " 40 0 R"), obj(40, "[6 0 R 8 0 R 10 0 R 30 0 R 31 0 R 32 0 R]")}}, atMost2(), denied("annotation!")},
		{"kids in a list that was freed", nil, [][]part{{was(29, "[30 0 R 31 0 R]", " 26 0 R"), freed(26)}}, everything(), denied("form-values!")},
		{"kids in a list of another generation", nil, [][]part{{was(29, "[30 0 R 31 0 R]", " 40 5 R"), obj(40, "[30 0 R 31 0 R]"), trailerWith("/ID[40 0 R(b)]")}}, everything(), denied("form-values!")},

		// The tree of fields.
		{"text field becomes a parent", nil, [][]part{{was(8, "/FT", "/Kids[40 0 R] /FT"), obj(40, "<</FT/Sig /T(third) /V 41 0 R /Parent 8 0 R>>"), obj(41, sigValue)}}, everything(), denied("form-values!")},
		{"field with widgets becomes a parent", prepared(obj(29, "<</FT/Tx /T(group) /Kids[30 0 R 31 0 R]>>"), was(30, "/T(a)", ""), was(31, "/T(b)", "")),
			[][]part{{obj(29, "<</FT/Tx /T(group) /Kids[30 0 R 31 0 R 40 0 R]>>"), obj(40, "<</FT/Sig /T(third) /V 41 0 R /Parent 29 0 R>>"), obj(41, sigValue)}}, everything(), denied("form-values!")},
		{"check box gains a widget", nil, [][]part{{was(32, "/FT/Btn", "/FT/Btn /Kids[40 0 R]"), obj(40, "<</Type/Annot /Subtype/Widget /Parent 32 0 R /Rect[0 0 300 200] /AP<</N 41 0 R>>>>"), streamOf(41, look, "x")}}, everything(), denied("form-values!")},
		{"new field with another parent", nil, oneStep(addField("<<"+signedWith+" /Parent 29 0 R>>", obj(41, sigValue))...), everything(), denied("signature!")},
		{"new field below one parent with another", nil, [][]part{{was(29, "31 0 R]", "31 0 R 40 0 R]"), obj(40, "<</FT/Sig /T(third) /V 41 0 R /Parent 8 0 R>>"), obj(41, sigValue)}}, everything(), denied("signature!")},
		{"empty parent field", nil, oneStep(was(5, "32 0 R]", "32 0 R 40 0 R]"), obj(40, "<</T(empty) /Kids[]>>")), everything(), denied("signature!")},
		{"parent of a field that is not signed", nil, oneStep(was(5, "32 0 R]", "32 0 R 40 0 R]"), obj(40, "<</T(above) /Kids[41 0 R]>>"), obj(41, "<</FT/Sig /T(x) /Parent 40 0 R>>")), everything(), denied("signature!")},
		{"field that nobody signs", nil, oneStep(was(5, "32 0 R]", "32 0 R 40 0 R]"), obj(40, "<</FT/Sig /T(x)>>")), everything(), denied("signature!")},
		{"field that nobody signs, with an area", nil, oneStep(addField("<</FT/Sig /T(x) /Type/Annot /Subtype/Widget /MK<</BG[1 1 1]>> /Rect[0 0 300 200]>>")...), everything(), denied("signature!")},
		{"field that is signed one revision later", nil, [][]part{addField("<</FT/Sig /T(third) /Type/Annot /Subtype/Widget /P 3 0 R /Rect[0 0 9 9]>>"), {obj(40, "<<"+signedWith+" /Rect[0 0 9 9]>>"), obj(41, sigValue)}},
			[]permissions{{}, {DocMDP: 2}, {DocMDP: 3}}, permitted("signature")},
		{"field that is signed and then emptied", nil, [][]part{addField("<<"+signedWith+" /Rect[0 0 9 9]>>", obj(41, sigValue)), {obj(40, "<</FT/Sig /T(third) /Type/Annot /Subtype/Widget /P 3 0 R /Rect[0 0 9 9]>>")}},
			everything(), denied("signature!")},
		{"radio buttons share a kid", prepared(was(29, "[30 0 R 31 0 R]", "[30 0 R 31 0 R 32 0 R]")), oneStep(was(32, "/V/Off /AS/Off", "/V/On /AS/On")), []permissions{{DocMDP: 2, Locked: lockOf("group")}}, denied("form-values!")},

		// Locks and what is inherited.
		{"value of the parent of a locked field", prepared(was(29, "/T(group)", "/FT/Tx /T(group)")), oneStep(replaceIn(was(29, "/T(group)", "/FT/Tx /T(group)"), "/Kids", "/V(evil) /Kids")), []permissions{{DocMDP: 2, Locked: lockOf("group.a")}, {DocMDP: 3, Locked: lockOf("group.b")}}, denied("form-values!")},
		{"value of the parent of fields that are not locked", prepared(was(29, "/T(group)", "/FT/Tx /T(group)")), oneStep(replaceIn(was(29, "/T(group)", "/FT/Tx /T(group)"), "/Kids", "/V(good) /Kids")), []permissions{{DocMDP: 2, Locked: lockOf("text")}}, permitted("form-values")},
		{"FieldMDP alone", nil, oneStep(was(8, "/V(old)", "/V(new)")), []permissions{{Locked: lockOf("group")}}, denied("form-values!")},
		{"visible time-stamp in the kid of a locked field", prepared(was(10, "/Type/Annot /Subtype/Widget /F 4 /Rect[10 40 100 60] /P 3 0 R /AP<</N 11 0 R>>", "/Kids[33 0 R]"), was(3, "10 0 R", "33 0 R"), obj(33, "<</Parent 10 0 R /Type/Annot /Subtype/Widget /F 4 /Rect[10 40 100 60] /P 3 0 R /AP<</N 11 0 R>>>>")),
			oneStep(obj(10, "<</FT/Sig /T(second) /Kids[33 0 R] /V 41 0 R>>"), obj(41, stampValue), streamOf(11, look, "evil")), []permissions{{Locked: lockOf("second")}, {DocMDP: 2, Locked: lockOf("second")}}, denied("document-timestamp!")},
		{"new visible time-stamp in a kid where all is locked", nil, oneStep(was(5, "32 0 R]", "32 0 R 40 0 R]"), was(3, "32 0 R]", "32 0 R 42 0 R]"), obj(40, "<</FT/Sig /T(third) /Kids[42 0 R] /V 41 0 R>>"), obj(41, stampValue),
			obj(42, "<</Type/Annot /Subtype/Widget /Parent 40 0 R /Rect[0 0 300 200] /AP<</N 43 0 R>>>>"), streamOf(43, look, "x")), []permissions{{Locked: lockOf("third")}}, denied("document-timestamp!")},
		{"widget with a side that readers guess", nil, oneStep(addField("<</FT/Sig /T(x) /Type/Annot /Subtype/Widget /Rect[--1 0 --200 90] /AP<</N 41 0 R>>>>", streamOf(41, look, "x"))...), everything(), denied("signature!")},
	})
}

// TestShadowAnnotations: P=3 lets annotations change, but not what they are besides.
func TestShadowAnnotations(t *testing.T) {
	runHostile(t, []hostileCase{
		{"annotation that is also an action", prepared(was(1, "/Pages", "/OpenAction 15 0 R /Pages"), was(15, "/P 3 0 R", "/S/GoTo /P 3 0 R")), oneStep(replaceIn(was(15, "/P 3 0 R", "/S/JavaScript /JS(x) /P 3 0 R"), "note", "note")), everything(), denied("actions!")},
		{"annotation that is also a layer", prepared(was(1, "/OCGs[21 0 R]", "/OCGs[21 0 R 15 0 R]")), oneStep(was(15, "/P 3 0 R", "/Usage<</View<</ViewState/OFF>>>> /P 3 0 R")), everything(), denied("optional-content!")},
		{"annotation that is also a state of the page, freed", prepared(was(12, "/Font", "/ExtGState<</G 15 0 R>> /Font")), oneStep(was(3, "15 0 R ", ""), freed(15)), everything(), denied("object-freed!")},
		{"annotation that is also a page", prepared(was(2, "28 0 R]", "28 0 R 15 0 R]")), oneStep(was(15, "/P 3 0 R", "/Contents 26 0 R /P 3 0 R")), everything(), denied()},
		{"annotation that is also an attachment", prepared(was(22, "]>>", "(b)15 0 R]>>")), oneStep(was(15, "/P 3 0 R", "/EF<</F 26 0 R>> /P 3 0 R")), everything(), denied()},
		{"link to another address", prepared(was(15, "/Subtype/Text", "/Subtype/Link /A<</S/URI /URI(good)>>")), oneStep(was(15, "/Subtype/Text", "/Subtype/Link /A<</S/URI /URI(evil)>>")), atMost2(), denied()},
		{"link to another address in an object of its own", prepared(was(15, "/Subtype/Text", "/Subtype/Link /A 33 0 R"), obj(33, "<</S/URI /URI(good)>>")), oneStep(obj(33, "<</S/URI /URI(evil)>>")), everything(), denied("actions!")},
		{"free text over the page", nil, oneStep(addAnnotation("<</Type/Annot /Subtype/FreeText /Rect[0 0 300 200] /AP<</N 41 0 R>>>>", streamOf(41, look, "x"))...), atMost2(), denied("annotation!")},
		{"stamp", nil, oneStep(addAnnotation("<</Type/Annot /Subtype/Stamp /Rect[0 0 300 200]>>")...), atMost2(), denied("annotation!")},
		{"redaction", nil, oneStep(addAnnotation("<</Type/Annot /Subtype/Redact /Rect[0 0 300 200]>>")...), atMost2(), denied("annotation!")},
		{"square", nil, oneStep(addAnnotation("<</Type/Annot /Subtype/Square /IC[1 1 1] /Rect[0 0 300 200]>>")...), atMost2(), denied("annotation!")},
		{"stamp that is permitted and listed", nil, oneStep(addAnnotation("<</Type/Annot /Subtype/Stamp /Rect[0 0 300 200]>>")...), only(3), permitted("annotation")},
		{"the same behind the widget of a signature", nil, [][]part{{was(3, "32 0 R]", "32 0 R 40 0 R 42 0 R]"), was(5, "32 0 R]", "32 0 R 42 0 R]"), obj(42, "<<"+signedWith+" /Rect[0 0 300 200]>>"), obj(41, sigValue),
			obj(40, "<</Type/Annot /Subtype/Stamp /Rect[0 0 300 200]>>")}}, atMost2(), denied("annotation!")},
		{"signature field that is an annotation too", nil, oneStep(was(3, "32 0 R]", "32 0 R 40 0 R]"), was(5, "32 0 R]", "32 0 R 40 0 R]"), obj(40, "<</FT/Sig /T(x) /V 41 0 R /Type/Annot /Subtype/FreeText /Rect[0 0 300 200]>>"), obj(41, sigValue)), everything(), denied("signature!")},
	})
}

// TestForeignObjects hides objects where validation data, metadata and the like belong,
// or gives them numbers that are in use.
func TestForeignObjects(t *testing.T) {
	store := func(list string, more ...part) []part {
		return append([]part{was(1, "/Pages", "/DSS 40 0 R /Pages"), obj(40, "<</Certs["+list+"]>>")}, more...)
	}
	runHostile(t, []hostileCase{
		{"page among the certificates", nil, oneStep(store("41 0 R", obj(41, "<</Type/Page /Contents 42 0 R>>"), streamOf(42, "", "x"))...), everything(), denied("dss!")},
		{"annotation among the certificates", nil, oneStep(store("41 0 R", obj(41, "<</Type/Annot /Subtype/Stamp>>"))...), everything(), denied("dss!")},
		{"font among the certificates", nil, oneStep(store("41 0 R", obj(41, "<</Type/Font>>"))...), everything(), denied("dss!")},
		{"dictionary among the certificates", nil, oneStep(store("41 0 R", obj(41, "<</S/JavaScript /JS(x)>>"))...), everything(), denied("dss!")},
		{"action in the extensions", nil, oneStep(was(1, "/Pages", "/Extensions<</X 40 0 R>> /Pages"), obj(40, "<</Type/Action /S/JavaScript>>")), everything(), denied("extensions!")},
		{"certificate becomes a page", prepared(was(1, "/Pages", "/DSS<</Certs[40 0 R]>> /Pages"), streamOf(40, "", "x")), oneStep(obj(40, "<</Type/Page>>")), everything(), denied()},
		{"certificate in the number of the contents", nil, oneStep(store("4 0 R", streamOf(4, "", "x"))...), everything(), denied("page-content!")},
		{"certificate where the signed page leads", prepared(was(28, "[4 0 R]", "[4 0 R 41 0 R]")), oneStep(store("41 0 R", streamOf(41, "", "evil"))...), everything(), denied("page-content!")},
		{"the same, freed before", prepared(was(28, "[4 0 R]", "[4 0 R 41 0 R]"), freed(41)), oneStep(store("41 1 R", generation(streamOf(41, "", "evil"), 1))...), everything(), denied("page-content!")},
		{"the same, with the store in between", prepared(was(28, "[4 0 R]", "[4 0 R 41 0 R]")), [][]part{store("42 0 R", streamOf(42, "", "x")), {obj(41, "null")}, {streamOf(41, "", "evil")}}, everything(), denied("page-content!")},
		{"certificate where signed resources lead", prepared(was(12, "/I 14 0 R", "/I 41 0 R")), oneStep(store("41 0 R", streamOf(41, "/Subtype/Form", "evil"))...), everything(), denied()},
		{"appearance of a signature where the signed page leads", prepared(was(28, "[4 0 R]", "[4 0 R 42 0 R]")), oneStep(was(10, "/N 11 0 R>>", "/N 42 0 R>> /V 41 0 R"), obj(41, sigValue), streamOf(42, look, "evil")), everything(), denied("page-content!")},
		{"object that no table names, where the signed page leads", prepared(was(28, "[4 0 R]", "[4 0 R 41 0 R]")), oneStep(was(17, "(one)", "(two)"), unnamed(streamOf(41, "", "evil"))), everything(), denied()},
		{"object that no table names", nil, oneStep(was(17, "(one)", "(two)"), unnamed(streamOf(41, "", "x"))), everything(), denied("unclassed!")},
		{"appearance of an annotation that the page has too", prepared(was(12, "/I 14 0 R", "/I 16 0 R")), oneStep(streamOf(16, look, "evil")), everything(), denied("font-or-resource!")},
		{"appearance of two fields, one of them locked", prepared(was(32, "/V/Off", "/AP<</N 9 0 R>> /V/Off")), oneStep(streamOf(9, look, "evil")), []permissions{{DocMDP: 2, Locked: lockOf("box")}}, denied("form-values!")},
		{"version that there is not", nil, oneStep(was(1, "/Pages", "/Version/9.9 /Pages")), everything(), denied("unclassed!")},
		{"version that is none", nil, oneStep(was(1, "/Pages", "/Version/zzzz /Pages")), everything(), denied("unclassed!")},
	})
}

// TestEntries adds every entry of a catalog, page, form or field that is not on the list
// of permitted changes, under every permission.
func TestEntries(t *testing.T) {
	for number, keys := range map[int]string{
		1: "PageLabels Dests ViewerPreferences PageLayout PageMode Threads OpenAction AA URI MarkInfo Lang SpiderInfo OutputIntents PieceInfo Legal Requirements Collection NeedsRendering AF DPartRoot Perms Odd",
		2: "CropBox Rotate Resources AA Odd",
		3: "LastModified CropBox BleedBox TrimBox ArtBox BoxColorInfo Rotate Group Thumb B Dur Trans AA Metadata PieceInfo StructParents ID PZ SeparationInfo Tabs TemplateInstantiated PresSteps UserUnit VP AF OutputIntents DPart Odd",
		5: "CO XFA Q Odd",
		6: "DV Lock SV A AA OC MaxLen Opt RV TU TM StructParent Odd",
		8: "DV A AA OC MaxLen Opt TU TM StructParent BS Border C H Parent Lock Odd",
		4: "Odd", 12: "ExtGState Properties Odd", 13: "Encoding ToUnicode Widths FontDescriptor Odd", 14: "SMask Mask Decode OC Odd", 24: "RoleMap ClassMap AF Odd", 25: "ActualText Alt AF A Odd",
	} {
		for _, key := range strings.Fields(keys) {
			p := was(number, "<<", "<</"+key+" 40 0 R")
			if strings.Contains(p.body, "/"+key+" ") && strings.Count(p.body, "/"+key) > 1 {
				continue // TestAttacks has entries that stand twice
			}
			for _, under := range everything() {
				r := signedDocument.clone().update(p, obj(40, "<<>>"), keepInfo).compare(t, 0, under)
				if r.Verdict != changesNotPermitted {
					t.Errorf("object %d, %s, P=%d: %s", number, key, under.DocMDP, listChanges(r))
				}
			}
		}
	}
}
