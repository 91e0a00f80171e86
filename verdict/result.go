package verdict

import (
	"encoding/json"
	"time"
)

// Covers says which bytes a proof speaks of.
type Covers struct {
	Kind      string `json:"kind"`            // file, digest, pdf-revision, attachment, signature-value, evidence
	Range     string `json:"range,omitempty"` // where it is less than the whole
	SHA256    string `json:"sha256,omitempty"`
	Algorithm string `json:"algorithm,omitempty"` // of Digest, when the proof does not commit by SHA-256
	Digest    string `json:"digest,omitempty"`
}

// TimeBasis says where a proven time comes from.
type TimeBasis struct {
	Source   string `json:"source,omitempty"`
	Accuracy string `json:"accuracy,omitempty"`
	Basis    string `json:"basis,omitempty"`
}

// Trust names the trust input that decided.
type Trust struct {
	Anchor string `json:"anchor,omitempty"` // subject name, key id or block
	SHA256 string `json:"sha256,omitempty"` // of the trusted certificate, key or file
	Origin string `json:"origin,omitempty"` // the file it was read from, or builtin:<source>
}

// What a passed result proves.
const (
	ProvesExistence = "existence" // the covered bytes existed at ExistedNotLaterThan
	ProvesSignature = "signature" // a key signed the covered bytes
)

// Result is one node of the answer: a piece of evidence, its checks and its
// children. The verdict itself cannot be set from outside the package: it comes
// from Procedure.Finish or Join alone.
type Result struct {
	Kind   string // rfc3161, ecdsa, merkle, …
	Source string // path of the evidence, relative to the argument
	Sub    SubIndication
	Reason string
	Proves []string // what it would prove, ProvesExistence or ProvesSignature
	Covers *Covers
	// ExistedNotLaterThan is the proven time, zero unless the verdict is PASSED.
	ExistedNotLaterThan time.Time
	Time                *TimeBasis
	Claims              any // what the evidence says of itself; encoded as JSON
	Trust               *Trust
	Warnings            []Warning
	NotChecked          []Unchecked
	Children            []Result

	indication Indication
	join       JoinMode
	checks     []Check
}

// Indication returns the verdict of the node.
func (r *Result) Indication() Indication { return r.indication }

// Passed reports whether every owed check ran and passed.
func (r *Result) Passed() bool { return r.indication == Passed }

// Checks returns the checks in their fixed order. The slice is a copy.
func (r *Result) Checks() []Check { return append([]Check(nil), r.checks...) }

// Check returns the named check; ok is false when the node does not owe it.
func (r *Result) Check(name string) (c Check, ok bool) {
	for i := range r.checks {
		if r.checks[i].Name == name {
			return r.checks[i], true
		}
	}
	return Check{}, false
}

// Err returns nil only for PASSED; otherwise an *Error with the decisive
// sub-indication and reason.
func (r *Result) Err() error {
	if r.Passed() {
		return nil
	}
	e := &Error{Indication: r.indication, Sub: r.Sub, Reason: r.Reason}
	for i := range r.checks {
		if c := &r.checks[i]; c.Reason == r.Reason && c.Sub == r.Sub && c.State != CheckPassed {
			e.Detail = c.Detail
			break
		}
	}
	return e
}

// Error is the verdict of a node that did not pass, for callers that want an error.
type Error struct {
	Indication Indication
	Sub        SubIndication
	Reason     string
	Detail     string
}

func (e *Error) Error() string {
	s := e.Indication.String() + " " + string(e.Sub)
	if e.Reason != "" {
		s += " (" + e.Reason + ")"
	}
	if e.Detail != "" {
		s += ": " + e.Detail
	}
	return s
}

// node is the JSON form, NODE of exhibit.report/v1.
type node struct {
	Kind       string        `json:"kind"`
	Source     string        `json:"source,omitempty"`
	Verdict    Indication    `json:"verdict"`
	Sub        SubIndication `json:"sub_indication,omitempty"`
	Reason     string        `json:"reason,omitempty"`
	Proves     []string      `json:"proves,omitempty"`
	Covers     *Covers       `json:"covers,omitempty"`
	Existed    *string       `json:"existed_not_later_than"`
	Time       *TimeBasis    `json:"time,omitempty"`
	Claims     any           `json:"claims,omitempty"`
	Trust      *Trust        `json:"trust,omitempty"`
	Join       string        `json:"join,omitempty"`
	Warnings   []Warning     `json:"warnings,omitempty"`
	NotChecked []Unchecked   `json:"not_checked,omitempty"`
	Checks     []Check       `json:"checks,omitempty"`
	Children   []Result      `json:"children,omitempty"`
}

// MarshalJSON writes NODE of exhibit.report/v1. The time is always there, null
// when nothing is proven.
func (r Result) MarshalJSON() ([]byte, error) {
	n := node{
		Kind: r.Kind, Source: r.Source, Verdict: r.indication, Sub: r.Sub, Reason: r.Reason,
		Proves: r.Proves, Covers: r.Covers, Time: r.Time, Claims: r.Claims, Trust: r.Trust,
		Join: r.join.String(), Warnings: r.Warnings, NotChecked: r.NotChecked,
		Checks: r.checks, Children: r.Children,
	}
	if r.Passed() && !r.ExistedNotLaterThan.IsZero() {
		s := FormatTime(r.ExistedNotLaterThan)
		n.Existed = &s
	}
	return json.Marshal(n)
}

// FormatTime writes t as RFC 3339 in UTC, with a fraction only where there is one.
func FormatTime(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }

// CeilSecond rounds t up to the whole second: "not later than" must not become
// earlier by rounding.
func CeilSecond(t time.Time) time.Time {
	if s := t.Truncate(time.Second); !s.Equal(t) {
		return s.Add(time.Second)
	}
	return t
}
