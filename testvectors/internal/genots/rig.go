package main

import (
	"fmt"
	"time"
)

// rig is a vector with a chain of its own: blocks 0 to 19, the letter in one of them.
type rig struct {
	*vector
	c      *chain
	height int
}

const (
	tip      = 19 // last block of a rig
	settled  = 16 // height of its usual checkpoint
	attested = 8  // usual height of the letter
)

// rig changes the chain before it is mined. No headers are given yet.
func (s *suite) rig(id, comment string, height int, start time.Time, change func(*chain)) *rig {
	return s.rigOver(id, comment, letterProof(height), height, salted.of(sha(letter)), start, change)
}

func (s *suite) rigOver(id, comment string, content []byte, height int, root []byte, start time.Time, change func(*chain)) *rig {
	c := newChain("rig", tip, start)
	c.blocks[height].root = hash(root)
	if change != nil {
		change(c)
	}
	return &rig{s.add(id, comment, content).over(letterFile, letter), c, height}
}

func letterProof(height int) []byte {
	return detached(tagSHA256, sha(letter), salted.then(bitcoin(height)))
}

// ruled is a rig of the usual shape, all of it in one pack.
func (s *suite) ruled(id, comment string, change func(*chain)) *rig {
	return s.rig(id, comment, attested, usualStart, change).list(settled).pack("chain", 0, tip)
}

func (r *rig) list(heights ...int) *rig {
	return r.listOf(at(r.c.headers(), heights...))
}

func (r *rig) listOf(list []checkpoint) *rig {
	r.trust(r.ID+"/checkpoints.json", replaced("regtest", list))
	return r
}

func (r *rig) pack(name string, from, to int) *rig {
	r.trust(r.ID+"/"+name+".anchorpack", packed(regtest, uint32(from), r.c.headers()[from:to+1]))
	return r
}

// raw is a raw file that says its heights in its name.
func (r *rig) raw(from, to int) *rig { return r.rawIn("", from, r.c.headers()[from:to+1]) }

func (r *rig) rawIn(folder string, from int, headers []header) *rig {
	r.trust(fmt.Sprintf("%s/%sheaders-%d-%d.bin", r.ID, folder, from, from+len(headers)-1), raw(headers))
	return r
}

// proves is a pass, with the successors up to last.
func (r *rig) proves(last int) *vector { return r.passes(latest(r.c.headers(), r.height, last)) }
