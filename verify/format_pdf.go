package verify

import (
	"context"
	"io"
	"sync"

	"github.com/exhibit-dev/exhibit/pdf"
	"github.com/exhibit-dev/exhibit/verdict"
)

// PDF is the format of documents with signatures and time-stamps inside. A document is
// evidence over itself, and a subject of other evidence like any file. It has no
// extension that claims the kind: most files named .pdf are not signed.
func PDF() Format {
	return Format{
		Kind: pdf.Kind, Code: "pdf", Proves: verdict.ProvesSignature,
		Sniff: pdf.Sniff, Names: []string{".pdf"},
		OpenAt:     openDocument,
		Unreadable: pdf.Unreadable,
	}
}

// openDocument reads a document. One that cannot be read is evidence only if it carries a
// signature, and then the error says so; without it is a subject like any file.
func openDocument(ctx context.Context, r io.ReaderAt, size int64, o OpenOptions) (Evidence, error) {
	d := &document{r: r, size: size, options: pdf.Options{Password: o.Password}}
	doc, err := d.use(ctx)
	if err != nil {
		node := pdf.Unreadable(err)
		if node.Indication() != verdict.Failed {
			return nil, err
		}
		holds, readErr := pdf.HoldsSignature(ctx, r, size)
		switch {
		case readErr != nil:
			return nil, readErr
		case holds:
			return nil, err
		}
		return nil, nil
	}
	if d.plain = !doc.Evidence(); d.plain {
		if items, err := doc.EmbeddedItems(); len(items) == 0 && err == nil {
			return nil, nil
		}
	}
	d.parts = doc.Parts()
	return d, nil
}

// document is a PDF file. What was read of it is let go of where many are open, and read
// again.
type document struct {
	r       io.ReaderAt
	size    int64
	options pdf.Options
	plain   bool
	parts   int

	mu  sync.Mutex
	doc *pdf.Document
}

// use returns the document, open.
func (d *document) use(ctx context.Context) (*pdf.Document, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.doc == nil {
		doc, err := pdf.Open(ctx, d.r, d.size, d.options)
		if err != nil {
			return nil, err
		}
		d.doc = doc
	}
	return d.doc, nil
}

// Release lets go of what was read. Who uses it goes on.
func (d *document) Release() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.doc = nil
}

// Encloses marks evidence that holds its subject.
func (d *document) Encloses() {}

// Commitments is empty: the digests that are signed are of parts of the file.
func (d *document) Commitments(Env) []Commitment { return nil }

// Weight is the number of signatures, time-stamps and attachments.
func (d *document) Weight() int { return d.parts }

// Plain reports whether the document is a subject that only holds other files.
func (d *document) Plain() bool { return d.plain }

// Digests are those of the file, taken with those that Verify needs.
func (d *document) Digests(ctx context.Context, want []verdict.DigestOf) (verdict.Subject, error) {
	doc, err := d.use(ctx)
	if err != nil {
		return nil, err
	}
	return doc.Digests(ctx, want...)
}

// Verify judges the document over itself. The claims are read now, so that the node does
// not keep the file open.
func (d *document) Verify(ctx context.Context, _ verdict.Subject, env Env) verdict.Result {
	doc, err := d.use(ctx)
	if err != nil {
		return unreadAgain(err)
	}
	r := doc.Verify(ctx, env.Env).Result
	r.Claims = doc.Claims().Fields()
	return r
}

// unreadAgain is for a document that could be read before: whatever happened, it is no
// verdict on its content.
func unreadAgain(err error) verdict.Result {
	p := verdict.Begin(pdf.Kind, "format")
	p.Undecided("format", verdict.Custom, reasonIncomplete, "the file could not be read again: "+err.Error(), "")
	r := p.Finish()
	r.Proves = []string{verdict.ProvesSignature}
	return r
}

// Claims returns what the document says of itself.
func (d *document) Claims() any {
	doc, err := d.use(context.Background())
	if err != nil {
		return nil
	}
	return doc.Claims().Fields()
}

// Embedded lists the present attachments. Those that may be evidence come with the name
// of their kind.
func (d *document) Embedded(ctx context.Context) ([]Embedded, error) {
	doc, err := d.use(ctx)
	if err != nil {
		return nil, err
	}
	list, err := doc.Attachments()
	items, itemsErr := doc.EmbeddedItems()
	if err == nil {
		err = itemsErr
	}
	of := make(map[*pdf.Attachment]*pdf.EmbeddedItem, len(items))
	for i := range items {
		of[items[i].Attachment] = &items[i]
	}
	var out []Embedded
	for i, a := range list {
		if a.Removed >= 0 || a.Unnamed {
			continue
		}
		x := Embedded{Name: a.Name, Open: d.opener(ctx, i)}
		if item := of[a]; item != nil {
			x.MayBeEvidence, x.Claims = true, item.Claims
		}
		out = append(out, x)
	}
	return out, err
}

// opener opens an attachment by its place in the list, which is the same each time that
// the document is read.
func (d *document) opener(ctx context.Context, i int) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) {
		doc, err := d.use(ctx)
		if err != nil {
			return nil, err
		}
		list, err := doc.Attachments()
		if i >= len(list) {
			if err == nil {
				err = errChanged
			}
			return nil, err
		}
		return list[i].Open()
	}
}
