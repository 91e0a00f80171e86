package main

import (
	"fmt"

	"github.com/exhibit-dev/exhibit/testvectors/internal/ca"
)

// vectorsGood: the usual forms, all in order.
func vectorsGood(s *suite) {
	s.add("detached", "one signature, adbe.pkcs7.detached", signed(plain(container{})))
	s.add("cades", "one signature of PAdES, level B-B", signed(cades(container{}))).warns("pdf.revocation-missing")
	s.add("rsa", "one signature by an RSA key", signed(cades(container{by: rsaSigner()})))
	s.add("first-revision", "signed where it was made, in one revision", func() *document {
		d := newDocument()
		d.sign(cades(container{}))
		return d.end()
	}())
	s.add("in-field", "the signature dictionary lies directly in its field", signed(cades(container{}).with(func(s *signature) { s.inField = true })))
	s.add("two-signatures", "two signatures by two persons, each in a revision of its own",
		signed(cades(container{}), cades(container{by: world.second})))
	var many []signature
	for i := range 25 {
		many = append(many, cades(container{by: []*ca.Cert{world.signer, world.second}[i%2], certs: []*ca.Cert{world.issuing}}))
	}
	s.add("signatures-25", "25 signatures, each in a revision of its own; the certificates of both signers are at hand", signed(many...)).
		intermediates(world.signer, world.second)
	s.add("strict", "the strict policy, with lists beside the document", signed(cades(container{}))).etsi().
		revocation(world.root.CRL(ca.CRLSpec{Label: "root"}), world.issuing.CRL(ca.CRLSpec{Label: "issuing"}))
	s.add("strict-ocsp", "the strict policy, with OCSP responses beside the document", signed(cades(container{}))).etsi().
		revocation(ca.OCSP(ca.OCSPSpec{Label: "signer", Of: world.signer, Issuer: world.issuing}), ca.OCSP(ca.OCSPSpec{Label: "issuing", Of: world.issuing, Issuer: world.root}))
	archival := func(values ...[]byte) *document {
		return signed(plain(container{attrs: func(l ca.Attributes) ca.Attributes {
			// adbe-revocationInfoArchival, ISO 32000-2, 12.8.3.3.2
			return l.With(ca.One("1.2.840.113583.1.1.8", ca.Seq(ca.Ctx(0, ca.Seq(values...)))))
		}}))
	}
	s.add("lists-in-cms", "the lists lie in the signature, as Acrobat has them", archival(lists(ca.UsualUpdate)[:2]...)).etsi()
	s.add("lists-in-cms-unreadable", "what lies in the signature as a list is none", archival(ca.Seq(ca.Null()))).warns("pdf.revocation-unreadable")
	waiting(s)
}

// waiting: fields that were made for a signature.
func waiting(s *suite) {
	d := newDocument()
	n := d.field("Approval", "/FT/Sig")
	d.end()
	d.signField(n, "Approval", cades(container{}))
	s.add("field-waiting", "a field that waited for a signature, and got it", d.end())
	d = newDocument()
	d.field("Approval", "/FT/Sig")
	d.end()
	d.sign(cades(container{}))
	s.add("field-empty", "a field still waits for another signature", d.end())
	d = newDocument()
	n = d.field("Approval", "/FT/Sig")
	d.end()
	d.sign(cades(container{}))
	d.end()
	d.signField(n, "Approval", cades(container{by: world.second}))
	s.add("field-waiting-second", "the second signature is in a field that waited for it when the first one was made", d.end())
}

// signField signs in a field that is there, without one of its own.
func (d *document) signField(n int, name string, x signature) {
	x.noField = true
	value := d.sign(x)
	d.obj(n, fmt.Sprintf("<</Type/Annot/Subtype/Widget/Rect[20 50 120 70]/P %s/T%s/FT/Sig/V %s>>", ref(objPage), d.text(n, name), ref(value)))
}

// signed is the usual document with signatures, each in a revision of its own.
func signed(list ...signature) *document {
	d := newDocument().end()
	for _, x := range list {
		d.sign(x)
		d.end()
	}
	return d
}
