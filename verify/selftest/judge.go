package selftest

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

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
	all, err := fs.Sub(folder, "trust")
	if err != nil {
		return verify.Env{}, err
	}
	t, err := dir.Load(newOnly(all, v.Trust), v.ID)
	if err != nil {
		return verify.Env{}, err
	}
	e := t.Env()
	e.At, e.Policy = v.At, policy
	e.Existences, err = existences(v, evidence)
	return e, err
}

// existences makes the proofs that the vector hands in: over the token's own bytes.
func existences(v *testvectors.Vector, evidence []byte) ([]verdict.Existence, error) {
	if len(v.Existences) == 0 {
		return nil, nil
	}
	t, err := rfc3161.Parse(evidence)
	if err != nil {
		return nil, err
	}
	var out []verdict.Existence
	for _, x := range v.Existences {
		if x.Over != "token" {
			return nil, fmt.Errorf("a proof over %q is not known", x.Over)
		}
		out = append(out, verdict.Existence{
			Algorithm: "sha256", Digest: verdict.Sum("sha256", t.Raw()),
			NotLaterThan: x.NotLaterThan, Policy: v.Policy, Source: "vector",
		})
	}
	return out, nil
}

func digests(s string) (map[string][]byte, error) {
	alg, text, ok := strings.Cut(s, ":")
	if !ok {
		return nil, errors.New("digest without an algorithm")
	}
	d, err := hex.DecodeString(text)
	return map[string][]byte{alg: d}, err
}
