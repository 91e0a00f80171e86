package pdf

import (
	"fmt"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// found notes a finding about the node's object.
func (x *fileReader) found(code, format string, args ...any) {
	x.scan.found(code, x.node.ref, format, args...)
}

// found notes a finding about an object of the present document. What older revisions
// had is no fault of this one.
func (s *attachmentScan) found(code string, ref pdffile.Ref, format string, args ...any) {
	if s.view.Revision() != s.last {
		return
	}
	if len(s.findings) == maxAttachmentFindings {
		s.findings = append(s.findings, pdffile.Finding{Code: pdffile.FoundCut, Offset: s.file.Size(), Revision: s.last,
			Text: fmt.Sprintf("more than %d findings about attachments", maxAttachmentFindings)})
	}
	if len(s.findings) > maxAttachmentFindings {
		return
	}
	rev, e := s.view.Where(ref)
	if e.Kind == pdffile.InStream {
		_, e = s.view.Where(pdffile.Ref{Number: e.Container})
	}
	s.findings = append(s.findings, pdffile.Finding{Code: code, Offset: e.Offset, Revision: rev, Ref: ref, Text: fmt.Sprintf(format, args...)})
}

// cut notes that a limit ended the search, once for each.
func (s *attachmentScan) cut(what string, n int) { s.cutAt(what, n, s.view.Revision()) }

func (s *attachmentScan) cutAt(what string, n, revision int) {
	if s.limits[what] {
		return
	}
	s.limits[what] = true
	s.findings = append(s.findings, pdffile.Finding{Code: foundAttachmentsCut, Offset: s.file.Size(), Revision: revision,
		Text: fmt.Sprintf("more than %d %s: the search for attachments ended at revision %d", n, what, revision)})
}
