package bitcoin

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

const (
	// leadIn is how many headers before the block a pack holds, for the median time.
	leadIn = medianSpan
	// followers is how many headers behind the block its time needs.
	followers = 6
)

// Cut returns the anchor pack of a block: its header, up to eleven before it as far as
// they are at hand, and all that follow up to the first checkpoint that lies six blocks or
// more above; where the headers do not reach that far, up to the first one at or above.
// Only committed headers go into a pack, so that who trusts the same checkpoints can judge
// the block by the pack alone.
//
// The error is that of the context, or an *Error with the code btc.pack: no checkpoint at
// or above the height, or the block is not committed by headers at hand.
func Cut(ctx context.Context, chain *Chain, height uint32) (*Pack, error) {
	cps := chain.Checkpoints()
	near, ok := cps.From(height)
	if !ok {
		return nil, malformed(codePack, "no checkpoint at or above block %d%s", height, newest(cps))
	}
	if _, ok := chain.committedHeader(height); !ok {
		return nil, malformed(codePack, "block %d is not committed: no headers at hand link it to the checkpoint at %d", height, near.Height)
	}
	first := height
	for first > 0 && height-first < leadIn {
		if _, ok := chain.committedHeader(first - 1); !ok {
			break
		}
		first--
	}
	far, ok := cps.From(height + min(followers, ^uint32(0)-height))
	if ok && far != near {
		if p, err := cutTo(ctx, chain, first, far); p != nil || ctx.Err() != nil {
			return p, err
		}
	}
	return cutTo(ctx, chain, first, near)
}

func newest(cps *Checkpoints) string {
	last, ok := cps.Last()
	if !ok {
		return ": the list is empty"
	}
	return fmt.Sprintf("; the newest is at %d", last.Height)
}

// cutTo takes the headers from first to a checkpoint. A file that was changed since it was
// scanned must not spoil a pack: what is read is linked again.
func cutTo(ctx context.Context, chain *Chain, first uint32, end Checkpoint) (*Pack, error) {
	count := uint64(end.Height) - uint64(first) + 1
	if count > maxPack {
		return nil, malformed(codePack, "the checkpoint at %d needs %d headers, an anchor pack holds at most %d", end.Height, count, maxPack)
	}
	raw := make([]byte, 0, count*HeaderSize)
	for height := uint64(first); height <= uint64(end.Height); {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		n, _, ok := chain.committedAt(uint32(height))
		if !ok {
			return nil, malformed(codePack, "the header of block %d is missing below the checkpoint at %d", height, end.Height)
		}
		to := min(n.committed-1, uint64(end.Height))
		part, ok := n.stretch(uint32(height)-n.first, uint32(to)-n.first)
		if !ok || len(raw) > 0 && prevOf(part) != hashHeader(raw[len(raw)-HeaderSize:]) {
			return nil, malformed(codePack, "%s is another file than the one that was scanned", n.run.name)
		}
		raw = append(raw, part...)
		height = to + 1
	}
	if hash := hashHeader(raw[len(raw)-HeaderSize:]); hash != end.Hash {
		return nil, malformed(codePack, "the header of block %d is not that of the checkpoint", end.Height)
	}
	p, err := newPack(chain.Checkpoints().Network(), first, raw)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(p.Marshal())
	p.sha256 = hex.EncodeToString(sum[:])
	return p, nil
}
