package selftest

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/exhibit-dev/exhibit/attest"
	"github.com/exhibit-dev/exhibit/rfc3161"
	"github.com/exhibit-dev/exhibit/testvectors"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/trust/dir"
	"github.com/exhibit-dev/exhibit/verdict"
	"github.com/exhibit-dev/exhibit/verify"
)

// Judge runs one vector the way a file comes in: as an item beside its subject, with
// a trust directory that holds the vector's trust and nothing else.
func Judge(ctx context.Context, folder fs.FS, v *testvectors.Vector) (*verify.Report, error) {
	evidence, err := fs.ReadFile(folder, v.Evidence)
	if err != nil {
		return nil, err
	}
	opts := verify.Options{}
	if opts.Env, err = env(folder, v, evidence); err != nil {
		return nil, err
	}
	if v.PDF != nil {
		opts.PDFPassword = []byte(v.PDF.Password)
	}
	items := []verify.Item{verify.BytesItem(v.Evidence, evidence)}
	switch {
	case v.Digest != "":
		opts.Digests, err = digests(v.Digest)
	case v.Subject != "":
		items, err = withFile(items, folder, v.Subject, v.Subject)
		if err == nil {
			items[len(items)-1].Subject, items[len(items)-1].Opaque = true, true
		}
	}
	if err != nil {
		return nil, err
	}
	if v.Query != "" { // an expectation has the name of the evidence
		name := strings.TrimSuffix(v.Evidence, path.Ext(v.Evidence)) + ".tsq"
		if items, err = withFile(items, folder, v.Query, name); err != nil {
			return nil, err
		}
	}
	if v.OTS != nil {
		for _, name := range v.OTS.Beside {
			if items, err = withFile(items, folder, name, name); err != nil {
				return nil, err
			}
		}
	}
	return verify.Items(ctx, items, opts)
}

func withFile(items []verify.Item, folder fs.FS, file, name string) ([]verify.Item, error) {
	b, err := fs.ReadFile(folder, file)
	return append(items, verify.BytesItem(name, b)), err
}

func env(folder fs.FS, v *testvectors.Vector, evidence []byte) (verify.Env, error) {
	policy, err := trust.ParsePolicy(v.Policy)
	if err != nil {
		return verify.Env{}, err
	}
	view, err := v.TrustFS(folder)
	if err != nil {
		return verify.Env{}, err
	}
	t, err := dir.Load(view, v.ID)
	if err != nil {
		return verify.Env{}, err
	}
	e := verify.Env{Env: t.Env(), Chain: t.Bitcoin}
	e.At, e.Policy = v.At, policy
	if v.OTS != nil {
		e.Confirmations = v.OTS.Confirmations
	}
	e.Existences, err = existences(folder, v, evidence)
	return e, err
}

// existences makes the proofs that the vector hands in.
func existences(folder fs.FS, v *testvectors.Vector, evidence []byte) (out []verdict.Existence, err error) {
	for _, x := range v.Existences {
		object, err := proven(folder, v, x.Over, evidence)
		if err != nil {
			return nil, err
		}
		out = append(out, verdict.Existence{
			Algorithm: "sha256", Digest: verdict.Sum("sha256", object),
			NotLaterThan: x.NotLaterThan, Policy: v.Policy, Source: "vector",
		})
	}
	return out, nil
}

// proven returns the bytes that a proof is over: the token inside a reply, the value
// inside a signature file, that file as it is, or the subject, which lifts nothing.
func proven(folder fs.FS, v *testvectors.Vector, over string, evidence []byte) ([]byte, error) {
	switch over {
	case "token":
		t, err := rfc3161.Parse(evidence)
		if err != nil {
			return nil, err
		}
		return t.Raw(), nil
	case "signature":
		form, _ := attest.FormOf(v.Evidence)
		a, err := attest.Parse(form, evidence)
		if err != nil {
			return nil, err
		}
		return a.SignatureValue(), nil
	case "evidence":
		return evidence, nil
	case "subject":
		return fs.ReadFile(folder, v.Subject)
	}
	return nil, fmt.Errorf("a proof over %q is not known", over)
}

func digests(s string) (map[string][]byte, error) {
	alg, text, ok := strings.Cut(s, ":")
	if !ok {
		return nil, errors.New("digest without an algorithm")
	}
	d, err := hex.DecodeString(text)
	return map[string][]byte{alg: d}, err
}
