package main

import (
	"encoding/json"
	"slices"
)

// Networks as anchor packs name them.
const (
	mainnet = 0
	regtest = 1
)

const packMagic = "\x89EXHPK\r\n"

// Offsets of the parts of an anchor pack.
const (
	packVersion = 8
	packNetwork = 9
	packFirst   = 10
	packCount   = 14
	packPrev    = 18
	packHeaders = 50
)

// packed is an anchor pack of headers that follow one another.
func packed(network byte, first uint32, headers []header) []byte {
	b := join([]byte(packMagic), []byte{1, network}, le32(first), le32(uint32(len(headers))), headers[0].prev[:])
	for i := range headers {
		b = append(b, headers[i].compact()...)
	}
	end := headers[len(headers)-1].hash()
	return sealed(append(b, end[:]...))
}

// sealed adds the digest over all before it; resealed replaces it.
func sealed(b []byte) []byte   { return join(b, sha(b)) }
func resealed(b []byte) []byte { return sealed(b[:len(b)-32]) }

// checkpoint is one entry of checkpoints.json.
type checkpoint struct {
	Height int    `json:"height"`
	Hash   string `json:"hash"`
}

func at(headers []header, heights ...int) []checkpoint {
	list := []checkpoint{}
	for _, h := range heights {
		list = append(list, checkpoint{h, display(headers[h].hash())})
	}
	return list
}

// added is a checkpoints.json that adds to the built-in list.
func added(list []checkpoint) []byte { return indented(list) }

// replaced is one that stands instead of it; an empty network is Bitcoin itself.
func replaced(network string, list []checkpoint) []byte {
	return indented(struct {
		Replace     bool         `json:"replace"`
		Network     string       `json:"network,omitempty"`
		Checkpoints []checkpoint `json:"checkpoints"`
	}{true, network, slices.Clip(list)})
}

func indented(v any) []byte {
	b, err := json.MarshalIndent(v, "", "  ")
	must(err)
	return append(b, '\n')
}
