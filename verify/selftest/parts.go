package selftest

import (
	"slices"
	"strings"

	"github.com/exhibit-dev/exhibit/testvectors"
	"github.com/exhibit-dev/exhibit/verdict"
)

// withParts adds to the answer on a document those on its signatures, time-stamps and
// attachments, which the vector names one by one.
func withParts(doc string, v *testvectors.Vector, parts []string) string {
	if v.PDF == nil {
		return doc
	}
	return strings.Join(append([]string{doc}, parts...), "; ")
}

func expectedParts(v *testvectors.Vector) (out []string) {
	if v.PDF == nil {
		return nil
	}
	for i := range v.PDF.Nodes {
		n := &v.PDF.Nodes[i]
		out = append(out, n.Source+" "+answer(n.Verdict, n.SubIndication, n.Reason, n.Existed, nil))
	}
	return out
}

// gotParts gives an answer to every part that the document has, so that one too many is
// no less of a difference.
func gotParts(n *verdict.Result) (out []string) {
	for i := range n.Children {
		c := &n.Children[i]
		existed := ""
		if c.Passed() && !c.ExistedNotLaterThan.IsZero() {
			existed = verdict.FormatTime(c.ExistedNotLaterThan)
		}
		out = append(out, strings.TrimPrefix(c.Source, n.Source)+" "+answer(c.Indication().String(), string(c.Sub), c.Reason, existed, nil))
	}
	return out
}

// warningsOf are those of the node, and of the parts of a document.
func warningsOf(n *verdict.Result, v *testvectors.Vector) []verdict.Warning {
	list := slices.Clone(n.Warnings)
	for i := range n.Children {
		if v.PDF != nil {
			list = append(list, n.Children[i].Warnings...)
		}
	}
	return list
}
