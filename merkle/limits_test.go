package merkle_test

import (
	"bytes"
	"math"
	"os/exec"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/merkle"
	"github.com/exhibit-dev/exhibit/verdict"
)

// Each limit of a statement holds exactly.
func TestLimits(t *testing.T) {
	root := make([]byte, 32)
	for name, c := range map[string]struct {
		at   int
		make func(n int) merkle.Statement
	}{
		"steps": {merkle.MaxSteps, func(n int) merkle.Statement { return merkle.Statement{Root: root, Path: make([]merkle.Step, n)} }},
		"hash":  {merkle.MaxHashSize, func(n int) merkle.Statement { return merkle.Statement{Root: make([]byte, n)} }},
		"leaf":  {merkle.MaxHashSize, func(n int) merkle.Statement { return merkle.Statement{Root: root, Leaf: make([]byte, n)} }},
		"sibling": {merkle.MaxHashSize, func(n int) merkle.Statement {
			return merkle.Statement{Root: root, Path: []merkle.Step{{Hash: make([]byte, n)}}}
		}},
		"suffix": {merkle.MaxSuffix, func(n int) merkle.Statement { return merkle.Statement{Root: root, LeafSuffix: make([]byte, n)} }},
	} {
		if _, err := merkle.New(c.make(c.at)); err != nil {
			t.Errorf("%s at the limit: %v", name, err)
		}
		p, err := merkle.New(c.make(c.at + 1))
		if err == nil || p != nil {
			t.Errorf("%s above the limit is read", name)
			continue
		}
		if r := merkle.Unreadable(err); r.Sub != verdict.Custom || r.Reason != "merkle.limit" || r.Indication() != verdict.Indeterminate {
			t.Errorf("%s above the limit: %v", name, r.Err())
		}
	}
	if _, err := merkle.New(merkle.Statement{Root: root, Path: []merkle.Step{{Side: merkle.Right + 1}}}); err == nil {
		t.Error("a side that is none")
	}
	if _, err := merkle.New(merkle.Statement{}); err == nil {
		t.Error("no root")
	}
	long := bytes.Repeat([]byte{0}, 1<<20)
	if _, err := merkle.ParseBlock(long); merkle.Unreadable(err).Reason != "merkle.limit" {
		t.Errorf("a block above the limit: %v", err)
	}
	if _, err := merkle.ParseBlock(long[:80+4+3+16666*32+3+16666]); merkle.Unreadable(err).Reason == "merkle.limit" {
		t.Errorf("a block at the limit: %v", err)
	}
}

// The largest numbers neither overflow nor loop.
func TestExtremes(t *testing.T) {
	const top = math.MaxUint64
	if n := merkle.PathLen(0, top); n != 64 {
		t.Errorf("path of the first of 2^64 - 1 entries: %d steps", n)
	}
	if n := merkle.PathLen(top-1, top); n != 63 {
		t.Errorf("path of the last of 2^64 - 1 entries: %d steps", n)
	}
	if n := merkle.ConsistencyLen(1, top); n != 64 {
		t.Errorf("consistency from 1: %d steps", n)
	}
	if n := merkle.ConsistencyLen(top, top); n != 0 {
		t.Errorf("consistency with itself: %d steps", n)
	}
	if merkle.ValidSubtree(1, top) || !merkle.ValidSubtree(0, top) || !merkle.ValidSubtree(1<<63, top) || !merkle.ValidSubtree(top, top) || merkle.ValidSubtree(2, 1) {
		t.Error("subtrees at the end of the numbers")
	}
	for _, name := range merkle.Conventions() {
		c, _ := merkle.ConventionOf(name)
		s := merkle.Statement{Convention: name, Root: make([]byte, 32), LeafSuffix: make([]byte, c.Leaf.Suffix), Index: new(uint64(top - 1)), Size: new(uint64(top))}
		for range merkle.MaxSteps {
			step := merkle.Step{Hash: make([]byte, 32)}
			if c.Sides == merkle.Named {
				step.Side = merkle.Left
			}
			s.Path = append(s.Path, step)
		}
		for range 2 {
			p, err := merkle.New(s)
			if err != nil {
				t.Fatal(err)
			}
			if r := p.Verify(verdict.Bytes("x"), merkle.Anchored{Root: s.Root, Size: top}); r.Passed() {
				t.Errorf("%s passes", name)
			}
			s.Index = nil
		}
	}
}

func TestNoAllocation(t *testing.T) {
	g := grow("rfc6962-sha256", 100)
	path := make([]merkle.Hash, len(g.paths[70]))
	for i, s := range g.paths[70] {
		path[i] = s.hash
	}
	leaf := merkle.LeafHash(g.data[70])
	all := newLog(100)
	older, newer, proof := all[:37].root(), all.root(), all.subproof(0, 37, true)
	if n := testing.AllocsPerRun(100, func() {
		if merkle.VerifyInclusion(70, 100, leaf, g.root, path) != nil || merkle.VerifyConsistency(37, 100, older, newer, proof) != nil {
			t.Fatal("a good proof is refused")
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// Who imports this package links no certificates and no network.
func TestImports(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "github.com/exhibit-dev/exhibit/merkle").Output()
	if err != nil {
		t.Fatal(err)
	}
	for name := range strings.Lines(string(out)) {
		switch name = strings.TrimSpace(name); {
		case name == "net" || strings.HasPrefix(name, "net/") || name == "crypto/x509" || name == "crypto/tls" || name == "os/exec":
			t.Errorf("links %s", name)
		case strings.HasPrefix(name, "github.com/exhibit-dev/exhibit/") && !strings.HasSuffix(name, "/merkle") &&
			!strings.HasSuffix(name, "/verdict") && !strings.HasSuffix(name, "/internal/jsonstrict"):
			t.Errorf("imports %s", name)
		}
	}
}

func TestSniff(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "[]": "", `{"schema":"exhibit.merkle/v1"}`: merkle.Form, "\n {\t\"schema\" : \"exhibit.merkle/v1\"": merkle.Form,
		`{"root":1,"leaf":1,"leafIndex":1,"treeSize":1,"auditPath":1}`: "rfc6962", `{"root":1,"leaf":1,"leafIndex":1,"treeSize":1}`: "",
	} {
		if got := merkle.Sniff([]byte(in)); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
