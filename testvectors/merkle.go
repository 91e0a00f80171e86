package testvectors

import "time"

//go:generate go run ./internal/genmerkle

// Merkle is what the proof of a Merkle tree is judged with.
type Merkle struct {
	// Form says which reader takes the evidence: exhibit.merkle/v1, rfc6962,
	// consistency or merkleblock.
	Form       string `json:"form"`
	Convention string `json:"convention,omitempty"` // named by the caller
	Leaf       string `json:"leaf,omitempty"`       // a leaf hash in hexadecimal, instead of a subject
	// SubjectSize is the length of the data of which only a digest is given.
	SubjectSize *int64         `json:"subject_size,omitempty"`
	Anchors     []MerkleAnchor `json:"anchors"`
}

// MerkleAnchor is a root that something vouches for, in the order of its computation.
type MerkleAnchor struct {
	Root         string    `json:"root"`
	Size         uint64    `json:"size,omitempty"`
	Depth        int       `json:"depth,omitempty"`
	NotLaterThan time.Time `json:"not_later_than"`
}
