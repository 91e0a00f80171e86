package pdffile

import (
	"bytes"
	"context"
	"io"
	"slices"
	"sync"
	"sync/atomic"
)

// Options say how to open a file. The zero value is right for judging one.
type Options struct {
	// Password opens an encrypted document, as its user or as its owner; the empty one
	// is always tried. It is given in the bytes that the revision of the handler asks
	// for: PDFDocEncoding up to revision 4, UTF-8 (SASLprep) from 5 on.
	Password []byte
	// NoScan leaves the tolerant pass out while the strict one succeeds: objects are not
	// checked against their entries, Entry.End is -1, and findings are few.
	NoScan bool
	// Rebuild reads by the tolerant pass alone, as readers do that repair a file.
	Rebuild bool
}

// File is an open PDF file. It reads from its io.ReaderAt for as long as it is used.
type File struct {
	src  source
	opts Options

	header    int64 // of %PDF-, -1 without one
	version   string
	base      int64 // what the numbers in the file count from
	lastStart int64 // of the last startxref, -1 without one
	strict    bool
	sections  []Section
	rows      []row
	revisions []*Revision
	all       []*row // of all revisions, by number and revision
	views     []View
	findings  []Finding
	cut       bool
	mixed     bool // revisions differ in their encryption
	marks     []Mark
	embeds    bool // an object may name an embedded file

	noEmbedded bool

	decoded atomic.Int64 // see MaxDecoded
	meters  meters

	mu       sync.Mutex // guards what follows
	windows  []*window
	looked   int64
	noMore   [2]int64 // from where on there is no endstream and no endobj
	cache    cache
	pending  []Ref // Lengths and containers that are being read
	handlers map[handlerKey]*handler
}

// Open reads the structure of a file: its header, all cross-reference sections, and
// the outline of every object. The reader must not change while the File is used.
//
// The error is an *Error with CodeNotPDF, CodeUnreadable (no pass finds a catalog) or
// CodeLimit; or one of the reader, or of the context.
func Open(ctx context.Context, r io.ReaderAt, size int64, o Options) (*File, error) {
	f := &File{src: source{r: r, size: max(size, 0)}, opts: o, lastStart: -1}
	f.opts.Password = bytes.Clone(o.Password)
	if err := f.src.hold(); err != nil {
		return nil, err
	}
	return f.start(ctx)
}

func (f *File) start(ctx context.Context) (*File, error) {
	if err := f.read(ctx); err != nil {
		return nil, err
	}
	f.settle()
	return f, nil
}

// read runs the passes.
func (f *File) read(ctx context.Context) error {
	w := f.borrow()
	defer f.giveBack(w)
	if err := f.readHeader(w); err != nil {
		return err
	}
	if f.opts.Rebuild {
		return f.rebuild(ctx, w)
	}
	err := f.strictPass(w)
	switch {
	case err == nil:
		f.strict = true
	case fatal(err), isCode(err, CodeLimit):
		return err
	default:
		f.drop()
		f.found(FoundNotStrict, offsetOf(err), Ref{}, "%s", err.Error())
		return f.rebuild(ctx, w)
	}
	if f.opts.NoScan {
		return nil
	}
	return f.audit(ctx, w)
}

// strictPass reads by the letter, up to the catalog.
func (f *File) strictPass(w *window) error {
	if err := f.chain(w); err != nil {
		return err
	}
	linear, err := f.linearized(w)
	if err != nil {
		return err
	}
	if err := f.group(w, linear); err != nil {
		return err
	}
	f.order()
	f.prepare()
	f.checkTrailers()
	return f.checkRoot()
}

// drop forgets what a failed strict pass has read.
func (f *File) drop() {
	*f = File{src: f.src, opts: f.opts, header: f.header, version: f.version, lastStart: f.lastStart,
		findings: f.headerFindings(), windows: f.windows, looked: f.looked, noMore: f.noMore}
}

// headerFindings are those that stay when the strict pass fails.
func (f *File) headerFindings() (out []Finding) {
	for _, x := range f.findings {
		if x.Code == FoundNoHeader || x.Code == FoundBefore {
			out = append(out, x)
		}
	}
	return out
}

// readHeader looks for %PDF- (7.5.2). A file without one that ends like a PDF is read
// all the same: it may be a signed document with its first byte changed.
func (f *File) readHeader(w *window) error {
	b, err := w.peek(0, maxHeader)
	if err != nil {
		return err
	}
	f.header = int64(bytes.Index(b, []byte("%PDF-")))
	if f.header >= 0 {
		v := b[f.header+5:]
		f.version = string(v[:min(lineEnd(v, 0), 8)])
		if f.header > 0 {
			f.found(FoundBefore, 0, Ref{}, "%d bytes before the header", f.header)
		}
		return nil
	}
	from := max(0, f.src.size-maxHeader)
	if b, err = w.peek(from, maxHeader); err != nil {
		return err
	}
	if !bytes.Contains(b, []byte("startxref")) {
		return &Error{CodeNotPDF, 0, "neither a header nor a startxref"}
	}
	f.found(FoundNoHeader, 0, Ref{}, "no header within the first %d bytes", maxHeader)
	return nil
}

// linearized reports whether the first object says that the file is (F.3.3).
func (f *File) linearized(w *window) (bool, error) {
	from := max(f.header, 0)
	b, err := w.peek(from, maxHeader)
	if err != nil || !bytes.Contains(b, []byte("/Linearized")) {
		return false, err
	}
	b = b[:min(len(b), maxHeader)]
	i := blanks(b, 0)
	_, _, end, err := header(b[i:], true)
	if err != nil {
		return false, nil
	}
	p := parser{lexer: lexer{b: b, i: i + end, last: true}, base: from}
	o, err := p.object(0)
	d, ok := o.(Dict)
	return err == nil && ok && d.Has("Linearized"), nil
}

// Size is the size of the file.
func (f *File) Size() int64 { return f.src.size }

// Version is what the header says, such as 1.7; empty without a header. The catalog
// may say another one.
func (f *File) Version() string { return f.version }

// Strict reports whether the strict pass could read the file: startxref, every section
// of the chain and the catalog. Otherwise all is as the tolerant pass found it.
func (f *File) Strict() bool { return f.strict }

// Findings returns what is not by the letter or may be read differently, in the order
// of the file. Those about the inside of an object are told by View.Notes.
func (f *File) Findings() []Finding { return f.findings }

// EndsInSpace reports whether nothing but white space stands behind the last revision,
// and at least one byte of it.
func (f *File) EndsInSpace() bool {
	return slices.ContainsFunc(f.findings, func(x Finding) bool { return x.Code == FoundSpace })
}

// NoEmbedded reports that no object of any revision names an embedded file: none has the
// entry EF of a file specification (7.11.3). It is false where that cannot be told
// without reading more, because of object streams, broken objects or a file that is not
// Strict.
func (f *File) NoEmbedded() bool { return f.noEmbedded }

// Revisions returns the revisions, oldest first. There is at least one.
func (f *File) Revisions() []*Revision { return f.revisions }

// Section returns the bytes from to to of the file, for hashing. Of a file that has
// become shorter since it was opened, reading ends in io.ErrUnexpectedEOF, which is
// wrapped, never in io.EOF.
func (f *File) Section(from, to int64) *io.SectionReader {
	return io.NewSectionReader(&f.src, from, max(to-from, 0))
}

// Held returns the bytes of a small file, which nobody may change; nil of a large one.
func (f *File) Held() []byte { return f.src.held }

// ReadAt reads bytes of the file, as Section does. Of a file up to 1 MiB they are those
// that were read when it was opened.
func (f *File) ReadAt(b []byte, off int64) (int, error) { return f.src.ReadAt(b, off) }

// Lex reads the one object that begins at from, past white space and comments, and
// ends before to. It returns where the object ends. Strings are not decrypted. The
// error is an *Error, or one of the reader.
func (f *File) Lex(from, to int64) (o Object, end int64, err error) {
	if from < 0 || to > f.src.size || from > to {
		return nil, 0, unreadable(from, "no such bytes")
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.spent(); err != nil {
		return nil, 0, err
	}
	w := f.borrow()
	defer f.giveBack(w)
	seen := int64(0)
	err = w.grow(from, func(b []byte, last bool) (err error) {
		if rest := to - from; rest <= int64(len(b)) {
			b, last = b[:rest], true
		}
		p := parser{lexer: lexer{b: b, i: 0, last: last}, base: from}
		o, err = p.object(0)
		end, seen = from+int64(p.i), int64(p.seen())
		return err
	})
	if err2 := f.spend(seen); err == nil {
		err = err2
	}
	if err != nil {
		return nil, 0, err
	}
	return o, end, nil
}

func offsetOf(err error) int64 {
	if e, ok := err.(*Error); ok {
		return max(e.Offset, 0)
	}
	return 0
}

// borrow returns a window that nobody uses.
func (f *File) borrow() *window {
	if n := len(f.windows); n > 0 {
		w := f.windows[n-1]
		f.windows = f.windows[:n-1]
		return w
	}
	return &window{src: &f.src}
}

// giveBack takes a window back, without a large buffer.
func (f *File) giveBack(w *window) {
	if cap(w.buf) > searchChunk {
		w.buf = nil
	}
	f.windows = append(f.windows, w)
}
