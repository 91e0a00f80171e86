package selftest

import (
	"context"
	"testing"
)

func TestEveryVector(t *testing.T) {
	r, err := Run(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []Kind{{Name: "rfc3161", Total: 447}, {Name: "ecdsa", Total: 261}} { // so that vectors cannot vanish
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
