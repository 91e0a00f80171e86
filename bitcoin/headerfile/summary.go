package headerfile

import (
	"cmp"
	"slices"

	"github.com/exhibit-dev/exhibit/bitcoin"
)

// maxPieces bounds the pieces that are described; the largest are.
const maxPieces = 10

// What tells the height of the chain.
const (
	ByGenesis    = "genesis block"
	ByCheckpoint = "checkpoint"
	Stated       = "stated height"
)

// Summary says what an import found and wrote.
type Summary struct {
	File   string
	SHA256 string // of the file
	Size   int64

	First, Last uint32
	Tip         bitcoin.Hash
	Place       string          // ByGenesis, ByCheckpoint or Stated
	Scan        bitcoin.Summary // of the chain that was written; nothing in it is defective

	Sources    []Form
	Duplicates int // headers that were met again
	Branches   int // headers that branch off the chain: stale blocks
	Elsewhere  int // headers of other pieces
	// Pieces are stretches of linked headers beside the chain, the largest first: what is
	// between them and the chain is not at hand. At most ten.
	Pieces []Piece
	// LeftOut are headers that do their work but break the rules.
	LeftOut []bitcoin.Defect
}

// Piece is a tree of linked headers.
type Piece struct {
	Headers     int
	Placed      bool
	First, Last uint32 // heights, if Placed
}

// describe fills in what is known when the chain is.
func (s *Summary) describe(f *forest, path []uint32, run *bitcoin.Run) {
	s.First, s.Last = f.height(path[0]), f.height(path[len(path)-1])
	s.Tip, s.Scan = run.Tip(), run.Summary()
	switch {
	case s.First == 0:
		s.Place = ByGenesis
	case f.stated[path[0]]:
		s.Place = Stated
	default:
		s.Place = ByCheckpoint
	}
	pieces := make(map[uint32]*Piece)
	for at, first := range f.first {
		p := pieces[first]
		if p == nil {
			base, placed := f.base[first]
			p = &Piece{Placed: placed, First: base, Last: base}
			pieces[first] = p
		}
		p.Headers++
		p.Last = max(p.Last, p.First+f.depth[at])
	}
	s.Branches = pieces[path[0]].Headers - len(path)
	s.Elsewhere = len(f.first) - pieces[path[0]].Headers
	delete(pieces, path[0])
	for _, p := range pieces {
		s.Pieces = append(s.Pieces, *p)
	}
	slices.SortFunc(s.Pieces, func(a, b Piece) int {
		return cmp.Or(cmp.Compare(b.Headers, a.Headers), cmp.Compare(a.First, b.First), cmp.Compare(a.Last, b.Last))
	})
	s.Pieces = s.Pieces[:min(len(s.Pieces), maxPieces)]
}
