package main

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/exhibit-dev/exhibit/pdf"
	"github.com/exhibit-dev/exhibit/trust/pki"
)

// signatureView is a signature or document time-stamp of a document, as it describes
// itself. What a verification finds, be it only that a digest fits, has no place in it.
type signatureView struct {
	Source string           `json:"source"`
	Kind   string           `json:"kind"`
	Claims signatureClaims  `json:"claims"`
	Stamps []timestampClaim `json:"timestamps,omitempty"` // its own, or those in its attributes
	End    int64            `json:"-"`                    // of the ByteRange, -1 if that is none
}

// signatureClaims are those of the report's nodes that are known without verifying.
type signatureClaims struct {
	Field        string        `json:"field,omitempty"`
	Fields       []string      `json:"fields,omitempty"`
	SubFilter    string        `json:"sub_filter,omitempty"`
	Filter       string        `json:"filter,omitempty"`
	ByteRange    []int64       `json:"byte_range,omitempty"`
	Revision     int           `json:"revision"`
	WholeFile    bool          `json:"whole_file"`
	Level        string        `json:"pades_level,omitempty"`
	DocMDP       int           `json:"docmdp,omitempty"`
	ClaimedTime  string        `json:"claimed_time,omitempty"`
	SigningTime  string        `json:"signing_time_attribute,omitempty"`
	Reason       string        `json:"reason,omitempty"`
	Location     string        `json:"location,omitempty"`
	Name         string        `json:"name,omitempty"`
	Contact      string        `json:"contact,omitempty"`
	Application  string        `json:"application,omitempty"`
	VRI          string        `json:"vri,omitempty"`
	LaterChanges string        `json:"later_changes,omitempty"`
	Signer       *signerClaims `json:"signer,omitempty"`
}

type signerClaims struct {
	Subject string `json:"subject"`
	Issuer  string `json:"issuer"`
	Serial  string `json:"serial"`
	SHA256  string `json:"sha256"`
}

// timestampClaim is what a time-stamp token says of itself.
type timestampClaim struct {
	GenTime string        `json:"gen_time,omitempty"`
	Policy  string        `json:"policy,omitempty"`
	Serial  string        `json:"serial,omitempty"`
	Signer  *signerClaims `json:"signer,omitempty"`
}

// selfPortrait is what the parts of a document claim.
type selfPortrait struct {
	signatures []signatureView
	attachment map[string][]string // by number: the signatures and time-stamps that speak of it
}

// portray reads what the signatures of a document claim. They are judged for it with
// nothing to believe in and at no time, and the verdicts are dropped.
func portray(ctx context.Context, d *document) selfPortrait {
	p := selfPortrait{attachment: map[string][]string{}}
	r := d.Verify(ctx, pki.Env{})
	for i := range r.Children {
		c := &r.Children[i]
		switch c.Kind {
		case pdf.KindSignature, pdf.KindTimestamp:
			v := signatureView{Source: c.Source, Kind: c.Kind}
			reread(c.Claims, &v.Claims)
			v.End = rangeEnd(v.Claims.ByteRange, d.size)
			for j := range c.Children {
				if t := &c.Children[j]; t.Kind == "rfc3161" {
					var s timestampClaim
					reread(t.Claims, &s)
					v.Stamps = append(v.Stamps, s)
				}
			}
			p.signatures = append(p.signatures, v)
		case pdf.KindAttachment:
			var claims struct {
				CoveredBy []string `json:"covered_by"`
			}
			reread(c.Claims, &claims)
			p.attachment[strings.TrimPrefix(c.Source, "#attachment-")] = claims.CoveredBy
		}
	}
	return p
}

// reread takes over those members of claims that the target knows.
func reread(claims, into any) {
	if b, err := json.Marshal(claims); err == nil {
		_ = json.Unmarshal(b, into) // members of another type stay empty
	}
}

// rangeEnd returns where a ByteRange of one gap ends, -1 for what is none or does not lie
// in the file.
func rangeEnd(r []int64, size int64) int64 {
	if len(r) != 4 || r[0] != 0 || r[1] < 0 || r[2] < r[1] || r[3] < 0 || r[2] > size || r[3] > size-r[2] {
		return -1
	}
	return r[2] + r[3]
}

// reach says how far the ByteRange of a signature reaches, in whole revisions.
type reach struct {
	source   string
	revision int
}

type reaches []reach

// reachesIn returns the signatures whose ByteRange ends where a revision does.
func reachesIn(list []signatureView, revisions []pdf.RevisionField) (out reaches) {
	for _, s := range list {
		for _, r := range revisions {
			if r.End == s.End {
				out = append(out, reach{s.Source, r.N})
			}
		}
	}
	return out
}

// revision returns those that reach over a revision.
func (list reaches) revision(n int) (sources []string) {
	for _, r := range list {
		if n <= r.revision {
			sources = append(sources, r.source)
		}
	}
	return sources
}

// naming returns those that reach over a file that the document named when they were made.
func (list reaches) naming(e *pdf.EmbeddedFile) (sources []string) {
	for _, r := range list {
		if e.Revision >= 0 && e.Revision <= r.revision && e.InRevision(r.revision) {
			sources = append(sources, r.source)
		}
	}
	return sources
}
