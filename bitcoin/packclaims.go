package bitcoin

// PackClaims is what an anchor pack says of itself. Whether its end is a checkpoint is
// for a list of checkpoints to say.
type PackClaims struct {
	Network string `json:"network"`
	First   uint32 `json:"first_height"`
	Last    uint32 `json:"last_height"`
	Count   int    `json:"count"`
	End     string `json:"end_hash"` // of the last header, in display order
	SHA256  string `json:"sha256"`   // of the file
}

// Claims returns what the pack says of itself.
func (p *Pack) Claims() PackClaims {
	return PackClaims{p.network.Name(), p.First(), p.Last(), len(p.raw) / HeaderSize, p.end.String(), p.sha256}
}
