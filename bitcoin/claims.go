package bitcoin

import (
	"encoding/hex"
	"encoding/json"
	"slices"

	"github.com/exhibit-dev/exhibit/verdict"
)

// Claims are what an attestation and the header at hand say. What of it is proven is for
// the verdict to say.
type Claims struct {
	Height      json.Number `json:"height,omitempty"` // left out where it is too long to be written
	Hash        string      `json:"hash,omitempty"`   // in display order
	MerkleRoot  string      `json:"merkle_root"`      // in the order of headers
	RootDisplay string      `json:"merkle_root_display"`
	BlockTime   string      `json:"block_time,omitempty"`
	MedianTime  string      `json:"median_time_past,omitempty"`
	Successors  *int        `json:"successors,omitempty"`
	Rung        Rung        `json:"rung"`
	WorkLog2    *float64    `json:"work_log2,omitempty"`
}

func (v *verifier) claims(rung Rung) Claims {
	display := slices.Clone(v.Root)
	slices.Reverse(display)
	height := v.HeightText
	if !isDecimal(height) {
		height = ""
	}
	c := Claims{
		Height: json.Number(height), MerkleRoot: hex.EncodeToString(v.Root), RootDisplay: hex.EncodeToString(display), Rung: rung,
	}
	if !v.found {
		return c
	}
	c.Hash, c.BlockTime = v.hash.String(), verdict.FormatTime(v.time)
	c.Successors, c.WorkLog2 = &v.successors, &v.workLog2
	if !v.median.IsZero() {
		c.MedianTime = verdict.FormatTime(v.median)
	}
	return c
}
