package testvectors

//go:generate go run ./internal/genpdf

// PDF is what a signed document is judged with, beside the trust, and what its parts must
// give. Only names a check of a part as source/check, as in #signature-1/byte-range, and
// one of the document without a source.
type PDF struct {
	Password string `json:"password,omitempty"`
	// Nodes are all signatures and document time-stamps, in the order of the ends of
	// their ByteRanges, and behind them the attachments; a file that cannot be opened has
	// none.
	Nodes []PDFNode `json:"nodes"`
}

// PDFNode is the verdict that one part of a document must give.
type PDFNode struct {
	Source string `json:"source"` // #signature-1, #timestamp-1, #attachment-1
	Expectation
}
