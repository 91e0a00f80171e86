package pdf

import (
	"strconv"
	"time"

	"github.com/exhibit-dev/exhibit/rfc3161"
	"github.com/exhibit-dev/exhibit/verdict"
)

// timestamp judges a document time-stamp (12.8.5): a token over the bytes of its
// ByteRange. If the token passes, it proves that these bytes existed, whatever became of
// the document later. What is not in order lends nothing to others.
func (v *verifier) timestamp(s *signature) *node {
	n := v.begin(s, KindTimestamp)
	v.geometry(n)
	if t := s.value.token; t != nil && s.form == formTimestamp {
		r := t.Verify(v.subject(s), v.envFor(t.Raw(), s.contents.extent))
		r.Source = s.source() + "!token"
		r.Covers = v.covers(s)
		n.token(&r)
		n.integrity = holds(&r.Result, "message-imprint", "message-digest", "signature")
		if facts, ok := r.Proven(); ok {
			n.facts = SignatureFacts{Signer: facts.Signer, Anchor: facts.Anchor, NotLaterThan: facts.NotLaterThan}
			n.time, n.trust = r.Time, r.Trust
		}
	}
	v.constraints(n)
	if n.p.Passes() && s.sound() {
		v.proofs = append(v.proofs, proof{rng: &s.rng, Existence: verdict.Existence{
			NotLaterThan: n.facts.NotLaterThan, Policy: string(v.env.Policy), Source: s.source(),
		}})
	}
	return n
}

// token takes the verdict of the token over.
func (n *node) token(r *rfc3161.Result) {
	n.children = append(n.children, r.Result)
	if r.Passed() {
		n.pass(checkToken, verdict.FormatTime(r.ExistedNotLaterThan), refTimestamp)
		return
	}
	n.adopt(checkToken, &r.Result, refTimestamp)
}

// adopt gives a check the verdict of another node that did not pass.
func (n *node) adopt(check string, r *verdict.Result, ref string) {
	if check == n.ignore {
		n.p.Pass(check, "", ref)
		return
	}
	takeOver(n.p, check, r, r.Source, ref)
}

func takeOver(p *verdict.Procedure, check string, r *verdict.Result, where, ref string) {
	record := p.Undecided
	if r.Indication() == verdict.Failed {
		record = p.Fail
	}
	detail := where
	if e, ok := r.Err().(*verdict.Error); ok && e.Detail != "" {
		detail += ": " + e.Detail
	}
	record(check, r.Sub, r.Reason, detail, ref)
}

// holds reports whether all the named checks passed.
func holds(r *verdict.Result, names ...string) bool {
	for _, name := range names {
		if c, ok := r.Check(name); !ok || c.State != verdict.CheckPassed {
			return false
		}
	}
	return true
}

// source names the signature within its document.
func (s *signature) source() string {
	if s.timestamp() {
		return "#timestamp-" + strconv.Itoa(s.number)
	}
	return "#signature-" + strconv.Itoa(s.number)
}

// stamps judges the tokens in the attributes of a signature (EN 319 122-1). One over the
// signature value proves when it existed; one over the content was there before the
// signature, and proves nothing of it. Anybody can add the former without breaking the
// signature, so a failed one is a warning and no more.
func (v *verifier) stamps(n *node) (onValue *verdict.Existence, content time.Time) {
	s := n.s
	for i, st := range s.value.stamps {
		source := s.source() + "!timestamp-" + strconv.Itoa(i+1)
		if st.err != nil {
			r := rfc3161.Unreadable(st.err)
			r.Source = source
			n.stampFailed(&r, "the token cannot be read")
			continue
		}
		var subject verdict.Subject = verdict.Bytes(s.value.info.Signature)
		covers := &verdict.Covers{Kind: "signature-value"}
		if st.content {
			subject, covers = v.subject(s), v.covers(s)
		}
		r := st.token.Verify(subject, v.envFor(st.token.Raw(), s.contents.extent))
		if !st.content && r.Covers != nil {
			*covers = *r.Covers
			covers.Kind = "signature-value"
		}
		r.Source, r.Covers = source, covers
		facts, ok := r.Proven()
		switch {
		case !ok:
			n.stampFailed(&r.Result, "")
			continue
		case st.content:
			content = later(content, facts.GenTime)
		default:
			onValue = earlier(onValue, &verdict.Existence{NotLaterThan: facts.NotLaterThan, Policy: string(v.env.Policy), Source: source})
		}
		n.children = append(n.children, r.Result)
	}
	return onValue, content
}

func (n *node) stampFailed(r *verdict.Result, why string) {
	n.children = append(n.children, *r)
	if r.Indication() == verdict.Failed {
		if why == "" {
			why = r.Reason
		}
		n.p.Warn(warnStampFailed, r.Source+": a time-stamp in an attribute fails, and proves nothing: "+why)
	}
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
