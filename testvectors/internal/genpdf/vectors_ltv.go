package main

import (
	"crypto/sha1"
	"fmt"
	"strings"

	"github.com/exhibit-dev/exhibit/testvectors/internal/ca"
)

// vectorsLTV: validation data of the DSS, alone and under document time-stamps.
func vectorsLTV(s *suite) {
	s.add("cades-lt", "level B-LT: certificates and CRLs in the DSS", longTerm()).etsi().existed("#signature-1", stampTime)
	d := longTerm()
	d.sign(stamping(archiveTime))
	s.add("cades-lta", "level B-LTA: a document time-stamp over the DSS", d.end()).etsi().
		revocation(tsaList("2025-07-01")).
		existed("#signature-1", stampTime).existed("#timestamp-1", archiveTime).whole(archiveTime)
	s.add("strict-nothing", "the strict policy, and no revocation data", signed(cades(container{stamp: stampTime}))).etsi().
		existed("#signature-1", "").refused("#signature-1", "", "pdf.revocation-missing")
	s.add("expired-strict", "the strict policy: the certificate has ended, and a list from after its end does not have it", signed(cades(container{}))).etsi().
		revocation(final(world.issuing), final(world.root)).at(afterEnding).refused("#signature-1", "expiry", "pdf.expired-not-revoked")
	s.add("expired-strict-stamped", "the strict policy: the certificate has ended; time-stamp and lists are from before", longTerm()).etsi().
		at(afterEnding).existed("#signature-1", stampTime)
	storeForms(s)
	storeRevocations(s)
	archiveChains(s)
}

// tsaList is a list of the authority over time-stamps, beside the document.
func tsaList(at string) ca.Material {
	return world.tsaRoot.CRL(ca.CRLSpec{Label: "tsa-root-" + at, ThisUpdate: at})
}

// longTerm is a signature of level B-LT. Its lists are newer than all that was signed.
func longTerm() *document {
	d := signed(cades(container{stamp: stampTime}))
	d.dss(store{certs: [][]byte{world.issuing.DER, world.root.DER}, crls: lists(ca.UsualUpdate), vri: []int{0}})
	return d.end()
}

// answers are OCSP responses for the signer's path and the authority of time-stamps.
func answers() (out [][]byte) {
	for _, x := range [][2]*ca.Cert{{world.signer, world.issuing}, {world.issuing, world.root}, {world.tsa, world.tsaRoot}} {
		out = append(out, ca.OCSP(ca.OCSPSpec{Of: x[0], Issuer: x[1]}).Data)
	}
	return out
}

// storeForms: what a DSS may look like.
func storeForms(s *suite) {
	lt := func(x store) *document {
		d := signed(cades(container{stamp: stampTime}))
		d.dss(x)
		return d.end()
	}
	s.add("store-ocsp", "OCSP responses in the DSS", lt(store{ocsp: answers()})).etsi().existed("#signature-1", stampTime)
	s.add("store-no-vri", "CRLs in the DSS, and no VRI", lt(store{crls: lists(ca.UsualUpdate)})).etsi().existed("#signature-1", stampTime)
	for _, x := range []struct {
		id, comment string
		key         func(contents []byte) string
	}{
		{"vri-contents", "the key in VRI is that of all Contents, zeros at the end included", func(b []byte) string { return fmt.Sprintf("%X", sha1.Sum(b)) }},
		{"vri-der", "the key in VRI is that of the DER without the zeros behind it", func(b []byte) string {
			return fmt.Sprintf("%X", sha1.Sum(b[:len(ca.Seq(ca.Contents(b)))]))
		}},
		{"vri-lower", "the key in VRI is in lower-case letters", func(b []byte) string { return fmt.Sprintf("%x", sha1.Sum(b)) }},
		{"vri-other", "the key in VRI is that of nothing here", func([]byte) string { return strings.Repeat("00", 20) }},
	} {
		d := signed(cades(container{stamp: stampTime}))
		var refs []string
		for _, crl := range lists(ca.UsualUpdate) {
			refs = append(refs, ref(d.addStream("", crl)))
		}
		all := strings.Join(refs, " ")
		n := d.add("<</Type/DSS/CRLs[" + all + "]/VRI<</" + x.key(d.values[0]) + "<</Type/VRI/CRL[" + all + "]/TU(D:20250602000000Z)>>>>>>")
		d.set("DSS", ref(n))
		s.add(x.id, x.comment, d.end()).etsi().existed("#signature-1", stampTime)
	}
	d := signed(cades(container{stamp: stampTime}))
	stamp := d.addStream("", token(d.values[0], "2025-02-01T12:00:00Z"))
	d.dss(store{crls: lists(ca.UsualUpdate), more: "/VRI<</" + d.vriKey(0) + "<</TS " + ref(stamp) + ">>>>"})
	s.add("vri-stamp", "a time-stamp in VRI proves nothing of a signature: ISO 32000-2 does not say over what it is", d.end()).etsi().
		existed("#signature-1", stampTime)
	s.add("store-only-signer", "the DSS has a list for the signer, and none for the issuer", lt(store{
		crls: [][]byte{world.issuing.CRL(ca.CRLSpec{}).Data, world.tsaRoot.CRL(ca.CRLSpec{}).Data},
	})).etsi().existed("#signature-1", "").refused("#signature-1", "path-revocation", "pdf.revocation-missing")
	s.add("store-newest", "the lists in the DSS are older than the signature, and were the newest to be had (EN 319 102-1, 5.2.5); the token asks for newer ones",
		lt(store{crls: lists("2025-02-01")})).etsi()
	var stale [][]byte
	for _, c := range []*ca.Cert{world.root, world.issuing} {
		stale = append(stale, c.CRL(ca.CRLSpec{ThisUpdate: "2025-02-01", NextUpdate: "2025-02-15"}).Data)
	}
	s.add("store-stale", "the lists in the DSS had ended before the signature existed", lt(store{
		crls: append(stale, world.tsaRoot.CRL(ca.CRLSpec{}).Data),
	})).etsi().refused("#signature-1", "", "pdf.revocation-missing")
	s.add("store-unreadable", "values of the DSS that are none, beside good ones", lt(store{
		certs: [][]byte{[]byte("no certificate")}, crls: append(lists(ca.UsualUpdate), []byte("no list")), ocsp: [][]byte{[]byte("no response")},
	})).etsi().existed("#signature-1", stampTime).warns("pdf.dss-unreadable")
	d = longTerm()
	d.set("DSS", "")
	s.add("store-removed", "a later revision took the DSS away; its values are used all the same", d.end()).etsi().existed("#signature-1", stampTime)
	d = newDocument()
	d.dss(store{certs: [][]byte{world.issuing.DER}, crls: lists(ca.UsualUpdate)})
	d.end()
	d.sign(cades(container{stamp: stampTime, certs: []*ca.Cert{world.signer}}))
	s.add("store-before", "the DSS is older than the signature", d.end()).etsi().existed("#signature-1", stampTime)
}

// storeRevocations: the DSS says that somebody's certificate was revoked.
func storeRevocations(s *suite) {
	gone := func(at string) [][]byte {
		return [][]byte{world.issuing.Revoking("", ca.RevokedEntry{Of: world.signer, At: at, Reason: ca.KeyCompromise}).Data}
	}
	for _, x := range []struct {
		id, comment string
		of          container
		stamped     bool
		reason      string
	}{
		{"store-revoked", "a list in the DSS says that the signer's certificate was revoked", container{}, false, "pdf.revoked-no-poe"},
		{"store-revoked-later", "a list in the DSS says that it was revoked after the time-stamp over the value", container{stamp: stampTime}, false, ""},
		{"store-revoked-stamped", "the document time-stamp was made after the revocation that the DSS tells of", container{}, true, "pdf.revoked-no-poe"},
	} {
		d := signed(cades(x.of))
		d.dss(store{crls: gone("2025-04-01")})
		d.end()
		if x.stamped {
			d.sign(stamping(archiveTime))
			d.end()
		}
		v := s.add(x.id, x.comment, d)
		if x.stamped {
			v.existed("#timestamp-1", archiveTime)
		}
		if x.reason == "" {
			v.existed("#signature-1", stampTime).warns("pdf.revoked-later")
			continue
		}
		v.refused("#signature-1", "revocation", x.reason)
	}
}

// archiveChains: document time-stamps over document time-stamps. The authority of the
// first one has ended when it is judged; the second one was made before that.
func archiveChains(s *suite) {
	const secondTime = "2025-10-01T12:00:00Z"
	first := stampingBy(tokenSpec{container: container{by: world.otherTSA}}, archiveTime)
	chain := func(more ...signature) *document {
		d := longTerm()
		d.sign(first)
		d.end()
		for _, x := range more {
			d.dss(store{certs: [][]byte{world.issuing.DER, world.root.DER}, crls: append(lists(ca.UsualUpdate), lists("2025-08-01")...)})
			d.end()
			d.sign(x)
			d.end()
		}
		return d
	}
	s.add("chain", "two document time-stamps; the authority of the first one has ended since", chain(stamping(secondTime))).etsi().
		revocation(tsaList("2025-11-01")).at(afterEnding).
		existed("#signature-1", stampTime).existed("#timestamp-1", archiveTime).existed("#timestamp-2", secondTime).whole(secondTime)
	v := s.add("chain-cut", "one document time-stamp, whose authority has ended; nothing proves that it is older", chain()).etsi().
		revocation(tsaList("2025-11-01")).at(afterEnding).existed("#signature-1", stampTime)
	v.refused("#timestamp-1", "", "tsp.expired-no-poe")
	s.add("chain-cut-issuance", "the same under the policy issuance, which asks for no later proof", chain()).at(afterEnding).
		existed("#signature-1", stampTime).existed("#timestamp-1", archiveTime).whole(archiveTime)
	late := s.add("chain-late", "the second document time-stamp was made when the authority of the first had ended", chain(stamping("2026-03-01T12:00:00Z"))).etsi().
		revocation(tsaList("2026-04-01")).at(afterEnding).existed("#signature-1", stampTime).existed("#timestamp-2", "2026-03-01T12:00:00Z").whole("2026-03-01T12:00:00Z")
	late.says("#timestamp-1", "tsp.expired-no-poe")
	s.add("chain-untrusted", "the second document time-stamp is by somebody who is not trusted: it lends nothing to the first", chain(stampingBy(tokenSpec{
		container: container{by: strangeTSA()},
	}, secondTime))).etsi().revocation(tsaList("2025-11-01")).at(afterEnding).existed("#signature-1", stampTime).
		says("#timestamp-2", "tsp.no-chain").refused("#timestamp-1", "", "tsp.expired-no-poe")
}

var strangeTSA = once(func() *ca.Cert {
	return ca.NewRoot("strange-root", "2020-01-01", "2040-01-01").TSA("strange-tsa", ca.Lasting("2023-01-01", "2035-01-01"))
})
