package main

// vectorsTimes: time-stamps in signatures and over documents, and what they prove.
func vectorsTimes(s *suite) {
	s.add("cades-t", "level B-T: a time-stamp over the value", signed(cades(container{stamp: stampTime}))).
		existed("#signature-1", stampTime)
	s.add("timestamp-alone", "a document time-stamp, and no signature", signed(stamping(archiveTime))).
		existed("#timestamp-1", archiveTime).whole(archiveTime)
	s.add("expired-stamped", "the certificate has ended; the time-stamp was made before", signed(cades(container{stamp: stampTime}))).
		at(afterEnding).existed("#signature-1", stampTime)
	s.add("expired", "the certificate has ended, and nothing proves that the signature is older", signed(cades(container{}))).
		at(afterEnding).refused("#signature-1", "expiry", "pdf.expired-no-poe")
}
