package ots

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/exhibit-dev/exhibit/bitcoin"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/verdict"
)

// Verify judges the proof over the subject; a proof in a Git commit holds its subject,
// the commit, and passes over the one that is given. It returns no error: what cannot be decided
// is a verdict. A nil subject is one that is not there. Env gives the time, the policy,
// the algorithm dates and what is known of the block chain; a zero time is
// INDETERMINATE policy.no-time.
//
// The attestations are alternatives: the proof passes when one of them does, and its
// time is the earliest that a passed one gives. Each is a child of the result.
func (p *Proof) Verify(ctx context.Context, subject verdict.Subject, env bitcoin.Env) Result {
	return p.verify(ctx, subject, &env, "")
}

// verify is Verify with one check switched off; only tests name one.
func (p *Proof) verify(ctx context.Context, subject verdict.Subject, env *bitcoin.Env, ignore string) Result {
	v := &verifier{Proof: p, ctx: ctx, env: env, p: verdict.Begin(Kind, owed...), ignore: ignore, at: env.At}
	if poe := env.Existence(p.Raw()); poe != nil && (v.at.IsZero() || poe.NotLaterThan.Before(v.at)) {
		v.at = poe.NotLaterThan
	}
	v.pass(checkFormat, p.Form(), refDetached)
	v.report()
	v.subject(subject)
	v.attestations()
	v.algorithm()
	return v.result()
}

// verifier carries one verification.
type verifier struct {
	*Proof
	ctx    context.Context
	env    *bitcoin.Env
	p      *verdict.Procedure
	ignore string
	at     time.Time // when algorithms are judged: the earliest proof over the proof itself, else At

	all      []Attestation
	best     *judged // the earliest of those that passed
	children []verdict.Result
}

func (v *verifier) pass(check, detail, ref string) { v.p.Pass(check, detail, ref) }

func (v *verifier) refuse(check string, sub verdict.SubIndication, reason, detail, ref string) {
	if check == v.ignore {
		v.p.Pass(check, "", ref)
		return
	}
	v.p.Refuse(check, sub, reason, detail, ref)
}

// report passes on what the reader found odd. None of it changes what is committed to.
func (v *verifier) report() {
	for _, f := range v.Findings() {
		v.p.Warn(f.Code, f.Text)
	}
}

// subject compares the subject with the digest that the proof begins with. That of a
// commit was computed from the commit itself, when it was read.
func (v *verifier) subject(s verdict.Subject) {
	if v.Form() == FormCommit {
		v.pass(checkSubject, "the commit itself", refCommit)
		v.pass(checkFileDigest, fmt.Sprintf("SHA-256 %x over the digests of the commit and of its signature", v.Digest()), refCommit)
		v.p.Warn(warnArmour, "the proof covers the commit and its signature, but not the armour that holds the proof: that part, and so the SHA-256 of the whole, can be younger")
		v.p.NotChecked("git-signature", "the signature in the commit was not checked: it says nothing here of who signed")
		v.p.NotChecked("git-tree", "the files of the commit are named by Git's own hash, and were not looked at")
		return
	}
	if s == nil {
		s = verdict.Absent{}
	}
	digest, err := s.Digest(v.Algorithm(), nil)
	if err != nil {
		sub, reason := verdict.SignedDataNotFound, reasonSubject
		if !errors.Is(err, verdict.ErrNotAtHand) {
			sub, reason = verdict.Custom, reasonIncomplete
		}
		v.refuse(checkSubject, sub, reason, err.Error(), refDetached)
		return
	}
	v.pass(checkSubject, "", refDetached)
	if !bytes.Equal(digest, v.Digest()) {
		v.refuse(checkFileDigest, verdict.HashFailure, reasonDigest,
			fmt.Sprintf("the proof begins with %s %x, the subject has %x", v.Algorithm(), v.Digest(), digest), refDetached)
		return
	}
	v.pass(checkFileDigest, fmt.Sprintf("%s %x", v.Algorithm(), digest), refDetached)
}

// algorithm judges the digest of the file.
func (v *verifier) algorithm() {
	use := trust.Use{Digest: v.Algorithm(), Where: "the file's digest"}
	sub, reason, detail := v.weak(use, v.provenTime())
	if reason != "" {
		v.refuse(checkDigestAlg, sub, reason, detail, refAlgorithms)
	}
	v.pass(checkDigestAlg, "", refAlgorithms)
	if v.Algorithm() == "sha1" {
		v.p.Warn("ots.digest-not-unique", "by SHA-1 the proof does not single out one file: different files with one SHA-1 are known")
	}
}

func (v *verifier) provenTime() time.Time {
	if v.best == nil {
		return time.Time{}
	}
	return v.best.node.ExistedNotLaterThan
}

// weak says why an algorithm does not count; reason is empty when it does. proven is
// the time that the attestation gives: where the algorithm was good enough then, only an
// independent proof of existence is missing.
func (v *verifier) weak(u trust.Use, proven time.Time) (sub verdict.SubIndication, reason, detail string) {
	if v.at.IsZero() {
		return verdict.Custom, reasonNoTime, "no time of validation was given"
	}
	table := v.env.Table()
	good, last := table.Good(u, v.at)
	if good {
		return "", "", ""
	}
	detail = u.Where + ": " + u.Name() + " is not good enough at " + verdict.FormatTime(v.at) + " (last good day: " + last + ")"
	if once, _ := table.Good(u, proven); once && !proven.IsZero() {
		return verdict.CryptoConstraintsFailureNoPOE, reasonWeakDigest,
			detail + "; it was at the time that the attestation gives, but nothing independent shows that the proof is that old"
	}
	return verdict.CryptoConstraintsFailure, reasonWeakDigest, detail
}

// result settles the verdict and dresses the node.
func (v *verifier) result() Result {
	r := Result{Result: v.p.Finish()}
	r.Proves = []string{verdict.ProvesExistence}
	r.Claims = v.Claims()
	r.Covers = &verdict.Covers{Kind: "file"}
	if v.Form() == FormCommit {
		r.Covers.Algorithm, r.Covers.Digest = "git-commit", hex.EncodeToString(v.Digest())
	} else if v.Algorithm() == "sha256" {
		r.Covers.SHA256 = hex.EncodeToString(v.Digest())
	} else {
		r.Covers.Algorithm, r.Covers.Digest = v.Algorithm(), hex.EncodeToString(v.Digest())
	}
	if v.p.State(checkSubject) != verdict.CheckPassed {
		r.Covers.Kind = "digest"
	}
	if !r.Passed() || v.best == nil {
		return r
	}
	r.ExistedNotLaterThan = v.best.node.ExistedNotLaterThan
	r.Time, r.Trust = v.best.node.Time, v.best.node.Trust
	v.lift(&r.Result)
	r.facts = Facts{
		Algorithm: v.Algorithm(), Digest: bytes.Clone(v.Digest()),
		NotLaterThan: r.ExistedNotLaterThan, Bitcoin: v.best.facts,
	}
	return r
}

// lift moves what the attestation that decided warns of and leaves open to the proof:
// whoever relies on the time must see it.
func (v *verifier) lift(r *verdict.Result) {
	for i := range r.Children {
		if c := &r.Children[i]; c.Source == v.best.node.Source {
			r.Warnings, r.NotChecked = append(r.Warnings, c.Warnings...), append(r.NotChecked, c.NotChecked...)
			c.Warnings, c.NotChecked = nil, nil
		}
	}
}
