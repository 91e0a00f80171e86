package verify

import (
	"context"
	"path"

	"github.com/exhibit-dev/exhibit/bitcoin"
	"github.com/exhibit-dev/exhibit/ots"
	"github.com/exhibit-dev/exhibit/verdict"
)

// OpenTimestamps is the format of detached OpenTimestamps proofs. Anchor packs beside
// them are read as headers of the block chain: they count by the checkpoints that the caller
// trusts, never by what they say of themselves.
func OpenTimestamps() Format {
	return Format{
		Kind: ots.Kind, Code: "ots", Proves: verdict.ProvesExistence,
		Extensions: []string{".ots"},
		Sniff:      ots.Sniff,
		Open: func(data []byte) (Evidence, error) {
			p, err := ots.Parse(data)
			if err != nil {
				return nil, err
			}
			return stamp{p}, nil
		},
		Unreadable: ots.Unreadable,
		Support: &Support{
			Extensions: []string{bitcoin.PackExtension}, Sniff: bitcoin.SniffPack,
			Open: openPack, Add: addPacks, Claims: packClaims,
		},
	}
}

// openPack reads a pack that came with the evidence. Its checkpoint counts only if it
// is one of those that env trusts.
func openPack(env Env, name string, data []byte) (any, error) {
	pack, err := bitcoin.ParsePack(data)
	if err != nil {
		return nil, err
	}
	run, err := pack.Run(env.chain().Checkpoints(), path.Base(name))
	return heldPack{run}, err
}

// heldPack is a pack in memory.
type heldPack struct{ *bitcoin.Run }

// Held counts the headers at their full length.
func (p heldPack) Held() int64 { return int64(p.Count()) * bitcoin.HeaderSize }

func addPacks(env Env, opened []any) Env {
	runs := make([]*bitcoin.Run, len(opened))
	for i, o := range opened {
		runs[i] = o.(heldPack).Run
	}
	env.Chain = env.chain().With(runs...)
	return env
}

func (e Env) chain() *bitcoin.Chain {
	if e.Chain == nil {
		return bitcoin.NewChain(bitcoin.Builtin())
	}
	return e.Chain
}

func packClaims(data []byte) (any, error) {
	pack, err := bitcoin.ParsePack(data)
	if err != nil {
		return nil, err
	}
	return pack.Claims(), nil
}

// GitCommit is the format of signed Git commits, as git cat-file commit prints them, whose
// signature holds an OpenTimestamps proof. Only their content tells.
func GitCommit() Format {
	return Format{
		Kind: ots.Kind, Code: "ots", Proves: verdict.ProvesExistence,
		Sniff: ots.SniffCommit, SniffClaims: true,
		Open: func(data []byte) (Evidence, error) {
			p, err := ots.ParseCommit(data)
			if err != nil {
				return nil, err
			}
			return commit{stamp{p}}, nil
		},
		Unreadable: ots.Unreadable,
	}
}

// commit is judged over itself.
type commit struct{ stamp }

// Commitments is empty: the digest of a commit is no digest of a file.
func (commit) Commitments(Env) []Commitment { return nil }

// Encloses marks evidence that holds its subject.
func (commit) Encloses() {}

type stamp struct{ *ots.Proof }

// Commitments is the digest that the proof begins with.
func (p stamp) Commitments(Env) []Commitment {
	return []Commitment{{Algorithm: p.Algorithm(), Digest: p.Digest()}}
}

func (p stamp) Verify(ctx context.Context, s verdict.Subject, env Env) verdict.Result {
	return p.Proof.Verify(ctx, s, env.bitcoin()).Result
}

// Weight is the number of attestations that are judged.
func (p stamp) Weight() int { return p.Judged() }

func (p stamp) Claims() any { return p.Proof.Claims() }

// Picture and Branches are the tree of operations, for Inspect.
func (p stamp) Picture(values bool) string { return p.Text(values) }
func (p stamp) Branches(values bool) any   { return p.Tree(values) }
