package pdf

import (
	"bytes"
	"crypto/sha256"
	"slices"

	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/trust/pki"
	"github.com/exhibit-dev/exhibit/verdict"
)

// proof is a proof of existence of bytes of the file: of those that a document
// time-stamp covers, or of all before an end, by evidence outside.
type proof struct {
	rng *byteRange // nil: all bytes before end
	end int64
	verdict.Existence
}

func (p *proof) holds(x extent) bool {
	if x.from < 0 {
		return false
	}
	if p.rng != nil {
		return p.rng.holds(x)
	}
	return x.to <= p.end
}

// earliest returns the earliest proof that covers all the extents, or nil.
func (v *verifier) earliest(cover ...extent) *proof {
	var best *proof
	for i := range v.proofs {
		p := &v.proofs[i]
		if best != nil && !p.NotLaterThan.Before(best.NotLaterThan) {
			continue
		}
		if !slices.ContainsFunc(cover, func(x extent) bool { return !p.holds(x) }) {
			best = p
		}
	}
	return best
}

// earlier returns the earlier of two proofs, either of which may be nil.
func earlier(a, b *verdict.Existence) *verdict.Existence {
	if a == nil || b != nil && b.NotLaterThan.Before(a.NotLaterThan) {
		return b
	}
	return a
}

// givenProofs are the proofs from outside that could be over the file or a revision of
// it: passed under this policy, by a digest that counted.
func (v *verifier) givenProofs() (list []verdict.Existence) {
	for _, e := range v.env.Existences {
		good, _ := v.env.Table().Good(trust.Use{Digest: e.Algorithm}, e.NotLaterThan)
		if good && e.Policy == string(v.env.Policy) && !e.NotLaterThan.IsZero() && len(e.Digest) == verdict.DigestSize(e.Algorithm) && len(e.Digest) > 0 {
			list = append(list, e)
		}
	}
	return list
}

// ends are the places at which a copy of the document may have ended when somebody
// proved its existence: those of its revisions, and of what its signatures cover.
func (d *Document) ends() (list []int64) {
	for _, r := range d.file.Revisions() {
		list = append(list, r.End)
	}
	for _, s := range d.signatures {
		if s.rng.inFile {
			list = append(list, s.rng.end())
		}
	}
	list = append(list, d.file.Size())
	slices.Sort(list)
	return slices.Compact(list)
}

func (v *verifier) wantedByProofs() (list []measure) {
	var algorithms []string
	for _, e := range v.givenProofs() {
		if !slices.Contains(algorithms, e.Algorithm) {
			algorithms = append(algorithms, e.Algorithm)
		}
	}
	if len(algorithms) == 0 {
		return nil
	}
	for _, end := range v.ends() {
		for _, a := range algorithms {
			list = append(list, upTo(a, end))
		}
	}
	return list
}

// given takes the proofs from outside that are over the file or over a revision.
func (v *verifier) given() {
	list := v.givenProofs()
	if len(list) == 0 {
		return
	}
	for _, end := range v.ends() {
		for _, e := range list {
			if sum, ok := v.measures.get(upTo(e.Algorithm, end)); ok && bytes.Equal(sum, e.Digest) {
				v.proofs = append(v.proofs, proof{end: end, Existence: e})
			}
		}
	}
}

// envFor is the environment for a token that lies in the extent: with the values of the
// DSS behind those of the verifier, which are tried first. What proves the bytes there
// proves the token. Its own digest stands for it, as nobody else's is known.
func (v *verifier) envFor(token []byte, at extent) pki.Env {
	p := v.earliest(at)
	over := p
	if e := v.env.Existence(token); e != nil && (p == nil || e.NotLaterThan.Before(p.NotLaterThan)) {
		over = &proof{} // over the token alone
	}
	env := v.withStore(over)
	if p == nil {
		return env
	}
	sum := sha256.Sum256(token)
	e := p.Existence
	e.Algorithm, e.Digest = "sha256", sum[:]
	env.Existences = append(slices.Clip(env.Existences), e)
	return env
}

// proofPlace is what a proof covers; the zero value stands for no proof.
type proofPlace struct {
	any bool
	rng *byteRange
	end int64
}

// withStore is the environment with what of the DSS serves a token that the proof covers,
// made once for all tokens under it.
func (v *verifier) withStore(p *proof) pki.Env {
	var place proofPlace
	if p != nil {
		place = proofPlace{true, p.rng, p.end}
	}
	env, ok := v.tokenEnvs[place]
	if !ok {
		env = *v.env
		m := v.store.material(serves(p, v.env))
		env.Intermediates = slices.Concat(env.Intermediates, m.Certificates)
		env.CRLs = slices.Concat(env.CRLs, m.CRLs)
		env.OCSP = slices.Concat(env.OCSP, m.OCSP)
		v.tokenEnvs[place] = env
	}
	return env
}
