package pdffile

// Object is one of Null, Bool, Integer, Real, String, Name, Array, Dict, *Stream, Ref
// and Keyword (ISO 32000-2, 7.3).
type Object interface{ object() }

// Null also stands for what is absent.
type Null struct{}

// Bool is true or false.
type Bool bool

// Integer is a number without a point that fits 64 bits.
type Integer int64

// Real is the text of any other number, as it stands.
type Real string

// Name is a name without its slash, with #xx decoded.
type Name string

// Keyword is a word that is no object. Readers take it for null, or refuse the object.
type Keyword string

// String is a literal or hexadecimal string.
type String struct {
	// Bytes is the decoded and decrypted text; what is Sealed is still encrypted.
	Bytes []byte
	// Hex: written as <...>.
	Hex bool
	// Sealed: the document is encrypted and the password is missing.
	Sealed bool
	// Irregular: a hexadecimal string with other characters than digits and white space.
	Irregular bool
	// From and To are the string with its brackets in the file, -1 in an object stream.
	From, To int64
}

// Array is an array.
type Array []Object

// Member is one entry of a dictionary. From is at its key's slash, To behind its
// value; both are -1 in an object stream.
type Member struct {
	Key      Name
	Value    Object
	From, To int64
}

// Dict is a dictionary in the order of the file. From and To are the dictionary with
// its brackets, -1 in an object stream.
type Dict struct {
	Members  []Member
	From, To int64
}

// Ref names an indirect object.
type Ref struct {
	Number     uint32
	Generation uint16
}

// Stream is a dictionary with data, the bytes From to To of the file. They are as
// they stand: encoded and encrypted.
type Stream struct {
	Dict     Dict
	From, To int64
	// Ref is the object that the stream is.
	Ref Ref

	filters []filter
	broken  error // why filters cannot be told
	crypt   *handlerOf
}

func (Null) object()    {}
func (Bool) object()    {}
func (Integer) object() {}
func (Real) object()    {}
func (Name) object()    {}
func (Keyword) object() {}
func (String) object()  {}
func (Array) object()   {}
func (Dict) object()    {}
func (Ref) object()     {}
func (*Stream) object() {}

// Get returns the value of the first entry with the key, Null if there is none. Of a
// key that stands twice, readers take the one or the other; it is a finding.
func (d Dict) Get(key Name) Object {
	m, _ := d.Member(key)
	if m.Value == nil {
		return Null{}
	}
	return m.Value
}

// Member returns the first entry with the key.
func (d Dict) Member(key Name) (Member, bool) {
	for i := range d.Members {
		if d.Members[i].Key == key {
			return d.Members[i], true
		}
	}
	return Member{}, false
}

// Has reports whether the key is there with another value than null.
func (d Dict) Has(key Name) bool {
	_, null := d.Get(key).(Null)
	return !null
}

// Integer returns the value of a key that is directly an integer.
func (d Dict) Integer(key Name) (int64, bool) {
	n, ok := d.Get(key).(Integer)
	return int64(n), ok
}

// name returns the value of a key that is directly a name.
func (d Dict) name(key Name) Name {
	n, _ := d.Get(key).(Name)
	return n
}

// Walk calls visit for the object and everything inside it, outermost first, without
// following references. Where visit returns false it does not go deeper.
func Walk(o Object, visit func(Object) bool) {
	if !visit(o) {
		return
	}
	switch o := o.(type) {
	case Array:
		for _, x := range o {
			Walk(x, visit)
		}
	case Dict:
		for i := range o.Members {
			Walk(o.Members[i].Value, visit)
		}
	case *Stream:
		Walk(o.Dict, visit)
	}
}

// SignatureDict reports whether d is a signature dictionary (12.8.1): by its type, or
// because it has a ByteRange. Its Contents are never encrypted (7.6.2).
func (d Dict) SignatureDict() bool {
	t := d.name("Type")
	return t == "Sig" || t == "DocTimeStamp" || d.Has("ByteRange")
}
