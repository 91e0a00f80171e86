// Command genmerkle writes the test vectors for Merkle proofs: evidence, subjects and
// expectations.
//
// It uses no code of the verifier. What a vector must give follows from how it is made, so an
// error in the verifier cannot hide in its own vectors. Nothing is random: each run writes the
// same bytes. Run it in testvectors/.
package main

import "log"

func main() {
	log.SetFlags(0)
	s := build()
	if err := s.write("merkle"); err != nil {
		log.Fatal("genmerkle: ", err)
	}
	log.Printf("genmerkle: %d vectors", len(s.list))
}

// build makes all vectors in memory.
func build() *suite {
	s := &suite{files: map[string][]byte{letterFile: letter}}
	s.goodConventions()
	s.goodForms()
	s.goodTrust()
	s.badForms()
	s.badStatements()
	s.limits()
	s.conventions()
	s.subjects()
	s.shapes()
	s.copies()
	s.roots()
	s.ambiguous()
	s.consistency()
	s.blocks()
	s.badBlocks()
	return s
}
