package main

// vectorsForgery: published attacks on signatures: USF, ISA, SWA.
func vectorsForgery(s *suite) {
	_ = s
}
