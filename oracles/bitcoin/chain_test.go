package bitcoin

import (
	"errors"
	"math"
	"testing"
	"time"

	"github.com/btcsuite/btcd/blockchain"
	"github.com/btcsuite/btcd/chaincfg/v2"
	"github.com/btcsuite/btcd/chainhash/v2"
	"github.com/btcsuite/btcd/wire/v2"
)

const interval = 2016

// chain is what btcd is told of headers: those at hand, by height.
type chain map[int32]*wire.BlockHeader

// at is a header as btcd asks for it.
type at struct {
	chain  chain
	height int32
}

// on returns the header of the height, nil without a type where it is not at hand.
func (c chain) on(height int32) blockchain.HeaderCtx {
	if c[height] == nil {
		return nil
	}
	return at{c, height}
}

func (a at) Height() int32                { return a.height }
func (a at) Bits() uint32                 { return a.chain[a.height].Bits }
func (a at) Timestamp() int64             { return a.chain[a.height].Timestamp.Unix() }
func (a at) Parent() blockchain.HeaderCtx { return a.chain.on(a.height - 1) }

func (a at) RelativeAncestorCtx(distance int32) blockchain.HeaderCtx {
	return a.chain.on(a.height - distance)
}

// rules are a network as btcd asks for it.
type rules struct{ *chaincfg.Params }

func (r rules) ChainParams() *chaincfg.Params { return r.Params }

func (r rules) BlocksPerRetarget() int32 {
	return int32(r.TargetTimespan / r.TargetTimePerBlock)
}

func (r rules) MinRetargetTimespan() int64 {
	return int64(r.TargetTimespan/time.Second) / r.RetargetAdjustmentFactor
}

func (r rules) MaxRetargetTimespan() int64 {
	return int64(r.TargetTimespan/time.Second) * r.RetargetAdjustmentFactor
}

func (r rules) VerifyCheckpoint(height int32, hash *chainhash.Hash) bool {
	for _, c := range r.Checkpoints {
		if c.Height == height {
			return c.Hash.IsEqual(hash)
		}
	}
	return true
}

// FindPreviousCheckpoint says that there is none: no header forks off before one.
func (r rules) FindPreviousCheckpoint() (blockchain.HeaderCtx, error) { return nil, nil }

var (
	mainnet = rules{&chaincfg.MainNetParams}
	regtest = rules{&chaincfg.RegressionNetParams}
)

// check asks btcd whether the header follows the one of the height before.
func check(h *wire.BlockHeader, c chain, height int32, r rules, checkpoints bool) error {
	return blockchain.CheckBlockHeaderContext(h, c.on(height-1), blockchain.BFNone, r, !checkpoints)
}

// is reports whether err is a rule of btcd.
func is(err error, code blockchain.ErrorCode) bool {
	var rule blockchain.RuleError
	return errors.As(err, &rule) && rule.ErrorCode == code
}

// lateClock is a clock by which no header is ahead of its time.
type lateClock struct{}

func (lateClock) AdjustedTime() time.Time             { return time.Unix(math.MaxUint32, 0) }
func (lateClock) AddTimeSample(_ string, _ time.Time) {}
func (lateClock) Offset() time.Duration               { return 0 }

// sane asks btcd for the proof of work of a header; with BFNoPoWCheck for its target
// alone.
func sane(h *wire.BlockHeader, r rules, flags blockchain.BehaviorFlags) error {
	return blockchain.CheckBlockHeaderSanity(h, r.PowLimit, lateClock{}, flags)
}

// What the others are asked with must be right itself.
func TestRules(t *testing.T) {
	if mainnet.BlocksPerRetarget() != interval || mainnet.MinRetargetTimespan() != 302400 || mainnet.MaxRetargetTimespan() != 4838400 {
		t.Errorf("%d %d %d", mainnet.BlocksPerRetarget(), mainnet.MinRetargetTimespan(), mainnet.MaxRetargetTimespan())
	}
}
