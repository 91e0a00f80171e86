package bitcoin

import (
	"math/big"

	"github.com/btcsuite/btcd/chaincfg/v2"
)

// TestNetworkSentence stands on every verdict that was reached on a test network.
const TestNetworkSentence = "test network: proves nothing about Bitcoin"

// Network holds the rules of one block chain that headers can be judged by. It is
// immutable.
type Network struct {
	name       string
	genesis    Hash
	limitBits  uint32   // compact form of the easiest target
	limit      *big.Int // the easiest target, which not every number is a compact form of
	noRetarget bool     // every block has the easiest target
	test       bool
	timespan   int64 // seconds that a period should last
	minSpan    int64 // and those that count at least
	maxSpan    int64 // and at most
}

// interval is the number of blocks of a period, which have one target. It is the same
// on both networks; a test holds it against their parameters.
const interval = 2016

func newNetwork(p *chaincfg.Params, test bool) *Network {
	span := int64(p.TargetTimespan.Seconds())
	return &Network{
		name: p.Name, genesis: *p.GenesisHash, limitBits: p.PowLimitBits, limit: new(big.Int).Set(p.PowLimit),
		noRetarget: p.PoWNoRetargeting, test: test,
		timespan: span, minSpan: span / p.RetargetAdjustmentFactor, maxSpan: span * p.RetargetAdjustmentFactor,
	}
}

var (
	mainnet = newNetwork(&chaincfg.MainNetParams, false)
	regtest = newNetwork(&chaincfg.RegressionNetParams, true)
)

// Mainnet returns the network that is called Bitcoin.
func Mainnet() *Network { return mainnet }

// Regtest returns the private test network, on which anybody makes blocks at no cost.
func Regtest() *Network { return regtest }

// refused are the public test networks. Their blocks have little or no work, so they
// are known by name only to be refused.
var refused = map[string]Hash{
	"testnet3": *chaincfg.TestNet3Params.GenesisHash,
	"testnet4": *chaincfg.TestNet4Params.GenesisHash,
	"signet":   *chaincfg.SigNetParams.GenesisHash,
}

// NetworkNamed returns the network "mainnet" or "regtest". Every other name is an
// *Error with the code btc.network; that of testnet3, testnet4 and signet says that
// they are refused as proof.
func NetworkNamed(name string) (*Network, error) {
	switch _, test := refused[name]; {
	case name == "mainnet":
		return mainnet, nil
	case name == "regtest":
		return regtest, nil
	case test:
		return nil, malformed(codeNetwork, "%s is a test network and refused as proof", name)
	}
	return nil, malformed(codeNetwork, "unknown network %.40q", name)
}

// foreignGenesis returns the name of another network whose chain begins with h, or "".
func (n *Network) foreignGenesis(h Hash) string {
	for _, other := range []*Network{mainnet, regtest} {
		if other != n && other.genesis == h {
			return other.name
		}
	}
	for name, genesis := range refused {
		if genesis == h {
			return name
		}
	}
	return ""
}

// Name returns "mainnet" or "regtest".
func (n *Network) Name() string { return n.name }

// Genesis returns the hash of the first block.
func (n *Network) Genesis() Hash { return n.genesis }

// Test reports whether the network proves nothing about Bitcoin.
func (n *Network) Test() bool { return n.test }
