package ots

import (
	"fmt"
	"slices"
	"strings"

	"github.com/exhibit-dev/exhibit/bitcoin"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/verdict"
)

// maxJudged bounds the attestations of one proof that are judged, Bitcoin's first: each
// can cost the reading of a whole period of headers. Proofs in use have at most a dozen.
const maxJudged = 256

// Judged returns how many attestations Verify judges.
func (p *Proof) Judged() int { return min(len(p.atts), maxJudged) }

// judged is an attestation with its verdict.
type judged struct {
	node  verdict.Result
	facts bitcoin.Facts // of one that passed
}

// attestations judges each, and finds what they come to.
func (v *verifier) attestations() {
	v.all = v.Attestations()
	list := v.chosen()
	for _, i := range list {
		j := v.attestation(v.all[i])
		j.node.Source = fmt.Sprintf("#attestation-%d", i+1)
		v.children = append(v.children, j.node)
		if j.node.Passed() && (v.best == nil || j.node.ExistedNotLaterThan.Before(v.best.node.ExistedNotLaterThan)) {
			v.best = &j
		}
	}
	v.p.Attach(verdict.JoinAny, v.children...)
	v.join()
	if more := len(v.all) - len(list); more > 0 {
		v.p.NotChecked("attestations", fmt.Sprintf("%d more than the %d that are judged", more, maxJudged))
	}
}

// chosen returns the places of the attestations that are judged, in the order of the file:
// Bitcoin's before others, where there are too many.
func (v *verifier) chosen() (places []int) {
	for _, bitcoin := range []bool{true, false} {
		for i := range v.all {
			if (v.all[i].Type == TypeBitcoin) == bitcoin && len(places) < maxJudged {
				places = append(places, i)
			}
		}
	}
	slices.Sort(places)
	return places
}

// join records what the alternatives come to: one that passes suffices. A failed one
// fails the proof only when none of the others could still pass.
func (v *verifier) join() {
	var failed, open *verdict.Result
	for i := range v.children {
		switch c := &v.children[i]; c.Indication() {
		case verdict.Passed:
		case verdict.Failed:
			if failed == nil {
				failed = c
			}
		default:
			if open == nil || distance(c.Reason) < distance(open.Reason) {
				open = c
			}
		}
	}
	if open != nil && open.Reason == reasonUnknown && failed != nil {
		open = nil // next to a known attestation an unknown one has no effect
	}
	if failed != nil && (v.best != nil || open != nil) {
		v.p.Warn("ots.alternative-failed", fmt.Sprintf("one attestation contradicts its block (%s): %s", failed.Reason, detailOf(failed)))
	}
	switch more := len(v.all) > len(v.children); {
	case v.best != nil:
		v.pass(checkAttestation, v.best.node.Time.Source, refAttestation)
	case open != nil:
		v.refuse(checkAttestation, open.Sub, open.Reason, fmt.Sprintf("none of %d passes; %s is nearest to it", len(v.all), open.Source), refAttestation)
	case more:
		v.refuse(checkAttestation, verdict.Custom, reasonLimit, "not all attestations were judged", refLimit)
	case failed != nil:
		v.refuse(checkAttestation, failed.Sub, failed.Reason, detailOf(failed), refAttestation)
	default:
		v.refuse(checkAttestation, verdict.NoPOE, reasonNone, "the proof holds no attestation", refAttestation)
	}
}

// distance orders the reasons of attestations that did not pass.
func distance(reason string) int { return slices.Index(nearest, reason) }

func detailOf(r *verdict.Result) string {
	if e, ok := r.Err().(*verdict.Error); ok {
		return e.Detail
	}
	return ""
}

// attestation judges one.
func (v *verifier) attestation(a Attestation) judged {
	if a.Type == TypeBitcoin {
		return v.bitcoin(a)
	}
	p := verdict.Begin(KindAttestation, checkKnown)
	switch a.Type {
	case TypePending:
		p.Undecided(checkKnown, verdict.TryLater, reasonPending,
			fmt.Sprintf("the calendar %s promised to anchor the commitment %x; the proof has not been completed since", a.URI, a.Message), refAttestation)
	case TypeLitecoin, TypeEthereum:
		p.Undecided(checkKnown, verdict.Custom, reasonUnsupported,
			fmt.Sprintf("block %s of %s: this version judges Bitcoin alone", a.HeightText, a.Type), refAttestation)
	default:
		p.Undecided(checkKnown, verdict.Custom, reasonUnknown,
			fmt.Sprintf("an attestation of the unknown type %x", a.Tag), refAttestation)
	}
	r := p.Finish()
	r.Proves = []string{verdict.ProvesExistence}
	r.Claims = a.Claims()
	return judged{node: r}
}

// bitcoin hands the root to package bitcoin and adds what only the tree knows: the
// algorithms on the way to it.
func (v *verifier) bitcoin(a Attestation) judged {
	r := bitcoin.Attestation{Root: a.Message, Height: a.Height, HeightText: a.HeightText}.Verify(v.ctx, *v.env)
	facts, _ := r.Proven()
	p := verdict.Begin(bitcoin.Kind, owedBitcoin...)
	p.Adopt(&r.Result)
	for _, alg := range a.Digests {
		sub, reason, detail := v.weak(trust.Use{Digest: alg, Where: "an operation on the path"}, r.ExistedNotLaterThan)
		if reason != "" && v.ignore != checkPathAlg {
			p.Refuse(checkPathAlg, sub, reason, detail, refAlgorithms)
		}
	}
	p.Pass(checkPathAlg, strings.Join(a.Digests, ", "), refAlgorithms)
	node := p.Finish()
	node.Proves, node.Claims = r.Proves, r.Claims
	if node.Passed() {
		node.ExistedNotLaterThan, node.Time, node.Trust = r.ExistedNotLaterThan, r.Time, r.Trust
	}
	return judged{node, facts}
}
