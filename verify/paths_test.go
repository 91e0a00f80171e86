package verify

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func judgePaths(t *testing.T, o Options, args ...string) *Report {
	t.Helper()
	o.Formats = fakeFormats()
	r, err := Paths(context.Background(), args, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// folder makes a folder of path and content, and goes there.
func folder(t *testing.T, pairs ...string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for i := 0; i < len(pairs); i += 2 {
		write(t, pairs[i], pairs[i+1])
	}
}

func TestPathsAreRelativeToTheArguments(t *testing.T) {
	folder(t, "in/b/a.txt", "A", "in/b/a.txt.fk", over("A", behavesWell), "in/z", "Z")
	abs, _ := filepath.Abs("in")
	for _, arg := range []string{"in", "./in/", abs} {
		r := judgePaths(t, Options{}, arg)
		wantOutline(t, r, 4, "b/a.txt TOTAL-PASSED [b/a.txt.fk PASSED]", "z NOTHING-TO-VERIFY")
	}
	r := judgePaths(t, Options{}, "in/b/a.txt.fk", "in/b/a.txt", "in/b/a.txt")
	wantOutline(t, r, 0, "a.txt TOTAL-PASSED [a.txt.fk PASSED]")
}

func TestCollidingArgumentsStayApart(t *testing.T) {
	folder(t, "x/a", "A", "x/a.fk", over("A", behavesWell), "y/a", "B", "y/a.fk", over("B", behavesWell))
	r := judgePaths(t, Options{}, "x", "y")
	wantOutline(t, r, 0, "x/a TOTAL-PASSED [x/a.fk PASSED]", "y/a TOTAL-PASSED [y/a.fk PASSED]")

	t.Log("files named one by one are neighbours only if they lie in one folder")
	r = judgePaths(t, Options{}, "x/a", "y/a.fk")
	wantOutline(t, r, 3, "a NOTHING-TO-VERIFY", "sha256 INDETERMINATE SIGNED_DATA_NOT_FOUND fake.subject-missing [a.fk INDETERMINATE]")
	r = judgePaths(t, Options{}, "x", "x/a", "x/a.fk")
	wantOutline(t, r, 0, "a TOTAL-PASSED [a.fk PASSED]")
}

func TestOrderDoesNotDependOnTheDisk(t *testing.T) {
	folder(t, "in/c", "", "in/a/z", "", "in/b", "", "in/a.b", "")
	r := judgePaths(t, Options{}, "in")
	var got []string
	for i := range r.Results {
		got = append(got, r.Results[i].Subject.Path)
	}
	if want := []string{"a/z", "a.b", "b", "c"}; !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
}

func TestWhatIsNoRegularFile(t *testing.T) {
	folder(t, "in/a", "A", "in/a.fk", over("A", behavesWell), "out/secret", "S")
	if err := os.Symlink("../out", "in/link"); err != nil {
		t.Skip("no symbolic links here")
	}
	r := judgePaths(t, Options{}, "in")
	wantOutline(t, r, 5, "a TOTAL-PASSED [a.fk PASSED]")
	if len(r.Errors) != 1 || r.Errors[0].Path != "link" {
		t.Errorf("%v", r.Errors)
	}
}

func TestWhatIsNotThere(t *testing.T) {
	folder(t, "a.fk", over("A", behavesWell))
	r := judgePaths(t, Options{}, "a", "a.fk")
	wantOutline(t, r, 5, "a INDETERMINATE CUSTOM run.incomplete [a.fk INDETERMINATE]")
	if dir, _ := os.Getwd(); strings.Contains(r.Errors[0].Message, dir) {
		t.Error("the message repeats a path of the machine")
	}
	r = judgePaths(t, Options{Subject: "gone"}, "a.fk")
	wantOutline(t, r, 5, "gone INDETERMINATE CUSTOM run.incomplete [a.fk INDETERMINATE]")
}

func TestStandardInput(t *testing.T) {
	folder(t, "a", "A", "e.fk", over(strings.Repeat("A", 3*headSize), behavesWell))
	big := strings.Repeat("A", 3*headSize)
	r := judgePaths(t, Options{Stdin: strings.NewReader(big)}, "-", "e.fk")
	wantOutline(t, r, 0, "- TOTAL-PASSED [e.fk PASSED]")
	r = judgePaths(t, Options{Stdin: strings.NewReader(over("A", behavesWell)), Subject: "a"}, "-")
	wantOutline(t, r, 0, "a TOTAL-PASSED [- PASSED]")
	r = judgePaths(t, Options{Stdin: strings.NewReader("fake no")}, "-")
	wantOutline(t, r, 4, "- NOTHING-TO-VERIFY")
	write(t, "./-", "A")
	r = judgePaths(t, Options{Stdin: strings.NewReader("x")}, "-", "./-")
	wantOutline(t, r, 4, "- NOTHING-TO-VERIFY", "./- NOTHING-TO-VERIFY")
	if _, err := Paths(context.Background(), []string{"-", "-"}, Options{Stdin: strings.NewReader("")}); err == nil {
		t.Error("standard input twice")
	}
	if _, err := Paths(context.Background(), []string{"-"}, Options{}); err == nil {
		t.Error("standard input that is not there")
	}
}

func TestSubjectOption(t *testing.T) {
	folder(t, "in/e.fk", over("A", behavesWell), "mine", "A", "in/other", "A")
	wantOutline(t, judgePaths(t, Options{Subject: "mine"}, "in/e.fk"), 0, "mine TOTAL-PASSED [e.fk PASSED]")
	wantOutline(t, judgePaths(t, Options{Subject: "in/other"}, "in"), 0, "other TOTAL-PASSED [e.fk PASSED]")
	if err := os.Symlink("mine", "link"); err == nil {
		wantOutline(t, judgePaths(t, Options{Subject: "link"}, "in/e.fk", "mine"), 0, "mine TOTAL-PASSED [e.fk PASSED]")
	}
	wantOutline(t, judgePaths(t, Options{Subject: "in"}, "in/e.fk"), 5,
		"sha256 INDETERMINATE SIGNED_DATA_NOT_FOUND fake.subject-missing [e.fk INDETERMINATE]")
	t.Log("evidence that is also the subject is judged all the same, and not over itself")
	wantOutline(t, judgePaths(t, Options{Subject: "in/e.fk"}, "in/e.fk"), 3,
		"sha256 INDETERMINATE SIGNED_DATA_NOT_FOUND fake.subject-missing [e.fk INDETERMINATE]")
}

func TestFileThatChanges(t *testing.T) {
	folder(t, "a", "A")
	met, _ := os.Stat("a")
	r, err := opener("a", met)()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	buf := make([]byte, 1)
	r.Read(buf)
	f, _ := os.OpenFile("a", os.O_APPEND|os.O_WRONLY, 0)
	f.WriteString("more")
	f.Close()
	for err == nil {
		_, err = r.Read(buf)
	}
	if err != errChanged {
		t.Errorf("got %v", err)
	}
	os.Remove("a")
	write(t, "b", "A")
	os.Rename("b", "a")
	if _, err := opener("a", met)(); err != errReplaced {
		t.Errorf("another file in its place: %v", err)
	}
}

func TestOnceKeepsOnlyTheHead(t *testing.T) {
	o := &once{src: strings.NewReader(strings.Repeat("x", 3*headSize))}
	for _, n := range []int64{headSize, 3 * headSize} {
		r, err := o.open()
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.CopyN(io.Discard, r, n); got != n || err != nil {
			t.Fatalf("%d bytes of %d, %v", got, n, err)
		}
	}
	if _, err := o.open(); err == nil {
		t.Error("opened although the head is not all that was read")
	}
}
