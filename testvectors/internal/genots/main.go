// Command genots writes the test vectors for OpenTimestamps proofs and the Bitcoin
// headers that they end in: proofs, subjects, headers, checkpoints and expectations.
//
// It uses no code of the verifier. What a vector must give follows from how it is made, so an
// error in the verifier cannot hide in its own vectors. Nothing is random, the mining neither:
// each run writes the same bytes. Run it in testvectors/.
package main

import "log"

func main() {
	log.SetFlags(0)
	s := build()
	if err := s.write("ots"); err != nil {
		log.Fatal("genots: ", err)
	}
	log.Printf("genots: %d vectors", len(s.list))
}

// build makes all vectors in memory.
func build() *suite {
	s := newSuite()
	s.mainnetGood()
	s.mainnetConfirmed()
	s.mainnetBad()
	s.mainnetLists()
	s.mainnetPlaces()
	s.paths()
	s.trees()
	s.commits()
	s.alternatives()
	s.undecided()
	s.subjects()
	s.weakFiles()
	s.weakPaths()
	s.roots()
	s.work()
	s.bits()
	s.medians()
	s.times()
	s.clocks()
	s.checkpoints()
	s.confirmations()
	s.runs()
	s.stale()
	s.packs()
	s.rawFiles()
	s.odd()
	s.twice()
	s.heights()
	s.frames()
	s.elements()
	s.limits()
	s.finish()
	return s
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
