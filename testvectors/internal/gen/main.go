// Command gen writes the test vectors for RFC 3161 tokens: evidence, trust and expectations.
//
// It uses no code of the verifier. What a vector must give follows from how it is made and from
// the standards, so an error in the verifier cannot hide in its own vectors. Keys are derived from
// labels and signatures are deterministic: each run writes the same bytes. Run it in testvectors/.
package main

import "log"

func main() {
	log.SetFlags(0)
	s := build()
	if err := s.write("rfc3161"); err != nil {
		log.Fatal("gen: ", err)
	}
	log.Printf("gen: %d vectors", len(s.list))
}

// build makes all vectors in memory.
func build() *suite {
	s := &suite{world: newWorld()}
	s.goodSigners()
	s.goodContents()
	s.goodEncodings()
	s.goodCertificates()
	s.goodPaths()
	s.format()
	s.formatContents()
	s.formatAttributes()
	s.subject()
	s.attributes()
	s.signatures()
	s.signingCertificate()
	s.path()
	s.pathExtensions()
	s.usage()
	s.validity()
	s.expiry()
	s.revokedSigner()
	s.revokedLater()
	s.revokedCA()
	s.goodRevocation()
	s.crlScopes()
	s.ocspDefects()
	s.weakAlgorithms()
	s.algorithmDates()
	s.order()
	s.profile()
	s.trailing()
	s.expectations()
	s.several()
	s.digestAlgorithms()
	s.requests()
	s.chosenSigner()
	s.essForms()
	s.timeOrder()
	s.readings()
	s.goodReadings()
	s.programLimits()
	s.holds()
	s.weakRevocation()
	s.anchoredRevocation()
	s.ownCRL()
	s.crossCertificates()
	s.ripemd()
	s.pathReadings()
	s.frames()
	return s
}
