package pdf

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// PDFA is what a document says of its conformance to PDF/A (ISO 19005). It is claimed:
// whether it is so is for a validator such as veraPDF to find out.
type PDFA struct {
	// Part and Conformance are pdfaid:part and pdfaid:conformance of the metadata, such
	// as 3 and B, as they are written; empty without. Rev is pdfaid:rev.
	Part, Conformance, Rev string
	// OutputIntents are the subtypes of the catalog's OutputIntents, such as GTS_PDFA1.
	OutputIntents []string
	// Ref is the metadata stream, its number 0 without one; Revision is the revision
	// that its bytes came with, -1 without one.
	Ref      pdffile.Ref
	Revision int
}

// Claimed reports whether the document says to be PDF/A.
func (p *PDFA) Claimed() bool { return p.Part != "" }

// String is the claim as one speaks of it, such as 3B.
func (p *PDFA) String() string { return p.Part + p.Conformance }

// Codes of findings about a claim of PDF/A.
const (
	foundMetadata        = "pdf.pdfa-metadata"     // the metadata cannot be read
	foundPDFAClaim       = "pdf.pdfa-claim"        // no part and conformance of ISO 19005, or two
	foundPDFARelation    = "pdf.pdfa-relationship" // AFRelationship missing, or none of the names
	foundPDFAMIME        = "pdf.pdfa-mime"         // no media type
	foundPDFADescription = "pdf.pdfa-description"  // no Desc, which is recommended
	foundPDFANames       = "pdf.pdfa-names"        // F or UF missing
	foundPDFADate        = "pdf.pdfa-moddate"      // no ModDate
	foundPDFAAssociation = "pdf.pdfa-association"  // in no AF entry
	foundPDFAEmbedded    = "pdf.pdfa-embedded"     // embedded files in a part that knows none, or none where they are owed
)

// maxOutputIntents bounds those that are listed; one is usual.
const maxOutputIntents = 16

// findPDFA reads the claim of a view. Metadata that cannot be read are a finding, sealed
// ones none. The error is one of the reader, or an *pdffile.Error with CodeLimit.
func findPDFA(f *pdffile.File, v *pdffile.View) (PDFA, []pdffile.Finding, error) {
	p := PDFA{Revision: -1}
	c := claimReader{v: v}
	catalog := c.dict(catalogOf(f, v.Revision()))
	intents, _ := claimOf[pdffile.Array](&c, catalog.Get("OutputIntents"))
	for _, o := range intents[:min(len(intents), maxOutputIntents)] {
		if s := c.name(c.dict(o).Get("S")); s != "" {
			p.OutputIntents = append(p.OutputIntents, s)
		}
	}
	s, ok := claimOf[*pdffile.Stream](&c, catalog.Get("Metadata"))
	if !ok || c.err != nil {
		return p, nil, c.err
	}
	found, err := p.read(f, v, s)
	return p, found, err
}

// read takes the claim from the metadata stream.
func (p *PDFA) read(f *pdffile.File, v *pdffile.View, s *pdffile.Stream) ([]pdffile.Finding, error) {
	p.Ref = s.Ref
	p.Revision, _ = v.Where(s.Ref)
	claims, sourceErr, err := readMetadata(f, s)
	p.Part, p.Conformance, p.Rev = claims.part, claims.conformance, claims.rev
	var own *pdffile.Error
	if sourceErr != nil {
		switch {
		case !errors.As(sourceErr, &own), own.Code == pdffile.CodeLimit:
			return nil, sourceErr
		case own.Code == pdffile.CodeEncrypted:
			return nil, nil
		}
		err = sourceErr
	}
	var out []pdffile.Finding
	add := func(code, format string, args ...any) {
		out = append(out, pdffile.Finding{Code: code, Offset: s.From, Revision: p.Revision, Ref: s.Ref, Text: fmt.Sprintf(format, args...)})
	}
	if err != nil {
		add(foundMetadata, "the metadata cannot be read to their end: %v", err)
	}
	if claims.found {
		p.checkClaim(claims, add)
	}
	return out, nil
}

// readMetadata tells an error of the stream from one of the XML in it.
func readMetadata(f *pdffile.File, s *pdffile.Stream) (claims xmpClaims, sourceErr, err error) {
	r, err := f.Reader(s)
	if err != nil {
		return claims, err, nil
	}
	defer r.Close()
	source := &errorReader{r: r}
	claims, err = readXMP(source)
	return claims, source.err, err
}

// errorReader keeps the error of a reader.
type errorReader struct {
	r   io.Reader
	err error
}

func (e *errorReader) Read(b []byte) (int, error) {
	n, err := e.r.Read(b)
	if err != nil && err != io.EOF {
		e.err = err
	}
	return n, err
}

// conformances are the levels of each part of ISO 19005.
var conformances = map[string]string{"1": "AB", "2": "ABU", "3": "ABU", "4": "EF"}

// checkClaim looks whether the claim names something that there is.
func (p *PDFA) checkClaim(claims xmpClaims, add func(code, format string, args ...any)) {
	levels, known := conformances[p.Part]
	switch {
	case claims.twice:
		add(foundPDFAClaim, "the metadata claim PDF/A twice, and differently: readers may take another claim than PDF/A-%s", p)
	case p.Part == "":
		add(foundPDFAClaim, "the metadata have properties of a claim of PDF/A, and no part")
	case !known, claims.level && p.Conformance == "", !claims.level && p.Part != "4", len(p.Conformance) > 1, !strings.Contains(levels, p.Conformance):
		add(foundPDFAClaim, "the metadata claim PDF/A-%s, which ISO 19005 does not know", p)
	}
}
