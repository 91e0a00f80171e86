package bitcoin

import (
	"encoding/binary"
	"slices"
)

// rootIndex finds committed headers by their Merkle root: the first four bytes of the root
// above the height, sorted. It takes eight bytes a header.
type rootIndex []uint64

func rootKey(root []byte) uint64 { return uint64(binary.BigEndian.Uint32(root)) << 32 }

// HeightOfRoot returns the height of the committed header, among those at hand, that has
// the Merkle root, in the byte order of headers. The first call reads all of them.
func (c *Chain) HeightOfRoot(root Hash) (height uint32, ok bool) {
	c.rootsOnce.Do(func() { c.roots = c.indexRoots() })
	key := rootKey(root[:])
	i, _ := slices.BinarySearch(c.roots, key)
	for ; i < len(c.roots) && c.roots[i]>>32 == key>>32; i++ {
		height := uint32(c.roots[i])
		if h, ok := c.committedHeader(height); ok && rootOf(h[:]) == root {
			return height, true
		}
	}
	return 0, false
}

// indexRoots need not hash what it reads: a hit is read again.
func (c *Chain) indexRoots() (index rootIndex) {
	var most uint64
	for _, n := range c.nodes {
		most += n.committed - uint64(n.first)
	}
	index = make(rootIndex, 0, min(most, maxHeaders))
	var done uint64 // the heights below are in the index
	buf := make([]byte, chunk*HeaderSize)
	for _, n := range c.nodes {
		for height := max(uint64(n.first), done); height < n.committed; {
			part := buf[:min(chunk, n.committed-height)*HeaderSize]
			at := int64(n.index) + int64(height-uint64(n.first))
			if readFull(n.run.reader, part, at*HeaderSize) != nil {
				break
			}
			for ; len(part) > 0; part = part[HeaderSize:] {
				index = append(index, rootKey(part[offRoot:])|height)
				height++
			}
			done = height
		}
	}
	slices.Sort(index)
	return index
}
