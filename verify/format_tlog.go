package verify

import (
	"context"

	"github.com/exhibit-dev/exhibit/tlog"
	"github.com/exhibit-dev/exhibit/verdict"
)

// TransparencyLog is the format of C2SP tlog-proof: that a file is an entry of a log,
// with the log's checkpoint. A checkpoint alone speaks of no file and is none of it.
func TransparencyLog() Format {
	return Format{
		Kind: tlog.Kind, Code: "tlog", Proves: verdict.ProvesSignature,
		Extensions: []string{".tlog-proof"},
		Sniff:      tlog.Sniff,
		Open: func(data []byte) (Evidence, error) {
			p, err := tlog.ParseProof(data)
			if err != nil {
				return nil, err
			}
			return entryProof{p}, nil
		},
		Unreadable: tlog.Unreadable,
	}
}

type entryProof struct{ *tlog.Proof }

// Commitments is empty: only the entry itself leads to the root.
func (entryProof) Commitments(Env) []Commitment { return nil }

// Asks wants the leaf hash.
func (entryProof) Asks(Env) Needs {
	return Needs{Digests: []verdict.DigestOf{{Algorithm: "sha256", Prefix: "\x00"}}}
}

// Fits asks for the path alone: who signed the root is another matter.
func (p entryProof) Fits(s verdict.Subject, env Env) bool {
	r := p.Proof.Verify(s, env.Env.Env)
	return passed(&r.Result, "subject", "inclusion")
}

func (p entryProof) Verify(_ context.Context, s verdict.Subject, env Env) verdict.Result {
	return p.Proof.Verify(s, env.Env.Env).Result
}

func (p entryProof) Claims() any { return p.Proof.Claims() }
