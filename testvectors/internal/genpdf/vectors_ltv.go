package main

import "github.com/exhibit-dev/exhibit/testvectors/internal/genpdf/ca"

// vectorsLTV: validation data of the DSS, alone and under document time-stamps.
func vectorsLTV(s *suite) {
	s.add("cades-lt", "level B-LT: certificates and CRLs in the DSS", longTerm()).etsi().existed("#signature-1", stampTime)
	d := longTerm()
	d.sign(stamping(archiveTime))
	s.add("cades-lta", "level B-LTA: a document time-stamp over the DSS", d.end()).etsi().
		revocation(world.tsaRoot.CRL(ca.CRLSpec{Label: "tsa-root-later", ThisUpdate: "2025-07-01"})).
		existed("#signature-1", stampTime).existed("#timestamp-1", archiveTime).whole(archiveTime)
	s.add("strict-nothing", "the strict policy, and no revocation data", signed(cades(container{stamp: stampTime}))).etsi().
		existed("#signature-1", "").refused("#signature-1", "", "pdf.revocation-missing")
}

// longTerm is a signature of level B-LT. Its lists are newer than all that was signed.
func longTerm() *document {
	d := signed(cades(container{stamp: stampTime}))
	d.dss(store{certs: [][]byte{world.issuing.DER, world.root.DER}, crls: lists(ca.UsualUpdate), vri: []int{0}})
	return d.end()
}
