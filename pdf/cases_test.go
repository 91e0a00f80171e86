package pdf

import (
	"bytes"
	"context"
	"crypto"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/trust/pki"
	"github.com/exhibit-dev/exhibit/verdict"
)

// situation is one document that the tests judge.
type situation struct {
	name string
	make func(t testing.TB, m *maker, h house)
	edit func([]byte) []byte // of the complete file
	at   string              // 2024-09-01
	env  func(*pki.Env, house)
	node int    // which child is asked about
	want string // indication, sub-indication and reason of the node
	doc  string // of the document; the same as want if empty
	only string // the one check that does not pass
}

const (
	usualDay = "2024-09-01"
	passed   = "PASSED"
)

func usualEnv(h house, at string) (env pki.Env) {
	env.At, env.Policy, env.Documents, env.TSA = dayOf(at), trust.Issuance, anchorOf(h.root), anchorOf(h.stampRoot)
	return env
}

// signedBy is the usual signature of a container.
func signedBy(c container) dictionary {
	if c.by == nil {
		c.by = theHouse().signer
	}
	return dictionary{value: c.over}
}

// with edits a dictionary.
func (d dictionary) with(edit func(*dictionary)) dictionary { edit(&d); return d }

// one is a document with one signature.
func one(d dictionary) func(testing.TB, *maker, house) {
	return func(t testing.TB, m *maker, h house) {
		m.end(t)
		m.sign(t, d)
		m.end(t)
	}
}

func stampedAt(h house, at string) dictionary {
	return dictionary{typ: "DocTimeStamp", subFilter: "ETSI.RFC3161", value: func(b []byte) []byte { return h.token(b, at) }}
}

func ranges(format func(r [4]int) string) func(*dictionary) {
	return func(d *dictionary) { d.ranges = format }
}

func situations() []situation {
	usual := func() dictionary { return signedBy(container{}) }
	cades := func(c container) dictionary {
		return signedBy(c).with(func(d *dictionary) { d.subFilter = "ETSI.CAdES.detached" })
	}
	const format, constraints = "FAILED FORMAT_FAILURE pdf.", "INDETERMINATE SIG_CONSTRAINTS_FAILURE pdf."
	list := []situation{
		{name: "detached", make: one(usual()), want: passed},
		{name: "without signing-certificate", make: one(signedBy(container{noESS: true})), want: passed},
		{name: "SHA-512", make: one(signedBy(container{hash: crypto.SHA512})), want: passed},
		{name: "PAdES", make: one(cades(container{})), want: passed},
		{name: "PAdES without signing-certificate", make: one(cades(container{noESS: true})), want: constraints + "no-ess", only: "signing-certificate"},
		{name: "no Type", make: one(usual().with(func(d *dictionary) { d.typ = "-" })), want: passed},
		{name: "in its field", make: one(usual().with(func(d *dictionary) { d.inField = true })), want: passed},
		{name: "first revision", make: func(t testing.TB, m *maker, h house) { m.sign(t, usual()); m.end(t) }, want: passed},
		{name: "no end of line behind the signed bytes", make: one(usual().with(func(d *dictionary) {
			d.ranges = func(r [4]int) string { return fmt.Sprint([4]int{r[0], r[1], r[2], r[3] - 1}) }
			d.covers = func(b []byte, r [4]int) []byte { r[3]--; return around(b, r) }
		})), want: passed},

		{name: "Type of something else", make: one(usual().with(func(d *dictionary) { d.typ = "Font" })), want: format + "dictionary", only: checkFormat},
		{name: "SubFilter twice", make: one(usual().with(func(d *dictionary) { d.entries = "/SubFilter/adbe.pkcs7.sha1" })), want: format + "key-twice", only: checkFormat},
		{name: "SubFilter twice, the same", make: one(usual().with(func(d *dictionary) { d.entries = "/SubFilter/adbe.pkcs7.detached" })), want: passed},
		{name: "empty Contents", make: one(dictionary{}), want: format + "contents-empty"},
		{name: "no CMS", make: one(dictionary{value: func([]byte) []byte { return []byte{0x30, 3, 2, 1, 5} }}), want: format + "cms"},
		{name: "two signers", make: one(signedBy(container{signers: 2})), want: format + "signer-count"},
		{name: "unknown SubFilter", make: one(usual().with(func(d *dictionary) { d.subFilter = "Acme.sig" })), want: "INDETERMINATE CUSTOM pdf.sub-filter", only: checkSubFilter},
		{name: "unknown SubFilter, no CMS", make: one(dictionary{subFilter: "Acme.sig", value: func([]byte) []byte { return []byte("acme") }}), want: "INDETERMINATE CUSTOM pdf.sub-filter"},

		{name: "no ByteRange", make: one(usual().with(ranges(func([4]int) string { return "null" }))), want: format + "byte-range"},
		{name: "ByteRange of reals", make: one(usual().with(ranges(func(r [4]int) string { return fmt.Sprintf("[0 %d.0 %d %d]", r[1], r[2], r[3]) }))), want: format + "byte-range"},
		{name: "three numbers", make: one(usual().with(ranges(func(r [4]int) string { return fmt.Sprint(r[:3]) }))), want: format + "byte-range"},
		{name: "two gaps", make: one(usual().with(ranges(func(r [4]int) string { return fmt.Sprint([]int{0, 5, 5, r[1] - 5, r[2], r[3]}) }))), want: format + "byte-range-gaps"},
		{name: "negative", make: one(usual().with(ranges(func(r [4]int) string { return fmt.Sprint([]int{0, r[1], r[2], -1}) }))), want: format + "byte-range-negative"},
		{name: "negative offset", make: one(usual().with(ranges(func(r [4]int) string { return fmt.Sprint([]int{-1, r[1], r[2], r[3]}) }))), want: format + "byte-range-negative"},
		{name: "not from the start", make: one(usual().with(func(d *dictionary) {
			d.ranges = func(r [4]int) string { return fmt.Sprint([]int{1, r[1] - 1, r[2], r[3]}) }
			d.covers = func(b []byte, r [4]int) []byte { return around(b, [4]int{1, r[1] - 1, r[2], r[3]}) }
		})), want: format + "byte-range-start", only: checkByteRange},
		{name: "overlapping", make: one(usual().with(func(d *dictionary) {
			d.ranges = func(r [4]int) string { return fmt.Sprint([]int{0, r[2], r[1], r[2] + r[3] - r[1]}) }
			d.covers = func(b []byte, r [4]int) []byte { return around(b, [4]int{0, r[1], r[2], r[3]}) }
		})), want: format + "byte-range-overlap"},
		{name: "out of the file", make: one(usual().with(ranges(func(r [4]int) string { return fmt.Sprint([]int{0, r[1], r[2], r[3] + 1}) }))), want: format + "byte-range-outside"},
		{name: "overflow", make: one(usual().with(ranges(func(r [4]int) string { return "[0 9223372036854775807 9223372036854775807 1]" }))), want: format + "byte-range-outside"},

		{name: "literal Contents", make: one(dictionary{room: 6000, value: literalValue, string: literalString}), want: format + "contents-literal", only: checkContents},
		{name: "other characters in Contents", make: one(usual().with(func(d *dictionary) {
			d.string = func(s string) string { return s[:len(s)-2] + "g>" }
		})), want: format + "contents-hexadecimal", only: checkContents},
		{name: "white space in Contents", make: one(usual().with(func(d *dictionary) {
			d.string = func(s string) string { return s[:len(s)-5] + "\n  0>" }
		})), want: passed},
		{name: "gap inside the brackets", make: one(usual().with(func(d *dictionary) {
			inside := func(r [4]int) [4]int { return [4]int{0, r[1] + 1, r[2] - 1, r[3] + 1} }
			d.ranges = func(r [4]int) string { return fmt.Sprint(inside(r)) }
			d.covers = func(b []byte, r [4]int) []byte { return around(b, inside(r)) }
		})), want: format + "contents-gap", only: checkGap},
		{name: "gap with more than the string", make: one(usual().with(func(d *dictionary) {
			wide := func(r [4]int) [4]int { return [4]int{0, r[1] - 1, r[2], r[3]} }
			d.ranges = func(r [4]int) string { return fmt.Sprint(wide(r)) }
			d.covers = func(b []byte, r [4]int) []byte { return around(b, wide(r)) }
		})), want: format + "contents-gap", only: checkGap},
		{name: "no gap", make: one(usual().with(func(d *dictionary) {
			d.ranges = func(r [4]int) string { return fmt.Sprint([4]int{0, r[1], r[1], r[2] + r[3] - r[1]}) }
		})), want: format + "contents-gap"},
		{name: "end of the revision not signed", make: one(usual().with(func(d *dictionary) {
			short := func(r [4]int) [4]int { return [4]int{0, r[1], r[2], r[3] - 20} }
			d.ranges = func(r [4]int) string { return fmt.Sprint(short(r)) }
			d.covers = func(b []byte, r [4]int) []byte { return around(b, short(r)) }
		})), want: constraints + "coverage", only: checkCoverage},

		{name: "content of its own", make: one(signedBy(container{inside: []byte("other")})), want: format + "encapsulated-content"},
		{name: "empty content of its own", make: one(signedBy(container{empty: true})), want: format + "encapsulated-content"},
		{name: "not data", make: one(signedBy(container{contentType: oidTestSigned})), want: constraints + "content-type", only: checkEncapsulated},
		{name: "no signed attributes", make: one(signedBy(container{noAttrs: true})), want: constraints + "no-signed-attributes"},
		{name: "value spoilt", make: one(signedBy(container{spoil: true})), want: "FAILED SIG_CRYPTO_FAILURE pdf.signature-invalid", only: "signature"},
		{name: "another byte", make: one(usual()), edit: flip("/MediaBox[0 0 100 100]/Annots[9 0 R 1", "100]", "101]"),
			want: "FAILED HASH_FAILURE pdf.message-digest-mismatch", only: "message-digest"},
		{name: "no certificate", make: one(signedBy(container{noCerts: true})), want: "INDETERMINATE NO_SIGNING_CERTIFICATE_FOUND pdf.signer-missing"},

		{name: "only by repairing", make: func(t testing.TB, m *maker, h house) { m.lost = true; m.sign(t, usual()); m.end(t) },
			want: constraints + "not-strict", only: checkStructure},
		{name: "non-zero padding", make: one(usual().with(func(d *dictionary) { d.padding = []byte{0, 0, 1} })), want: constraints + "padding", only: checkPadding},
		{name: "in force nowhere", make: func(t testing.TB, m *maker, h house) {
			m.end(t)
			m.sign(t, usual().with(func(d *dictionary) { d.noField = true }))
			clear(m.offsets)
			m.end(t)
		}, want: constraints + "modified-after-signing", only: checkInForce},
		{name: "removed later", make: func(t testing.TB, m *maker, h house) {
			m.end(t)
			n := m.sign(t, usual())
			m.end(t)
			m.obj(n, "null")
			m.end(t)
		}, want: constraints + "modified-after-signing"},
		{name: "changed later", make: then(usual(), func(t testing.TB, m *maker, h house) {
			m.obj(objPages, "<</Type/Pages/Kids[3 0 R 3 0 R]/Count 2>>")
		}), want: constraints + "modified-after-signing", only: checkLaterChanges},
		{name: "form filled later", make: then(usual(), fillForm), want: constraints + "modified-after-signing", only: checkLaterChanges},
		{name: "form filled later, as certified", make: then(usual().with(func(d *dictionary) { d.entries = docMDP("/P 2") }), fillForm), want: passed},
		{name: "form filled later, certified against it", make: then(usual().with(func(d *dictionary) { d.entries = docMDP("/P 1") }), fillForm),
			want: constraints + "modified-after-signing", only: checkLaterChanges},
		{name: "form filled later, but locked", make: then(usual().with(func(d *dictionary) {
			d.entries, d.fieldMore = docMDP("/P 2"), "/Lock<</Action/Include/Fields[(Text)]>>"
		}), fillForm), want: constraints + "modified-after-signing", only: checkLaterChanges},
		{name: "time-stamp behind a signature that allows nothing", make: then(usual().with(func(d *dictionary) { d.entries = docMDP("/P 1") }), addStamp("2024-03-01")),
			want: constraints + "modified-after-signing", only: checkLaterChanges},
		{name: "two certifications", node: 1, make: func(t testing.TB, m *maker, h house) {
			m.end(t)
			m.sign(t, usual().with(func(d *dictionary) { d.entries = docMDP("/P 2") }))
			m.end(t)
			m.sign(t, usual().with(func(d *dictionary) { d.entries = docMDP("/P 2") }))
			m.end(t)
		}, want: constraints + "permissions", only: checkPermissions},
		{name: "permissions that do not exist", make: one(usual().with(func(d *dictionary) { d.entries = docMDP("/P 4") })), want: constraints + "permissions", only: checkPermissions},
		{name: "a transform that is not known", make: one(usual().with(func(d *dictionary) {
			d.entries = "/Reference[<</Type/SigRef/TransformMethod/Acme>>]"
		})), want: constraints + "permissions", only: checkPermissions},
		{name: "certified", make: one(usual().with(func(d *dictionary) { d.entries = docMDP("") })), want: passed},
		{name: "seed values not met", make: one(usual().with(func(d *dictionary) { d.fieldMore = "/SV<</Ff 2/SubFilter[/ETSI.CAdES.detached]>>" })),
			want: constraints + "seed-value", only: checkSeedValues},
		{name: "seed values met", make: one(usual().with(func(d *dictionary) {
			d.entries = "/Reason(approved)"
			d.fieldMore = "/SV<</Ff 75/Filter/Adobe.PPKLite/SubFilter[/adbe.pkcs7.detached]/Reasons[(approved)]/DigestMethod[(SHA256)]>>"
		})), want: passed},
		{name: "seed reason not met", make: one(usual().with(func(d *dictionary) { d.fieldMore = "/SV<</Ff 8/Reasons[(approved)]>>" })),
			want: constraints + "seed-value", only: checkSeedValues},
	}
	list = slices.Concat(list, otherForms(), cmsAttacks(), placeAttacks())
	return append(list, timeSituations()...)
}

// objText is a text field that every document has.
const objText = 9

func fillForm(t testing.TB, m *maker, h house) {
	m.obj(objText, "<</Type/Annot/Subtype/Widget/Rect[0 0 9 9]/P 3 0 R/FT/Tx/T(Text)/V(filled)>>")
}

// docMDP is the Reference of a certification.
func docMDP(params string) string {
	return "/Reference[<</Type/SigRef/TransformMethod/DocMDP/TransformParams<</Type/TransformParams/V/1.2" + params + ">>>>]"
}

// flip replaces text behind a place of the file.
func flip(behind, old, by string) func([]byte) []byte {
	return func(b []byte) []byte {
		at := bytes.Index(b, []byte(behind))
		if at < 0 {
			panic("not there: " + behind)
		}
		return append(bytes.Clone(b[:at]), bytes.Replace(b[at:], []byte(old), []byte(by), 1)...)
	}
}

// A literal string that is as long as the hexadecimal one: each byte as an octal escape
// takes four characters, so the value is short of room by half.
func literalValue(content []byte) []byte {
	return container{by: theHouse().signer, noESS: true}.over(content)
}

func literalString(s string) string {
	raw, err := hex.DecodeString(strings.Trim(s, "<>"))
	if err != nil {
		panic(err)
	}
	var b strings.Builder
	for i, c := range raw {
		if left := len(s) - 2 - b.Len(); left == len(raw)-i || c == 0 && left < 4 {
			break
		}
		fmt.Fprintf(&b, "\\%03o", c)
		if b.Len() > len(s)-8 {
			break
		}
	}
	return "(" + b.String() + strings.Repeat("\x00", len(s)-2-b.Len()) + ")"
}

func otherForms() []situation {
	h := theHouse()
	sha1 := func(c container, inside func([]byte) []byte) dictionary {
		c.by = h.signer
		return dictionary{subFilter: "adbe.pkcs7.sha1", value: func(b []byte) []byte { c.inside = inside(b); return c.over(nil) }}
	}
	digest := func(b []byte) []byte { return sumOf(crypto.SHA1, b) }
	long := func(e *pki.Env, h house) { e.Algorithms = lastingSHA1() }
	raw := func(certs string, value func(b []byte) []byte) dictionary {
		return dictionary{subFilter: "adbe.x509.rsa_sha1", entries: "/Cert" + certs, value: value}
	}
	octets := func(b []byte) []byte { return asnDER(h.signer.sign(crypto.SHA1, b)) }
	cert := fmt.Sprintf("<%x>", h.signer.std.Raw)
	other := fmt.Sprintf("<%x>", h.root.std.Raw)
	return []situation{
		{name: "SHA-1 form", make: one(sha1(container{}, digest)), env: long, want: passed},
		{name: "SHA-1 form, weak", make: one(sha1(container{}, digest)), want: "INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE pdf.weak-digest", only: checkDigestWeak},
		{name: "SHA-1 form, another digest", make: one(sha1(container{}, func([]byte) []byte { return make([]byte, 20) })), env: long,
			want: "FAILED HASH_FAILURE pdf.digest-mismatch", only: checkRangeDigest},
		{name: "SHA-1 form, no digest", make: one(sha1(container{}, func([]byte) []byte { return []byte("short") })), env: long,
			want: "FAILED FORMAT_FAILURE pdf.no-encapsulated-content"},
		{name: "SHA-1 form, detached", make: one(signedBy(container{}).with(func(d *dictionary) { d.subFilter = "adbe.pkcs7.sha1" })), env: long,
			want: "FAILED FORMAT_FAILURE pdf.no-encapsulated-content"},
		{name: "raw", make: one(raw(cert, octets)), env: long, want: passed},
		{name: "raw, certificates in an array", make: one(raw("["+cert+other+"]", octets)), env: long, want: passed},
		{name: "raw, another first", make: one(raw("["+other+cert+"]", octets)), env: long, want: "FAILED SIG_CRYPTO_FAILURE pdf.signature-invalid"},
		{name: "raw, no certificate", make: one(raw(" null", octets)), env: long, want: "INDETERMINATE NO_SIGNING_CERTIFICATE_FOUND pdf.signer-missing"},
		{name: "raw, no octet string", make: one(raw(cert, func(b []byte) []byte { return h.signer.sign(crypto.SHA1, b) })), env: long,
			want: "FAILED FORMAT_FAILURE pdf.signature-value"},
		{name: "raw, another byte", make: one(raw(cert, octets)), env: long, edit: flip("/MediaBox[0 0 100 100]/Annots[9 0 R 1", "100]", "101]"),
			want: "FAILED HASH_FAILURE pdf.message-digest-mismatch", only: "message-digest"},
		{name: "raw, SHA-1 long over", make: one(raw(cert, octets)), want: "INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE pdf.weak-signature"},

		{name: "document time-stamp", make: one(stampedAt(h, "2024-03-01")), want: passed},
		{name: "document time-stamp of Type Sig", make: one(stampedAt(h, "2024-03-01").with(func(d *dictionary) { d.typ = "" })), want: passed},
		{name: "document time-stamp with the SubFilter of a signature", make: one(signedBy(container{}).with(func(d *dictionary) { d.typ = "DocTimeStamp" })),
			want: "FAILED FORMAT_FAILURE tsp.content-type"},
		{name: "token over something else", make: one(stampedAt(h, "2024-03-01").with(func(d *dictionary) {
			d.value = func([]byte) []byte { return h.token([]byte("else"), "2024-03-01") }
		})), want: "FAILED HASH_FAILURE tsp.imprint-mismatch", only: checkToken},
		{name: "a signature for a token", make: one(signedBy(container{}).with(func(d *dictionary) { d.subFilter = "ETSI.RFC3161" })),
			want: "FAILED FORMAT_FAILURE tsp.content-type"},
		{name: "no anchor for the authority", make: one(stampedAt(h, "2024-03-01")), env: func(e *pki.Env, h house) { e.TSA = nil },
			want: "INDETERMINATE NO_CERTIFICATE_CHAIN_FOUND tsp.no-chain", only: checkToken},
		{name: "the anchor of documents is none for time-stamps", make: one(stampedAt(h, "2024-03-01")),
			env:  func(e *pki.Env, h house) { e.TSA, e.Documents = nil, anchorOf(h.stampRoot) },
			want: "INDETERMINATE NO_CERTIFICATE_CHAIN_FOUND tsp.no-chain"},
		{name: "the anchor of time-stamps is none for documents", make: one(signedBy(container{})),
			env:  func(e *pki.Env, h house) { e.TSA, e.Documents = anchorOf(h.root), nil },
			want: "INDETERMINATE NO_CERTIFICATE_CHAIN_FOUND pdf.no-chain"},
		{name: "token padded by something", make: one(stampedAt(h, "2024-03-01").with(func(d *dictionary) { d.padding = []byte{7} })),
			want: "INDETERMINATE SIG_CONSTRAINTS_FAILURE pdf.padding", only: checkPadding},
	}
}

// lastingSHA1 is a table of dates in which SHA-1 still counts.
func lastingSHA1() *trust.Algorithms {
	a, err := trust.ParseAlgorithms([]byte(`{"source": "test", "digests": {"sha1": "", "sha256": "", "sha512": ""},
		"keys": {"rsa": [{"below": 2048, "until": "never"}, {"below": 0, "until": ""}]}}`))
	if err != nil {
		panic(err)
	}
	return a
}

func (s *situation) file(t testing.TB) []byte {
	t.Helper()
	m := newMaker()
	s.make(t, m, theHouse())
	if s.edit != nil {
		return s.edit(m.b)
	}
	return m.b
}

func (s *situation) judge(t testing.TB, ignore string) Result {
	t.Helper()
	at := s.at
	if at == "" {
		at = usualDay
	}
	env := usualEnv(theHouse(), at)
	if s.env != nil {
		s.env(&env, theHouse())
	}
	return openMade(t, s.file(t)).verify(context.Background(), &env, ignore)
}

func wordsOf(r *verdict.Result) string {
	return strings.TrimSpace(strings.Join([]string{r.Indication().String(), string(r.Sub), r.Reason}, " "))
}

func TestSituations(t *testing.T) {
	for _, s := range situations() {
		t.Run(s.name, func(t *testing.T) {
			r := s.judge(t, "")
			if len(r.Children) <= s.node {
				t.Fatalf("%d children: %s", len(r.Children), wordsOf(&r.Result))
			}
			n := &r.Children[s.node]
			if got := wordsOf(n); got != s.want {
				t.Errorf("got  %s\nwant %s\n%v", got, s.want, n.Err())
			}
			doc := s.doc
			if doc == "" {
				doc = s.want
			}
			if got := wordsOf(&r.Result); got != doc {
				t.Errorf("the document: got  %s\nwant %s", got, doc)
			}
			for _, c := range n.Checks() {
				if s.only != "" && (c.State != verdict.CheckPassed) != (c.Name == s.only) {
					t.Errorf("%s is %s %s: %s", c.Name, c.State, c.Reason, c.Detail)
				}
				if s.want == passed && c.State != verdict.CheckPassed {
					t.Errorf("%s is %s %s: %s", c.Name, c.State, c.Reason, c.Detail)
				}
			}
		})
	}
}
