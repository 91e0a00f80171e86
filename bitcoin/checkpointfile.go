package bitcoin

import (
	"errors"
	"slices"

	"github.com/exhibit-dev/exhibit/internal/jsonstrict"
)

// maxCheckpoints bounds the entries of one file. It is what the reader of JSON holds, less
// a reserve; a checkpoint for every period of three thousand years.
const maxCheckpoints = 80_000

// ParseCheckpoints reads checkpoints.json. An array adds to base (nil: Builtin):
//
//	[{"height": 800000, "hash": "00000000000000000002a7c4c1e48d76c5a37902165a270156b7a8d72728a054"}]
//
// and an object replaces it; network may be left out and is then mainnet:
//
//	{"replace": true, "network": "regtest", "checkpoints": [{"height": 0, "hash": "0f91…"}]}
//
// An empty list that replaces trusts no block. Hashes are in display order, 64 lower-case
// digits. An entry that base has already changes nothing. origin names the file.
//
// The error is an *Error: btc.network for a network that proves nothing, btc.limit for more
// than 80 000 entries or 16 MiB, else btc.checkpoints: broken JSON, unknown members, two hashes
// for one height (base and the genesis block included), one hash at two heights.
func ParseCheckpoints(json []byte, base *Checkpoints, origin string) (*Checkpoints, error) {
	if base == nil {
		base = Builtin()
	}
	c, err := parseCheckpoints(json, base, origin)
	var own *Error
	switch {
	case err == nil || errors.As(err, &own):
		return c, err
	case errors.Is(err, jsonstrict.ErrLimit):
		return nil, limit("checkpoints: %v", err)
	}
	return nil, malformed(codeCheckpoints, "checkpoints: %v", err)
}

func parseCheckpoints(json []byte, base *Checkpoints, origin string) (*Checkpoints, error) {
	v, err := jsonstrict.Parse(json)
	if err != nil {
		return nil, err
	}
	source := origin + " added to " + base.source
	if v.Kind == jsonstrict.Object {
		if base, v, err = replacement(v); err != nil {
			return nil, err
		}
		source = origin
	}
	if err := v.Want(jsonstrict.Array); err != nil {
		return nil, err
	}
	if len(v.Items) > maxCheckpoints {
		return nil, limit("%d checkpoints, %d are read", len(v.Items), maxCheckpoints)
	}
	return base.add(v.Items, source, origin)
}

// replacement reads the form that replaces and returns an empty list to add to.
func replacement(v jsonstrict.Value) (empty *Checkpoints, list jsonstrict.Value, err error) {
	if err := v.Only("replace", "network", "checkpoints"); err != nil {
		return nil, list, err
	}
	if r := v.Get("replace"); r.Kind != jsonstrict.Bool || r.Text != "true" {
		return nil, list, malformed(codeCheckpoints, `checkpoints: an object needs "replace": true; an array adds`)
	}
	n := mainnet
	if name := v.Get("network"); name.Kind != jsonstrict.Absent {
		if err := name.Want(jsonstrict.String); err != nil {
			return nil, list, err
		}
		if n, err = NetworkNamed(name.Text); err != nil {
			return nil, list, err
		}
	}
	return newCheckpoints(n, nil, ""), v.Get("checkpoints"), nil
}

// add returns the list with further entries, which must agree with it, with each other
// and with the genesis block.
func (c *Checkpoints) add(items []jsonstrict.Value, source, origin string) (*Checkpoints, error) {
	list := slices.Clone(c.list)
	height := make(map[Hash]uint32, len(items))
	hash := make(map[uint32]Hash, len(items))
	for i := range c.list {
		height[c.list[i].Hash], hash[c.list[i].Height] = c.list[i].Height, c.list[i].Hash
	}
	for _, item := range items {
		e, err := readCheckpoint(item)
		if err != nil {
			return nil, err
		}
		if h, known := hash[e.Height]; known && h != e.Hash || e.Height == 0 && e.Hash != c.network.genesis {
			return nil, malformed(codeCheckpoints, "checkpoints: block %d has two hashes", e.Height)
		}
		at, known := height[e.Hash]
		if known && at != e.Height || e.Hash == c.network.genesis && e.Height != 0 { // there also where the list lacks it
			return nil, malformed(codeCheckpoints, "checkpoints: %s stands at %d and at %d", e.Hash, at, e.Height)
		}
		if known {
			continue
		}
		e.Origin = origin
		height[e.Hash], hash[e.Height] = e.Height, e.Hash
		list = append(list, e)
	}
	return newCheckpoints(c.network, list, source), nil
}

func readCheckpoint(v jsonstrict.Value) (c Checkpoint, err error) {
	if err := v.Only("height", "hash"); err != nil {
		return c, err
	}
	height, err := v.Get("height").Uint64()
	if err != nil {
		return c, err
	}
	hash, err := v.Get("hash").Hex()
	if err != nil {
		return c, err
	}
	if height > maxHeight || len(hash) != len(c.Hash) {
		return c, malformed(codeCheckpoints, "checkpoints: %d %x is no height of a block with a hash of 32 bytes", height, hash)
	}
	slices.Reverse(hash) // from display order
	c.Height, c.Hash = uint32(height), Hash(hash)
	return c, nil
}
