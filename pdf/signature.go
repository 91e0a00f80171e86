package pdf

import (
	"slices"

	"github.com/exhibit-dev/exhibit/internal/cms"
	"github.com/exhibit-dev/exhibit/internal/pdffile"
	"github.com/exhibit-dev/exhibit/rfc3161"
)

// signature is one signature dictionary (12.8.1): a signature, or a document
// time-stamp. Nothing of it is trusted. It is not changed once the document is open.
type signature struct {
	dict     pdffile.Dict
	ref      pdffile.Ref // the object that it is or lies in
	own      bool        // it is that object
	at       int64       // where that object begins, -1 in an object stream
	revision int         // the one whose bytes it lies in
	named    bool        // an entry leads there
	inForce  bool        // and it does so in the document as it stands now
	linked   bool        // a field has it as its value now, or the permissions name it
	perms    bool        // Perms says that it certifies the document
	usage    bool        // Perms says that it grants usage rights
	broken   error       // why there is no dictionary to be read

	fields []*field // that have it as their value
	number int      // among those of its kind, from 1

	kind      pdffile.Name // Type
	subFilter string
	form      form
	twice     []pdffile.Name // keys that decide and stand twice, differently
	rng       byteRange
	contents  contents
	covered   int // the revision whose end the ByteRange reaches, -1 if it is none's
	value     value
	rules     rules
}

// value is what the Contents hold, by the form.
type value struct {
	code, problem string // why it is not what the form asks for
	limited       bool   // by a limit of this program

	der     []byte // without the padding
	padding []byte
	cms     *cms.SignedData
	info    *cms.SignerInfo // nil unless there is exactly one
	attrs   cms.Protected
	stamps  []stamp // in the attributes
	// stampsCut: there are more of them than are read.
	stampsCut bool
	raw       []byte   // of formRaw
	certs     [][]byte // of formRaw
	token     *rfc3161.Token
}

// timestamp reports whether the signature is a document time-stamp: its SubFilter says
// so, or its Type.
func (s *signature) timestamp() bool { return s.form == formTimestamp || s.kind == "DocTimeStamp" }

// checks are the checks that the signature owes.
func (s *signature) checks() []string {
	if s.timestamp() {
		return timestampChecks
	}
	return s.form.checks()
}

// deciding are the entries of a signature dictionary that decide what is verified. Type is
// none: what is signed, and how, the SubFilter says.
var deciding = []pdffile.Name{"SubFilter", "ByteRange", "Contents", "Cert", "Reference"}

// read reads the dictionary, but not the value.
func (s *signature) read(f *pdffile.File) error {
	if err := s.findTwice(f); err != nil {
		return err
	}
	var err error
	s.covered = -1
	if s.rng, err = readRange(s.view(f), s.dict.Get("ByteRange")); err != nil {
		return err
	}
	s.covered = s.rng.reaches(f)
	v := s.view(f)
	kind, _, err := pdffile.Value[pdffile.Name](v, s.dict.Get("Type"))
	if passing(err) != nil {
		return err
	}
	sub, _, err := pdffile.Value[pdffile.Name](v, s.dict.Get("SubFilter"))
	if passing(err) != nil {
		return err
	}
	s.kind, s.subFilter, s.form = kind, string(sub), formOf(string(sub))
	if s.contents, err = readContents(v, s.dict); err != nil {
		return err
	}
	return nil
}

// findTwice finds deciding entries that stand twice and do not say the same.
func (s *signature) findTwice(f *pdffile.File) error {
	for i, m := range s.dict.Members {
		first, _ := s.dict.Member(m.Key)
		if !slices.Contains(deciding, m.Key) || !slices.ContainsFunc(s.dict.Members[:i], func(x pdffile.Member) bool { return x.Key == m.Key }) {
			continue
		}
		same, err := f.Equal(first.Value, m.Value)
		if passing(err) != nil {
			return err
		}
		if err != nil || !same || m.Key == "Contents" { // one of two strings would be signed, and lie in no gap
			s.twice = append(s.twice, m.Key)
		}
	}
	return nil
}

// view is the document in which the dictionary's references mean what they meant when
// it was signed: the revision that is signed, which may end behind the one that the
// dictionary lies in.
func (s *signature) view(f *pdffile.File) *pdffile.View {
	n := max(s.revision, s.covered)
	if n < 0 {
		return f.Last()
	}
	return f.View(n)
}

// sound reports whether the ByteRange leaves out exactly the Contents.
func (s *signature) sound() bool {
	code, _ := s.rng.defect()
	return code == "" && s.contents.code == "" && s.contents.fills(s.rng)
}

// order is where a signature stands among the others: the end of its ByteRange, or its
// own place where it has none (design: numbered by the end of the ByteRange).
func (s *signature) order() int64 {
	if s.rng.inFile {
		return s.rng.end()
	}
	return max(s.at, 0)
}

// from is the first revision whose later changes count against the signature.
func (s *signature) from() int {
	if s.covered >= 0 {
		return s.covered
	}
	return max(s.revision, 0)
}

func (s *signature) text(key pdffile.Name) string {
	t, _ := s.dict.Get(key).(pdffile.String)
	return claimText(t)
}
