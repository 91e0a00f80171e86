package dir

import (
	"github.com/exhibit-dev/exhibit/bitcoin"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/trust/pki"
)

// Use says what a file of a trust directory is for. It is the name of its folder.
const (
	UseTSA           = "tsa"
	UseDocuments     = "documents"
	UseIntermediates = "intermediates"
	UseRevocation    = "revocation"
	UseSigners       = "signers"
	UseLogs          = "logs"
	UseBitcoin       = "bitcoin"
	UseAlgorithms    = "algorithms"
	Unused           = "unused"
)

// Trust is what was found in a trust directory. It is not changed after Load and
// may be shared; streamed CRLs and headers are read from their files for as long as it
// is in use.
type Trust struct {
	Name string // as given, for reports
	// Files holds every file that was taken, sorted by name.
	Files []File
	// SHA256 identifies the whole input: it is the digest of what sha256sum
	// prints for the files taken, in byte order of their names.
	SHA256 string
	// Errors holds the files that were left out and why.
	Errors []FileError
	// Unused holds files that were passed over on purpose and not opened.
	Unused []File
	// Duplicates holds what was given twice for one use; it is kept once.
	Duplicates []Duplicate

	TSA, Documents []pki.Anchor
	Intermediates  []*pki.Certificate
	CRLs           []*pki.CRL
	OCSP           []*pki.OCSPResponse
	Keys           []trust.Key
	Logs           trust.Logs
	Algorithms     *trust.Algorithms // nil when there is no algorithms.json
	// Bitcoin holds the checkpoints, the built-in ones unless the directory says
	// otherwise, and Headers.
	Bitcoin *bitcoin.Chain
	Headers []*bitcoin.Run

	origins map[*pki.Certificate]string
}

// File is a file of the directory. A name with a slash at the end is a folder that
// was passed over.
type File struct {
	Name   string `json:"name"`             // relative, with slashes
	SHA256 string `json:"sha256,omitempty"` // lower-case hex; empty for an unused file
	Use    string `json:"use"`
}

// FileError says why a file was left out.
type FileError struct {
	Path    string `json:"path"`
	Message string `json:"message"`
	// Note is set when the file is not damaged but in a place or of a kind that
	// the directory has no use for. The message then begins with "not used: ".
	Note bool `json:"-"`
}

func (e FileError) Error() string { return e.Path + ": " + e.Message }

// Duplicate is a certificate or a revocation list that another file gives already.
type Duplicate struct {
	Origin, First string // of the one left out, of the one kept
	Use           string
}

// Empty returns a Trust that holds nothing but the built-in Bitcoin checkpoints: what
// applies when no directory is given.
func Empty() *Trust { return &Trust{Bitcoin: bitcoin.NewChain(bitcoin.Builtin())} }

// Env returns the material with a fresh cache. Time and policy are for the caller
// to set; as long as they are not, nothing can pass.
func (t *Trust) Env() pki.Env {
	return pki.Env{
		Env:           trust.Env{Algorithms: t.Algorithms, Keys: t.Keys, Logs: t.Logs},
		TSA:           t.TSA,
		Documents:     t.Documents,
		Intermediates: t.Intermediates,
		CRLs:          t.CRLs,
		OCSP:          t.OCSP,
		Cache:         pki.NewCache(),
	}
}

// Origin returns the file that an intermediate certificate came from, with "#2" for
// the second certificate of a file; empty for a certificate that t does not hold.
func (t *Trust) Origin(c *pki.Certificate) string { return t.origins[c] }
