package pdffile

import (
	"fmt"
	"slices"
)

// Encryption says how a document is encrypted (7.6).
type Encryption struct {
	// Handler is the Filter of the encryption dictionary; only Standard is known.
	Handler Name
	// V and R are the algorithm and the revision of the handler.
	V, R int
	// Bits is the length of the file's key.
	Bits int
	// Strings and Streams name the method: RC4, AES-128, AES-256 or Identity; empty if
	// it is not known.
	Strings, Streams string
	// Metadata: the metadata stream is encrypted too.
	Metadata bool
	// Permissions are what the user may do (Table 22).
	Permissions int32
	// Open: the password is right, and everything can be decrypted. Owner: it is the
	// owner's.
	Open, Owner bool
}

// Encrypted reports whether the document is encrypted, and how. Without the right
// password the structure can be read; strings are Sealed, and Reader refuses streams.
func (f *File) Encrypted() (Encryption, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	c, err := f.Last().handler()
	if err != nil || c == nil {
		return Encryption{}, err != nil
	}
	return c.about, true
}

// method is how one kind of data is encrypted.
type method uint8

const (
	unknownMethod method = iota
	identity
	rc4Method
	aes128
	aes256
)

var methodNames = [...]string{"", "Identity", "RC4", "AES-128", "AES-256"}

// handler is the encryption of a document under one encryption dictionary.
type handler struct {
	about                      Encryption
	key                        []byte // nil without the password
	strings, streams, embedded method
	named                      map[Name]method // of crypt filters
	self                       Ref             // of the encryption dictionary
}

// handlerKey is what a handler depends on.
type handlerKey struct {
	dict Ref
	at   int64 // of a dictionary that is not an object of its own
	row  *row
	id   string
}

// maxHandlers: all revisions of a document have one. Deriving a key costs a millisecond.
const maxHandlers = 4

// handler returns the encryption in force, nil if there is none. f.mu is held.
func (v *View) handler() (*handler, error) {
	o, key := v.encrypt()
	if o == nil {
		return nil, nil
	}
	f := v.f
	if c, ok := f.handlers[key]; ok {
		return c, nil
	}
	if len(f.handlers) >= maxHandlers {
		return nil, limit(v.Trailer().From, "encryption dictionaries", maxHandlers)
	}
	c, err := v.newHandler(o, key)
	if err != nil {
		return nil, err
	}
	if f.handlers == nil {
		f.handlers = map[handlerKey]*handler{}
	}
	f.handlers[key] = c
	return c, nil
}

// encrypt returns the Encrypt entry of the trailer, and what identifies it; nil if
// there is none.
func (v *View) encrypt() (Object, handlerKey) {
	t := v.Trailer()
	if !t.Has("Encrypt") {
		return nil, handlerKey{}
	}
	key := handlerKey{id: firstID(t)}
	switch o := t.Get("Encrypt").(type) {
	case Ref:
		key.dict, key.row = o, v.find(o.Number)
		return o, key
	case Dict:
		key.at = o.From
		return o, key
	default:
		return o, key
	}
}

func firstID(t Dict) string {
	a, _ := t.Get("ID").(Array)
	if len(a) == 0 {
		return ""
	}
	s, _ := a[0].(String)
	return string(s.Bytes)
}

// newHandler reads the encryption dictionary. What is wrong with it makes a handler that
// opens nothing; the error is one of reading.
func (v *View) newHandler(o Object, key handlerKey) (*handler, error) {
	c := &handler{self: key.dict}
	if _, ok := o.(Ref); ok && slices.Contains(v.f.pending, key.dict) {
		return c, nil
	}
	v.f.pending = append(v.f.pending, key.dict)
	defer func() { v.f.pending = v.f.pending[:len(v.f.pending)-1] }()
	if key.dict != (Ref{}) && key.row != nil && key.row.kind() == InStream {
		return c, nil // would have to be decrypted first
	}
	o, err := v.plain(o)
	if fatal(err) {
		return nil, err
	}
	d, ok := o.(Dict)
	if err != nil || !ok {
		return c, nil
	}
	p, ok := readParams(v, d)
	c.about = p.about
	if !ok {
		return c, nil
	}
	c.methods(p)
	p.id = []byte(key.id)
	c.key, c.about.Owner = p.unlock(v.f.opts.Password)
	c.about.Open = c.key != nil
	return c, nil
}

// plain resolves an object that is never encrypted: the encryption dictionary.
func (v *View) plain(o Object) (Object, error) {
	ref, ok := o.(Ref)
	if !ok {
		return o, nil
	}
	r := v.find(ref.Number)
	if r == nil || r.gen != ref.Generation || r.kind() != InFile {
		return Null{}, nil
	}
	w := v.f.borrow()
	defer v.f.giveBack(w)
	b, err := w.peek(r.offset(), 128)
	if err != nil {
		return nil, err
	}
	got, _, end, err := header(b, true)
	if err != nil || got != ref {
		return Null{}, nil
	}
	o, _, err = v.f.parseAt(w, r.offset()+int64(end))
	return o, err
}

// handlerOf is the encryption of one object.
type handlerOf struct {
	*handler
	ref Ref
}

// handlerFor returns how an object of the file is encrypted; nil if it is not.
func (v *View) handlerFor(ref Ref) (*handlerOf, error) {
	c, err := v.handler()
	if err != nil || c == nil || c.self == ref {
		return nil, err
	}
	return &handlerOf{c, ref}, nil
}

// manyHandlers reports whether views differ in how objects are decrypted.
func (f *File) manyHandlers() bool { return f.mixed }

// checkEncryption looks whether all revisions agree about the encryption.
func (f *File) checkEncryption() error {
	o, last := f.Last().encrypt()
	for n := range f.views {
		x, key := f.views[n].encrypt()
		sameKey := key.id == last.id && key.dict == last.dict && (key.row == last.row || key.row != nil && last.row != nil && key.row.same(last.row))
		if (x == nil) != (o == nil) || o != nil && !sameKey {
			f.mixed = true
			f.found(FoundEncryption, f.views[n].Trailer().From, Ref{}, "revision %d is not encrypted as the last one is", n)
		}
	}
	c, err := f.Last().handler()
	if err != nil || c == nil {
		return err
	}
	if c.streams == unknownMethod || c.strings == unknownMethod {
		f.found(FoundEncryption, f.Last().Trailer().From, c.self, "%s", fmt.Sprintf("the encryption %q, V %d, R %d is not known", string(c.about.Handler), c.about.V, c.about.R))
	}
	return nil
}
