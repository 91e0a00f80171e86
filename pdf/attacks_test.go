package pdf

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/trust/pki"
	"github.com/exhibit-dev/exhibit/verdict"
)

// signerOf is the signer of the house under another key or certificate.
func signerOf(h house, key crypto.Signer, edit func(*x509.Certificate)) *holder {
	x := &x509.Certificate{Subject: pkix.Name{CommonName: "another signer"}, NotBefore: begin, NotAfter: ending, KeyUsage: x509.KeyUsageDigitalSignature}
	if edit != nil {
		edit(x)
	}
	return issueCert(&testing.B{}, h.root, key, x)
}

// essFor is a signing-certificate attribute, of the first version by SHA-1 or of the
// second by SHA-256.
func essFor(version int, cert *x509.Certificate, more ...[]byte) []byte {
	oid, hash := asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 12}, crypto.SHA1
	if version == 2 {
		oid, hash = oidTestESS, crypto.SHA256
	}
	return asnAttribute(oid, asnSeq(asnSeq(asnSeq(append([][]byte{asnDER(sumOf(hash, cert.Raw))}, more...)...))))
}

func issuerSerial(cert *x509.Certificate, serial any) []byte {
	return asnSeq(asnSeq(asnTLV(2, 4, true, cert.RawIssuer)), asnDER(serial))
}

// cmsAttacks are containers that are not what they should be, or that are unusual.
func cmsAttacks() []situation {
	h := theHouse()
	const constraints, format = "INDETERMINATE SIG_CONSTRAINTS_FAILURE pdf.", "FAILED FORMAT_FAILURE pdf."
	usual := func(edit func(*container)) func(testing.TB, *maker, house) {
		c := container{by: h.signer}
		edit(&c)
		return one(signedBy(c))
	}
	cut := func(edit func([]byte) []byte) func(testing.TB, *maker, house) {
		return one(dictionary{value: func(b []byte) []byte { return edit(container{by: h.signer}.over(b)) }})
	}
	p256, _ := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	_, ed, _ := ed25519.GenerateKey(rand.Reader)
	str := func(s string) []byte { return asnTLV(0, 12, false, []byte(s)) }
	digest := asnAttribute(oidTestDigest, asnDER(make([]byte, 32)))
	protection := func(hash asn1.ObjectIdentifier) []byte {
		return asnAttribute(asnOID("1.2.840.113549.1.9.52"), asnSeq(asnSeq(asnDER(hash)), asnTag(1, asnDER(oidTestRSA), []byte{5, 0})))
	}
	return []situation{
		{name: "no signer", make: usual(func(c *container) { c.signers = -1 }), want: format + "signer-count"},
		{name: "bytes behind the CMS", make: cut(func(b []byte) []byte { return append(b, 5, 0) }), want: constraints + "padding", only: checkPadding},
		{name: "indefinite length", make: cut(indefinite), want: passed},
		{name: "CMS cut off", make: cut(func(b []byte) []byte { return b[:len(b)-9] }), want: "FAILED SIG_CRYPTO_FAILURE pdf.signature-invalid", only: "signature"},
		{name: "message-digest twice", make: usual(func(c *container) { c.attrs = [][]byte{digest} }), want: format + "cms"},
		{name: "two values", make: usual(func(c *container) {
			c.attrs = [][]byte{asnAttribute(oidTestSigningTime, asnTLV(0, 23, false, []byte("240101000000Z")), asnTLV(0, 23, false, []byte("240102000000Z")))}
		}), want: format + "cms"},
		{name: "no message-digest", make: usual(func(c *container) { c.noDigest = true }), want: format + "message-digest-missing", only: "message-digest"},
		{name: "no content-type", make: usual(func(c *container) { c.noType = true }), want: constraints + "content-type-missing", only: "content-type"},
		{name: "unsigned attributes twice", make: usual(func(c *container) {
			c.unsigned = [][]byte{asnAttribute(asnOID("1.2.3.4"), asnDER(1)), asnAttribute(asnOID("1.2.3.4"), asnDER(2))}
		}), want: passed},
		{name: "both versions of signing-certificate", make: usual(func(c *container) { c.ess = [][]byte{essFor(1, h.signer.std), essFor(2, h.signer.std)} }), want: passed},
		{name: "the first version alone", make: usual(func(c *container) { c.ess = [][]byte{essFor(1, h.signer.std)} }), want: passed},
		{name: "the first version of another", make: usual(func(c *container) { c.ess = [][]byte{essFor(1, h.root.std), essFor(2, h.signer.std)} }),
			want: "INDETERMINATE NO_SIGNING_CERTIFICATE_FOUND pdf.ess-mismatch", only: "signing-certificate"},
		{name: "the second version of another", make: usual(func(c *container) { c.ess = [][]byte{essFor(1, h.signer.std), essFor(2, h.root.std)} }),
			want: "INDETERMINATE NO_SIGNING_CERTIFICATE_FOUND pdf.ess-mismatch", only: "signing-certificate"},
		{name: "issuer and serial number", make: usual(func(c *container) {
			c.ess = [][]byte{essFor(2, h.signer.std, issuerSerial(h.signer.std, h.signer.std.SerialNumber))}
		}), want: passed},
		{name: "serial number of another", make: usual(func(c *container) {
			c.ess = [][]byte{essFor(2, h.signer.std, issuerSerial(h.signer.std, 5))}
		}), want: "INDETERMINATE NO_SIGNING_CERTIFICATE_FOUND pdf.ess-mismatch", only: "signing-certificate"},
		{name: "issuer of another", make: usual(func(c *container) {
			c.ess = [][]byte{essFor(2, h.signer.std, issuerSerial(h.tsa.std, h.signer.std.SerialNumber))}
		}), want: "INDETERMINATE NO_SIGNING_CERTIFICATE_FOUND pdf.ess-mismatch", only: "signing-certificate"},
		{name: "algorithms protected", make: usual(func(c *container) { c.attrs = [][]byte{protection(oidTestSHA256)} }), want: passed},
		{name: "other algorithms protected", make: usual(func(c *container) { c.attrs = [][]byte{protection(oidTestSHA512)} }),
			want: constraints + "algorithm-protection", only: "algorithm-protection"},
		{name: "a signing-time long before the certificate", make: usual(func(c *container) {
			c.attrs = [][]byte{asnAttribute(oidTestSigningTime, asnTLV(0, 23, false, []byte("010101000000Z")))}
		}), want: passed},
		{name: "a signing-time saves nothing", at: afterEnding, make: usual(func(c *container) {
			c.attrs = [][]byte{asnAttribute(oidTestSigningTime, asnTLV(0, 23, false, []byte("240101000000Z")))}
		}), want: outOfBounds, only: "expiry"},
		{name: "a claimed time saves nothing", at: afterEnding, make: one(signedBy(container{}).with(func(d *dictionary) { d.entries = "/M(D:20240101)" })),
			want: outOfBounds, only: "expiry"},
		{name: "a signature policy", make: usual(func(c *container) {
			c.attrs = [][]byte{asnAttribute(asnOID("1.2.840.113549.1.9.16.2.15"), asnSeq(asnDER(oidTestPolicy), asnSeq(asnSeq(asnDER(oidTestSHA256)), asnDER(make([]byte, 32)))))}
		}), want: passed},
		{name: "a commitment", make: usual(func(c *container) {
			c.attrs = [][]byte{asnAttribute(asnOID("1.2.840.113549.1.9.16.2.16"), asnSeq(asnDER(asnOID("1.2.840.113549.1.9.16.6.1"))))}
		}), want: passed},
		{name: "a countersignature of nobody", make: usual(func(c *container) {
			c.unsigned = [][]byte{asnAttribute(asnOID("1.2.840.113549.1.9.6"), asnSeq(str("nothing")))}
		}), want: passed},
		{name: "PSS", make: usual(func(c *container) { c.pss = true }), want: passed},
		{name: "PSS spoilt", make: usual(func(c *container) { c.pss, c.spoil = true, true }), want: "FAILED SIG_CRYPTO_FAILURE pdf.signature-invalid", only: "signature"},
		{name: "ECDSA", make: usual(func(c *container) { c.by = signerOf(h, p256, nil) }), want: passed},
		{name: "ECDSA spoilt", make: usual(func(c *container) { c.by, c.spoil = signerOf(h, p256, nil), true }), want: "FAILED SIG_CRYPTO_FAILURE pdf.signature-invalid", only: "signature"},
		{name: "Ed25519", make: usual(func(c *container) { c.by, c.hash = signerOf(h, ed, nil), crypto.SHA512 }), want: passed},
		{name: "Ed25519 spoilt", make: usual(func(c *container) { c.by, c.hash, c.spoil = signerOf(h, ed, nil), crypto.SHA512, true }),
			want: "FAILED SIG_CRYPTO_FAILURE pdf.signature-invalid", only: "signature"},
		{name: "a certificate for time-stamps", make: usual(func(c *container) { c.by = h.tsa }), env: func(e *pki.Env, h house) { e.Documents = anchorOf(h.stampRoot) },
			want: "INDETERMINATE CHAIN_CONSTRAINTS_FAILURE pdf.extended-key-usage", only: "extended-key-usage"},
	}
}

var oidTestSigningTime = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 5}

// indefinite writes the outermost element with an indefinite length.
func indefinite(b []byte) []byte {
	var v asn1.RawValue
	if _, err := asn1.Unmarshal(b, &v); err != nil {
		panic(err)
	}
	return append(append([]byte{0x30, 0x80}, v.Bytes...), 0, 0)
}

// placeAttacks put a sound signature where it does not belong.
func placeAttacks() []situation {
	const constraints, format = "INDETERMINATE SIG_CONSTRAINTS_FAILURE pdf.", "FAILED FORMAT_FAILURE pdf."
	usual := func() dictionary { return signedBy(container{}) }
	numbers := func(f string) func(*dictionary) {
		return ranges(func(r [4]int) string { return fmt.Sprintf(f, r[1], r[2], r[3]) })
	}
	field := func(v string) string {
		return "<</Type/Annot/Subtype/Widget/Rect[0 0 0 0]/F 132/P 3 0 R/FT/Sig/T(Other)/V " + v + ">>"
	}
	return []situation{
		{name: "leading plus", make: one(usual().with(numbers("[+0 %d +%d %d]"))), want: passed},
		{name: "negative zero", make: one(usual().with(numbers("[-0 %d %d %d]"))), want: passed},
		{name: "leading zeros", make: one(usual().with(numbers("[000 %d 0%d %d]"))), want: passed},
		{name: "huge", make: one(usual().with(numbers("[99999999999999999999 %d %d %d]"))), want: format + "byte-range", only: ""},
		{name: "a name among the numbers", make: one(usual().with(numbers("[/A %d %d %d]"))), want: format + "byte-range"},
		{name: "ByteRange elsewhere", make: func(t testing.TB, m *maker, h house) { rangeElsewhere(t, m, false) }, want: constraints + "byte-range-indirect", only: checkByteRange},
		{name: "a number of ByteRange elsewhere", make: func(t testing.TB, m *maker, h house) { rangeElsewhere(t, m, true) }, want: constraints + "byte-range-indirect", only: checkByteRange},
		{name: "Contents twice", make: one(usual().with(func(d *dictionary) { d.entries = "/Contents<00>" })), want: format + "key-twice"},
		{name: "Contents twice, once spelled otherwise", make: one(usual().with(func(d *dictionary) { d.entries = "/Con#74ents<00>" })), want: format + "key-twice"},
		{name: "Contents elsewhere", make: contentsElsewhere, want: constraints + "contents-indirect", only: checkContents},
		{name: "another Filter", make: one(usual().with(func(d *dictionary) { d.filter = "Entrust.PPKEF" })), want: passed},
		{name: "without field", make: one(usual().with(func(d *dictionary) { d.noField = true })), want: constraints + "no-field", only: checkInForce},
		{name: "in two fields", make: func(t testing.TB, m *maker, h house) {
			m.end(t)
			n := m.sign(t, usual())
			k := m.number()
			m.obj(k, field(fmt.Sprintf("%d 0 R", n)))
			m.fields(k)
			m.end(t)
		}, want: passed},
		{name: "in two fields, the second later", make: func(t testing.TB, m *maker, h house) {
			m.end(t)
			n := m.sign(t, usual())
			m.end(t)
			k := m.number()
			m.obj(k, field(fmt.Sprintf("%d 0 R", n)))
			m.fields(k)
			m.end(t)
		}, want: constraints + "modified-after-signing"},
		{name: "in an object stream", make: inObjectStream, want: format + "contents-gap"},
		{name: "dictionary replaced", make: replaced(draft), want: constraints + "modified-after-signing"},
		{name: "dictionary replaced by a copy", make: replaced(""), want: constraints + "modified-after-signing"},
		{name: "field re-pointed", node: 1, make: func(t testing.TB, m *maker, h house) {
			m.end(t)
			n := m.sign(t, usual())
			m.end(t)
			k := m.number()
			m.obj(k, draft)
			m.obj(n+1, fmt.Sprintf("<</Type/Annot/Subtype/Widget/Rect[0 0 0 0]/F 132/P 3 0 R/FT/Sig/T(Signature%d)/V %d 0 R>>", n+1, k))
			m.end(t)
		}, want: constraints + "modified-after-signing", doc: format + "contents-empty"},
		{name: "certified after another signed", node: 1, make: then(usual(), func(t testing.TB, m *maker, h house) {
			m.sign(t, usual().with(func(d *dictionary) { d.entries = docMDP("/P 2") }))
		}), want: constraints + "permissions", only: checkPermissions},
		{name: "permissions of a signature that does not certify", make: one(usual().with(func(d *dictionary) { d.perms = true })), want: constraints + "permissions", only: checkPermissions},
		{name: "a lock given to a field later", make: func(t testing.TB, m *maker, h house) {
			form := func(lock string) {
				m.obj(objForm, fmt.Sprintf("<</Fields[9 0 R <</FT/Sig/T(S)/V 10 0 R%s>>]/SigFlags 3>>", lock))
			}
			m.end(t)
			m.sign(t, usual().with(func(d *dictionary) { d.noField = true }))
			form("")
			m.end(t)
			form("/Lock<</Action/Include/Fields[]/P 3>>")
			m.end(t)
		}, want: constraints + "permissions"},
		{name: "a lock signed in a field without number", make: func(t testing.TB, m *maker, h house) {
			m.end(t)
			m.sign(t, usual().with(func(d *dictionary) { d.noField = true }))
			m.obj(objForm, "<</Fields[9 0 R <</FT/Sig/T(S)/V 10 0 R/Lock<</Action/All>>>>]/SigFlags 3>>")
			m.end(t)
		}, want: passed},
		{name: "SubFilter elsewhere, replaced in what is signed", make: func(t testing.TB, m *maker, h house) {
			m.end(t)
			m.sign(t, dictionary{value: func(b []byte) []byte { return container{by: h.signer, inside: sumOf(crypto.SHA1, b)}.over(nil) }})
			m.b = bytes.Replace(m.b, []byte("/SubFilter/adbe.pkcs7.detached"), []byte("/SubFilter 20 0 R             "), 1)
			m.obj(20, "/adbe.pkcs7.detached")
			later := m.hole // the ByteRange ends behind the next revision
			m.hole = nil
			m.end(t)
			m.hole = later
			m.obj(20, "/adbe.pkcs7.sha1")
			m.end(t)
		}, env: func(e *pki.Env, h house) { e.Algorithms = lastingSHA1() }, want: passed},
		{name: "encrypted, and closed", make: closed, want: passed, doc: "INDETERMINATE CUSTOM pdf.encrypted"},
		{name: "encrypted, closed and changed", make: func(t testing.TB, m *maker, h house) {
			closed(t, m, h)
			m.obj(objPages, "<</Type/Pages/Kids[3 0 R 3 0 R]/Count 2>>")
			m.end(t)
		}, want: constraints + "modified-after-signing", doc: "INDETERMINATE CUSTOM pdf.encrypted"},
		{name: "encrypted, closed, with the form in an object stream", make: closedForm, want: "INDETERMINATE CUSTOM pdf.encrypted"},
		{name: "encrypted, closed and forged", make: closed, edit: flip("/Kids", "0 R", "1 R"), want: "FAILED HASH_FAILURE pdf.message-digest-mismatch"},
		{name: "a later claim to have allowed it", make: then(usual(), func(t testing.TB, m *maker, h house) {
			first := bytes.Index(m.b, []byte("%%EOF")) + len("%%EOF\n")
			m.obj(objPage, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Annots[9 0 R 11 0 R 30 0 R]>>")
			m.obj(30, "<</Type/Annot/Subtype/FreeText/Rect[0 0 9 9]/Contents(added)/DA(x)>>")
			n := m.number()
			m.obj(n, fmt.Sprintf("<</Type/Sig/SubFilter/adbe.pkcs7.detached/ByteRange[0 0 0 %d]/Contents<00>%s>>", first, docMDP("/P 3")))
			k := m.number()
			m.obj(k, field(fmt.Sprintf("%d 0 R", n)))
			m.obj(objForm, fmt.Sprintf("<</Fields[9 0 R 11 0 R %d 0 R]/SigFlags 3>>", k))
		}), node: 1, want: constraints + "modified-after-signing", doc: format + "contents-empty"},
	}
}

// replaced writes another dictionary over the number of the signature: the text, or the
// dictionary itself once more.
func replaced(by string) func(testing.TB, *maker, house) {
	return func(t testing.TB, m *maker, h house) {
		m.end(t)
		n := m.sign(t, signedBy(container{}))
		from := m.offsets[n]
		m.end(t)
		copied := bytes.Clone(m.b[from:])
		copied = copied[bytes.Index(copied, []byte("<<")):bytes.Index(copied, []byte("\nendobj"))]
		if by != "" {
			copied = []byte(by)
		}
		m.obj(n, string(copied))
		m.end(t)
	}
}

// rangeElsewhere makes the ByteRange, or its second number, an object of its own.
func rangeElsewhere(t testing.TB, m *maker, number bool) {
	m.end(t)
	n := m.number()
	m.obj(n, rangeRoom)
	m.sign(t, signedBy(container{}).with(func(d *dictionary) {
		d.ranges = func(r [4]int) string {
			text, own := fmt.Sprint(r), fmt.Sprintf("%d 0 R", n)
			if number {
				text, own = fmt.Sprint(r[1]), fmt.Sprintf("[0 %d 0 R %d %d]", n, r[2], r[3])
			}
			copy(m.b[bytes.LastIndex(m.b, fmt.Appendf(nil, "\n%d 0 obj\n", n))+len(fmt.Sprintf("\n%d 0 obj\n", n)):], text)
			return own
		}
	}))
	m.end(t)
}

// contentsElsewhere makes Contents an object of its own.
func contentsElsewhere(t testing.TB, m *maker, h house) {
	m.end(t)
	n := m.sign(t, signedBy(container{}))
	k := m.number()
	own := []byte(fmt.Sprintf("%d 0 R", k))
	from, to := m.hole.value[0], m.hole.value[1]
	m.b = append(m.b[:from], append(own, m.b[to:]...)...)
	for i, off := range m.offsets {
		if i != n && off > from {
			m.offsets[i] = off - (to - from) + len(own)
		}
	}
	m.offsets[k] = len(m.b)
	m.b = fmt.Appendf(m.b, "%d 0 obj\n", k)
	m.hole.value = [2]int{len(m.b), len(m.b) + to - from}
	m.b = append(m.b, "<"+strings.Repeat("00", (to-from-2)/2)+">\nendobj\n"...)
	m.end(t)
}

// inObjectStream puts the dictionary into an object stream that is not compressed, so
// that the file shows its Contents all the same.
func inObjectStream(t testing.TB, m *maker, h house) {
	m.end(t)
	const stream, dict, table = 11, 12, 14
	m.next = 15
	m.obj(objCatalog, "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[9 0 R 13 0 R]/SigFlags 3>>>>")
	m.obj(13, "<</FT/Sig/T(S)/V 12 0 R>>")
	head := fmt.Sprintf("%d 0 ", dict)
	from := len(m.b)
	m.obj(stream, "<</Type/ObjStm/N 1/First 5/Length 0000000>>\nstream\n"+head)
	m.b = m.b[:len(m.b)-len("\nendobj\n")]
	begin := len(m.b) - len(head)
	m.dictionary(signedBy(container{}).with(func(d *dictionary) { d.subFilter = "adbe.pkcs7.detached"; d.room = 12000 }))
	copy(m.b[from+bytes.Index(m.b[from:], []byte("0000000")):], fmt.Sprintf("%07d", len(m.b)-begin))
	m.b = append(m.b, "\nendstream\nendobj\n"...)
	at := len(m.b)
	var rows []byte
	row := func(kind, a, b int) { rows = append(rows, byte(kind), byte(a>>16), byte(a>>8), byte(a), byte(b)) }
	row(1, m.offsets[objCatalog], 0)
	row(1, m.offsets[stream], 0)
	row(2, stream, 0)
	row(1, m.offsets[13], 0)
	row(1, at, 0)
	m.b = fmt.Appendf(m.b, "%d 0 obj\n<</Type/XRef/W[1 3 1]/Index[1 1 11 4]/Size 15/Root 1 0 R/Prev %d/Length %d>>\nstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n",
		table, m.prev, len(rows), rows, at)
	m.fill(t)
}

// What attributes say beyond what is judged is named.
func TestNotJudged(t *testing.T) {
	for name, what := range map[string]string{"a signature policy": "signature policy", "a commitment": "commitment type", "a countersignature of nobody": "countersignatures"} {
		for _, s := range cmsAttacks() {
			if s.name != name {
				continue
			}
			r := s.judge(t, "")
			if len(r.Children[0].NotChecked) == 0 || !notChecked(&r.Children[0], what) {
				t.Errorf("%s: %v", name, r.Children[0].NotChecked)
			}
		}
	}
}

func notChecked(r *verdict.Result, what string) bool {
	return slices.ContainsFunc(r.NotChecked, func(u verdict.Unchecked) bool { return u.Name == what })
}

// What a signature says of itself stands in its claims; of one whose SubFilter is not
// known too, and content of its own is not the document there either.
func TestIntegrityOfUnknown(t *testing.T) {
	for _, x := range []struct {
		c    container
		want bool
	}{{container{}, true}, {container{spoil: true}, false}, {container{empty: true}, false}} {
		m := newMaker()
		one(signedBy(x.c).with(func(d *dictionary) { d.subFilter = "Acme.sig" }))(t, m, theHouse())
		r := openMade(t, m.b).Verify(t.Context(), usualEnv(theHouse(), usualDay))
		if got := r.Children[0].Claims.(signatureClaims).Integrity; got != x.want {
			t.Errorf("%+v: integrity %v", x.c, got)
		}
	}
}

// closed is a signed document that no password opens.
func closed(t testing.TB, m *maker, h house) {
	m.trailer = fmt.Sprintf("/Encrypt<</Filter/Standard/V 1/R 2/O<%064d>/U<%064d>/P -4>>/ID[<00><00>]", 1, 2)
	one(signedBy(container{}))(t, m, h)
}

// closedForm has its form in an object stream, which nobody without a password can read.
func closedForm(t testing.TB, m *maker, h house) {
	m.trailer = fmt.Sprintf("/Encrypt<</Filter/Standard/V 1/R 2/O<%064d>/U<%064d>/P -4>>/ID[<00><00>]", 1, 2)
	m.end(t)
	m.sign(t, signedBy(container{}))
	delete(m.offsets, objForm)
	stream, table := m.number(), m.number()
	m.obj(stream, "<</Type/ObjStm/N 1/First 4/Length 40>>\nstream\n"+strings.Repeat("x", 40)+"\nendstream")
	at := len(m.b)
	m.offsets[table] = at
	var index, rows strings.Builder
	for n := range m.next {
		off, ok := m.offsets[n]
		switch {
		case n == objForm:
			fmt.Fprintf(&index, "%d 1 ", n)
			rows.Write([]byte{2, byte(stream >> 16), byte(stream >> 8), byte(stream), 0})
		case ok:
			fmt.Fprintf(&index, "%d 1 ", n)
			rows.Write([]byte{1, byte(off >> 16), byte(off >> 8), byte(off), 0})
		}
	}
	m.b = fmt.Appendf(m.b, "%d 0 obj\n<</Type/XRef/W[1 3 1]/Index[%s]/Size %d/Root 1 0 R/Prev %d/Length %d%s>>\nstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n",
		table, index.String(), m.next, m.prev, rows.Len(), m.trailer, rows.String(), at)
	m.fill(t)
}
