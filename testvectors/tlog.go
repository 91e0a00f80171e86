package testvectors

//go:generate go run ./internal/gentlog

// Tlog is what the evidence of a transparency log is judged with.
type Tlog struct {
	// Form says what the evidence is: a tlog-proof; a checkpoint alone; an entry, whose
	// checkpoint is the evidence and whose other parts stand here; or consistency, the
	// newer of two checkpoints.
	Form  string   `json:"form"`
	Older string   `json:"older,omitempty"` // file of the older checkpoint
	Index *uint64  `json:"index,omitempty"`
	Size  *uint64  `json:"size,omitempty"` // stated beside the checkpoint
	Root  string   `json:"root,omitempty"` // likewise, in hexadecimal
	Path  []string `json:"path,omitempty"` // likewise
}
