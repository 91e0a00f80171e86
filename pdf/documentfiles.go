package pdf

import (
	"context"
	"io"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// embeddedFiles is what the search for embedded files found.
type embeddedFiles struct {
	list     []*Attachment
	findings []pdffile.Finding
	err      error
	done     bool
}

// Attachments lists the embedded files of the document: those that it names, behind them
// those that only older revisions named, and those that nothing names. The search is
// made once, when it is first asked for.
//
// The error is one of the reader, or a *pdffile.Error with the code pdf.limit; what was
// found until then is returned with it.
func (d *Document) Attachments() ([]*Attachment, error) {
	list, _, err := d.attachments()
	return list, err
}

// attachments keeps an answer, unless the reader failed.
func (d *Document) attachments() ([]*Attachment, []pdffile.Finding, error) {
	d.filesMu.Lock()
	defer d.filesMu.Unlock()
	if x := &d.files; !x.done {
		x.list, x.findings, x.err = findAttachments(d.file)
		x.done = passing(x.err) == nil
	}
	return d.files.list, d.files.findings, d.files.err
}

// EmbeddedItems lists the present attachments that are evidence, or may hold some, by
// their names and first bytes. None of them is judged. For the error see Attachments.
func (d *Document) EmbeddedItems() ([]EmbeddedItem, error) {
	list, err := d.Attachments()
	items, more := embeddedItems(list)
	if err == nil {
		err = more
	}
	return items, err
}

// Evidence reports whether the document carries evidence: a signature or document
// time-stamp, however broken, whether or not a field leads to it; or an attachment that
// claims to be evidence. What cannot be read is none.
func (d *Document) Evidence() bool {
	if len(d.signatures) > 0 {
		return true
	}
	items, _ := d.EmbeddedItems()
	for _, x := range items {
		if x.Claims {
			return true
		}
	}
	return false
}

// Revisions is the number of revisions, at least one. They are numbered from 0, the
// oldest.
func (d *Document) Revisions() int { return len(d.file.Revisions()) }

// WriteRevision writes the document as it stood at the end of revision n: the bytes of
// the file from its first one to the end of the revision, unchanged. The error is one of
// w, of the context or of the reader, or says that there is no such revision.
func (d *Document) WriteRevision(ctx context.Context, n int, w io.Writer) error {
	return writeRevision(ctx, d.file, n, w)
}
