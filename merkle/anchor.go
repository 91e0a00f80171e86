package merkle

import (
	"bytes"
	"time"

	"github.com/exhibit-dev/exhibit/verdict"
)

// Anchored is a root that something else vouches for, and that the caller has
// proven: a checkpoint signed by a known log, a token over the root, a block header.
// A path alone proves nothing, since anyone can make one.
type Anchored struct {
	Root []byte
	// Size is the number of leaves, where the anchor vouches for it too (a checkpoint
	// does, a token over the root does not); else 0.
	Size uint64
	// Depth is the number of steps from any leaf to the root, where the anchor vouches
	// for it; else 0.
	Depth int
	// NotLaterThan is when the root existed, where the anchor proves a time.
	NotLaterThan time.Time
	Trust        verdict.Trust // what decided, for the report
}

// find returns the anchor of a root; one that vouches for the given size is taken
// before one that does not.
func find(anchors []Anchored, root []byte, size *uint64) *Anchored {
	var found *Anchored
	for i := range anchors {
		a := &anchors[i]
		if len(a.Root) == 0 || !bytes.Equal(a.Root, root) {
			continue
		}
		if size != nil && a.Size == *size {
			return a
		}
		if found == nil {
			found = a
		}
	}
	return found
}
