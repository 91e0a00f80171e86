package verify

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"github.com/exhibit-dev/exhibit/verdict"
)

// entry is an item with what was found out about it.
type entry struct {
	Item
	folder, name string
	pdf          bool // by its content or its name, and not looked into

	parent *entry // the file that it lies in, nil for none
	depth  int    // how many of these there are
	claims bool   // to be evidence, inside of another
	beside bool   // is there only for evidence inside the same file

	document  bool        // judged over itself, and a subject like any file
	container Containing  // holds other files
	held      Evidence    // what OpenAt read, also of a subject
	at        *lazyReader // that it reads from, nil if that is data
	begun     *begun      // what cannot be read twice, from its beginning
	wants     []verdict.DigestOf

	format      *Format         // of evidence and requests; nil for a subject
	ev          Evidence        // nil unless it was parsed
	commitments []Commitment    // of ev
	fixed       *verdict.Result // the node of evidence that could not be parsed
	request     Request
	isQuery     bool // an expectation, parsed or not
	support     bool // of other evidence, used or not
	opened      any  // of support that can be used

	warnings []verdict.Warning // for every node of the evidence

	asked   []verdict.DigestOf // by evidence that this may be the subject of
	keep    bool               // and it asks for the bytes
	data    []byte             // of parsed evidence, and of what is kept
	digests verdict.Subject
	size    int64
	err     error // of reading; the digests are then not there
}

func newEntry(it Item) *entry { return &entry{Item: it, size: -1, digests: notAtHand} }

func (e *entry) evidence() bool { return e.ev != nil || e.fixed != nil }

// subjectToo reports whether the entry is data that evidence speaks of in the first place.
func (e *entry) subjectToo() bool { return e.plain() || e.document }

// plain reports whether the entry is a subject and nothing else.
func (e *entry) plain() bool { return !e.evidence() && !e.isQuery && !e.support }

func (e *entry) sha256() string {
	d, err := e.digests.Digest("sha256", nil)
	if err != nil || len(d) != sha256.Size {
		return ""
	}
	return hex.EncodeToString(d)
}

// matches reports whether the digest that the evidence names is that of e.
func (e *entry) matches(c Commitment) bool {
	d, err := e.digests.Digest(c.Algorithm, []byte(c.Prefix))
	return err == nil && len(d) > 0 && string(d) == string(c.Digest)
}

func (e *entry) matchesAny(list []Commitment) bool {
	for _, c := range list {
		if e.matches(c) {
			return true
		}
	}
	return false
}

// names returns the digest of the data alone that the evidence names: one with a
// prefix says nothing to a reader.
func (e *entry) names() (Commitment, bool) {
	for _, c := range e.commitments {
		if c.Prefix == "" {
			return c, true
		}
	}
	return Commitment{}, false
}

var errTooLarge = errors.New("larger than the limit")

// readAll reads the whole item, at most limit bytes, and holds it to its size.
func (e *entry) readAll(limit int64) ([]byte, error) {
	if e.Size > limit {
		return nil, errTooLarge
	}
	r, err := e.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, limit+1))
	switch {
	case err != nil:
		return nil, err
	case int64(len(b)) > limit:
		return nil, errTooLarge
	}
	return b, e.checkSize(int64(len(b)))
}

func (e *entry) checkSize(n int64) error {
	if e.Size >= 0 && n != e.Size {
		return fmt.Errorf("changed while it was read: %d bytes, expected %d", n, e.Size)
	}
	return nil
}

func (e *entry) readHead() ([]byte, error) {
	r, err := e.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	head := make([]byte, headSize)
	n, err := io.ReadFull(r, head)
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		err = nil
	}
	return head[:n], err
}
