package main

import (
	"context"
	"fmt"
	"math"
	"math/big"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"github.com/exhibit-dev/exhibit/bitcoin"
	"github.com/exhibit-dev/exhibit/trust/dir"
)

// Exit codes of the headers commands; 0 and 2 are as everywhere.
const (
	headersDefect     = 1 // check: a header breaks a rule, or does not follow the one before
	headersMissing    = 3 // something that would tell the place or the chain is missing
	headersUnreadable = 5 // a file cannot be read or written, or holds no headers
)

// newHeadersCmd returns the commands that make Bitcoin block headers ready as evidence.
func newHeadersCmd(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "headers",
		Short: "import and check Bitcoin block headers, cut anchor packs",
		Long: fmt.Sprintf(`Block headers show offline that a Merkle root stands in a block of the Bitcoin chain:
every header holds the hash of the one before, so headers that lead from a block to
a checkpoint, a block that you believe in, leave no other block in its place. They need
no trust themselves, and may come from anybody.

  import  collect headers from the files of Bitcoin Core, Electrum or others
  check   judge files of headers by Bitcoin's rules and by the checkpoints
  pack    cut out what one block needs, to keep beside its proof

Without --checkpoints and --trust the built-in checkpoints apply: genesis, and the last
block of every period of 2016 blocks up to %d.`, newestBuiltin()),
		Args: usageArgs(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error { return usagef("headers: want check, import or pack") },
	}
	cmd.AddCommand(newHeadersImportCmd(a), newHeadersCheckCmd(a), newHeadersPackCmd(a))
	return cmd
}

func newestBuiltin() uint32 {
	last, _ := bitcoin.Builtin().Last()
	return last.Height
}

// pointsFlags say which checkpoints apply.
type pointsFlags struct{ trust, file string }

func (f *pointsFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.file, "checkpoints", "", "`file` of checkpoints (JSON) that adds to the list or replaces it")
	cmd.Flags().StringVar(&f.trust, "trust", "", "trust `directory` whose checkpoints apply (default $EXHIBIT_TRUST, else the built-in ones)")
}

// points reads the checkpoints. A list that was named and cannot be taken is a mistake of
// usage: the built-in one must not silently stand in for it.
func (a *app) points(f *pointsFlags) (*bitcoin.Checkpoints, error) {
	points := bitcoin.Builtin()
	name := f.trust
	if name == "" {
		name = a.getenv("EXHIBIT_TRUST")
	}
	if name != "" {
		t, err := dir.Load(os.DirFS(name), name)
		if err != nil {
			return nil, usagef("%s: %w", name, pathless(err))
		}
		for _, e := range t.Errors {
			a.errorf("%s", onScreen(e.Error()))
		}
		points = t.Bitcoin.Checkpoints()
	}
	if f.file == "" {
		return points, nil
	}
	b, err := readNamed(f.file, maxCheckpointsFile)
	if err == nil {
		points, err = bitcoin.ParseCheckpoints(b, points, f.file)
	}
	if err != nil {
		return nil, usagef("--checkpoints: %s: %w", f.file, pathless(err))
	}
	return points, nil
}

// maxCheckpointsFile bounds a list of checkpoints, as package bitcoin does.
const maxCheckpointsFile = 16 << 20

// pointsView describes the checkpoints that applied.
type pointsView struct {
	Network string  `json:"network"`
	Source  string  `json:"source"`
	SHA256  string  `json:"sha256"`
	Count   int     `json:"count"`
	Last    *uint32 `json:"last_height,omitempty"`
	Test    string  `json:"test_network,omitempty"`
}

func viewPoints(points *bitcoin.Checkpoints) pointsView {
	v := pointsView{Network: points.Network().Name(), Source: points.Source(), SHA256: points.SHA256(), Count: points.Len()}
	if last, ok := points.Last(); ok {
		v.Last = &last.Height
	}
	if points.Network().Test() {
		v.Test = bitcoin.TestNetworkSentence
	}
	return v
}

func (v *pointsView) text() string {
	last := ""
	if v.Last != nil {
		last = fmt.Sprintf(", the newest at %d", *v.Last)
	}
	return fmt.Sprintf("%d of %s%s; %s", v.Count, v.Network, last, v.Source)
}

// committed returns the height up to which checkpoints commit a stretch of headers without
// defects, and whether the stretch connects to one at all: at a header, or below the first.
func committed(s *bitcoin.Stretch, points *bitcoin.Checkpoints) (upTo *uint32, connects bool) {
	if n := len(s.Checkpoints); n > 0 {
		highest := slices.Max(s.Checkpoints)
		return &highest, true
	}
	if !s.Placed || s.First == 0 {
		return nil, false
	}
	below, ok := points.At(s.First - 1)
	return nil, ok && below.Hash == s.Prev
}

// log2 returns the binary logarithm, rounded to two digits behind the point; 0 of nothing.
func log2(work *big.Int) float64 {
	if work.Sign() <= 0 {
		return 0
	}
	mantissa := new(big.Float)
	exponent := new(big.Float).SetInt(work).MantExp(mantissa)
	m, _ := mantissa.Float64()
	return math.Round(100*(float64(exponent)+math.Log2(m))) / 100
}

// plural writes a number with its noun.
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// contextOf returns the context of a command, which has none where it was not run by one.
func contextOf(cmd *cobra.Command) context.Context {
	if ctx := cmd.Context(); ctx != nil {
		return ctx
	}
	return context.Background()
}
