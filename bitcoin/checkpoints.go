package bitcoin

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"io"
	"slices"
)

// Checkpoint is a block that the verifier is told belongs to the chain which the world
// follows.
type Checkpoint struct {
	Height uint32
	Hash   Hash
	// NextBits is the compact target of the period that begins above; 0 where the list
	// does not state it.
	NextBits uint32
	// Origin is where the checkpoint was read, or builtin:<source>.
	Origin string
}

// Checkpoints is a list of checkpoints of one network, by height. It is immutable.
type Checkpoints struct {
	network *Network
	list    []Checkpoint
	byHash  map[Hash]uint32
	source  string
	digest  string
}

// newCheckpoints takes entries that agree with each other, in any order.
func newCheckpoints(n *Network, list []Checkpoint, source string) *Checkpoints {
	slices.SortFunc(list, func(a, b Checkpoint) int { return cmp.Compare(a.Height, b.Height) })
	c := &Checkpoints{network: n, list: list, byHash: make(map[Hash]uint32, len(list)), source: source}
	sum := sha256.New()
	for i := range list {
		c.byHash[list[i].Hash] = list[i].Height
		list[i].writeTo(sum)
	}
	c.digest = fmt.Sprintf("%x", sum.Sum(nil))
	return c
}

// writeTo writes the line of the canonical text.
func (c *Checkpoint) writeTo(w io.Writer) {
	fmt.Fprintf(w, "%d %s %08x\n", c.Height, c.Hash, c.NextBits)
}

// NoCheckpoints returns the list of mainnet that trusts no block, so that nothing is
// proven by it.
func NoCheckpoints() *Checkpoints { return newCheckpoints(mainnet, nil, "none") }

// Network returns the network whose blocks the list names.
func (c *Checkpoints) Network() *Network { return c.network }

// SHA256 returns the digest of the canonical text of the list, in hexadecimal: a line
// "height hash nextbits" for each entry, by height. That of the built-in list is the
// digest of the file checkpoints.txt.
func (c *Checkpoints) SHA256() string { return c.digest }

// Source says where the list comes from.
func (c *Checkpoints) Source() string { return c.source }

// Len returns the number of entries.
func (c *Checkpoints) Len() int { return len(c.list) }

// List returns a copy of the entries, by height.
func (c *Checkpoints) List() []Checkpoint { return slices.Clone(c.list) }

// from returns the index of the first entry at or above the height.
func (c *Checkpoints) from(height uint32) int {
	i, _ := slices.BinarySearchFunc(c.list, height, func(e Checkpoint, h uint32) int { return cmp.Compare(e.Height, h) })
	return i
}

// At returns the checkpoint of the height.
func (c *Checkpoints) At(height uint32) (Checkpoint, bool) {
	e, ok := c.From(height)
	if !ok || e.Height != height {
		return Checkpoint{}, false
	}
	return e, true
}

// From returns the first checkpoint at or above the height.
func (c *Checkpoints) From(height uint32) (Checkpoint, bool) {
	if i := c.from(height); i < len(c.list) {
		return c.list[i], true
	}
	return Checkpoint{}, false
}

// Last returns the newest checkpoint.
func (c *Checkpoints) Last() (Checkpoint, bool) {
	if len(c.list) == 0 {
		return Checkpoint{}, false
	}
	return c.list[len(c.list)-1], true
}

// ByHash returns the checkpoint with the hash.
func (c *Checkpoints) ByHash(h Hash) (Checkpoint, bool) {
	height, ok := c.byHash[h]
	if !ok {
		return Checkpoint{}, false
	}
	return c.At(height)
}

// BitsOf returns the bits that every block of the height's period has: those that the
// checkpoint at the end of the period before states, and the limit for the first period
// and wherever there is no retarget. ok is false where the list does not state them.
func (c *Checkpoints) BitsOf(height uint32) (bits uint32, ok bool) {
	if height < interval || c.network.noRetarget {
		return c.network.limitBits, true
	}
	e, ok := c.At(height - height%interval - 1)
	return e.NextBits, ok && e.NextBits != 0
}
