package report

import (
	"fmt"

	"github.com/exhibit-dev/exhibit/verdict"
)

// notes gathers warnings and open questions of many subjects, each text once.
type notes struct {
	order []note
	count map[note]int
}

type note struct{ label, text string }

func newNotes() *notes { return &notes{count: map[note]int{}} }

func (n *notes) add(label, text string) {
	k := note{label, text}
	if n.count[k]++; n.count[k] == 1 {
		n.order = append(n.order, k)
	}
}

func (n *notes) node(r *verdict.Result) {
	for _, w := range r.Warnings {
		n.add("warning", w.Code+": "+Clean(w.Text))
	}
	n.unchecked(r.NotChecked)
	for i := range r.Children {
		n.node(&r.Children[i])
	}
}

func (n *notes) unchecked(list []verdict.Unchecked) {
	for _, u := range list {
		n.add("not checked", Clean(u.Name)+": "+Clean(u.Why))
	}
}

func (t *text) notes(n *notes) {
	for _, k := range n.order {
		times := ""
		if n.count[k] > 1 {
			times = fmt.Sprintf(" (%d times)", n.count[k])
		}
		t.field(k.label, "%s%s", k.text, times)
	}
}
