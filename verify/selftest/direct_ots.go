package selftest

import (
	"context"
	"fmt"
	"io/fs"

	"github.com/exhibit-dev/exhibit/bitcoin"
	"github.com/exhibit-dev/exhibit/ots"
	"github.com/exhibit-dev/exhibit/testvectors"
	"github.com/exhibit-dev/exhibit/verdict"
)

// judgeStamp judges a proof that is no file of its own: a bare tree, or one inside a
// commit of Git.
func judgeStamp(folder fs.FS, v *testvectors.Vector, evidence []byte) (none verdict.Result, err error) {
	subject, err := subjectOf(folder, v)
	if err != nil {
		return none, err
	}
	e, err := env(folder, v, evidence)
	if err != nil {
		return none, err
	}
	p, err := parseStamp(v, evidence)
	if err != nil {
		return ots.Unreadable(err), nil
	}
	return p.Verify(context.Background(), subject, bitcoin.Env{Env: e.Env.Env, Chain: e.Chain, Confirmations: e.Confirmations}).Result, nil
}

func parseStamp(v *testvectors.Vector, evidence []byte) (*ots.Proof, error) {
	switch v.OTS.Form {
	case "git-commit":
		return ots.ParseCommit(evidence)
	case "tree":
		list, err := digests(v.Digest)
		if err != nil {
			return nil, err
		}
		for algorithm, digest := range list {
			return ots.ParseTree(evidence, algorithm, digest)
		}
	}
	return nil, fmt.Errorf("a proof in the form %q is not known", v.OTS.Form)
}
