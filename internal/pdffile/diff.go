package pdffile

import (
	"bytes"
	"io"
	"iter"
)

// Change is an object that is not at the same place in two views. An entry that is
// Free with revision -1 stands for none at all.
type Change struct {
	Number                   uint32
	Old, New                 Entry
	OldRevision, NewRevision int
	// Container: the entry is the same, but the object stream it points into is not.
	Container bool
}

// Changes yields every object whose bytes may differ between an older view and a newer
// one of the same file, by number: defined anew, freed, or in an object stream that was
// replaced. What it does not yield is the same bytes, except that a stream may have a
// Length, or filters, that is another object: that one is yielded. Where the encryption
// differs between the two, which is a finding, the same bytes may say something else.
// That new bytes say the same as the old ones is possible; see Equal.
func Changes(older, newer *View) iter.Seq[Change] {
	return func(yield func(Change) bool) {
		boxes := newer.replaced(older)
		for r := range newer.inForce() {
			was := older.find(r.number)
			c := Change{Number: r.number, OldRevision: -1, NewRevision: int(r.rev), New: r.entry(), Old: Entry{Offset: -1, End: -1}}
			if was != nil {
				c.OldRevision, c.Old = int(was.rev), was.entry()
			}
			if was != nil && was.same(r) {
				if r.kind() != InStream || !boxes[r.container()] {
					continue
				}
				c.Container = true
			}
			if was == nil && r.kind() == Free {
				continue
			}
			if !yield(c) {
				return
			}
		}
	}
}

// replaced returns the numbers of objects that are not at the same place as in an
// older view and were there.
func (v *View) replaced(older *View) map[uint32]bool {
	out := map[uint32]bool{}
	for n := older.n + 1; n <= v.n; n++ {
		for i := range v.f.revisions[n].rows {
			number := v.f.revisions[n].rows[i].number
			was, is := older.find(number), v.find(number)
			if was != nil && !was.same(is) {
				out[number] = true
			}
		}
	}
	return out
}

// Equal reports whether two objects of the file say the same: numbers by their text,
// strings by their bytes, dictionaries whatever their order, streams by dictionary and
// encoded data. References are equal if they name the same object. The error is one of
// the reader.
func (f *File) Equal(a, b Object) (bool, error) {
	switch a := a.(type) {
	case String:
		b, ok := b.(String)
		return ok && bytes.Equal(a.Bytes, b.Bytes) && a.Sealed == b.Sealed, nil
	case Array:
		b, ok := b.(Array)
		if !ok || len(a) != len(b) {
			return false, nil
		}
		for i := range a {
			if same, err := f.Equal(a[i], b[i]); !same || err != nil {
				return false, err
			}
		}
		return true, nil
	case Dict:
		b, ok := b.(Dict)
		if !ok {
			return false, nil
		}
		return f.equalDicts(a, b)
	case *Stream:
		b, ok := b.(*Stream)
		if !ok || a == nil || b == nil || a.To-a.From != b.To-b.From {
			return false, nil
		}
		if same, err := f.equalDicts(a.Dict, b.Dict); !same || err != nil || a.From == b.From {
			return same, err
		}
		return equalReaders(f.Raw(a), f.Raw(b))
	}
	return a == b, nil
}

// equalDicts compares entry by entry. A null value is no entry; of a key that stands
// twice all values count.
func (f *File) equalDicts(a, b Dict) (bool, error) {
	x, y := byKey(a), byKey(b)
	if len(x) != len(y) {
		return false, nil
	}
	for key, values := range x {
		if same, err := f.Equal(values, y[key]); !same || err != nil {
			return false, err
		}
	}
	return true, nil
}

func byKey(d Dict) map[Name]Array {
	out := make(map[Name]Array, len(d.Members))
	for _, m := range d.Members {
		if _, null := m.Value.(Null); !null {
			out[m.Key] = append(out[m.Key], m.Value)
		}
	}
	return out
}

// equalReaders compares two readers. An error of one is no difference.
func equalReaders(a, b io.Reader) (bool, error) {
	x, y := make([]byte, 32<<10), make([]byte, 32<<10)
	for {
		n, err := io.ReadFull(a, x)
		m, err2 := io.ReadFull(b, y)
		end, end2 := atEOF(err), atEOF(err2)
		switch {
		case err != nil && !end:
			return false, err
		case err2 != nil && !end2:
			return false, err2
		case !bytes.Equal(x[:n], y[:m]):
			return false, nil
		case end || end2:
			return end && end2, nil
		}
	}
}

// atEOF reports the end of the data. A file that became shorter is another error: that
// one is wrapped.
func atEOF(err error) bool { return err == io.EOF || err == io.ErrUnexpectedEOF }
