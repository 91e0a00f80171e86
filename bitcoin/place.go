package bitcoin

import "encoding/binary"

// place returns the height of the header that begins a segment: the one that was stated,
// or the one that the first known hash in the segment gives.
func (s *scanner) place(prev Hash) (first uint32, placed bool, err error) {
	if s.first != nil {
		return *s.first + s.index, true, nil
	}
	if height, ok := s.heightOf(prev); ok {
		return height + 1, true, nil
	}
	buf := make([]byte, min(chunk, s.run.count-s.index)*HeaderSize)
	for index := s.index; index < s.run.count; {
		part := buf[:min(chunk, s.run.count-index)*HeaderSize]
		if err := readFull(s.run.reader, part, int64(index)*HeaderSize); err != nil {
			return 0, false, err
		}
		for ; len(part) > 0; part = part[HeaderSize:] {
			n := index - s.index
			switch {
			case n > 0 && prevOf(part) != prev:
				return 0, false, nil // the segment ends, and nothing in it is known
			case n == maxUnplaced:
				return 0, false, s.tooMany()
			}
			prev = hashHeader(part)
			if !s.known.may(&prev) {
				index++
				continue
			}
			if height, ok := s.heightOf(prev); ok && height >= n {
				return height - n, true, nil
			} else if ok {
				return 0, false, malformed(codeHeaders, "block %d has %d headers below it", height, n)
			}
			index++
		}
	}
	return 0, false, nil
}

// hashFilter tells nearly all hashes that are no checkpoint by 16 bits of them, so that
// only one in a hundred is looked up.
type hashFilter [1 << 16 / 64]uint64

func newHashFilter(c *Checkpoints) (f hashFilter) {
	f.add(&c.network.genesis)
	for i := range c.list {
		f.add(&c.list[i].Hash)
	}
	return f
}

func (f *hashFilter) add(h *Hash) {
	n := binary.LittleEndian.Uint16(h[:])
	f[n/64] |= 1 << (n % 64)
}

func (f *hashFilter) may(h *Hash) bool {
	n := binary.LittleEndian.Uint16(h[:])
	return f[n/64]>>(n%64)&1 != 0
}
