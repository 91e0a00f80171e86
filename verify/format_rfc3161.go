package verify

import (
	"context"
	"encoding/hex"
	"math/big"

	"github.com/exhibit-dev/exhibit/rfc3161"
	"github.com/exhibit-dev/exhibit/verdict"
)

// RFC3161 is the format of time-stamp tokens and replies.
func RFC3161() Format {
	return Format{
		Kind: "rfc3161", Code: "tsp", Proves: verdict.ProvesExistence,
		Extensions: []string{".tsr", ".tst"},
		Sniff:      rfc3161.Sniff,
		Open:       openToken,
		Unreadable: rfc3161.Unreadable,
		Requests:   &Requests{Extensions: []string{".tsq"}, Open: openTokenRequest},
	}
}

type token struct{ *rfc3161.Token }

func openToken(data []byte) (Evidence, error) {
	t, err := rfc3161.Parse(data)
	if err != nil {
		return nil, err
	}
	return token{t}, nil
}

// Commitments is the message imprint; an algorithm without a name here pairs with
// nothing.
func (t token) Commitments(Env) []Commitment {
	alg, digest := t.Imprint()
	if alg == "" {
		return nil
	}
	return []Commitment{{Algorithm: alg, Digest: digest}}
}

func (t token) Verify(_ context.Context, s verdict.Subject, env Env) verdict.Result {
	return t.Token.Verify(s, env.Env).Result
}

func (t token) Claims() any { return t.Token.Claims() }

type tokenRequest struct{ *rfc3161.Request }

func openTokenRequest(data []byte) (Request, error) {
	q, err := rfc3161.ParseRequest(data)
	if err != nil {
		return nil, err
	}
	return tokenRequest{q}, nil
}

func (q tokenRequest) Expect(e Evidence) Evidence {
	if t, ok := e.(token); ok {
		return token{t.Token.Expect(q.Request)}
	}
	return e
}

// requestClaims is what a request asks for, in the words of a token's claims.
type requestClaims struct {
	ImprintAlgorithm string `json:"imprint_algorithm,omitempty"`
	Imprint          string `json:"imprint"`
	Policy           string `json:"policy,omitempty"`
	Nonce            string `json:"nonce,omitempty"`
}

func (q tokenRequest) Claims() any {
	c := requestClaims{ImprintAlgorithm: q.Algorithm, Imprint: hex.EncodeToString(q.Imprint), Policy: q.Policy}
	if nonce, ok := q.Nonce(); ok {
		c.Nonce = decimal(nonce)
	}
	return c
}

// decimal writes a two's complement number as people write numbers.
func decimal(b []byte) string {
	n := new(big.Int).SetBytes(b)
	if len(b) > 0 && b[0]&0x80 != 0 {
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(b))))
	}
	return n.String()
}
