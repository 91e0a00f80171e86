// Command genpdf writes the test vectors for signed PDF documents: documents, trust and
// expectations.
//
// It uses no code of the verifier. What a vector must give follows from how it is made and
// from the standards, so an error in the verifier cannot hide in its own vectors. Keys are
// derived from labels and signatures are deterministic: each run writes the same bytes.
// Run it in testvectors/.
//
// document.go and table.go write the file, sign.go signs it, container.go makes what the
// signature holds, store.go and attach.go write DSS and attachments, crypt.go encrypts,
// world.go and house.go have the authorities, vector.go says what must come out. Each vectors_….go fills one topic.
package main

import "log"

func main() {
	log.SetFlags(0)
	s := build()
	if err := s.write("pdf"); err != nil {
		log.Fatal("genpdf: ", err)
	}
	log.Printf("genpdf: %d vectors", len(s.list))
}

// topics are the functions that add vectors, each in a file of its own.
var topics = []func(*suite){
	vectorsGood,
	vectorsGeometry,
	vectorsContents,
	vectorsCMS,
	vectorsAlgorithms,
	vectorsFormats,
	vectorsSigner,
	vectorsPaths,
	vectorsSeed,
	vectorsTimes,
	vectorsLTV,
	vectorsPermissions,
	vectorsChanges,
	vectorsShadow,
	vectorsForgery,
	vectorsCertifiedAttacks,
	vectorsAttachments,
	vectorsEmbedded,
	vectorsStructure,
	vectorsEncryption,
}

// build makes all vectors in memory.
func build() *suite {
	s := &suite{files: map[string][]byte{}}
	for _, f := range topics {
		f(s)
	}
	return s
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
