package verify

import (
	"errors"
	"io"
	"runtime"

	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/verdict"
)

// ClaimExistence asks that each subject has a proven time.
const ClaimExistence = "existence"

// Options says how to judge. The zero value trusts nothing and has no time: its
// verdicts are INDETERMINATE.
type Options struct {
	// Formats are the kinds of evidence that are known; nil means All.
	Formats []Format
	// Env is time, policy, anchors, keys and proofs of existence.
	Env Env
	// Digests, by algorithm, stand for a subject that is not at hand. All evidence
	// that names no subject of its own is held against it.
	Digests map[string][]byte
	// PDFPassword opens encrypted documents.
	PDFPassword []byte
	// Claim is "" or ClaimExistence.
	Claim string
	// AllowUncovered keeps files without evidence from deciding the run.
	AllowUncovered bool
	// Jobs bounds the files that are worked on at a time; below 1 means one for
	// each processor.
	Jobs int
	// Progress, when not nil, is told how far the work is. Calls do not overlap.
	Progress func(Progress)
	// Stdin is what Paths reads for the argument "-".
	Stdin io.Reader
	// Subject is, for Paths, the file that all evidence speaks of that names no
	// subject of its own.
	Subject string

	limits *limits // tests only
}

// Progress is the state of the work.
type Progress struct {
	Done, Total int   // steps: a file to hash, a piece of evidence to judge
	Bytes       int64 // hashed so far
}

// prepared checks the options and fills in what was left out.
func (o Options) prepared() (Options, error) {
	if o.Claim != "" && o.Claim != ClaimExistence {
		return o, errors.New("unknown claim " + o.Claim)
	}
	if _, err := verdict.NewDigests(o.Digests); err != nil {
		return o, err
	}
	if o.Env.Policy == "" {
		o.Env.Policy = trust.ETSI // the strict one, as the verifiers read it
	}
	if _, err := trust.ParsePolicy(string(o.Env.Policy)); err != nil {
		return o, err
	}
	if o.Formats == nil {
		o.Formats = All()
	}
	if o.Jobs < 1 {
		o.Jobs = runtime.GOMAXPROCS(0)
	}
	if o.limits == nil {
		o.limits = &usualLimits
	}
	return o, nil
}
