package verify

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// padded returns fake evidence of exactly n bytes.
func padded(content string, n int) []byte {
	e := over(content, behavesWell)
	return []byte(e + strings.Repeat(" ", n-len(e)))
}

func TestEvidenceLimit(t *testing.T) {
	at := BytesItem("a.fk", padded("A", MaxEvidence))
	wantOutline(t, judgeFakes(t, append(files("a", "A"), at), Options{}), 0, "a TOTAL-PASSED [a.fk PASSED]")
	above := BytesItem("a.fk", padded("A", MaxEvidence+1))
	want := "a INDETERMINATE CUSTOM fake.limit [a.fk INDETERMINATE]"
	wantOutline(t, judgeFakes(t, append(files("a", "A"), above), Options{}), 3, want)
	above.Size = -1 // the same when the size is not known before
	wantOutline(t, judgeFakes(t, append(files("a", "A"), above), Options{}), 3, want)
	t.Log("too large to be judged, it can still be a subject")
	over := BytesItem("a.fk.fk", []byte(over(string(padded("A", MaxEvidence+1)), behavesWell)))
	wantOutline(t, judgeFakes(t, append(files("a", "A"), above, over), Options{}), 3, want, "a.fk TOTAL-PASSED [a.fk.fk PASSED]")
}

func TestEvidenceInAllLimit(t *testing.T) {
	one := len(over("A", behavesWell))
	small := usualLimits
	small.inAll = int64(2 * one)
	list := files("a", "A", "a.fk", over("A", behavesWell), "b", "A", "b.fk", over("A", behavesWell))
	wantOutline(t, judgeFakes(t, list, Options{limits: &small}), 0, "a TOTAL-PASSED [a.fk PASSED]", "b TOTAL-PASSED [b.fk PASSED]")
	small.inAll--
	wantOutline(t, judgeFakes(t, list, Options{limits: &small}), 3,
		"a TOTAL-PASSED [a.fk PASSED]", "b INDETERMINATE CUSTOM fake.limit [b.fk INDETERMINATE]")
}

func TestItemsLimit(t *testing.T) {
	list := make([]Item, MaxItems+1)
	for i := range list {
		list[i] = BytesItem(fmt.Sprintf("f%d", i), nil)
	}
	list[0] = BytesItem("a", []byte("A"))
	list[1] = BytesItem("a.fk", []byte(over("A", behavesWell)))
	if r := judgeFakes(t, list[:MaxItems], Options{AllowUncovered: true}); r.ExitCode() != 0 || len(r.Results) != MaxItems-1 {
		t.Errorf("at the limit: %d, %v", r.ExitCode(), r.Errors)
	}
	if r := judgeFakes(t, list, Options{AllowUncovered: true}); r.ExitCode() != 5 || len(r.Errors) != 1 {
		t.Errorf("above the limit: %d, %v", r.ExitCode(), r.Errors)
	}
}

func TestPairsLimit(t *testing.T) {
	small := usualLimits
	small.pairs = 4
	list := files("x/1", "A", "x/2", "A", "e1", over("A", behavesWell), "e2", over("A", behavesWell))
	if r := judgeFakes(t, list, Options{limits: &small}); r.ExitCode() != 0 {
		t.Errorf("at the limit: %v", r.Errors)
	}
	small.pairs--
	if r := judgeFakes(t, list, Options{limits: &small}); r.ExitCode() != 5 {
		t.Errorf("above the limit: exit %d", r.ExitCode())
	}
}

func TestDepthLimit(t *testing.T) {
	root := t.TempDir()
	deep := filepath.Join(append([]string{root}, strings.Split(strings.Repeat("d ", MaxDepth), " ")...)...)
	if err := os.MkdirAll(deep, 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(deep, "a"), "A")
	write(t, filepath.Join(deep, "a.fk"), over("A", behavesWell))
	if r := judgePaths(t, Options{}, root); r.ExitCode() != 0 {
		t.Errorf("at the limit: %v %v", outline(r), r.Errors)
	}
	if err := os.Mkdir(filepath.Join(deep, "e"), 0o755); err != nil {
		t.Fatal(err)
	}
	if r := judgePaths(t, Options{}, root); r.ExitCode() != 5 {
		t.Errorf("above the limit: %v %v", outline(r), r.Errors)
	}
}
