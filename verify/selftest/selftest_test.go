package selftest

import (
	"context"
	"testing"

	"github.com/exhibit-dev/exhibit/testvectors"
)

func TestEveryVector(t *testing.T) {
	r, err := Run(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []Kind{{Name: "rfc3161", Total: 447}, {Name: "ecdsa", Total: 261}, {Name: "merkle", Total: 222}, {Name: "tlog", Total: 205}, {Name: "ots", Total: 241}} { // so that vectors cannot vanish
		if k := r.Kinds[i]; k.Name != want.Name || k.Total != want.Total {
			t.Errorf("%d vectors of kind %s, want %d of %s", k.Total, k.Name, want.Total, want.Name)
		}
	}
	if len(r.Kinds) != len(Kinds()) || len(r.Cases) != r.Total {
		t.Errorf("%d kinds, %d cases of %d", len(r.Kinds), len(r.Cases), r.Total)
	}
	for _, c := range r.Cases {
		if !c.OK {
			t.Errorf("%s (%s):\n got  %s\n want %s", c.ID, c.Comment, c.Got, c.Expected)
		}
	}
}

// A vector that is judged directly is no less held to its answer.
func TestDirectVectorsAreCompared(t *testing.T) {
	for kind, id := range map[string]string{"merkle": "good-rfc6962-sha256", "tlog": "checkpoint"} {
		list, folder, err := testvectors.Load(kind)
		if err != nil {
			t.Fatal(err)
		}
		for i := range list {
			if v := &list[i]; v.ID == id {
				if _, ok, err := direct(folder, v); !ok || err != nil {
					t.Fatalf("%s: %v, %v", id, ok, err)
				}
				v.Trust = nil
				if v.Merkle != nil {
					v.Merkle.Anchors = nil
				}
				if got, err := judge(context.Background(), folder, v); err != nil || got == expected(v) || got == "" {
					t.Errorf("%s without trust: %q, %v", id, got, err)
				}
			}
		}
	}
}
