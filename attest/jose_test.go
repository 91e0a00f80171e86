package attest_test

import (
	"encoding/base64"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/attest"
	"github.com/exhibit-dev/exhibit/internal/testvec"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/verdict"
)

type joseGroup struct {
	Comment         string
	Public, Private json.RawMessage
	Tests           []struct {
		TcID                 int
		Comment, Jws, Result string
	}
}

// The published JWS and JWK tests: every ES* test is right, every other algorithm is
// not judged, and what has no readable header is no JWS.
func TestWycheproofJOSE(t *testing.T) {
	folder := testvec.Corpus(t, "wycheproof")
	for _, f := range []struct {
		name                                    string
		valid, invalid, unsupported, headerless int
	}{
		{"json_web_signature", 4, 33, 345, 19},
		{"json_web_key", 0, 6, 20, 0},
	} {
		t.Run(f.name, func(t *testing.T) {
			valid, invalid, unsupported, headerless := 0, 0, 0, 0
			for _, g := range readGroups[joseGroup](t, filepath.Join(folder, f.name+"_test.json")) {
				env := trust.Env{At: at, Policy: trust.Issuance, Keys: joseKeys(t, g.Public)}
				for _, c := range g.Tests {
					r := judge(attest.JWS, []byte(c.Jws), verdict.Bytes(payloadOf(c.Jws)), env)
					switch alg := algOf(c.Jws); {
					case strings.HasPrefix(alg, "ES"):
						if r.Passed() != (c.Result == "valid") {
							t.Errorf("%d, %s %s: want %s, got %v", c.TcID, g.Comment, c.Comment, c.Result, r.Err())
						}
						if c.Result == "valid" {
							valid++
						} else {
							invalid++
						}
					case alg != "":
						unsupported++
						if r.Indication() != verdict.Indeterminate || r.Sub != verdict.Custom || r.Reason != "ecdsa.unsupported" {
							t.Errorf("%d, %s %s: want ecdsa.unsupported, got %v", c.TcID, g.Comment, c.Comment, r.Err())
						}
					default:
						headerless++
						if r.Indication() != verdict.Failed || r.Reason != "ecdsa.bad-encoding" {
							t.Errorf("%d, %s %s: want ecdsa.bad-encoding, got %v", c.TcID, g.Comment, c.Comment, r.Err())
						}
					}
				}
			}
			if valid != f.valid || invalid != f.invalid || unsupported != f.unsupported || headerless != f.headerless {
				t.Errorf("%d valid, %d invalid, %d of other algorithms, %d without a header; want %d, %d, %d, %d",
					valid, invalid, unsupported, headerless, f.valid, f.invalid, f.unsupported, f.headerless)
			}
		})
	}
}

// joseKeys takes the group's public keys the way --key does; a key that is refused
// counts as absent.
func joseKeys(t *testing.T, public json.RawMessage) (out []trust.Key) {
	t.Helper()
	var set struct{ Keys []json.RawMessage }
	if json.Unmarshal(public, &set) == nil && set.Keys == nil {
		set.Keys = []json.RawMessage{public}
	}
	for _, b := range set.Keys {
		if k, err := trust.ParseKey(b, "jwk"); err == nil {
			out = append(out, k)
		}
	}
	return out
}

// algOf reads the algorithm without any code of ours; "" when there is none.
func algOf(jws string) string {
	head, _, _ := strings.Cut(jws, ".")
	b, err := base64.RawURLEncoding.Strict().DecodeString(head)
	var h struct{ Alg string }
	if err != nil || json.Unmarshal(b, &h) != nil {
		return ""
	}
	return h.Alg
}

func payloadOf(jws string) []byte {
	if parts := strings.Split(jws, "."); len(parts) > 1 {
		b, _ := base64.RawURLEncoding.DecodeString(parts[1])
		return b
	}
	return nil
}
