package pdf

import (
	"context"

	"github.com/exhibit-dev/exhibit/internal/sigalg"
	"github.com/exhibit-dev/exhibit/trust/pki"
	"github.com/exhibit-dev/exhibit/verdict"
)

// Verify judges every signature and document time-stamp. It returns no error: what
// cannot be decided is a verdict. Env gives the anchors (Documents for signers, TSA for
// authorities of time-stamps), material, policy, time and proofs of existence; a zero
// time is INDETERMINATE policy.no-time.
//
// The result is a node "pdf" with a child for each of them, in the order of the ends of
// their ByteRanges. It passes when every signature passes, no time-stamp fails and, if
// there are time-stamps, one of them passes; without a signature, one over the whole
// file. The time of the node is that of a time-stamp over the whole file; without one it
// is zero, and existence is not among what the node proves.
//
// The file is read for hashing once, and not again by a second Verify.
func (d *Document) Verify(ctx context.Context, env pki.Env) Result {
	return d.verify(ctx, &env, "")
}

// verify is Verify with one check switched off; only tests name one.
func (d *Document) verify(ctx context.Context, env *pki.Env, ignore string) Result {
	v := &verifier{Document: d, ctx: ctx, env: env, ignore: ignore, nodes: make([]*node, len(d.signatures)), tokenEnvs: map[proofPlace]pki.Env{}}
	v.err = d.take(ctx, v.wanted())
	v.given()
	for i := len(d.signatures) - 1; i >= 0; i-- { // the latest first: nothing depends on what it supports
		if s := d.signatures[i]; s.timestamp() {
			v.nodes[i] = v.timestamp(s)
		}
	}
	for i, s := range d.signatures {
		if !s.timestamp() {
			v.nodes[i] = v.signature(s)
		}
	}
	return v.result()
}

// verifier carries one verification.
type verifier struct {
	*Document
	ctx    context.Context
	env    *pki.Env
	ignore string
	// tokenEnvs are the environments for tokens, by what covers them.
	tokenEnvs map[proofPlace]pki.Env
	err       error   // of reading the file
	proofs    []proof // of existence, over bytes of the file
	nodes     []*node // one for each signature
}

// node is a signature or document time-stamp while it is judged.
type node struct {
	s      *signature
	p      *verdict.Procedure
	ignore string

	integrity bool // digest and signature value hold, trust aside
	changes   changeReport
	children  []verdict.Result
	facts     SignatureFacts
	time      *verdict.TimeBasis
	trust     *verdict.Trust
	level     string // that is proven
}

func (v *verifier) begin(s *signature, kind string) *node {
	return &node{s: s, p: verdict.Begin(kind, s.checks()...), ignore: v.ignore}
}

func (n *node) pass(check, detail, ref string) { n.p.Pass(check, detail, ref) }

func (n *node) refuse(check string, sub verdict.SubIndication, reason, detail, ref string) {
	if check == n.ignore {
		n.p.Pass(check, "", ref)
		return
	}
	n.p.Refuse(check, sub, reason, detail, ref)
}

// wanted lists the digests of the file that the signatures and the given proofs need.
func (v *verifier) wanted() (list []measure) {
	add := func(s *signature, algorithm string) {
		if k, ok := s.rng.measure(algorithm); ok && algorithm != "" {
			list = append(list, k)
		}
	}
	for _, s := range v.signatures {
		if s.rng.inFile {
			list = append(list, upTo("sha256", s.rng.end()))
		}
		switch x := &s.value; {
		case s.form == formSHA1, x.raw != nil:
			add(s, "sha1")
		case x.info != nil:
			add(s, sigalg.DigestName(x.info.DigestAlgorithm.OID))
		}
		if t := s.value.token; t != nil {
			algorithm, _ := t.Imprint()
			add(s, algorithm)
		}
		for _, st := range s.value.stamps {
			if st.content && st.token != nil {
				algorithm, _ := st.token.Imprint()
				add(s, algorithm)
			}
		}
	}
	list = append(list, v.revisionMeasures()...)
	return append(list, v.wantedByProofs()...)
}
