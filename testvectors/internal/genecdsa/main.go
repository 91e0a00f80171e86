// Command genecdsa writes the test vectors for attestations: signatures beside the
// file they sign, trusted keys and expectations.
//
// It uses no code of the verifier: the signatures are computed here from the
// equations of the standards. Keys and nonces are derived from labels, so each run
// writes the same bytes. Run it in testvectors/.
package main

import "log"

func main() {
	log.SetFlags(0)
	s := build()
	if err := s.write("ecdsa"); err != nil {
		log.Fatal("genecdsa: ", err)
	}
	log.Printf("genecdsa: %d vectors", len(s.list))
}

// build makes all vectors in memory.
func build() *suite {
	s := newSuite()
	s.goodCurves()
	s.goodText()
	s.goodJWS()
	s.goodOthers()
	s.goodKeys()
	s.goodProfiles()
	s.goodTimes()
	s.format()
	s.formatJWS()
	s.formatKeys()
	s.unsupported()
	s.ranges()
	s.signature()
	s.digest()
	s.subject()
	s.signer()
	s.trustedKeys()
	s.windows()
	s.revocation()
	s.algorithms()
	s.profile()
	s.several()
	return s
}
