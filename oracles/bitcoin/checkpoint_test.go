package bitcoin

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/btcsuite/btcd/blockchain"
	"github.com/btcsuite/btcd/wire/v2"

	"github.com/exhibit-dev/exhibit/bitcoin"
)

// theirCheckpoints writes those of btcd in the form that this project reads.
func theirCheckpoints(t testing.TB) []byte {
	t.Helper()
	type entry struct {
		Height int32  `json:"height"`
		Hash   string `json:"hash"`
	}
	var list []entry
	for _, c := range mainnet.Checkpoints {
		list = append(list, entry{c.Height, c.Hash.String()})
	}
	if len(list) != 35 {
		t.Fatalf("%d checkpoints", len(list))
	}
	b, err := json.Marshal(list)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// The checkpoints of btcd that fall on headers of the corpus are those headers, and the
// built-in list does not contradict any of them.
func TestCheckpoints(t *testing.T) {
	points, err := bitcoin.ParseCheckpoints(theirCheckpoints(t), nil, "btcd")
	if err != nil {
		t.Fatal(err)
	}
	if points.Len() != bitcoin.Builtin().Len()+len(mainnet.Checkpoints) {
		t.Errorf("%d checkpoints, %d before", points.Len(), bitcoin.Builtin().Len())
	}
	hashes := map[int32]string{}
	note := func(height int32, h *wire.BlockHeader) { hashes[height] = h.BlockHash().String() }
	var met []uint32
	for _, s := range readStretches(t) {
		for i, h := range s.list {
			note(int32(s.first)+int32(i), h)
		}
		run := scan(t, s.raw, bitcoin.ScanOptions{First: &s.first, Checkpoints: points})
		if len(run.Defects()) != 0 {
			t.Errorf("%s: %+v", s.name, run.Defects())
		}
		for _, height := range run.Summary().Stretches[0].Checkpoints {
			if _, ours := bitcoin.Builtin().At(height); !ours {
				met = append(met, height)
			}
		}
	}
	for height, h := range readBoundaries(t) {
		note(height, h)
	}
	fell := 0
	for _, c := range mainnet.Checkpoints {
		hash, ok := hashes[c.Height]
		if !ok {
			continue
		}
		if fell++; hash != c.Hash.String() {
			t.Errorf("block %d is %s, btcd says %s", c.Height, hash, c.Hash)
		}
	}
	if fell != 3 || !slices.Equal(met, []uint32{11111, 33333, 74000}) {
		t.Errorf("%d of them are in the corpus, Scan met %v", fell, met)
	}
}

// Where a list names another block, btcd refuses the header and Scan lists it.
func TestCheckpointOfAnother(t *testing.T) {
	s := readStretches(t)[0]
	const height = 11111
	wrong := s.list[height+1].BlockHash()
	c := chain{}
	for i, h := range s.list[:height+1] {
		c[int32(i)] = h
	}
	params := *mainnet.Params
	params.Checkpoints = slices.Clone(params.Checkpoints)
	params.Checkpoints[0].Hash = &wrong
	theirs := check(s.list[height], c, height, rules{&params}, true)

	list := fmt.Sprintf(`{"replace":true,"checkpoints":[{"height":%d,"hash":"%s"}]}`, height, wrong)
	points, err := bitcoin.ParseCheckpoints([]byte(list), nil, "wrong")
	if err != nil {
		t.Fatal(err)
	}
	run := scan(t, s.raw[:(height+1)*bitcoin.HeaderSize], bitcoin.ScanOptions{Checkpoints: points})
	if !is(theirs, blockchain.ErrBadCheckpoint) || !with(run, "btc.checkpoint")[height] {
		t.Errorf("btcd says %v, Scan %+v", theirs, run.Defects())
	}
}
