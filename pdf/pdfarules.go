package pdf

import (
	"fmt"
	"strings"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// relationships are the values of AFRelationship (ISO 19005-3, Annex E). ISO 32000-2,
// Table 43 has more, and lets writers make up others.
var relationships = map[string]bool{"Source": true, "Data": true, "Alternative": true, "Supplement": true, "Unspecified": true}

// pdfaFindings holds present attachments against what the claimed part of ISO 19005 says
// of embedded files. These are the rules that matter to one who looks for evidence; that
// none is broken says nothing about conformance.
func pdfaFindings(p *PDFA, list []*Attachment) []pdffile.Finding {
	r := pdfaRules{claim: p}
	n := 0
	for _, a := range list {
		if a.Removed >= 0 || a.Unnamed {
			continue
		}
		n++
		switch p.Part {
		case "1":
			r.found(a, foundPDFAEmbedded, "embedded files are not allowed (ISO 19005-1, 6.1.11)")
		case "2":
			if a.MIME != "application/pdf" && !strings.HasSuffix(strings.ToLower(a.Name), ".pdf") {
				r.found(a, foundPDFAEmbedded, "embedded files must be PDF/A themselves (ISO 19005-2, 6.8)")
			}
		case "3", "4":
			r.associated(a)
		}
	}
	if n == 0 && p.Part == "4" && p.Conformance == "F" {
		r.out = append(r.out, pdffile.Finding{Code: foundPDFAEmbedded, Offset: -1, Revision: p.Revision, Ref: p.Ref,
			Text: r.text("the document embeds no file (ISO 19005-4, Annex A)")})
	}
	return r.out
}

type pdfaRules struct {
	claim *PDFA
	out   []pdffile.Finding
}

func (r *pdfaRules) text(what string) string {
	return fmt.Sprintf("PDF/A-%s is claimed: %s; conformance is for veraPDF to validate, not judged here", r.claim, what)
}

func (r *pdfaRules) found(a *Attachment, code, what string) {
	if len(r.out) < maxAttachmentFindings {
		r.out = append(r.out, a.finding(code, "%s", r.text(fmt.Sprintf("of the embedded file %q, %s", a.Name, what))))
	}
}

// associated holds an attachment against the rules for associated files (ISO 19005-3,
// 6.8 and Annex E; ISO 19005-4, 6.9; ISO 32000-2, 7.11.3, 7.11.4 and 14.13). Part 4 lets
// an annotation name a file without an association.
func (r *pdfaRules) associated(a *Attachment) {
	if a.MIME == "" {
		r.found(a, foundPDFAMIME, "the stream has no Subtype with a media type")
	} else if !mediaType(a.MIME) {
		r.found(a, foundPDFAMIME, fmt.Sprintf("the Subtype %q is no media type", a.MIME))
	}
	if a.Modified == "" && !a.Sealed {
		r.found(a, foundPDFADate, "the stream has no ModDate")
	}
	for _, spec := range a.specs {
		r.spec(a, spec)
	}
	associated := a.MorePlaces > 0 // among those that are not listed
	for i := range a.Places {
		associated = associated || a.Places[i].Kind.Associated()
	}
	if !associated && r.claim.Part == "3" {
		r.found(a, foundPDFAAssociation, "no AF entry names it")
	}
}

func (r *pdfaRules) spec(a *Attachment, spec *fileSpec) {
	has := map[string]bool{}
	for i := range spec.names {
		has[spec.names[i].Key] = true
	}
	if !has["F"] || !has["UF"] {
		r.found(a, foundPDFANames, "the file specification does not have both F and UF")
	}
	switch {
	case !spec.related:
		r.found(a, foundPDFARelation, "the file specification has no name as its AFRelationship")
	case r.claim.Part == "3" && !relationships[spec.relationship]:
		r.found(a, foundPDFARelation, fmt.Sprintf("the AFRelationship %q is none of the names", shown(spec.relationship)))
	}
	if !spec.described {
		r.found(a, foundPDFADescription, "the file specification has no Desc, which is recommended")
	}
}

// mediaType reports whether a text has the form of a media type (RFC 6838, 4.2).
func mediaType(s string) bool {
	kind, sub, ok := strings.Cut(s, "/")
	return ok && mediaName(kind) && mediaName(sub)
}

func mediaName(s string) bool {
	if s == "" || len(s) > 127 {
		return false
	}
	for _, c := range []byte(s) {
		letter := 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9'
		if !letter && !strings.ContainsRune("!#$&-^_.+", rune(c)) {
			return false
		}
	}
	return true
}
