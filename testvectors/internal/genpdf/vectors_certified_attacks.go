package main

// vectorsCertifiedAttacks: published attacks on certified documents: EAA, SSA.
func vectorsCertifiedAttacks(s *suite) {
	_ = s
}
