package merkle_test

import (
	"testing"

	"github.com/exhibit-dev/exhibit/merkle"
)

// No inner node of any tree passes for a leaf when only its hash is given, whatever
// index is claimed for it: neither with the size vouched for nor without.
func TestNodeIsNoLeaf(t *testing.T) {
	const top = 11
	refused := 0
	for _, name := range merkle.Conventions() {
		c, _ := merkle.ConventionOf(name)
		if name == "openzeppelin-standard" {
			continue // its leaves are hashed twice: who gives a leaf hash vouches for its being one
		}
		for size := 2; size <= top; size++ {
			g := grow(name, size)
			r := g.rules
			r.omit = false
			leaves := make([]merkle.Hash, size)
			for i, d := range g.data {
				leaves[i] = r.leaf(d)
			}
			_, paths := r.build(leaves)
			for i, path := range paths {
				node := leaves[i]
				for step := range path {
					node = climb(r, node, path[step])
					for claimed := -1; claimed <= size; claimed++ {
						s := merkle.Statement{Convention: name, Root: g.root[:], Leaf: node[:], LeafSuffix: r.suffix, Size: new(uint64(size))}
						if claimed >= 0 {
							s.Index = new(uint64(claimed))
						}
						s.Path = rest(c, r, node, path[step+1:])
						p, err := merkle.New(s)
						if err != nil {
							t.Fatal(err)
						}
						vouched := p.Verify(merkle.Leaf(node), merkle.Anchored{Root: g.root[:], Size: uint64(size)})
						alone := p.Verify(merkle.Leaf(node), merkle.Anchored{Root: g.root[:]})
						if vouched.Passed() || alone.Passed() {
							t.Fatalf("%s: a node %d steps above leaf %d of %d passes as leaf %d", name, step+1, i, size, claimed)
						}
						refused++
					}
				}
			}
		}
	}
	t.Logf("%d refused", refused)
}

func climb(r rules, node merkle.Hash, s sibling) merkle.Hash {
	if s.side == merkle.Left {
		return r.node(s.hash, node)
	}
	return r.node(node, s.hash)
}

// rest states the remaining steps as the convention does.
func rest(c merkle.Convention, r rules, node merkle.Hash, path []sibling) (out []merkle.Step) {
	for _, s := range path {
		step := merkle.Step{Hash: s.hash[:]}
		if c.Sides == merkle.Named {
			step.Side = s.side
		}
		if !c.OmitsSelf || s.hash != node {
			out = append(out, step)
		}
		node = climb(r, node, s)
	}
	return out
}
