package pdf

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"
)

// prepared returns signedParts with some objects replaced or added: a document that was
// prepared before it was signed.
func prepared(changes ...part) *written {
	parts := signedParts()
next:
	for _, c := range changes {
		for i := range parts {
			if parts[i].number == c.number && c.number != 0 {
				parts[i] = c
				continue next
			}
		}
		parts = append(parts, c)
	}
	return newWritten(parts...)
}

// TestShadow has documents that were prepared before they were signed, so that a later
// revision that looks harmless changes what is seen.
func TestShadow(t *testing.T) {
	for _, x := range []struct {
		name  string
		doc   *written
		steps [][]part
		p     permissions
		want  expect
	}{
		// What is unreachable may be overridden, as long as nothing leads to it.
		{"unreachable", prepared(), [][]part{{streamOf(26, "", "other")}}, permissions{}, denied("object-unreachable!")},
		{"unreachable, and freed", prepared(), [][]part{{freed(26)}}, permissions{DocMDP: 3}, denied("object-freed!")},
		{"unreachable, and then the contents", prepared(), [][]part{{streamOf(26, "", "other")}, {was(3, "/Contents 4 0 R", "/Contents 26 0 R")}}, permissions{}, denied("page-content!")},
		{"unreachable, and then a field", prepared(), [][]part{{obj(26, "<</FT/Tx /T(x)>>")}, {was(5, "32 0 R]", "32 0 R 26 0 R]")}}, permissions{}, denied("form-values!")},
		{"new object without a use, and then the contents", prepared(), [][]part{{streamOf(40, "", "other")}, {was(3, "/Contents 4 0 R", "/Contents 40 0 R")}}, permissions{}, denied("page-content!")},
		{"overlay taken away", prepared(), [][]part{{freed(14)}}, permissions{}, denied("object-freed!")},
		{"contents taken back later", prepared(), [][]part{{streamOf(4, "", "evil")}, {was(4, "", "")}}, permissions{}, denied("page-content!")},

		// A reference of the signed document that leads nowhere yet.
		{"contents that were missing", prepared(was(3, "/Contents 4 0 R", "/Contents[4 0 R 40 0 R]")), [][]part{{streamOf(40, "", "evil")}}, permissions{}, denied("page-content!")},
		{"the same with another generation", prepared(was(3, "/Contents 4 0 R", "/Contents[4 0 R 40 7 R]")), [][]part{{streamOf(40, "", "evil")}}, permissions{}, denied("page-content!")},
		{"font that was missing", prepared(was(12, "/F1 13 0 R", "/F1 13 0 R /F2 40 0 R")), [][]part{{obj(40, "<</Type/Font>>")}}, permissions{}, denied("font-or-resource!")},
		{"missing, and claimed as the signature", prepared(was(3, "/Contents 4 0 R", "/Contents[4 0 R 42 0 R]")),
			[][]part{{was(10, "/N 11 0 R>>", "/N 42 0 R>> /V 41 0 R"), obj(41, sigValue), streamOf(42, look, "evil")}}, permissions{}, denied("page-content!")},
		{"missing, and claimed as validation data", prepared(was(3, "/Contents 4 0 R", "/Contents[4 0 R 42 0 R]")),
			[][]part{{was(1, "/Pages", "/DSS<</Certs[42 0 R]>> /Pages"), streamOf(42, "", "evil")}}, permissions{}, denied("page-content!")},
		{"annotation that was missing", prepared(was(3, "32 0 R]", "32 0 R 40 0 R]")), [][]part{{obj(40, "<</Type/Annot /Subtype/FreeText>>")}}, permissions{}, denied("annotation!")},
		{"length that was missing", prepared(obj(4, "<</Length 40 0 R>>\nstream\nBT (pay 100) Tj ET\nendstream")), [][]part{{obj(40, "5")}}, permissions{}, denied("page-content!")},
		{"length replaced", prepared(obj(4, "<</Length 40 0 R>>\nstream\nBT (pay 100) Tj ET\nendstream"), obj(40, "18")), [][]part{{obj(40, "5")}}, permissions{}, denied("page-content!")},
		{"length that is replaced one revision later", prepared(), [][]part{
			{obj(4, "<</Length 40 0 R>>\nstream\nBT /F1 12 Tf (pay 100) Tj ET\nendstream"), obj(40, "28")}, {obj(40, "5")}}, permissions{}, denied("page-content!")},
		{"length in an object of its own", prepared(), [][]part{
			{obj(4, "<</Length 40 0 R>>\nstream\nBT /F1 12 Tf (pay 100) Tj ET\nendstream"), obj(40, "28")}, {obj(41, "5")}}, permissions{}, permitted()},
		{"another generation on the way", prepared(was(28, "/Resources 12 0 R", "/Resources 40 3 R"), obj(40, "<</XObject<</X 41 0 R>>>>"), streamOf(41, look, "x")),
			[][]part{{streamOf(41, look, "evil")}}, permissions{}, denied("font-or-resource!")},
		{"version taken back", prepared(was(1, "/Pages", "/Version/2.0 /Pages")), [][]part{{was(1, "/Pages", "/Version/1.9 /Pages")}}, permissions{}, denied("unclassed!")},
		{"validation data that cannot be read", prepared(was(1, "/Pages", "/DSS<</Certs[40 0 R]>> /Pages"), streamOf(40, "", "x")), [][]part{{obj(40, "<< /A")}}, permissions{}, denied("repointed!")},
		{"list with two purposes", prepared(was(5, "[6 0 R 8 0 R 10 0 R 29 0 R 32 0 R]", " 40 0 R"), was(28, "/Contents", "/Annots 40 0 R /Contents"), obj(40, "[6 0 R 8 0 R 10 0 R 29 0 R 32 0 R]")),
			[][]part{{obj(40, "[8 0 R 6 0 R 10 0 R 29 0 R 32 0 R]")}}, permissions{}, denied("unclassed!")},
		{"private entry that led nowhere", prepared(trailerWith("/AdditionalStreams[/x 40 0 R]")), [][]part{{obj(40, "<<>>")}}, permissions{}, permitted("metadata")},
		{"private entry that led nowhere, to a stream", prepared(trailerWith("/AdditionalStreams[/x 40 0 R]")), [][]part{{streamOf(40, "", "x"), trailerWith("/AdditionalStreams[/x 40 0 R]")}}, permissions{}, denied("embedded-files!")},
		{"stream beside the document replaced", prepared(trailerWith("/AdditionalStreams[/x 40 0 R]"), streamOf(40, "", "x")),
			[][]part{{streamOf(40, "", "y"), trailerWith("/AdditionalStreams[/x 40 0 R]")}}, permissions{}, denied("embedded-files!")},

		{"encryption dictionary replaced", prepared(obj(40, "<</Filter/Odd /V 1>>"), trailerWith("/Encrypt 40 0 R")), [][]part{{obj(40, "<</Filter/Odd /V 2>>"), trailerWith("/Encrypt 40 0 R")}}, permissions{}, denied("encryption!")},
		{"encryption left out", prepared(obj(40, "<</Filter/Odd /V 1>>"), trailerWith("/Encrypt 40 0 R")), [][]part{{obj(99, "1")}}, permissions{}, denied("encryption!")},

		// An object with two uses, of which only one may change.
		{"store that is also the contents", prepared(was(1, "/Pages", "/DSS<</Certs 40 0 R>> /Pages"), was(3, "/Contents 4 0 R", "/Contents 40 0 R"), obj(40, "[4 0 R]")),
			[][]part{{obj(40, "[41 0 R]"), streamOf(41, "", "evil")}}, permissions{}, denied("page-content!")},
		{"validation data that are also the contents", prepared(was(1, "/Pages", "/DSS<</Certs[4 0 R]>> /Pages")), [][]part{{streamOf(4, "", "evil")}}, permissions{}, denied("page-content!")},
		{"metadata that are also the contents", prepared(was(3, "/Contents 4 0 R", "/Contents 18 0 R")), [][]part{{streamOf(18, "/Type/Metadata", "evil")}}, permissions{}, denied("page-content!")},
		{"resources of fields that are also those of the page", prepared(was(3, "/Resources 12 0 R", "/Resources 19 0 R")),
			[][]part{{was(19, "/Helv 20 0 R", "/Helv 20 0 R /F1 13 0 R")}}, permissions{}, denied("font-or-resource!")},
		{"fonts of fields that are also those of the page", prepared(was(3, "/Resources 12 0 R", "/Resources<</Font 40 0 R>>"), was(19, "<</Helv 20 0 R>>", " 40 0 R"), obj(40, "<</Helv 20 0 R>>")),
			[][]part{{obj(40, "<</Helv 20 0 R /F1 13 0 R>>")}}, permissions{}, denied("font-or-resource!")},
		{"fonts of fields in an object of their own", prepared(was(19, "<</Helv 20 0 R>>", " 40 0 R"), obj(40, "<</Helv 20 0 R>>")),
			[][]part{{obj(40, "<</Helv 20 0 R /F1 13 0 R>>")}}, permissions{DocMDP: 2}, permitted("font-or-resource")},
		{"list of fields that is also the contents", prepared(was(5, "[6 0 R 8 0 R 10 0 R 29 0 R 32 0 R]", " 40 0 R"), was(3, "/Contents 4 0 R", "/Contents 40 0 R"), obj(40, "[6 0 R 8 0 R 10 0 R 29 0 R 32 0 R]")),
			[][]part{{obj(40, "[6 0 R 8 0 R 10 0 R 29 0 R 32 0 R 41 0 R]"), obj(41, "<</FT/Sig /T(third) /V 42 0 R>>"), obj(42, sigValue)}}, permissions{}, denied("page-content!")},
		{"list of fields in an object of its own", prepared(was(5, "[6 0 R 8 0 R 10 0 R 29 0 R 32 0 R]", " 40 0 R"), obj(40, "[6 0 R 8 0 R 10 0 R 29 0 R 32 0 R]")),
			[][]part{{obj(40, "[6 0 R 8 0 R 10 0 R 29 0 R 32 0 R 41 0 R]"), obj(41, "<</FT/Sig /T(third) /V 42 0 R>>"), obj(42, sigValue)}}, permissions{}, permitted("signature")},
		{"list of kids in an object of its own", prepared(was(29, "[30 0 R 31 0 R]", " 40 0 R"), obj(40, "[30 0 R 31 0 R]")),
			[][]part{{obj(40, "[30 0 R 31 0 R 41 0 R]"), obj(41, "<</FT/Sig /T(third) /V 42 0 R /Parent 29 0 R>>"), obj(42, sigValue)}}, permissions{}, permitted("signature")},
		{"list of annotations in an object of its own", prepared(was(28, "/Contents", "/Annots 40 0 R /Contents"), obj(40, "[]")),
			[][]part{{obj(40, "[10 0 R]"), was(10, "/P 3 0 R", "/P 3 0 R /V 41 0 R"), obj(41, sigValue)}}, permissions{}, permitted("signature")},
		{"list of annotations in an object of its own, changed", prepared(was(28, "/Contents", "/Annots 40 0 R /Contents"), obj(40, "[]")),
			[][]part{{obj(40, "[15 0 R]")}}, permissions{}, denied("annotation!")},
		{"list of annotations that is also the contents", prepared(was(28, "/Contents[4 0 R]", "/Annots 40 0 R /Contents 40 0 R"), obj(40, "[4 0 R]")),
			[][]part{{obj(40, "[4 0 R 10 0 R]"), was(10, "/P 3 0 R", "/P 3 0 R /V 41 0 R"), obj(41, sigValue)}}, permissions{DocMDP: 3}, denied("page-content!")},
		{"appearance of a field that is also an image of the page", prepared(was(12, "/I 14 0 R", "/I 9 0 R")), [][]part{{streamOf(9, look, "evil")}}, permissions{DocMDP: 2}, denied("font-or-resource!")},
		{"appearance of the waiting field that is also on the page", prepared(was(12, "/I 14 0 R", "/I 11 0 R")),
			[][]part{{streamOf(11, look, "evil"), was(10, "/P 3 0 R", "/P 3 0 R /V 41 0 R"), obj(41, sigValue)}}, permissions{}, denied("font-or-resource!", "signature")},
		{"annotation that is also a state of the page", prepared(was(12, "/Font", "/ExtGState<</G 15 0 R>> /Font")), [][]part{{was(15, "(note)", "(note) /ca 0")}}, permissions{DocMDP: 3}, denied("font-or-resource!")},
		{"Info that is also a property list of the page", prepared(was(12, "/Font", "/Properties<</P 17 0 R>> /Font")), [][]part{{was(17, "(Invoice)", "<FEFF0049006E0076006F006900630065>")}}, permissions{}, denied("font-or-resource!")},
		{"hidden annotation", prepared(obj(40, "<</Type/Annot /Subtype/FreeText /Rect[0 0 9 9]>>"), was(27, "/Count 0", "/Count 0 /Hidden 40 0 R")),
			[][]part{{was(3, "32 0 R]", "32 0 R 40 0 R]")}}, permissions{DocMDP: 3}, denied("annotation!")},
		{"default resources that a bare appearance uses", prepared(streamOf(9, "/Subtype/Form", "BT /F9 9 Tf (evil) Tj ET")),
			[][]part{{was(19, "/Helv 20 0 R", "/Helv 20 0 R /F9 13 0 R")}}, permissions{}, denied("font-or-resource!")},
		{"default resources beside a bare appearance", prepared(streamOf(9, "/Subtype/Form", "BT /Helv 9 Tf (old) Tj ET")),
			[][]part{{was(19, "/Helv 20 0 R", "/Helv 20 0 R /F9 13 0 R")}}, permissions{DocMDP: 2}, permitted("font-or-resource")},
		{"object of an appearance replaced", prepared(was(19, "/Font", "/XObject<</FRM 14 0 R>> /Font")),
			[][]part{{was(19, "/Font", "/XObject<</FRM 40 0 R>> /Font"), streamOf(40, look, "x")}}, permissions{DocMDP: 2}, permitted("font-or-resource")},
		{"object of an appearance replaced that a bare one uses", prepared(was(19, "/Font", "/XObject<</FRM 14 0 R>> /Font"), streamOf(9, "/Subtype/Form", "/FRM Do")),
			[][]part{{was(19, "/Font", "/XObject<</FRM 40 0 R>> /Font"), streamOf(40, look, "x")}}, permissions{}, denied("font-or-resource!")},
	} {
		t.Run(x.name, func(t *testing.T) {
			d := x.doc.clone()
			for _, step := range x.steps {
				d.update(append(step, keepInfo)...)
			}
			x.want.check(t, d.compare(t, 0, x.p))
		})
	}
}

// TestRepointed lets entries of a later table lead to other places.
func TestRepointed(t *testing.T) {
	// An older object, hidden in the signed bytes under the same number.
	hidden := newWritten(append([]part{unnamed(streamOf(4, "", "BT (pay 999) Tj ET"))}, signedParts()...)...)
	at := int64(bytes.Index(hidden.Bytes(), []byte("4 0 obj")))
	d := hidden.clone().update(pointing(4, at), keepInfo)
	denied("repointed!").check(t, d.compare(t, 0, permissions{DocMDP: 3}))

	// The same, but only in the second of two later revisions.
	d = hidden.clone().update(newSignature(sigValue)...).update(pointing(4, at), keepInfo)
	denied("repointed!", "signature").check(t, d.compare(t, 0, permissions{}))
	denied("repointed!").check(t, d.compare(t, 1, permissions{}))

	// To another object.
	d = signedDocument.clone().update(pointing(4, signedDocument.at[26]), keepInfo)
	denied("page-content!").check(t, d.compare(t, 0, permissions{}))

	// To the same bytes again: nothing changes.
	d = signedDocument.clone().update(pointing(4, signedDocument.at[4]), pointing(14, signedDocument.at[14]), keepInfo)
	permitted("none").check(t, d.compare(t, 0, permissions{}))

	// A hidden object under a new number, as the appearance of a signature.
	hidden = newWritten(append([]part{unnamed(streamOf(42, look, "evil"))}, signedParts()...)...)
	at = int64(bytes.Index(hidden.Bytes(), []byte("42 0 obj")))
	sign := []part{was(10, "/N 11 0 R>>", "/N 42 0 R>> /V 41 0 R"), obj(41, sigValue), keepInfo}
	d = hidden.clone().update(append(sign, pointing(42, at))...)
	denied("repointed!", "signature").check(t, d.compare(t, 0, permissions{}))

	// An older version with nothing but what may change.
	for _, p := range []part{was(1, "/Pages", "/DSS<<>> /Pages"), was(5, "/SigFlags 1", "/SigFlags 3"), was(17, "(one)", "(two)"), streamOf(18, "/Type/Metadata", "y"),
		was(8, "(old)", "(new)"), was(15, "(note)", "(other)"), streamOf(9, look, "x"), was(19, "<</Helv", "<</F9 13 0 R /Helv"), was(10, "/P 3 0 R", "/P 3 0 R /V 7 0 R"),
		was(3, "/Resources 12 0 R", "/Resources<</Font<</F1 13 0 R>> /XObject<</I 14 0 R>>>>")} {
		hidden := newWritten(append([]part{unnamed(p)}, signedParts()...)...)
		at := int64(bytes.Index(hidden.Bytes(), fmt.Appendf(nil, "\n%d 0 obj", p.number))) + 1
		denied("repointed!").check(t, hidden.update(pointing(p.number, at), keepInfo).compare(t, 0, permissions{DocMDP: 3}))
	}

	// Nowhere.
	d = signedDocument.clone().update(append(sign[:3:3], pointing(42, 9))...)
	denied("repointed!").check(t, d.compare(t, 0, permissions{}))
	d = signedDocument.clone().update(append(sign[:3:3], obj(42, "<< /A"))...)
	denied("signature!").check(t, d.compare(t, 0, permissions{}))
	d = signedDocument.clone().update(pointing(14, 3), keepInfo)
	denied("font-or-resource!").check(t, d.compare(t, 0, permissions{}))
	d = signedDocument.clone().update(pointing(18, 3), keepInfo)
	denied("repointed!").check(t, d.compare(t, 0, permissions{}))
}

// TestAhead: an entry of the signed revision that leads behind it gets its object from
// whoever writes there.
func TestAhead(t *testing.T) {
	parts := signedParts()
	at := int64(newWritten(append(parts, pointing(40, 1))...).Len())
	doc := newWritten(append(parts, pointing(40, at))...)
	if int64(doc.Len()) != at {
		t.Fatal("the document has another length")
	}
	doc.update(unnamed(streamOf(40, "", "evil")), keepInfo)
	denied("repointed!").check(t, doc.compare(t, 0, permissions{DocMDP: 3}))

	// The object begins in front of the mark that ends the revision, which is a comment
	// to it.
	doc = newWritten(append(parts, pointing(40, at-6))...)
	doc.Truncate(doc.Len() - 6)
	doc.WriteString("40 0 obj %%EOF\n")
	at = int64(doc.Len()) - 15
	text := regexp.MustCompile(`40 1\n\d{10}`).ReplaceAllString(doc.String(), fmt.Sprintf("40 1\n%010d", at))
	doc.Reset()
	doc.WriteString(text + "(evil) endobj\n")
	doc.update(was(17, "(one)", "(two)"), keepInfo)
	f := doc.open(t)
	if n := len(f.Revisions()); n != 2 {
		t.Fatalf("%d revisions", n)
	}
	denied("repointed!").check(t, compareRevisions(f, 0, permissions{DocMDP: 3}))
}

// TestObjectStreams: what lies in an object stream is replaced with the stream.
func TestObjectStreams(t *testing.T) {
	boxed := func() *written {
		d := newWritten()
		d.Reset()
		d.WriteString("%PDF-1.7\n")
		d.prev, d.size = 0, 0
		parts := append(signedParts()[:12:12], signedParts()[13:]...)
		return d.updateStream(61, map[int]row{12: {2, 60, 0}, 13: {2, 60, 1}},
			append(parts, objStm(60, was(12, "", ""), was(13, "", "")), freed(0))...)
	}
	d := boxed().updateStream(62, nil, objStm(60, was(12, "", ""), was(13, "Times-Roman", "Symbol")), keepInfo)
	denied("font-or-resource!").check(t, d.compare(t, 0, permissions{DocMDP: 3}))
	d = boxed().updateStream(62, nil, objStm(60, was(12, "", ""), was(13, "", ""), obj(99, "1")), keepInfo)
	permitted().check(t, d.compare(t, 0, permissions{}))
	// New objects in new object streams.
	d = boxed().updateStream(62, map[int]row{40: {2, 63, 0}}, objStm(63, obj(40, newField)), obj(41, sigValue),
		was(5, "32 0 R]", "32 0 R 40 0 R]"), was(3, "32 0 R]", "32 0 R 40 0 R]"), keepInfo)
	permitted("signature").check(t, d.compare(t, 0, permissions{}))
	// A hidden object in an old object stream.
	d = newWritten()
	d.Reset()
	d.WriteString("%PDF-1.7\n")
	d.prev, d.size = 0, 0
	d.updateStream(61, nil, append(signedParts(), objStm(60, obj(42, "<</N 26 0 R>>")), freed(0))...)
	d.updateStream(62, map[int]row{42: {2, 60, 0}}, was(10, "/AP<</N 11 0 R>>", "/AP 42 0 R /V 41 0 R"), obj(41, sigValue), keepInfo)
	denied("repointed!", "signature").check(t, d.compare(t, 0, permissions{}))
	// The stream's number used again by another stream.
	d = boxed().updateStream(61, nil, was(17, "(one)", "(two)"), keepInfo)
	permitted("metadata").check(t, d.compare(t, 0, permissions{}))
	// An object stream that was missing when the document was signed.
	d = newWritten()
	d.Reset()
	d.WriteString("%PDF-1.7\n")
	d.prev, d.size = 0, 0
	d.updateStream(61, map[int]row{40: {2, 60, 0}}, append(signedParts(), was(12, "/I 14 0 R", "/I 40 0 R"), freed(0))...)
	d.updateStream(62, nil, objStm(60, obj(40, "<</Evil true>>")), keepInfo)
	denied("repointed!").check(t, d.compare(t, 0, permissions{DocMDP: 3}))
}

// TestHybrid: what a cross-reference stream beside a table hides from older readers
// counts, and where both disagree nobody knows.
func TestHybrid(t *testing.T) {
	d := signedDocument.clone()
	at := d.Len()
	d.WriteString("4 0 obj\n(evil)\nendobj\n")
	d.updateHybrid(60, map[int]row{4: {1, at, 0}}, keepInfo)
	denied("type-changed!").check(t, d.compare(t, 0, permissions{}))

	d = signedDocument.clone()
	d.updateHybrid(60, map[int]row{17: {1, int(d.at[17]), 0}}, was(17, "(one)", "(two)"), keepInfo)
	denied("unclassed!").check(t, d.compare(t, 0, permissions{}))
}

// TestTwoEntries: which entry counts depends on the reader.
func TestTwoEntries(t *testing.T) {
	d := signedDocument.clone()
	old, at, start := d.at[17], d.Len(), 0
	d.WriteString("17 0 obj\n<</Title(Invoice) /Producer(two)>>\nendobj\n")
	start = d.Len()
	fmt.Fprintf(d, "xref\n17 1\n%010d 00000 n \n17 1\n%010d 00000 n \ntrailer\n<</Root 1 0 R /Info 17 0 R /Size 40 /Prev %d>>\n", at, old, d.prev)
	d.end(int64(start))
	denied("unclassed!").check(t, d.compare(t, 0, permissions{DocMDP: 3}))
}

// TestNotStrict: what can only be read by searching is not known to be permitted.
func TestNotStrict(t *testing.T) {
	d := signedDocument.clone().update(newSignature(sigValue)...)
	b := d.Bytes()
	at := bytes.LastIndex(b, []byte("startxref\n"))
	b[at+10], b[at+11] = '9', '9'
	denied("unclassed!", "signature").check(t, d.compare(t, 0, permissions{}))
}

// TestOrphans: a revision that the chain leaves out, and a section nothing leads to.
func TestOrphans(t *testing.T) {
	d := signedDocument.clone()
	prev := d.prev
	d.update(streamOf(4, "", "evil"), keepInfo)
	d.prev = prev // the next revision goes on from the signed one
	d.update(was(17, "(one)", "(two)"), keepInfo)
	r := d.compare(t, 0, permissions{})
	denied("trailing-bytes!").check(t, r)
	if !strings.Contains(listChanges(r), "second object") {
		t.Error(listChanges(r))
	}
}
