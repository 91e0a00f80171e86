package main

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/exhibit-dev/exhibit/pdf"
)

// Bounds of what inspect prints of a document; the JSON form has more.
const (
	maxLinesShown   = 100 // of revisions, signatures, attachments, findings each
	maxObjectsShown = 12  // of one class in one revision
	maxTextShown    = 200 // characters of a text
)

// printDocument writes what a document says of itself: its history, signatures, attachments
// and what is odd about it.
func printDocument(b *bytes.Buffer, view *inspection, c *documentClaims) {
	line := func(label, format string, args ...any) {
		fmt.Fprintf(b, "  %-13s %s\n", label, clipped(fmt.Sprintf(format, args...), maxTextShown))
	}
	fmt.Fprintf(b, "%s.\n\n", strings.ToUpper(inspectNote[:1])+inspectNote[1:])
	fmt.Fprintf(b, "  %-13s %s, %d bytes\n", "file", onScreen(view.Source), view.Size)
	line("sha256", "%s", view.SHA256)
	line("kind", "%s %s, %s", view.Kind, c.Version, view.Role)
	if c.PDFA != nil {
		line("PDF/A", "claimed %s; whether it conforms, a validator such as veraPDF finds out", c.PDFA.Part+c.PDFA.Conformance)
	}
	if e := c.Encrypted; e != nil {
		state := "opened"
		if !e.Open {
			state = "not opened: the password is missing or wrong, so much of this is not known"
		}
		line("encrypted", "%s, strings %s, streams %s; %s", or(e.Handler, "by an unknown handler"), or(e.Strings, "in clear"), or(e.Streams, "in clear"), state)
	}
	if c.Repaired {
		line("structure", "can be read only by repairing it")
	}
	printHistory(b, c)
	printSignatures(b, c, line)
	printAttachments(b, c.Attachments)
	printFindings(b, c)
}

// printHistory writes the revisions: N ends at a byte, and has the digest of all up to
// there.
func printHistory(b *bytes.Buffer, c *documentClaims) {
	reach := reachesIn(c.Signatures, c.Revisions)
	fmt.Fprintf(b, "\nrevisions\n  %-3s  %12s  %12s  %-64s  %s\n", "n", "end", "bytes", "sha256 of all up to the end", "covered by")
	start := int64(0)
	for i := range c.Revisions {
		r := &c.Revisions[i]
		if i == maxLinesShown {
			more(b, len(c.Revisions)-i)
			break
		}
		covered := clipped(strings.Join(reach.revision(r.N), " "), maxTextShown)
		fmt.Fprintf(b, "  %-3d  %12d  %12d  %-64s  %s\n", r.N, r.End, r.End-start, orNone(r.SHA256), or(covered, "-"))
		start = r.End
		if i > 0 {
			fmt.Fprintf(b, "       objects: %d added, %d changed, %d freed\n", r.Added, r.Changed, r.Freed)
			printChanges(b, r)
		}
	}
}

// printChanges writes what a revision did, class by class.
func printChanges(b *bytes.Buffer, r *pdf.RevisionField) {
	var classes []string
	objects := map[string][]string{}
	for _, x := range r.Changes {
		if objects[x.Class] == nil {
			classes = append(classes, x.Class)
		}
		object := "trailer"
		if x.Object != 0 {
			object = strconv.FormatUint(uint64(x.Object), 10)
		}
		if !slices.Contains(objects[x.Class], object) { // there are few: claims are bounded
			objects[x.Class] = append(objects[x.Class], object)
		}
	}
	for _, class := range classes {
		list, rest := objects[class], ""
		if n := len(list) - maxObjectsShown; n > 0 {
			list, rest = list[:maxObjectsShown], fmt.Sprintf(" and %d more", n)
		}
		fmt.Fprintf(b, "       %-20s %s%s\n", class, strings.Join(list, ", "), rest)
	}
	if r.Cut > 0 {
		fmt.Fprintf(b, "       %s more\n", plural(r.Cut, "change"))
	}
}

func printAttachments(b *bytes.Buffer, list []pdf.AttachmentField) {
	if len(list) == 0 {
		return
	}
	fmt.Fprintf(b, "\nattachments (exhibit pdf extract lists their digests)\n")
	for i, a := range list {
		if i == maxLinesShown {
			more(b, len(list)-i)
			return
		}
		fmt.Fprintf(b, "  %-3d  %s; %s, %s, %s bytes, revision %d", i+1, clipped(or(a.Name, "without a name"), maxTextShown),
			clipped(or(a.Relationship, "no relationship"), maxTextShown), clipped(or(a.MIME, "no media type"), maxTextShown), sizeOr(a.Size, "unknown"), a.Revision)
		switch {
		case a.Unnamed:
			b.WriteString(", named by nothing")
		case a.Removed:
			b.WriteString(", no longer named")
		}
		b.WriteByte('\n')
	}
}

func sizeOr(n *int64, otherwise string) string {
	if n == nil {
		return otherwise
	}
	return strconv.FormatInt(*n, 10)
}

func printFindings(b *bytes.Buffer, c *documentClaims) {
	if len(c.Findings) > 0 {
		fmt.Fprintf(b, "\nfindings\n")
	}
	for i, f := range c.Findings {
		if i == maxLinesShown {
			more(b, len(c.Findings)-i)
			break
		}
		fmt.Fprintf(b, "  byte %d: %s (%s)\n", f.Offset, clipped(f.Text, maxTextShown), onScreen(f.Code))
	}
	if c.Incomplete != "" {
		fmt.Fprintf(b, "\nincomplete: %s\n", clipped(c.Incomplete, maxTextShown))
	}
}

func more(b *bytes.Buffer, n int) { fmt.Fprintf(b, "  and %d more; see --json\n", n) }
