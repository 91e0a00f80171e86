package bitcoin

// MaxPack is the limit of headers in a pack, for the tests at it and above.
const MaxPack = maxPack

// Committed returns how many headers of a chain are committed, each file by itself.
func (c *Chain) Committed() (n int) {
	for _, node := range c.nodes {
		n += int(node.committed - uint64(node.first))
	}
	return n
}
