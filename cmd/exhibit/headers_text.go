package main

import (
	"bytes"
	"fmt"
)

// maxShown bounds the stretches and defects that are printed of one file; JSON has all.
const maxShown = 20

func (v *headersView) text() []byte {
	var b bytes.Buffer
	for i := range v.Files {
		v.Files[i].print(&b)
	}
	printLine(&b, "checkpoints", v.Checkpoints.text())
	printLine(&b, "  sha256", v.Checkpoints.SHA256)
	if v.Checkpoints.Test != "" {
		printLine(&b, "  note", v.Checkpoints.Test)
	}
	for _, n := range v.NotChecked {
		printLine(&b, "not checked", n.Name+": "+n.Why)
	}
	return b.Bytes()
}

func printLine(b *bytes.Buffer, label, text string) {
	fmt.Fprintf(b, "%-14s %s\n", label, onScreen(text))
}

// sentences say what a result means.
var sentences = map[string]string{
	resultRight:        "every header is right, and linked to a checkpoint",
	resultDefective:    "a defect was found",
	resultNotConnected: "nothing is wrong, but not all headers are linked to a checkpoint: those prove nothing",
	resultUnreadable:   "it could not be read",
}

func (v *headersFileView) print(b *bytes.Buffer) {
	printLine(b, v.File+":", sentences[v.Result])
	line := func(label, format string, args ...any) { printLine(b, "  "+label, fmt.Sprintf(format, args...)) }
	if v.Result == resultUnreadable {
		line("why", "%s", v.Error)
		b.WriteByte('\n')
		return
	}
	line("file", "%s, %d bytes", map[string]string{formRaw: "raw headers", formPack: "anchor pack"}[v.Form], v.Size)
	line("sha256", "%s", v.SHA256)
	line("headers", "%d, %s", v.Headers, heights(v.First, v.Last))
	line("tip", "%s", v.Tip)
	line("breaks", "%d", v.Breaks)
	for i := range v.Stretches[:min(len(v.Stretches), maxShown)] {
		v.Stretches[i].print(line, len(v.Stretches) > 1)
	}
	if n := len(v.Stretches) - maxShown; n > 0 {
		line("stretch", "and %d more", n)
	}
	line("retargets", "%d checked", v.Retargets)
	line("median times", "%d checked", v.Medians)
	line("work", "2^%.2f hashes on average, of the headers whose height is known", v.WorkLog2)
	for _, n := range v.Unchecked {
		line("not checked", "%s: %s", n.Name, n.Why)
	}
	for _, d := range v.Defects[:min(len(v.Defects), maxShown)] {
		line("defect", "%s: %s: %s", d.place(), d.Code, d.Text)
	}
	if n := len(v.Defects) - maxShown; n > 0 {
		line("defect", "and %d more", n)
	}
	b.WriteByte('\n')
}

func (s *stretchView) print(line func(label, format string, args ...any), several bool) {
	if several {
		line("stretch", "%s, %s", plural(s.Headers, "header"), heights(s.First, s.Last))
	}
	switch {
	case s.Committed != nil:
		line("committed", "up to the checkpoint at %d, the last of %d met; %s above it", *s.Committed, s.Checkpoints, plural(s.Above, "header"))
	case s.Connects:
		line("committed", "none: all %s follow the checkpoint at %d", plural(s.Above, "header"), *s.First-1)
	default:
		line("committed", "none: linked to no checkpoint")
	}
}

func (d *defectView) place() string {
	switch {
	case d.Code == nameDefect:
		return "name"
	case d.Height == nil:
		return fmt.Sprintf("header %d of the file", d.Index)
	}
	return fmt.Sprintf("height %d", *d.Height)
}

func heights(first, last *uint32) string {
	switch {
	case first != nil && last != nil:
		return fmt.Sprintf("heights %d to %d", *first, *last)
	case first != nil:
		return fmt.Sprintf("from height %d", *first)
	case last != nil:
		return fmt.Sprintf("up to height %d", *last)
	}
	return "nothing tells their heights"
}
