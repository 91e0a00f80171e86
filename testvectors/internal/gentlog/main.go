// Command gentlog writes the test vectors for transparency logs: checkpoints, proofs,
// subjects, keys and expectations.
//
// It uses no code of the verifier. What a vector must give follows from how it is made, so an
// error in the verifier cannot hide in its own vectors. Nothing is random: each run writes the
// same bytes. Run it in testvectors/.
package main

import "log"

func main() {
	log.SetFlags(0)
	s := build()
	if err := s.write("tlog"); err != nil {
		log.Fatal("gentlog: ", err)
	}
	log.Printf("gentlog: %d vectors", len(s.list))
}

// build makes all vectors in memory.
func build() *suite {
	s := &suite{files: map[string][]byte{letterFile: letter}}
	s.goodProofs()
	s.goodCheckpoints()
	s.goodWitnesses()
	s.goodEntries()
	s.badNotes()
	s.badCheckpoints()
	s.badProofs()
	s.limits()
	s.inclusion()
	s.stated()
	s.signatures()
	s.cosignatures()
	s.logKeys()
	s.origins()
	s.witnesses()
	s.algorithms()
	s.consistency()
	return s
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
