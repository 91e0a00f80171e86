package ots

import "bytes"

// Merge unites proofs of one digest: attestations at equal messages, and what follows
// equal operations. No attestation is lost. The result is a detached file when one of
// the proofs is, else a bare tree.
//
// The error is ErrOtherDigest, ErrNothing when there is no proof, or an *Error when the
// union exceeds a limit of this program.
func Merge(proofs ...*Proof) (*Proof, error) {
	if len(proofs) == 0 {
		return nil, ErrNothing
	}
	first := proofs[0]
	w, form := writer{}, FormTree
	for _, p := range proofs {
		if p.algorithm != first.algorithm || !bytes.Equal(p.digest, first.digest) {
			return nil, ErrOtherDigest
		}
		if p.form == FormDetached {
			form = FormDetached
		}
		w.sources = append(w.sources, source{proof: p})
	}
	return w.proof(first, form)
}

// Detached returns the proof as a detached file for the digest that it begins with. The
// error is ErrCommit for a proof in a commit.
func (p *Proof) Detached() (*Proof, error) {
	if p.form == FormCommit {
		return nil, ErrCommit
	}
	w := writer{sources: []source{{proof: p}}}
	return w.proof(p, FormDetached)
}

// proof writes the union and reads it again, so that what is made has been through the
// same checks and limits as what is read.
func (w *writer) proof(of *Proof, form string) (*Proof, error) {
	tree := form != FormDetached
	if !tree {
		w.head(of)
	}
	out := w.write()
	if len(out) > maxFile {
		return nil, fail(ClassLimit, maxFile, "more than %d bytes", maxFile)
	}
	var p *Proof
	var err *Error
	if tree {
		p, err = readTree(out, of.algorithm, of.digest)
	} else {
		p, err = readDetached(out)
	}
	if err != nil {
		return nil, err
	}
	return p, nil
}
