package testvectors

//go:generate go run ./internal/genots

// OTS is what a proof of OpenTimestamps is judged with, beside the trust.
type OTS struct {
	// Form says what the evidence is: detached, a file of its own; tree, a bare tree over
	// the vector's digest; or git-commit, an object of Git with the proof in its signature.
	Form string `json:"form"`
	// Confirmations is how many successors a block above the newest checkpoint needs;
	// with 0 its work proves nothing.
	Confirmations int      `json:"confirmations,omitempty"`
	Beside        []string `json:"beside,omitempty"` // files of the kind's folder that lie beside the evidence
	// Ignored are those files of Trust that have a defect: they must be reported, and
	// count as absent.
	Ignored []string `json:"ignored,omitempty"`
}
