package pdffile

import (
	"bytes"
	"errors"
	"io"
	"slices"
)

// filter is one step of a chain.
type filter struct {
	name  Name
	parms Dict
}

// filters reads the chain of a stream (7.3.8.2). Without a view no reference is
// followed. The error says why the data cannot be decoded.
func (f *File) filters(v *View, d Dict) ([]filter, error) {
	if d.Has("F") {
		return nil, &Error{CodeUndecoded, d.From, "the data of the stream are in another file"}
	}
	names, err := list(v, d.Get("Filter"))
	if err != nil {
		return nil, err
	}
	parms, err := list(v, d.Get("DecodeParms"))
	if err != nil {
		return nil, err
	}
	if len(names) > MaxFilters {
		return nil, limit(d.From, "filters of a stream", MaxFilters)
	}
	out := make([]filter, 0, len(names))
	for i, o := range names {
		n, ok := o.(Name)
		if !ok {
			return nil, &Error{CodeFilter, d.From, "a filter that is no name"}
		}
		x := filter{name: n}
		if full, ok := abbreviations[n]; ok {
			x.name = full
		}
		if i < len(parms) {
			x.parms, _ = parms[i].(Dict)
		}
		out = append(out, x)
	}
	return out, nil
}

// abbreviations are meant for inline images, and taken for streams by readers as well.
var abbreviations = map[Name]Name{"Fl": "FlateDecode", "LZW": "LZWDecode", "AHx": "ASCIIHexDecode", "A85": "ASCII85Decode", "RL": "RunLengthDecode"}

// list returns one value, or the values of an array, resolved; null is none.
func list(v *View, o Object) ([]Object, error) {
	o, err := follow(v, o)
	if err != nil {
		return nil, err
	}
	switch o := o.(type) {
	case Null:
		return nil, nil
	case Array:
		out := slices.Clone(o[:min(len(o), MaxFilters+1)])
		for i := range out {
			if out[i], err = follow(v, out[i]); err != nil {
				return nil, err
			}
		}
		return out, nil
	}
	return []Object{o}, nil
}

// follow resolves a reference, if there is a view.
func follow(v *View, o Object) (Object, error) {
	if v == nil {
		return o, nil
	}
	// A stream may name itself as its filter: what is being read is no filter.
	ref, ok := o.(Ref)
	if !ok {
		return o, nil
	}
	if slices.Contains(v.f.pending, ref) || len(v.f.pending) >= maxRefs {
		return nil, &Error{CodeFilter, -1, "filters that lead back to their stream"}
	}
	v.f.pending = append(v.f.pending, ref)
	defer func() { v.f.pending = v.f.pending[:len(v.f.pending)-1] }()
	return v.resolve(o)
}

// Filters returns the names of the stream's filters, in the order in which they are
// undone; nil if they cannot be told.
func (s *Stream) Filters() []Name {
	var out []Name
	for _, x := range s.filters {
		out = append(out, x.name)
	}
	return out
}

// Raw returns the data as they stand in the file.
func (f *File) Raw(s *Stream) *io.SectionReader { return f.Section(s.From, s.To) }

// Decode returns the decrypted and decoded data of a stream (7.4). For errors see
// Reader.
func (f *File) Decode(s *Stream) ([]byte, error) {
	r, err := f.Reader(s)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	return b, nil
}

// Reader is Decode for streams of any size. It must be closed. Its errors are *Error
// with CodeFilter for damaged data, CodeUndecoded for images (DCTDecode and others) and
// unknown filters, CodeEncrypted without the password, CodeLimit behind MaxDecoded
// bytes; or those of the reader of the file. The checksum at the end of deflated data
// is not looked at, as readers do not either.
//
// What is read counts each time, because a file may be made so that the same stream is
// needed again and again: see Reread for callers that decide that themselves.
func (f *File) Reader(s *Stream) (io.ReadCloser, error) {
	if s == nil {
		return nil, &Error{CodeFilter, -1, "no stream"}
	}
	return f.open(s, false)
}

// Reread is Reader for a stream that is read because the caller wants it, as often as
// that may be: its bytes count once. Only what lies behind the end of all earlier
// passes of Reread adds to the total that both share.
func (f *File) Reread(s *Stream) (io.ReadCloser, error) {
	if s == nil {
		return nil, &Error{CodeFilter, -1, "no stream"}
	}
	return f.open(s, true)
}

func (f *File) open(s *Stream, once bool) (io.ReadCloser, error) {
	if s.broken != nil {
		return nil, s.broken
	}
	p := &pipe{f: f, at: s.From}
	p.push(f.raw(s.From, s.To), false)
	if err := s.crypt.decrypt(p, s); err != nil {
		return nil, err
	}
	for _, x := range s.filters {
		if err := p.add(x); err != nil {
			p.Close()
			return nil, err
		}
	}
	if once {
		p.meter = f.meters.of(s)
	}
	return p, nil
}

// raw returns a reader of bytes of the file, from memory if they are there.
func (f *File) raw(from, to int64) io.Reader {
	if f.src.held != nil {
		return bytes.NewReader(f.src.held[from:to])
	}
	return io.NewSectionReader(&f.src, from, to-from)
}

// pipe is a chain of readers. What the last one returns is what comes out.
type pipe struct {
	f      *File
	at     int64
	end    *stage
	closed []func()
	meter  *meter // of a stream that counts once
	put    int64  // what the filters of this pipe put out
}

func (p *pipe) Read(b []byte) (int, error) { return p.end.Read(b) }

func (p *pipe) Close() error {
	for _, c := range p.closed {
		c()
	}
	p.closed = nil
	p.end = &stage{r: bytes.NewReader(nil), p: p}
	return nil
}

// push puts a reader of the present end at the end.
func (p *pipe) push(r io.Reader, counts bool) {
	p.end = &stage{p: p, r: r, before: p.end, counts: counts}
}

// stage counts what a filter puts out, and tells its own errors from those of the
// stages before it.
type stage struct {
	p      *pipe
	r      io.Reader
	before *stage
	counts bool
	err    error
}

func (s *stage) Read(b []byte) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	n, err := s.r.Read(b)
	if s.counts && !s.p.count(int64(n)) {
		err = limit(s.p.at, "decoded bytes in all streams that were read", MaxDecoded)
		n = 0
	}
	if err != nil {
		s.err = s.reason(err)
	}
	return n, s.err
}

func (s *stage) reason(err error) error {
	var e *Error
	switch {
	case err == io.EOF, s.before == nil: // the latter is the file itself
		return err
	case s.before.err != nil && s.before.err != io.EOF:
		return s.before.err
	case errors.As(err, &e):
		return err
	}
	return &Error{CodeFilter, s.p.at, err.Error()}
}

// add puts a filter at the end.
func (p *pipe) add(x filter) (err error) {
	var r io.Reader
	switch x.name {
	case "FlateDecode":
		var done func()
		r, done = inflate(p.end)
		p.closed = append(p.closed, done)
	case "LZWDecode":
		r = newLZW(p, x.parms)
	case "ASCIIHexDecode":
		r = newHex(p)
	case "ASCII85Decode":
		r = new85(p)
	case "RunLengthDecode":
		r = newRuns(p)
	case "Crypt":
		return nil // told by the handler
	default:
		return &Error{CodeUndecoded, p.at, "the filter " + string(x.name) + " is not decoded here"}
	}
	p.push(r, true)
	if x.name == "FlateDecode" || x.name == "LZWDecode" {
		r, err := predict(p, x.parms)
		if err != nil || r == nil {
			return err
		}
		p.push(r, false)
	}
	return nil
}
