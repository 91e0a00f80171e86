package merkle

// Convention is how a kind of tree is hashed. Proofs and callers name one; nothing
// is ever tried. The zero Convention is none.
type Convention struct {
	Name string
	// Leaf makes the leaf hash out of a subject.
	Leaf LeafRule
	// Node is hashed over NodePrefix, the left and the right hash.
	Node       Function
	NodePrefix string
	Odd        OddRule
	Sides      SideRule
	// OmitsSelf: the path leaves out the steps in which the last node of a level
	// meets itself, so that index and size are needed to put them back.
	OmitsSelf bool
	// SortedLeaves: the leaves were sorted before the tree was built, so an index
	// counts in another order than the tree's.
	SortedLeaves bool
	// Unique: no two nodes of one level are alike, so equal siblings can only be the
	// last node and its own copy.
	Unique bool
	// Reversed: texts show the bytes of a hash in reverse order.
	Reversed bool
}

// LeafRule says how the data becomes a leaf hash: digest = Function(Prefix, data);
// the leaf is this digest, or SHA-256 over Wrap, the digest and Suffix more bytes
// that the proof carries.
type LeafRule struct {
	Function Function
	Prefix   string
	Wrap     string
	Suffix   int
}

// Function is a hash function, once or twice.
type Function uint8

// The functions of the conventions.
const (
	SHA256 Function = iota + 1
	DoubleSHA256
	Keccak256 // of Ethereum: SHA-3 before its padding was changed
	DoubleKeccak256
)

// OddRule says what becomes of the last node of a level that has no sibling.
type OddRule uint8

// The odd-node rules.
const (
	// Promote: it goes up as it is. The same trees arise by splitting at the largest
	// power of two below the size, as RFC 9162 does.
	Promote OddRule = iota + 1
	// Duplicate: it is paired with itself.
	Duplicate
	// Heap: there is none; the tree is a complete binary tree laid out in an array,
	// and its leaves stand on at most two levels.
	Heap
)

// SideRule says how it is known on which side a sibling stands.
type SideRule uint8

// The side rules.
const (
	ByIndex SideRule = iota + 1 // by the bits of the index
	Named                       // the path names them
	Sorted                      // the smaller hash stands on the left; no position is proven
)

// Separated reports whether leaves and nodes are hashed so differently that data can
// never be taken for a node.
func (c Convention) Separated() bool {
	return c.NodePrefix != "" || c.Leaf.Function == DoubleKeccak256
}

// confusing returns the length that data must have for its leaf hash to be that of
// an inner node, -1 when there is none.
func (c Convention) confusing() int64 {
	switch {
	case c.Separated():
		return -1
	case c.Leaf.Function == c.Node:
		return 2 * HashSize // both hashes of the children
	case c.Leaf.Function == SHA256 && c.Node == DoubleSHA256:
		return HashSize // the inner digest of the node
	}
	return -1
}
