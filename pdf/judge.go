package pdf

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/exhibit-dev/exhibit/internal/signercheck"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/verdict"
)

// signature judges one signature of a person or organisation.
func (v *verifier) signature(s *signature) *node {
	n := v.begin(s, KindSignature)
	v.geometry(n)
	if s.timestamp() || s.value.info == nil && s.value.raw == nil {
		v.constraints(n)
		return n
	}
	if s.form == formUnknown { // its arithmetic is told, as of a detached signature
		n.integrity = v.try(n, nil, nil, nil).integrity && n.contentFits()
		v.constraints(n)
		return n
	}
	n.encapsulated()
	n.notJudged()
	if s.form == formSHA1 {
		n.rangeDigest(v.subject(s))
	}
	onValue, content := v.stamps(n)
	onValue = earlier(onValue, v.existence(s))
	v.signer(n, onValue)
	n.timeOrder(content, onValue)
	v.constraints(n)
	return n
}

// notJudged names what the attributes say and no check here asks about. The policy is that
// of the verifier, who may decide so (EN 319 102-1, 5.2.4); one that the signature names
// is for him to know.
func (n *node) notJudged() {
	v := &n.s.value
	if v.info == nil {
		return
	}
	if v.info.SignedAttribute(oidPolicy) != nil {
		n.p.NotChecked("signature policy", "the signature names a policy of its own; it was judged by that of this verification")
	}
	if v.info.SignedAttribute(oidCommitment) != nil {
		n.p.NotChecked("commitment type", "what the signer commits to is stated in the signature and is not judged")
	}
	if v.info.UnsignedAttribute(oidCounter) != nil {
		n.p.NotChecked("countersignatures", "they stand in unsigned attributes, and lend the signature nothing")
	}
	if v.stampsCut {
		n.p.NotChecked("time-stamps in attributes", fmt.Sprintf("of more than %d tokens the rest was passed over", maxStamps))
	}
}

// existence is the earliest proof of the signature value that does not lie in its own
// attributes: a later document time-stamp, or evidence from outside over the file, a
// revision, the CMS or the value alone.
func (v *verifier) existence(s *signature) *verdict.Existence {
	var best *verdict.Existence
	if p := v.earliest(s.contents.extent); p != nil {
		best = &p.Existence
	}
	forms := [][]byte{s.value.der, s.contents.bytes, s.value.raw}
	if s.value.info != nil {
		forms = append(forms, s.value.info.Signature)
	}
	return earlier(best, v.env.Existence(forms...))
}

// encapsulated: a detached signature has no content, also no empty one, because RFC 5652
// would have the digest of that. The SHA-1 form has the digest of the ByteRange as its
// content.
func (n *node) encapsulated() {
	s := n.s
	sd := s.value.cms
	switch {
	case sd == nil: // a value without CMS
	case s.form == formSHA1 && len(sd.Content) != verdict.DigestSize("sha1"):
		n.refuse(checkEncapsulated, verdict.FormatFailure, reasonNoContent, "the SHA-1 digest of the ByteRange is not in the signature", refCMS)
	case s.form != formSHA1 && sd.HasContent:
		n.refuse(checkEncapsulated, verdict.FormatFailure, reasonEncapsulated, "the signature is to be detached and has content of its own", refCMS)
	case sd.ContentType != oidData:
		n.refuse(checkEncapsulated, verdict.SigConstraintsFailure, reasonContentType, "what is signed is not data but "+sd.ContentType.String(), refCMS)
	default:
		n.pass(checkEncapsulated, "", refCMS)
	}
}

// rangeDigest compares the digest in a signature of the SHA-1 form with the document.
func (n *node) rangeDigest(subject verdict.Subject) {
	sum, err := subject.Digest("sha1", nil)
	switch {
	case err != nil: // not executed; byte-range or coverage has said why
	case !bytes.Equal(sum, n.s.value.cms.Content):
		n.refuse(checkRangeDigest, verdict.HashFailure, reasonDigest, "the digest of the ByteRange is not the one in the signature", refCMS)
	default:
		n.pass(checkRangeDigest, "sha1", refCMS)
	}
}

// contentFits reports whether what the message-digest was compared with is what RFC 5652
// means: the content of the signature, if it has one, and in that the digest of the
// ByteRange.
func (n *node) contentFits() bool {
	sd := n.s.value.cms
	switch {
	case n.s.form == formSHA1:
		return n.p.State(checkRangeDigest) == verdict.CheckPassed
	case sd != nil:
		return !sd.HasContent
	}
	return true
}

// timeOrder: a time-stamp among the signed attributes was there before the signature.
func (n *node) timeOrder(content time.Time, onValue *verdict.Existence) {
	if n.s.value.info == nil {
		return
	}
	if onValue != nil && content.After(onValue.NotLaterThan) {
		n.refuse(checkTimeOrder, verdict.TimestampOrderFailure, reasonTimeOrder, "the content time-stamp, "+verdict.FormatTime(content)+
			", is later than the proof that the signature existed, "+verdict.FormatTime(onValue.NotLaterThan), refContentTime)
		return
	}
	n.pass(checkTimeOrder, "", refContentTime)
}

// signer judges who signed. Where algorithms of the path count only by a proof that
// covers the certificates and revocation data too, no more of the DSS is used than that
// proof covers.
func (v *verifier) signer(n *node, onValue *verdict.Existence) {
	s := n.s
	first := v.try(n, onValue, v.earliest(v.store.extents(s)...), nil)
	best := first
	if r := &first.result; !r.Passed() && (r.Sub == verdict.CryptoConstraintsFailure || r.Sub == verdict.CryptoConstraintsFailureNoPOE) {
		for _, p := range v.over(s.contents.extent) {
			if next := v.try(n, onValue, p, p); next.result.Passed() {
				best = next
				break
			}
		}
	}
	n.p.Adopt(&best.result)
	n.integrity = best.integrity && n.contentFits()
	if p := best.judge.Path(); p != nil {
		sha := p.Anchor.Certificate.SHA256()
		n.trust = trustOf(p.Anchor.Certificate.Subject(), sha[:], p.Anchor.Origin)
		n.facts.Anchor = p.Anchor
	}
	n.facts.Signer = best.judge.Signer()
	if onValue != nil {
		n.facts.NotLaterThan = onValue.NotLaterThan
		n.time = &verdict.TimeBasis{Source: onValue.Source, Basis: "proof of existence of the signature value"}
	}
	n.level = s.level(v.store, v.proofs, onValue, &best.result)
}

// maxTries bounds the proofs by which a signer is judged again.
const maxTries = 8

// over lists the proofs over an extent, the earliest first.
func (v *verifier) over(x extent) (list []*proof) {
	for i := range v.proofs {
		if v.proofs[i].holds(x) {
			list = append(list, &v.proofs[i])
		}
	}
	slices.SortStableFunc(list, func(a, b *proof) int { return a.NotLaterThan.Compare(b.NotLaterThan) })
	return list[:min(len(list), maxTries)]
}

// tried is one judgement of a signer.
type tried struct {
	judge     *signercheck.Judge
	result    verdict.Result
	integrity bool
}

// try judges the signer with the values of the DSS that a proof covers, or with all.
func (v *verifier) try(n *node, onValue *verdict.Existence, material, within *proof) tried {
	s := n.s
	subject := v.subject(s)
	profile := s.form.profile()
	proofs := signercheck.Proofs{Signature: onValue}
	if material != nil {
		proofs.Material = &material.Existence
	}
	j := &signercheck.Judge{
		Profile: profile, Env: v.env, Anchors: v.env.Documents, Ignore: n.ignore,
		Time:   signercheck.UpperBound(v.env, proofs),
		Beside: v.store.material(func(x *storeItem) bool { return within == nil || within.holds(x.extent) }),
	}
	owed := profile.CMSChecks()
	switch {
	case s.value.raw != nil:
		j.Signed = signercheck.Signed{Raw: &signercheck.Raw{Value: s.value.raw, Certificates: s.value.certs}, Content: subject}
		owed = profile.RawChecks()
	case s.form == formSHA1:
		owed = append(slices.Clone(owed), checkDigestWeak)
		j.Signed = signercheck.Signed{CMS: s.value.cms, Info: s.value.info, Attrs: &s.value.attrs}
	default:
		j.Signed = signercheck.Signed{CMS: s.value.cms, Info: s.value.info, Attrs: &s.value.attrs, Content: subject}
	}
	j.Record = verdict.Begin(KindSignature, owed...)
	j.Run()
	if s.form == formSHA1 {
		j.Algorithms(checkDigestWeak, "weak-digest", trust.Use{Digest: "sha1", Where: "the digest of the ByteRange"})
	}
	t := tried{judge: j, result: j.Record.Finish()}
	t.integrity = j.Arithmetic() &&
		(s.value.info != nil && !s.value.info.HasSigned || holds(&t.result, signercheck.CheckMessageDigest))
	return t
}

// extents are where everything lies that judging the signer rests on: the signature and
// the values of the DSS.
func (s *store) extents(sig *signature) []extent {
	list := []extent{sig.contents.extent}
	for i := range s.items {
		list = append(list, s.items[i].extent)
	}
	return list
}

func trustOf(subject string, sha []byte, origin string) *verdict.Trust {
	return &verdict.Trust{Anchor: subject, SHA256: hexOf(sha), Origin: cmp.Or(origin, "")}
}
