package pdf

import (
	"fmt"
	"strings"
	"testing"
)

// rulesOf reads the rules of a document with one signature.
func rulesOf(t *testing.T, entries, fieldMore string) (*Document, rules) {
	t.Helper()
	m := newMaker().end(t)
	m.sign(t, signedBy(container{}).with(func(d *dictionary) { d.entries, d.fieldMore = entries, fieldMore }))
	m.end(t)
	d := openMade(t, m.b)
	return d, d.signatures[0].rules
}

func fieldMDP(params string) string {
	return "/Reference[<</Type/SigRef/TransformMethod/FieldMDP/TransformParams<</Type/TransformParams/V/1.2" + params + ">>>>]"
}

func TestRules(t *testing.T) {
	for name, x := range map[string]struct {
		entries, field string
		want           string // DocMDP, lock P, sets, whether there is a problem
	}{
		"none":                     {"", "", "0 0 [] false"},
		"certified":                {docMDP("/P 1"), "", "1 0 [] false"},
		"certified, P left out":    {docMDP(""), "", "2 0 [] false"},
		"P 0":                      {docMDP("/P 0"), "", "1 0 [] true"},
		"P of another type":        {docMDP("/P(2)"), "", "1 0 [] true"},
		"two DocMDP":               {"/Reference[<</TransformMethod/DocMDP>><</TransformMethod/DocMDP>>]", "", "2 0 [] true"},
		"all fields":               {fieldMDP("/Action/All"), "", "0 0 [{All []}] false"},
		"some":                     {fieldMDP("/Action/Include/Fields[(a)(b.c)]"), "", "0 0 [{Include [a b.c]}] false"},
		"all but":                  {fieldMDP("/Action/Exclude/Fields[(a)]"), "", "0 0 [{Exclude [a]}] false"},
		"no names":                 {fieldMDP("/Action/Include"), "", "0 0 [{All []}] true"},
		"names of another type":    {fieldMDP("/Action/Include/Fields[(a) 5]"), "", "0 0 [{All []}] true"},
		"unknown action":           {fieldMDP("/Action/Some/Fields[(a)]"), "", "0 0 [{All []}] true"},
		"no parameters":            {"/Reference[<</TransformMethod/FieldMDP>>]", "", "0 0 [] true"},
		"a transform of no form":   {"/Reference[5]", "", "0 0 [] true"},
		"unknown transform":        {"/Reference[<</TransformMethod/Identity>>]", "", "0 0 [] true"},
		"Reference is no array":    {"/Reference 5", "", "0 0 [] true"},
		"lock of the field":        {"", "/Lock<</Type/SigFieldLock/Action/Include/Fields[(a)]>>", "0 0 [{Include [a]}] false"},
		"lock with a level":        {"", "/Lock<</Action/All/P 1>>", "0 1 [{All []}] false"},
		"lock of no form":          {"", "/Lock 5", "0 0 [] true"},
		"lock of an unknown level": {"", "/Lock<</Action/All/P 7>>", "0 1 [{All []}] true"},
		"as many transforms":       {"/Reference[" + strings.Repeat("<</TransformMethod/UR3>>", maxReferences) + "]", "", "0 0 [] false"},
		"one transform more":       {"/Reference[" + strings.Repeat("<</TransformMethod/UR3>>", maxReferences+1) + "]", "", "0 0 [] true"},
	} {
		_, r := rulesOf(t, x.entries, x.field)
		if got := fmt.Sprint(r.docMDP, r.lockP, r.locks, r.problem != ""); got != x.want {
			t.Errorf("%s: %s, want %s (%s)", name, got, x.want, r.problem)
		}
	}
}

func TestLockedBy(t *testing.T) {
	locked := lockedBy([]fieldLock{{"Include", []string{"a", "b.c"}}})
	for name, want := range map[string]bool{"a": true, "a.x": true, "b": false, "b.c": true, "b.c.d": true, "ab": false, "": false} {
		if locked(name) != want {
			t.Errorf("include: %q", name)
		}
	}
	locked = lockedBy([]fieldLock{{"Exclude", []string{"a"}}})
	for name, want := range map[string]bool{"a": false, "a.x": false, "b": true, "": true} {
		if locked(name) != want {
			t.Errorf("exclude: %q", name)
		}
	}
	if locked = lockedBy([]fieldLock{{"Include", []string{"a"}}, {action: "All"}}); !locked("z") {
		t.Error("all")
	}
}

// Changes behind a signature are held to what it says, and to what those before it say:
// the strictest level, every lock. What a later one says binds only what comes behind
// that.
func TestPermissionsFor(t *testing.T) {
	m := newMaker().end(t)
	for _, x := range []string{docMDP("/P 3"), fieldMDP("/Action/Include/Fields[(a)]"), ""} {
		more := ""
		if x == "" {
			more = "/Lock<</Action/All/P 1>>"
		}
		m.sign(t, signedBy(container{}).with(func(d *dictionary) { d.entries, d.fieldMore = x, more }))
		m.end(t)
	}
	d := openMade(t, m.b)
	for i, want := range []string{"3 false false", "3 true false", "1 true true"} {
		p := d.permissionsFor(d.signatures[i])
		if got := fmt.Sprint(p.DocMDP, p.locks("a"), p.locks("b")); got != want {
			t.Errorf("signature %d: %s, want %s", i, got, want)
		}
	}
}
