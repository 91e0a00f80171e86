package report

import (
	"github.com/exhibit-dev/exhibit/verdict"
	"github.com/exhibit-dev/exhibit/verify"
)

// SchemaName names the form of Document.
const SchemaName = "exhibit.report/v1"

// Context is what the caller knows beside the verdicts.
type Context struct {
	Tool       Tool
	TimeSource string // clock or operator
	Network    string // off or on; empty is off
	Trust      TrustInput
}

// The sources of the time of validation.
const (
	FromClock    = "clock"
	FromOperator = "operator"
)

// TrustInput describes what was trusted.
type TrustInput struct {
	Dir    string      `json:"dir,omitempty"`
	Source string      `json:"source"` // flag, env or none
	SHA256 string      `json:"sha256,omitempty"`
	Files  []TrustFile `json:"files,omitempty"`
	// Errors are the files that were left out; they join the report's errors.
	Errors []verify.Problem `json:"-"`
}

// TrustFile is one file of the trust input.
type TrustFile struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
	Use    string `json:"use"`
}

// Document is exhibit.report/v1.
type Document struct {
	Schema           string                `json:"schema"`
	Tool             Tool                  `json:"tool"`
	ValidationTime   *string               `json:"validation_time"`
	ValidationSource string                `json:"validation_time_source"`
	Policy           string                `json:"policy"`
	Network          string                `json:"network"`
	Trust            TrustInput            `json:"trust"`
	Verdict          verify.Verdict        `json:"verdict"`
	Sub              verdict.SubIndication `json:"sub_indication,omitempty"`
	Reason           string                `json:"reason,omitempty"`
	OtherPolicy      otherPolicy           `json:"other_policy"`
	Results          []result              `json:"results"`
	Errors           []problem             `json:"errors,omitempty"`

	source *verify.Report
}

type otherPolicy struct {
	Name    string                `json:"name"`
	Verdict verify.Verdict        `json:"verdict"`
	Sub     verdict.SubIndication `json:"sub_indication,omitempty"`
	Reason  string                `json:"reason,omitempty"`
}

type problem struct {
	Path    string `json:"path"`
	Message string `json:"message"`
}

type result struct {
	Subject    subject               `json:"subject"`
	Verdict    verify.Verdict        `json:"verdict"`
	Sub        verdict.SubIndication `json:"sub_indication,omitempty"`
	Reason     string                `json:"reason,omitempty"`
	Proves     []string              `json:"proves,omitempty"`
	Existed    *string               `json:"existed_not_later_than"`
	NotChecked []verdict.Unchecked   `json:"not_checked,omitempty"`
	Evidence   []verdict.Result      `json:"evidence,omitempty"`
}

type subject struct {
	Path    string   `json:"path,omitempty"`
	Size    *int64   `json:"size,omitempty"`
	SHA256  string   `json:"sha256,omitempty"`
	Digest  string   `json:"digest,omitempty"`
	Digests []string `json:"digests,omitempty"` // where there are several
}

// New brings the report of a run into its form for readers.
func New(r *verify.Report, c Context) *Document {
	d := &Document{
		Schema: SchemaName, Tool: c.Tool, ValidationSource: c.TimeSource, Policy: string(r.Policy),
		Network: c.Network, Trust: c.Trust, Verdict: r.Verdict, Sub: r.Sub, Reason: r.Reason,
		OtherPolicy: otherPolicy{string(r.Other.Name), r.Other.Verdict, r.Other.Sub, r.Other.Reason},
		Results:     make([]result, len(r.Results)), source: r,
	}
	if d.Network == "" {
		d.Network = "off"
	}
	if !r.At.IsZero() {
		t := verdict.FormatTime(r.At)
		d.ValidationTime = &t
	}
	for i := range r.Results {
		d.Results[i] = newResult(&r.Results[i])
	}
	for _, p := range r.Errors {
		d.Errors = append(d.Errors, problem{valid(p.Path), valid(p.Message)})
	}
	for _, p := range c.Trust.Errors {
		d.Errors = append(d.Errors, problem{valid(p.Path), valid(p.Message)})
	}
	return d
}

func newResult(r *verify.Result) result {
	out := result{
		Subject: newSubject(&r.Subject), Verdict: r.Verdict, Sub: r.Sub, Reason: r.Reason,
		Proves: r.Proves, NotChecked: r.NotChecked, Evidence: validSources(r.Evidence),
	}
	if r.Verdict == verify.TotalPassed && !r.ExistedNotLaterThan.IsZero() {
		t := verdict.FormatTime(r.ExistedNotLaterThan)
		out.Existed = &t
	}
	return out
}

func newSubject(s *verify.Subject) subject {
	if s.Path == "" {
		out := subject{Digests: s.Digests}
		if len(s.Digests) == 1 {
			out = subject{Digest: s.Digests[0]}
		} else if len(s.Digests) > 1 {
			out.Digest = s.Digests[0]
		}
		return out
	}
	out := subject{Path: valid(s.Path), SHA256: s.SHA256}
	if s.Size >= 0 {
		out.Size = &s.Size
	}
	return out
}

// validSources gives the nodes names that JSON can carry without loss.
func validSources(nodes []verdict.Result) []verdict.Result {
	out := append([]verdict.Result(nil), nodes...)
	for i := range out {
		out[i].Source = valid(out[i].Source)
		out[i].Children = validSources(out[i].Children)
	}
	return out
}
