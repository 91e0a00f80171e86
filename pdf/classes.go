package pdf

import "github.com/exhibit-dev/exhibit/internal/pdffile"

// class is the kind of a change. The names are stable.
type class uint8

const (
	classNone class = iota
	classTrailing
	classDSS
	classExtensions
	classTimestamp
	classSignature
	classForm
	classAnnotation
	classPageTree
	classContent
	classResource
	classMetadata
	classFiles
	classActions
	classLayers
	classStructure
	classEncryption
	classFreed
	classUnreachable
	classType
	classRepointed
	classOther
)

func (c class) String() string {
	return [...]string{"none", "trailing-bytes", "dss", "extensions", "document-timestamp", "signature", "form-values",
		"annotation", "page-tree", "page-content", "font-or-resource", "metadata", "embedded-files", "actions",
		"optional-content", "structure-tree", "encryption", "object-freed", "object-unreachable", "type-changed",
		"repointed", "unclassed"}[c]
}

// classSet is a set of classes.
type classSet uint32

func (s *classSet) add(c class)     { *s |= 1 << c }
func (s classSet) has(c class) bool { return s&(1<<c) != 0 }

// gravest returns the class that tells most about what a change of an object does,
// where the object serves several purposes.
func (s classSet) gravest() class {
	for _, c := range [...]class{classEncryption, classContent, classResource, classPageTree, classActions, classFiles,
		classLayers, classAnnotation, classForm, classSignature, classStructure, classMetadata, classDSS, classExtensions} {
		if s.has(c) {
			return c
		}
	}
	return classOther
}

// catalogClass is what an entry of the catalog is about (ISO 32000-2, Table 29).
func catalogClass(key pdffile.Name) class {
	switch key {
	case "DSS":
		return classDSS
	case "Extensions", "Version":
		return classExtensions
	case "AcroForm", "NeedsRendering":
		return classForm
	case "Pages", "PageLabels":
		return classPageTree
	case "Metadata":
		return classMetadata
	case "OpenAction", "AA", "URI":
		return classActions
	case "AF", "Collection":
		return classFiles
	case "OCProperties":
		return classLayers
	case "StructTreeRoot", "MarkInfo":
		return classStructure
	case "OutputIntents":
		return classResource
	case "Perms":
		return classSignature
	}
	return classOther
}

// pageClass is what an entry of a page or page tree node is about (Tables 30, 31).
func pageClass(key pdffile.Name) class {
	switch key {
	case "Contents", "MediaBox", "CropBox", "BleedBox", "TrimBox", "ArtBox", "BoxColorInfo", "Rotate", "UserUnit", "Group", "VP":
		return classContent
	case "Resources", "OutputIntents", "SeparationInfo":
		return classResource
	case "Annots":
		return classAnnotation
	case "Kids", "Count", "Parent", "Type", "TemplateInstantiated":
		return classPageTree
	case "AA", "PresSteps":
		return classActions
	case "StructParents", "Tabs":
		return classStructure
	case "Metadata", "LastModified":
		return classMetadata
	case "AF":
		return classFiles
	}
	return classOther
}

// keyClass is the class of what an entry of any dictionary leads to; it is that of the
// dictionary where the key alone says nothing.
func keyClass(key pdffile.Name, in class) class {
	switch key {
	case "A": // of a structure element: its attributes
		if in != classStructure {
			return classActions
		}
	case "JavaScript", "JS", "AA", "OpenAction", "PA":
		return classActions
	case "EmbeddedFiles", "EF", "RF", "AF", "FS":
		return classFiles
	case "OC", "OCGs", "OCProperties":
		return classLayers
	case "Resources", "Font", "XObject", "ExtGState", "Pattern", "Shading", "ColorSpace":
		if in != classForm && in != classAnnotation {
			return classResource
		}
	case "StructTreeRoot":
		return classStructure
	}
	return in
}

// typeClass is the class of an object by what it says it is, where its place is not
// known.
func typeClass(o pdffile.Object) class {
	d, ok := dictOf(o)
	if !ok {
		return classOther
	}
	switch t, _ := d.Get("Type").(pdffile.Name); t {
	case "Catalog", "Pages", "Page", "Template":
		return classPageTree
	case "Font", "FontDescriptor", "CIDFont", "Encoding", "CMap", "XObject", "ExtGState", "Pattern":
		return classResource
	case "Annot":
		return classAnnotation
	case "Action":
		return classActions
	case "OCG", "OCMD":
		return classLayers
	case "StructTreeRoot", "StructElem", "OBJR", "MCR":
		return classStructure
	case "EmbeddedFile", "Filespec", "F":
		return classFiles
	case "Metadata":
		return classMetadata
	case "Sig":
		return classSignature
	case "DocTimeStamp":
		return classTimestamp
	case "DSS", "VRI":
		return classDSS
	}
	return classOther
}

// kindOf describes an object in a word or two.
func kindOf(o pdffile.Object) string {
	if d, ok := dictOf(o); ok {
		t, _ := d.Get("Type").(pdffile.Name)
		s, _ := d.Get("Subtype").(pdffile.Name)
		_, stream := o.(*pdffile.Stream)
		switch {
		case t == "" && d.Has("ByteRange"):
			return "signature dictionary"
		case t != "" && s != "":
			return label(t) + " " + label(s)
		case t != "":
			return label(t)
		case stream:
			return "stream"
		}
		return "dictionary"
	}
	switch o.(type) {
	case nil:
		return "unreadable object"
	case pdffile.Array:
		return "array"
	case pdffile.String:
		return "string"
	case pdffile.Name:
		return "name"
	case pdffile.Integer, pdffile.Real:
		return "number"
	case pdffile.Ref:
		return "reference"
	case pdffile.Null:
		return "null"
	}
	return "object"
}

// dictOf returns a dictionary, or that of a stream.
func dictOf(o pdffile.Object) (pdffile.Dict, bool) {
	switch o := o.(type) {
	case pdffile.Dict:
		return o, true
	case *pdffile.Stream:
		return o.Dict, true
	}
	return pdffile.Dict{}, false
}
