package verify

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/verdict"
)

// The fake formats read one line: a magic word, the digest of the subject, and how
// the evidence behaves.
const (
	behavesWell  = "ok"
	behavesBad   = "bad"   // FAILED whatever the subject
	behavesOpen  = "open"  // INDETERMINATE whatever the subject
	behavesPOE   = "poe"   // needs a proof over its own bytes
	behavesETSI  = "etsi"  // passes under issuance only
	behavesPanic = "panic" // when it is judged
	behavesPart  = "part"  // speaks of a part of its subject only
)

var fakeTime = time.Date(2025, 3, 1, 12, 0, 0, 0, time.UTC)

// otsMagic begins the files of a kind that the fakes only recognise.
var otsMagic = []byte("\x00OpenTimestamps")

func looksLikeOTS(head []byte) bool { return bytes.HasPrefix(head, otsMagic) }

func fakeFormats() []Format {
	fk := fakeFormat("fake", verdict.ProvesExistence, ".fk", ".fake.json")
	fk.Requests = &Requests{Extensions: []string{".fq"}, Open: openFakeRequest}
	sig := fakeFormat("fakesig", verdict.ProvesSignature, ".fsig")
	return []Format{
		fk, sig,
		unjudged("ots", "ots", verdict.ProvesExistence, looksLikeOTS, ".ots"),
		unjudged("ecdsa", "ecdsa", verdict.ProvesSignature, nil, ".sig"),
		unjudged("cms", "run", verdict.ProvesSignature, looksLikeCMS, ".p7s"),
	}
}

func fakeFormat(kind, proves string, ext ...string) Format {
	return Format{
		Kind: kind, Code: kind, Proves: proves, Extensions: ext,
		Sniff: func(head []byte) bool { return bytes.HasPrefix(head, []byte(kind+" ")) },
		Open: func(data []byte) (Evidence, error) {
			f := strings.Fields(string(data))
			if len(f) < 3 || f[0] != kind {
				return nil, errors.New("no " + kind)
			}
			if f[2] == "open-panic" {
				panic("while parsing")
			}
			alg, text, _ := strings.Cut(f[1], ":")
			d, err := hex.DecodeString(text)
			return &fakeEvidence{kind: kind, proves: proves, c: Commitment{Algorithm: alg, Digest: d}, how: f[2], data: data}, err
		},
	}
}

type fakeEvidence struct {
	kind, proves, how, expected string
	c                           Commitment
	data                        []byte
}

func (e *fakeEvidence) Commitments(Env) []Commitment { return []Commitment{e.c} }
func (e *fakeEvidence) Claims() any                  { return map[string]string{"how": e.how} }

func (e *fakeEvidence) Verify(_ context.Context, s verdict.Subject, env Env) verdict.Result {
	p := verdict.Begin(e.kind, "subject", "digest", "behaviour", "expectation")
	if d, err := s.Digest(e.c.Algorithm, nil); err != nil {
		p.Refuse("subject", verdict.SignedDataNotFound, e.kind+".subject-missing", "", "")
	} else {
		p.Pass("subject", "", "")
		if bytes.Equal(d, e.c.Digest) {
			p.Pass("digest", "", "")
		} else {
			p.Refuse("digest", verdict.HashFailure, e.kind+".mismatch", "", "")
		}
	}
	e.behave(p, &env)
	if e.expected == "" || e.expected == e.how {
		p.Pass("expectation", "", "")
	} else {
		p.Refuse("expectation", verdict.SigConstraintsFailure, e.kind+".nonce", "", "")
	}
	r := p.Finish()
	r.Proves = []string{e.proves}
	r.Covers = &verdict.Covers{Kind: "file"}
	if e.how == behavesPart {
		r.Covers.Range = "0-10"
	}
	if r.Passed() && e.proves == verdict.ProvesExistence {
		r.ExistedNotLaterThan = fakeTime.Add(time.Duration(len(e.data)) * time.Second)
	}
	return r
}

func (e *fakeEvidence) behave(p *verdict.Procedure, env *Env) {
	switch {
	case e.how == behavesPanic:
		panic("while judging")
	case e.how == behavesBad:
		p.Refuse("behaviour", verdict.SigCryptoFailure, e.kind+".signature", "", "")
	case e.how == behavesOpen, e.how == behavesETSI && env.Policy == trust.ETSI:
		p.Refuse("behaviour", verdict.NoCertificateChainFound, e.kind+".chain", "", "")
	case e.how == behavesPOE && env.Existence(e.data) == nil:
		p.Refuse("behaviour", verdict.OutOfBoundsNoPOE, e.kind+".expired", "", "")
	default:
		p.Pass("behaviour", "", "")
	}
}

type fakeRequest string

func openFakeRequest(data []byte) (Request, error) {
	word, ok := strings.CutPrefix(string(data), "expect ")
	if !ok {
		return nil, errors.New("no request")
	}
	return fakeRequest(word), nil
}

func (q fakeRequest) Expect(e Evidence) Evidence {
	c := *e.(*fakeEvidence)
	c.expected = string(q)
	return &c
}

func (q fakeRequest) Claims() any { return map[string]string{"expect": string(q)} }

// over writes fake evidence over a subject's content.
func over(content, how string) string { return evidenceOf("fake", "sha256", content, how) }

// signed writes a fake signature over a subject's content.
func signed(content, how string) string { return evidenceOf("fakesig", "sha256", content, how) }

func evidenceOf(kind, alg, content, how string) string {
	return fmt.Sprintf("%s %s:%x %s", kind, alg, verdict.Sum(alg, []byte(content)), how)
}

// files makes items out of pairs of path and content.
func files(pairs ...string) []Item {
	var out []Item
	for i := 0; i < len(pairs); i += 2 {
		out = append(out, BytesItem(pairs[i], []byte(pairs[i+1])))
	}
	return out
}

// outline writes a report in one line a result: subject, verdict, codes, and in
// brackets each piece of evidence with its verdict and warnings.
func outline(r *Report) []string {
	var out []string
	for i := range r.Results {
		res := &r.Results[i]
		name := res.Subject.Path
		if name == "" {
			name, _, _ = strings.Cut(res.Subject.Digests[0], ":")
			if res.Subject.Given {
				name = "given " + name
			}
		}
		line := join2(name, res.Verdict.String(), string(res.Sub), res.Reason)
		for j := range res.Evidence {
			n := &res.Evidence[j]
			line += " [" + n.Source + " " + n.Indication().String()
			for _, w := range n.Warnings {
				line += " !" + w.Code
			}
			line += "]"
		}
		out = append(out, line)
	}
	return out
}

func join2(parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, " ")
}
