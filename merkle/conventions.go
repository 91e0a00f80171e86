package merkle

import (
	"maps"
	"slices"
)

// conventions holds all that are known, by name.
var conventions = table()

// The trees of transparency logs (RFC 9162 2.1.1): what a leaf is made of differs.
var rfc6962 = Convention{
	Name: "rfc6962-sha256", Leaf: LeafRule{Function: SHA256, Prefix: "\x00"},
	Node: SHA256, NodePrefix: "\x01", Odd: Promote, Sides: ByIndex,
}

// bitcoinTxid is the tree of a block's transactions. A hash is shown reversed.
var bitcoinTxid = Convention{
	Name: "bitcoin-txid", Leaf: LeafRule{Function: DoubleSHA256},
	Node: DoubleSHA256, Odd: Duplicate, Sides: ByIndex, Unique: true, Reversed: true,
}

func table() map[string]Convention {
	t := map[string]Convention{}
	add := func(c Convention) { t[c.Name] = c }
	add(rfc6962)
	add(bitcoinTxid)

	ofDigest := rfc6962 // the entry is the file's SHA-256, not the file
	ofDigest.Name, ofDigest.Leaf = "rfc6962-sha256-digest", LeafRule{Function: SHA256, Wrap: "\x00"}
	add(ofDigest)

	sigsum := rfc6962 // checksum of the message (itself a SHA-256), signature, hash of the submitter's key
	sigsum.Name, sigsum.Leaf = "sigsum", LeafRule{Function: DoubleSHA256, Wrap: "\x00", Suffix: 64 + 32}
	add(sigsum)

	bundle := rfc6962 // SHA-256 of the file and a digest of its metadata, which may be 32 zeros
	bundle.Name, bundle.Leaf = "existbefore-bundle-v2", LeafRule{Function: SHA256, Wrap: "\x00", Suffix: 32}
	bundle.SortedLeaves = true
	add(bundle)

	for _, c := range plain() {
		add(c)
	}

	oz := Convention{
		Name: "openzeppelin-simple", Leaf: LeafRule{Function: Keccak256},
		Node: Keccak256, Odd: Heap, Sides: Sorted, SortedLeaves: true,
	}
	add(oz)
	oz.Name, oz.Leaf.Function = "openzeppelin-standard", DoubleKeccak256
	add(oz)
	return t
}

// plain returns the trees without prefixes, in all combinations: merkle-tools and
// merkletreejs make them, and many programs of their own.
func plain() (list []Convention) {
	functions := []struct {
		name       string
		leaf, node Function
	}{{"sha256", SHA256, SHA256}, {"sha256d", SHA256, DoubleSHA256}, {"keccak256", Keccak256, Keccak256}}
	for _, f := range functions {
		for _, s := range []struct {
			name string
			rule SideRule
		}{{"plain-directed", Named}, {"sorted-pair", Sorted}} {
			for _, o := range []struct {
				name string
				rule OddRule
			}{{"promote", Promote}, {"duplicate", Duplicate}} {
				list = append(list, Convention{
					Name: s.name + "-" + o.name + "-" + f.name, Leaf: LeafRule{Function: f.leaf},
					Node: f.node, Odd: o.rule, Sides: s.rule,
				})
			}
			// merkletreejs leaves out the steps in which a node meets itself.
			list = append(list, Convention{
				Name: s.name + "-duplicate-" + f.name + "-mtjs", Leaf: LeafRule{Function: f.leaf},
				Node: f.node, Odd: Duplicate, Sides: s.rule, OmitsSelf: true,
			})
		}
		list = append(list, Convention{
			Name: "sorted-pair-sorted-leaves-" + f.name, Leaf: LeafRule{Function: f.leaf},
			Node: f.node, Odd: Promote, Sides: Sorted, SortedLeaves: true,
		})
	}
	return list
}

// ConventionOf returns the convention of a name.
func ConventionOf(name string) (c Convention, ok bool) {
	c, ok = conventions[name]
	return c, ok
}

// Conventions returns the names of all known conventions, sorted.
func Conventions() []string { return slices.Sorted(maps.Keys(conventions)) }
