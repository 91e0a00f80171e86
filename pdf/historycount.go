package pdf

import (
	"cmp"
	"iter"
	"slices"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// Object streams that are replaced while entries lead into them are an attack: writers
// give new objects new streams. So few are followed.
const (
	// maxReplaced bounds the object streams.
	maxReplaced = 16
	// maxMembers bounds the objects in them, in all revisions.
	maxMembers = 1 << 20
)

// objectCount counts what revisions do to objects.
type objectCount struct {
	f       *pdffile.File
	boxes   []uint32    // the numbers of all object streams, ascending
	members []boxMember // of those that were replaced
	done    map[uint32]bool
	left    int
}

// boxMember is an object in an object stream.
type boxMember struct{ box, number uint32 }

func inUse(e pdffile.Entry) bool { return e.Kind == pdffile.InFile || e.Kind == pdffile.InStream }

// samePlace reports whether two entries lead to the same bytes.
func samePlace(a, b pdffile.Entry) bool {
	a.End, b.End = 0, 0
	return a == b
}

func (c *objectCount) revision(n int, row *revisionRow) {
	for number, e := range c.f.Revisions()[n].Entries() {
		was := pdffile.Entry{}
		if n > 0 {
			_, was = c.f.View(n - 1).Where(pdffile.Ref{Number: number})
		}
		switch {
		case inUse(e) && !inUse(was):
			row.Added++
		case !inUse(e) && inUse(was):
			row.Freed++
		case inUse(e) && !samePlace(e, was):
			row.Changed++
		}
		if inUse(was) && !samePlace(e, was) && c.isBox(number) {
			c.inside(n, number, row)
		}
	}
}

// isBox reports whether objects are said to be in the object, in any revision.
func (c *objectCount) isBox(number uint32) bool {
	if c.boxes == nil {
		c.boxes = []uint32{}
		for m := range c.inStreams() {
			if k := len(c.boxes); k == 0 || c.boxes[k-1] != m.box {
				c.boxes = append(c.boxes, m.box)
			}
		}
		slices.Sort(c.boxes)
		c.boxes = slices.Compact(c.boxes)
	}
	_, yes := slices.BinarySearch(c.boxes, number)
	return yes
}

// inStreams yields what any revision says to be in an object stream.
func (c *objectCount) inStreams() iter.Seq[boxMember] {
	return func(yield func(boxMember) bool) {
		for _, r := range c.f.Revisions() {
			for number, e := range r.Entries() {
				if e.Kind == pdffile.InStream && !yield(boxMember{e.Container, number}) {
					return
				}
			}
		}
	}
}

// inside counts the objects whose entry is the same while their object stream is not.
func (c *objectCount) inside(n int, box uint32, row *revisionRow) {
	if !c.done[box] {
		if len(c.done) >= maxReplaced {
			row.Incomplete = true
			return
		}
		c.index(box)
	}
	i, _ := slices.BinarySearchFunc(c.members, boxMember{box, 0}, compareMembers)
	for ; i < len(c.members) && c.members[i].box == box; i++ {
		if c.left--; c.left < 0 {
			row.Incomplete = true
			return
		}
		ref := pdffile.Ref{Number: c.members[i].number}
		_, e := c.f.View(n).Where(ref)
		_, was := c.f.View(n - 1).Where(ref)
		if e.Kind == pdffile.InStream && e.Container == box && samePlace(e, was) {
			row.Changed++
		}
	}
}

// index adds the members of an object stream.
func (c *objectCount) index(box uint32) {
	if c.done == nil {
		c.done = map[uint32]bool{}
	}
	c.done[box] = true
	for m := range c.inStreams() {
		if m.box == box {
			c.members = append(c.members, m)
		}
	}
	slices.SortFunc(c.members, compareMembers)
	c.members = slices.Compact(c.members)
}

func compareMembers(a, b boxMember) int {
	return cmp.Or(cmp.Compare(a.box, b.box), cmp.Compare(a.number, b.number))
}
