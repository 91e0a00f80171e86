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
	if r.Total < 300 {
		t.Errorf("%d vectors, expected at least 300", r.Total)
	}
	for _, c := range r.Cases {
		if !c.OK {
			t.Errorf("%s (%s):\n got  %s\n want %s", c.ID, c.Comment, c.Got, c.Expected)
		}
	}
}
