package main

import "github.com/exhibit-dev/exhibit/testvectors/internal/ca"

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
	stampsInSignatures(s)
	stampsOverDocuments(s)
	badStamps(s)
}

// stampsInSignatures: tokens in the attributes of a signature. Anybody can add one over
// the value, so one that is wrong proves nothing, and breaks nothing.
func stampsInSignatures(s *suite) {
	s.add("content-stamp", "a time-stamp over the document is signed with it", signed(cades(container{contentStamp: stampTime})))
	s.add("content-stamp-expired", "a time-stamp over the document proves nothing of a later signature", signed(cades(container{contentStamp: stampTime}))).
		at(afterEnding).refused("#signature-1", "expiry", "pdf.expired-no-poe")
	s.add("content-stamp-order", "the time-stamp over the document is older than the one over the value",
		signed(cades(container{contentStamp: "2025-02-01T12:00:00Z", stamp: stampTime}))).existed("#signature-1", stampTime)
	s.add("content-stamp-later", "the time-stamp over the document is signed, and younger than the signature",
		signed(cades(container{contentStamp: archiveTime, stamp: stampTime}))).refused("#signature-1", "time-order", "pdf.time-order")
	other := stampOf(func([]byte) []byte { return token([]byte("another value"), stampTime) })
	s.add("stamp-other-value", "the time-stamp is over the value of another signature", signed(cades(other))).warns("pdf.timestamp-failed")
	s.add("stamp-other-expired", "the time-stamp is over the value of another signature, and the certificate has ended", signed(cades(other))).
		at(afterEnding).refused("#signature-1", "expiry", "pdf.expired-no-poe")
	s.add("stamp-unreadable", "there is no token in the attribute of the time-stamp", signed(cades(stampOf(func([]byte) []byte { return ca.Seq(ca.Null()) })))).
		warns("pdf.timestamp-failed")
	two := container{stamps: func(value []byte) []ca.Attribute {
		return []ca.Attribute{{OID: oidStamp, Values: [][]byte{token([]byte("another value"), "2025-02-01T12:00:00Z"), token(value, stampTime)}}}
	}}
	s.add("stamp-second", "two time-stamps, of which one is over another value", signed(cades(two))).at(afterEnding).
		existed("#signature-1", stampTime).warns("pdf.timestamp-failed")
	two.stamps = func(value []byte) []ca.Attribute {
		return []ca.Attribute{{OID: oidStamp, Values: [][]byte{token(value, archiveTime), token(value, stampTime)}}}
	}
	s.add("stamps-two", "two time-stamps over the value: the earlier one counts", signed(cades(two))).existed("#signature-1", stampTime)
	s.add("stamp-untrusted", "the authority of the time-stamp is not trusted, and the certificate has ended", signed(cades(container{stamp: stampTime}))).
		stampAnchors().at(afterEnding).refused("#signature-1", "expiry", "pdf.expired-no-poe")
	s.add("stamp-late", "the time-stamp was made after the certificate had ended", signed(cades(container{stamp: "2027-03-01T12:00:00Z"}))).
		at(afterEnding).refused("#signature-1", "expiry", "pdf.expired-no-poe")
	s.add("stamp-last-second", "the time-stamp was made in the last second of the certificate", signed(cades(container{stamp: "2027-01-01T00:00:00Z"}))).
		at(afterEnding).existed("#signature-1", "2027-01-01T00:00:00Z")
	s.add("stamp-second-late", "the time-stamp was made a second after the certificate had ended", signed(cades(container{stamp: "2027-01-01T00:00:01Z"}))).
		at(afterEnding).refused("#signature-1", "expiry", "pdf.expired-no-poe")
	precise := stampOf(nil)
	precise.stamps = func(value []byte) []ca.Attribute {
		t := tokenSpec{tst: func(t *ca.TSTInfo) { t.Accuracy = ca.Accuracy(30, 500, 0) }}
		return []ca.Attribute{ca.One(oidStamp, t.over(value, stampTime))}
	}
	s.add("stamp-accuracy", "the time of a time-stamp with its accuracy, in whole seconds", signed(cades(precise))).
		existed("#signature-1", "2025-03-01T12:00:31Z")
}

// stampOf has one attribute of a time-stamp with that value.
func stampOf(make func(value []byte) []byte) container {
	return container{stamps: func(value []byte) []ca.Attribute { return []ca.Attribute{ca.One(oidStamp, make(value))} }}
}

// stampsOverDocuments: document time-stamps prove what they cover.
func stampsOverDocuments(s *suite) {
	then := func(list ...signature) *document { return signed(list...) }
	s.add("stamped", "a document time-stamp over a signature", then(cades(container{}), stamping(archiveTime))).
		at(afterEnding).existed("#signature-1", archiveTime).existed("#timestamp-1", archiveTime).whole(archiveTime)
	s.add("stamped-before", "a document time-stamp, and then a signature: it does not cover that", then(stamping(archiveTime), cades(container{}))).
		existed("#timestamp-1", archiveTime)
	s.add("stamped-before-expired", "a document time-stamp does not cover a later signature, whose certificate has ended", then(stamping(archiveTime), cades(container{}))).
		at(afterEnding).existed("#timestamp-1", archiveTime).refused("#signature-1", "expiry", "pdf.expired-no-poe")
	s.add("stamped-late", "the document time-stamp was made after the certificate had ended", then(cades(container{}), stamping("2027-03-01T12:00:00Z"))).
		at(afterEnding).existed("#timestamp-1", "2027-03-01T12:00:00Z").refused("#signature-1", "expiry", "pdf.expired-no-poe")
	s.add("stamped-twice", "two document time-stamps: the earlier one counts for the signature, the last one for the file",
		then(cades(container{}), stamping(archiveTime), stamping("2025-09-01T12:00:00Z"))).
		existed("#signature-1", archiveTime).existed("#timestamp-1", archiveTime).existed("#timestamp-2", "2025-09-01T12:00:00Z").whole("2025-09-01T12:00:00Z")
	s.add("stamp-and-stamped", "a time-stamp over the value and a later one over the document", then(cades(container{stamp: stampTime}), stamping(archiveTime))).
		at(afterEnding).existed("#signature-1", stampTime).existed("#timestamp-1", archiveTime).whole(archiveTime)
	s.add("stamped-between", "two signatures, and a document time-stamp between them", then(cades(container{}), stamping(archiveTime), cades(container{by: world.second}))).
		existed("#signature-1", archiveTime).existed("#timestamp-1", archiveTime)
	d := then(stamping(archiveTime))
	d.addStream("", []byte("unused"))
	d.set("Extensions", "<</ADBE<</BaseVersion/1.7/ExtensionLevel 8>>>>")
	s.add("stamp-not-covered", "a document time-stamp, and then another revision, of which nothing is proven", d.end()).
		existed("#timestamp-1", archiveTime).refusedFile("", "pdf.not-covered")
}

// badStamps are document time-stamps that do not pass. They lend nothing.
func badStamps(s *suite) {
	for _, x := range []struct {
		id, comment, reason string
		stamp               signature
	}{
		{"token-imprint", "the document time-stamp is over other bytes", "tsp.imprint-mismatch", stamping(archiveTime).with(func(s *signature) {
			s.value = func([]byte) []byte { return token([]byte("other bytes"), archiveTime) }
		})},
		{"token-signature", "the signature of the token is wrong", "tsp.signature-invalid", stampingBy(tokenSpec{container: container{spoil: true}}, archiveTime)},
		{"token-future", "the document time-stamp is of the future", "tsp.gen-time-future", stamping("2026-07-01T00:00:00Z")},
		{"token-extension", "the token has a critical extension that nobody knows", "tsp.critical-extension", stampingBy(tokenSpec{
			tst: func(t *ca.TSTInfo) { t.Exts = ca.Extensions{ca.UnknownExtension(true)} },
		}, archiveTime)},
		{"token-expired", "the certificate of the authority had ended", "tsp.expired", stampingBy(tokenSpec{container: container{by: world.otherTSA}}, "2026-03-01T00:00:00Z")},
		{"token-by-signer", "a signer of documents made the time-stamp", "tsp.no-chain", stampingBy(tokenSpec{container: container{
			by: world.signer, certs: []*ca.Cert{world.signer, world.issuing},
		}}, archiveTime)},
		{"token-sha1", "the imprint of the document time-stamp is SHA-1", "tsp.weak-imprint", stamping(archiveTime).with(func(s *signature) {
			s.value = func(b []byte) []byte {
				return tokenSpec{tst: func(t *ca.TSTInfo) {
					t.ImprintAlg, t.Imprint = ca.HashSHA1.ID(), ca.HashSHA1.Sum(b)
				}}.over(b, archiveTime)
			}
		})},
	} {
		s.add(x.id, x.comment, signed(x.stamp)).refused("#timestamp-1", "token", x.reason)
		d := signed(cades(container{}), x.stamp)
		v := s.add(x.id+"-expired", x.comment+"; it lends nothing to the signature, whose certificate has ended", d).at(afterEnding)
		if x.id == "token-future" {
			v.at("2027-01-02T00:00:00Z").edited(func([]byte) []byte { return signed(cades(container{}), stamping("2028-07-01T00:00:00Z")).b })
		}
		v.says("#timestamp-1", x.reason)
		v.refused("#signature-1", "", "pdf.expired-no-poe")
		if v.node("#timestamp-1").Verdict == "FAILED" {
			v.Expect = outcome(x.reason)
		}
	}
	s.add("token-cms", "there is no token in the document time-stamp", signed(stamping(archiveTime).with(func(s *signature) {
		s.value = func([]byte) []byte { return ca.Seq(ca.OID(ca.OIDSignedData)) }
	}))).refused("#timestamp-1", "", "pdf.cms")
	s.add("token-padding", "other bytes than zeros behind the token", signed(stamping(archiveTime).with(func(s *signature) { s.padding = []byte{7} }))).
		refused("#timestamp-1", "padding", "pdf.padding")
	s.add("token-padding-expired", "a document time-stamp that is not in order lends nothing", signed(cades(container{}), stamping(archiveTime).with(func(s *signature) {
		s.padding = []byte{7}
	}))).at(afterEnding).says("#timestamp-1", "pdf.padding").refused("#signature-1", "", "pdf.expired-no-poe")
	s.add("token-no-field", "no field has the document time-stamp as its value", signed(stamping(archiveTime).with(func(s *signature) { s.noField = true }))).
		refused("#timestamp-1", "in-force", "pdf.no-field")
}
