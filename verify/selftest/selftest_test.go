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
	if last := r.Kinds[len(r.Kinds)-1]; last.Name != "pdf" || last.Total < 140 {
		t.Errorf("%d vectors of kind %s", last.Total, last.Name)
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

// The parts of a document are held to their answers one by one, and so is their number.
func TestPartsAreCompared(t *testing.T) {
	list, folder, err := testvectors.Load("pdf")
	if err != nil {
		t.Fatal(err)
	}
	for i := range list {
		v := &list[i]
		if v.ID != "two-signatures" {
			continue
		}
		good, err := judge(context.Background(), folder, v)
		if err != nil || good != expected(v) {
			t.Fatalf("%q, %v", good, err)
		}
		one, nodes := *v.PDF, v.PDF.Nodes
		one.Nodes = nodes[:1]
		v.PDF = &one
		if expected(v) == good {
			t.Error("a part that nobody expects is not seen")
		}
		one.Nodes = append(nodes[:1:1], testvectors.PDFNode{Source: nodes[1].Source, Expectation: testvectors.Expectation{Verdict: "FAILED"}})
		if expected(v) == good {
			t.Error("the answer of a part is not compared")
		}
		return
	}
	t.Fatal("no vector")
}
