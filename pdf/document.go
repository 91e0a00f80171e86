package pdf

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"slices"
	"sync"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
	"github.com/exhibit-dev/exhibit/verdict"
)

// Options say how to open a document. The zero value is right for one that is not
// encrypted, or that opens without a password.
type Options struct {
	// Password opens an encrypted document, as its user or as its owner. It is given in
	// the bytes that the handler asks for (pdffile.Options).
	Password []byte
}

// sniffDepth is how far into a file readers look for its header.
const sniffDepth = 1024

// Sniff reports whether a file that begins with head looks like a PDF. The first
// kilobyte is enough.
func Sniff(head []byte) bool {
	return bytes.Contains(head[:min(len(head), sniffDepth)], []byte("%PDF-"))
}

// Document is an open PDF file with what it holds of evidence: signatures, document
// time-stamps, the validation data of its DSS, and attachments. It was parsed, and
// nothing of it is trusted.
//
// A Document is not changed once it is open and is safe for concurrent use. It reads
// from its io.ReaderAt for as long as it is used.
type Document struct {
	file       *pdffile.File
	signatures []*signature // and document time-stamps, by the end of the ByteRange
	store      *store
	warnings   []verdict.Warning
	unchecked  []verdict.Unchecked
	full       bool // there are more signatures than a limit allows

	measures measures
	mu       sync.Mutex
	comparer *comparer
	changes  map[*signature]changeReport

	filesMu  sync.Mutex
	files    embeddedFiles
	claimsMu sync.Mutex
	claims   *Fields
}

// Open reads a document of the given size: its structure, signature dictionaries and
// their values, and the DSS of every revision. Nothing is verified, and no byte of the
// file is hashed. The reader must not change while the Document is used.
//
// The error wraps a *pdffile.Error with the code pdf.not-pdf, pdf.unreadable or
// pdf.limit, or is one of the reader or of the context; see Unreadable.
func Open(ctx context.Context, r io.ReaderAt, size int64, o Options) (*Document, error) {
	f, err := pdffile.Open(ctx, r, size, pdffile.Options{Password: o.Password})
	if err != nil {
		return nil, err
	}
	d := &Document{file: f}
	if err := d.readSignatures(ctx); err != nil {
		return nil, err
	}
	if d.store, err = readStore(ctx, f); err != nil {
		return nil, err
	}
	return d, nil
}

// readSignatures finds the signature dictionaries, reads them and puts them in order.
func (d *Document) readSignatures(ctx context.Context) error {
	x, err := find(ctx, d.file)
	if err != nil {
		return err
	}
	if err := d.linkLast(ctx, x); err != nil {
		return err
	}
	for _, s := range x.found {
		if err := s.read(d.file); err != nil {
			return err
		}
	}
	if err := d.linkEarlier(ctx, x); err != nil {
		return err
	}
	for _, s := range x.found {
		if s.rules, err = readRules(d.file, s); err != nil {
			return err
		}
	}
	d.full = d.full || x.full
	list := slices.DeleteFunc(x.found, d.usageRights)
	list, remnants := choose(list)
	if len(remnants) > 0 {
		d.warnings = append(d.warnings, verdict.Warning{Code: warnRemnant,
			Text: "a signature dictionary that is not in force and does not fit its place was passed over"})
	}
	slices.SortStableFunc(list, func(a, b *signature) int {
		return cmp.Or(cmp.Compare(a.order(), b.order()), cmp.Compare(a.at, b.at))
	})
	d.signatures = list
	return d.readValues(ctx, maxContents)
}

// readValues reads what the Contents hold, as far as they have no more bytes than left,
// and numbers the signatures.
func (d *Document) readValues(ctx context.Context, left int) error {
	numbers := map[bool]int{}
	for _, s := range d.signatures {
		if err := ctx.Err(); err != nil {
			return err
		}
		numbers[s.timestamp()]++
		s.number = numbers[s.timestamp()]
		if left -= len(s.contents.bytes); left < 0 {
			s.value.limited = true
			s.value.refuse(reasonLimit, "the signatures of the document are larger than this program reads")
		} else if err := s.value.read(s, s.view(d.file)); err != nil {
			return err
		}
	}
	return nil
}

// closed reports whether the document is encrypted and no password has opened it.
func (d *Document) closed() bool {
	e, encrypted := d.file.Encrypted()
	return encrypted && !e.Open
}

// maxContents bounds what the Contents of all signatures hold: with certificates and
// revocation data one has some ten kilobytes, and room for as much again.
const maxContents = 32 << 20

// usageRights reports whether a dictionary grants rights in a reader program and is no
// signature of a document: Perms or its transform says so, and no field has it as its
// value. It is named as not checked.
func (d *Document) usageRights(s *signature) bool {
	if len(s.fields) > 0 || !s.usage && !s.rules.usage {
		return false
	}
	d.unchecked = append(d.unchecked, verdict.Unchecked{Name: warnUsageRights,
		Why: "a usage rights signature enables features of a reader program; it is no signature of the document"})
	return true
}
