package pdf

import (
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
	"github.com/exhibit-dev/exhibit/trust/pki"
	"github.com/exhibit-dev/exhibit/verdict"
)

// Result is the verdict on one document.
type Result struct {
	verdict.Result
	facts Facts
}

// Facts are what a passed document proves.
type Facts struct {
	// Signatures are those of the document, without its time-stamps.
	Signatures []SignatureFacts
	// Timestamps are the document time-stamps that passed.
	Timestamps []SignatureFacts
	// NotLaterThan is when all bytes of the file existed, by a document time-stamp over
	// them; zero without one.
	NotLaterThan time.Time
}

// SignatureFacts are what a passed signature or document time-stamp proves.
type SignatureFacts struct {
	Source   string // #signature-1
	Revision int    // that it covers
	End      int64  // where that ends: it covers all bytes before but for its own value
	Signer   *pki.Certificate
	Anchor   pki.Anchor
	// NotLaterThan is when the signature existed; zero where nothing proves it.
	NotLaterThan time.Time
}

// Proven returns the facts, and true only for PASSED.
func (r *Result) Proven() (Facts, bool) {
	if !r.Passed() {
		return Facts{}, false
	}
	return r.facts, true
}

// result settles the verdicts and dresses the nodes.
func (v *verifier) result() Result {
	p := verdict.Begin(Kind, documentChecks...)
	for _, w := range v.warnings {
		p.Warn(w.Code, w.Text)
	}
	for _, u := range v.unchecked {
		p.NotChecked(u.Name, u.Why)
	}
	v.document(p)
	children := make([]verdict.Result, len(v.nodes))
	for i, n := range v.nodes {
		children[i] = v.dress(n)
	}
	var r Result
	v.join(p, children)
	attachments := v.attachmentNodes(p, children)
	r.Result = p.Finish()
	r.Children = slices.Concat(children, attachments)
	r.Claims = v.Claims()
	v.wholeFile(&r)
	r.Proves = v.proves(&r)
	for i, n := range v.nodes {
		if !children[i].Passed() {
			continue
		}
		n.facts.Source, n.facts.Revision, n.facts.End = n.s.source(), n.s.covered, n.s.rng.end()
		if n.s.timestamp() {
			r.facts.Timestamps = append(r.facts.Timestamps, n.facts)
		} else {
			r.facts.Signatures = append(r.facts.Signatures, n.facts)
		}
	}
	return r
}

// document answers for the file as such.
func (v *verifier) document(p *verdict.Procedure) {
	detail := ""
	if n := len(v.file.Revisions()); n > 1 {
		detail = fmt.Sprintf("%d revisions", n)
	}
	if !v.file.Strict() {
		for _, x := range v.file.Findings() {
			if x.Code == pdffile.FoundNotStrict {
				p.Warn(warnStructure, "the document can be read only by repairing it: "+x.Text)
				break
			}
		}
	}
	p.Pass(checkFormat, detail, refFile)
	e, encrypted := v.file.Encrypted()
	switch {
	case encrypted && !e.Open && checkEncryption == v.ignore, !encrypted:
		p.Pass(checkEncryption, "", refEncryption)
	case !e.Open:
		p.Undecided(checkEncryption, verdict.Custom, reasonEncrypted,
			"the document is encrypted, and the password is missing or wrong: what was changed after signing cannot be seen", refEncryption)
	default:
		p.Pass(checkEncryption, "encrypted by "+e.Strings+", opened", refEncryption)
	}
	if v.store.unreadable {
		p.Warn(warnDSS, "something in the DSS of the document cannot be read and was passed over")
	}
	if v.store.limited {
		p.Warn(reasonLimit, "the DSS of the document holds more than this program takes in; the rest was passed over")
	}
}

// join: each signature is a claim of its own and must pass; time-stamps are alternative
// proofs of existence, of which one must pass; nothing may fail.
func (v *verifier) join(p *verdict.Procedure, children []verdict.Result) {
	var signatures, stamps []*verdict.Result
	for i, n := range v.nodes {
		if n.s.timestamp() {
			stamps = append(stamps, &children[i])
		} else {
			signatures = append(signatures, &children[i])
		}
	}
	for _, x := range []struct {
		check string
		list  []*verdict.Result
	}{{checkSignatures, signatures}, {checkTimestamps, stamps}} {
		check := x.check
		failed, open, passed := sortOut(x.list)
		switch {
		case check == v.ignore:
			p.Pass(check, "", refJoin)
		case failed != nil:
			takeOver(p, check, failed, failed.Source, refJoin)
		case open != nil && (check == checkSignatures || passed == 0):
			takeOver(p, check, open, open.Source, refJoin)
		case v.full:
			p.Undecided(check, verdict.Custom, reasonLimit, "the document has more signatures or fields than this program judges", refJoin)
		case check == checkTimestamps && len(signatures) == 0 && passed > 0 && !v.wholePassed(children):
			p.Undecided(check, verdict.NoPOE, reasonNoWholeFile, "each time-stamp covers an earlier revision, and nothing is proven of the file as a whole", refJoin)
		case len(v.nodes) == 0:
			p.Undecided(check, verdict.Custom, reasonNothing, "the document is not signed and bears no time-stamp", refJoin)
		default:
			p.Pass(check, fmt.Sprintf("%d", passed), refJoin)
		}
	}
}

func sortOut(list []*verdict.Result) (failed, open *verdict.Result, passed int) {
	for _, r := range list {
		switch {
		case r.Passed():
			passed++
		case r.Indication() == verdict.Failed:
			failed = first(failed, r)
		default:
			open = first(open, r)
		}
	}
	return failed, open, passed
}

func first(a, b *verdict.Result) *verdict.Result {
	if a != nil {
		return a
	}
	return b
}

// proves says what the document proves, or what it would: that somebody signed it, if it
// is signed, and that it existed, if a time is proven of the whole file or nothing else
// could be.
func (v *verifier) proves(r *Result) (list []string) {
	signed := slices.ContainsFunc(v.nodes, func(n *node) bool { return !n.s.timestamp() })
	if !signed || !r.ExistedNotLaterThan.IsZero() {
		list = append(list, verdict.ProvesExistence)
	}
	if signed {
		list = append(list, verdict.ProvesSignature)
	}
	return list
}

// wholePassed reports whether a time-stamp over the whole file passed.
func (v *verifier) wholePassed(children []verdict.Result) bool {
	for i, n := range v.nodes {
		if n.s.timestamp() && children[i].Passed() && v.whole(n.s) {
			return true
		}
	}
	return false
}

// whole reports whether the signature covers the file to its last byte.
func (d *Document) whole(s *signature) bool {
	return s.sound() && s.rng.end() == d.file.Size()
}

// wholeFile gives a document that passed the time of a passed time-stamp over the whole
// file, and says what is covered.
func (v *verifier) wholeFile(r *Result) {
	for i, n := range v.nodes {
		if !r.Passed() || !n.s.timestamp() || !r.Children[i].Passed() || !v.whole(n.s) {
			continue
		}
		at := r.Children[i].ExistedNotLaterThan
		if r.ExistedNotLaterThan.IsZero() || at.Before(r.ExistedNotLaterThan) {
			r.ExistedNotLaterThan, r.Time, r.Trust = at, r.Children[i].Time, r.Children[i].Trust
		}
	}
	r.facts.NotLaterThan = r.ExistedNotLaterThan
	if sum, ok := v.measures.get(upTo("sha256", v.file.Size())); ok {
		r.Covers = &verdict.Covers{Kind: "file", SHA256: hexOf(sum)}
	}
}

// covers says which bytes a signature or time-stamp speaks of.
func (v *verifier) covers(s *signature) *verdict.Covers {
	if !s.rng.inFile {
		return nil
	}
	c := &verdict.Covers{Kind: "pdf-revision", Range: fmt.Sprintf("0-%d without the Contents", s.rng.end())}
	if sum, ok := v.measures.get(upTo("sha256", s.rng.end())); ok {
		c.SHA256 = hexOf(sum)
	}
	return c
}

// dress settles the verdict of one signature.
func (v *verifier) dress(n *node) verdict.Result {
	r := n.p.Finish()
	r.Source = n.s.source()
	r.Covers = v.covers(n.s)
	r.Claims = v.signatureClaims(n)
	r.Children = n.children
	r.Time = n.time
	r.Proves = []string{verdict.ProvesSignature}
	if n.s.timestamp() {
		r.Proves = []string{verdict.ProvesExistence}
	}
	if !r.Passed() {
		r.Time = nil
		return r
	}
	r.Trust, r.ExistedNotLaterThan = n.trust, n.facts.NotLaterThan
	if !n.s.timestamp() && !r.ExistedNotLaterThan.IsZero() {
		r.Proves = []string{verdict.ProvesExistence, verdict.ProvesSignature}
	}
	return r
}

func hexOf(b []byte) string { return hex.EncodeToString(b) }
