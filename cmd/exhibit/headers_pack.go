package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/exhibit-dev/exhibit/bitcoin"
	"github.com/exhibit-dev/exhibit/internal/newfile"
	"github.com/exhibit-dev/exhibit/trust"
)

func newHeadersPackCmd(a *app) *cobra.Command {
	var height uint32
	var sources []string
	var out string
	var from pointsFlags
	cmd := &cobra.Command{
		Use:   "pack --height N --from FILE",
		Short: "cut the anchor pack of one block",
		Long: `Writes an anchor pack: the header of a block, up to eleven before it, and all that
follow up to the first checkpoint six or more blocks above it. Whoever believes in that
checkpoint can judge a proof that ends in the block with this file alone; keep it
beside the proof. It has 114 bytes and 48 for each header: 100 kB at most with the
built-in checkpoints.

The headers come from files of raw headers (headers import) or from other packs. The
pack is read again and judged before it gets its name; an existing file is never
replaced.

Layout; integers are little-endian, hashes stand as in headers:

  0          8     89 45 58 48 50 4b 0d 0a
  8          1     version, 01
  9          1     network: 00 mainnet, 01 regtest
  10         4     height of the first header
  14         4     number of headers, n: 1 to 8064
  18         32    hash of the header before the first
  50         48 n  for each header: version 4, Merkle root 32, time 4, target 4, nonce 4
  50 + 48 n  32    hash of the last header
  82 + 48 n  32    SHA-256 of all before; nothing stands behind it

Exit code 3: the headers at hand do not link the block to a checkpoint, or there is no
checkpoint above it yet. 5: a file cannot be read or written. 2: the command was called
wrongly.`,
		Example: "  exhibit headers pack --height 826360 --from headers-0-930000.bin",
		Args:    usageArgs(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			switch {
			case !cmd.Flags().Changed("height"):
				return usagef("--height is missing: the block that the proof ends in")
			case len(sources) == 0:
				return usagef("--from is missing: a file of headers")
			case out == "":
				out = fmt.Sprintf("block-%d%s", height, bitcoin.PackExtension)
			}
			if err := checkOut(out); err != nil {
				return err
			}
			points, err := a.points(&from)
			if err != nil {
				return err
			}
			return a.headersPack(contextOf(cmd), height, sources, out, points)
		},
	}
	cmd.Flags().Uint32Var(&height, "height", 0, "the `height` of the block")
	cmd.Flags().StringArrayVar(&sources, "from", nil, "`file` of headers, raw or an anchor pack; may be repeated")
	cmd.Flags().StringVar(&out, "out", "", "the new `file` (default block-N.anchorpack here)")
	from.add(cmd)
	return cmd
}

func (a *app) headersPack(ctx context.Context, height uint32, sources []string, out string, points *bitcoin.Checkpoints) error {
	chain := bitcoin.NewChain(points)
	for _, file := range sources {
		run, _, err := readHeaders(file, points)
		if err != nil {
			a.errorf("%s: %s", onScreen(file), onScreen(pathless(err).Error()))
			a.code = headersUnreadable
			return nil
		}
		if n := len(run.Defects()); n > 0 {
			a.errorf("%s: %s; see exhibit headers check", onScreen(file), plural(n, "defect"))
		}
		chain = chain.With(run)
	}
	pack, err := bitcoin.Cut(ctx, chain, height)
	if err != nil {
		if ctx.Err() != nil {
			return err
		}
		a.errorf("%s", onScreen(err.Error()))
		a.code = headersMissing
		a.hintHeaders(height, points)
		return nil
	}
	text, err := writePack(ctx, pack, height, out, points, a.now())
	switch {
	case errors.Is(err, fs.ErrExist):
		return usagef("--out: %s exists, and is not replaced", out)
	case errors.Is(err, errNotProven):
		a.errorf("%s", onScreen(err.Error()))
		a.code = headersMissing
		return nil
	case err != nil:
		a.errorf("%s: %s", onScreen(out), onScreen(pathless(err).Error()))
		a.code = headersUnreadable
		return nil
	}
	_, err = a.stdout.Write(text)
	return err
}

// hintHeaders says which headers are needed.
func (a *app) hintHeaders(height uint32, points *bitcoin.Checkpoints) {
	if end, ok := points.From(height); ok {
		a.hint("name files that hold the headers from %d to %d; exhibit headers import makes them from the files of a node or a wallet", height-min(height, 11), end.Height)
		return
	}
	a.hint("wait for a newer list of checkpoints, or give one that you believe in with --checkpoints")
}

var errNotProven = errors.New("the pack does not prove its block, so it was not written")

// writePack writes a pack under a name that it gets once it was read again and judged. It
// returns what is to be said of it.
func writePack(ctx context.Context, pack *bitcoin.Pack, height uint32, out string, points *bitcoin.Checkpoints, now time.Time) ([]byte, error) {
	f, err := newfile.Create(filepath.Dir(out))
	if err != nil {
		return nil, err
	}
	defer f.Discard()
	if _, err := f.Write(pack.Marshal()); err != nil {
		return nil, err
	}
	b, err := io.ReadAll(io.NewSectionReader(f, 0, bitcoin.MaxPackSize+1))
	if err != nil {
		return nil, err
	}
	text, err := judgePack(ctx, b, height, out, points, now)
	if err != nil {
		return nil, err
	}
	return text, f.Commit(filepath.Base(out))
}

func judgePack(ctx context.Context, b []byte, height uint32, out string, points *bitcoin.Checkpoints, now time.Time) ([]byte, error) {
	pack, err := bitcoin.ParsePack(b)
	if err != nil {
		return nil, err
	}
	run, err := pack.Run(points, out)
	if err != nil {
		return nil, err
	}
	header, hash, _ := pack.Header(height)
	root := header.MerkleRoot
	r := bitcoin.Attestation{Root: root[:], Height: uint64(height), HeightText: fmt.Sprint(height)}.Verify(ctx, bitcoin.Env{
		Env: trust.Env{At: now, Policy: trust.Issuance}, Chain: bitcoin.NewChain(points, run),
	})
	facts, proven := r.Proven()
	if !proven || facts.Hash != hash {
		return nil, fmt.Errorf("%w: %w", errNotProven, r.Err())
	}
	var t bytes.Buffer
	printLine(&t, "wrote", out)
	line := func(label, format string, args ...any) { printLine(&t, "  "+label, fmt.Sprintf(format, args...)) }
	line("file", "anchor pack, %d bytes, %s, heights %d to %d", len(b), plural(run.Count(), "header"), pack.First(), pack.Last())
	line("sha256", "%s", pack.SHA256())
	line("block", "%d, %s", height, hash)
	line("merkle root", "%x (as the header has it)", root[:])
	line("", "%s (as block explorers show it)", root)
	line("block time", "%s, what its miner wrote", facts.BlockTime.Format(time.RFC3339))
	line("followed by", "%s in the pack", plural(facts.Successors, "header"))
	line("proves", "existence not later than %s", facts.NotLaterThan.Format(time.RFC3339))
	line("ends in", "the checkpoint at %d, %s", pack.Last(), pack.EndHash())
	line("origin", "%s", facts.Checkpoint.Origin)
	for _, w := range r.Warnings {
		line("warning", "%s: %s", w.Code, w.Text)
	}
	v := viewPoints(points)
	printLine(&t, "checkpoints", v.text())
	printLine(&t, "  sha256", v.SHA256)
	return t.Bytes(), nil
}
