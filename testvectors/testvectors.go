// Package testvectors holds the canonical vectors: evidence, good and bad, with the
// verdict that each must give and how it was made. They are embedded, so that a
// program carries its own proof of what it refuses.
//
// The vectors are made by the generators in internal/, which import no verifier.
package testvectors

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"time"
)

//go:generate go run ./internal/gen
//go:generate go run ./internal/genecdsa

//go:embed rfc3161 merkle ecdsa tlog ots pdf
var files embed.FS

// Vector is one case.
type Vector struct {
	ID       string    `json:"id"`
	Comment  string    `json:"comment"`
	Evidence string    `json:"evidence"`         // file of the kind's folder
	Subject  string    `json:"subject"`          // file of the kind's folder, "" when the data is not at hand
	Digest   string    `json:"digest,omitempty"` // algorithm:hex, instead of a subject
	Query    string    `json:"query,omitempty"`  // the request that the evidence must answer
	Trust    []string  `json:"trust"`            // files of the folder trust/, given alone
	At       time.Time `json:"at"`
	Policy   string    `json:"policy"`
	// Existences are proofs over the evidence's own bytes that are handed in.
	Existences []Existence `json:"existences,omitempty"`
	Expect     Expectation `json:"expect"`
	// Only names the one owed check that refuses the evidence; "" when it passes or
	// when several refuse. A check of the block that a proof ends in is named bitcoin/….
	Only     string   `json:"only"`
	Warnings []string `json:"warnings,omitempty"` // codes that must be there
	// OpenSSL is what `openssl ts -verify` says at genTime with the same anchors:
	// accept, refuse, or "" where it cannot be compared.
	OpenSSL string `json:"openssl"`
	// Uncommitted lists byte ranges [from, to) of the evidence that no signature and no
	// block commits to.
	Uncommitted [][2]int `json:"uncommitted,omitempty"`
	Origin      string   `json:"origin"`
	Merkle      *Merkle  `json:"merkle,omitempty"` // only for proofs of Merkle trees
	Tlog        *Tlog    `json:"tlog,omitempty"`   // only for transparency logs
	OTS         *OTS     `json:"ots,omitempty"`    // only for proofs of OpenTimestamps
	PDF         *PDF     `json:"pdf,omitempty"`    // only for signed documents
}

// Existence is a proof handed in with a vector.
type Existence struct {
	Over         string    `json:"over"` // token
	NotLaterThan time.Time `json:"not_later_than"`
}

// Expectation is the verdict that a vector must give.
type Expectation struct {
	Verdict       string `json:"verdict"`
	SubIndication string `json:"sub_indication,omitempty"`
	Reason        string `json:"reason,omitempty"`
	Existed       string `json:"existed_not_later_than,omitempty"`
}

// Load returns the vectors of a kind and the folder that holds their files. Unknown
// members, a vector without an id, an id twice and a file that is not there are
// errors: a vector must not vanish silently.
func Load(kind string) ([]Vector, fs.FS, error) {
	folder, err := fs.Sub(files, kind)
	if err != nil {
		return nil, nil, err
	}
	b, err := fs.ReadFile(folder, "vectors.json")
	if err != nil {
		return nil, nil, fmt.Errorf("vectors of kind %q: %w", kind, err)
	}
	var list struct {
		Kind    string   `json:"kind"`
		Vectors []Vector `json:"vectors"`
	}
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&list); err != nil {
		return nil, nil, fmt.Errorf("vectors of kind %q: %w", kind, err)
	}
	if dec.More() {
		return nil, nil, fmt.Errorf("vectors of kind %q: more than one JSON value", kind)
	}
	seen := make(map[string]bool)
	for _, v := range list.Vectors {
		if v.ID == "" || seen[v.ID] {
			return nil, nil, fmt.Errorf("vectors of kind %q: id %q is missing or stands twice", kind, v.ID)
		}
		seen[v.ID] = true
		if err := v.check(folder); err != nil {
			return nil, nil, fmt.Errorf("vector %s: %w", v.ID, err)
		}
	}
	return list.Vectors, folder, nil
}

func (v *Vector) check(folder fs.FS) error {
	names := []string{v.Evidence}
	for _, name := range []string{v.Subject, v.Query} {
		if name != "" {
			names = append(names, name)
		}
	}
	if v.Tlog != nil && v.Tlog.Older != "" {
		names = append(names, v.Tlog.Older)
	}
	if v.OTS != nil {
		names = append(names, v.OTS.Beside...)
	}
	for _, t := range v.Trust {
		names = append(names, path.Join("trust", t))
	}
	for _, name := range names {
		if _, err := fs.Stat(folder, name); err != nil {
			return err
		}
	}
	return nil
}
