package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/exhibit-dev/exhibit/verify/report"
)

// maxCell bounds a text from the document in a table.
const maxCell = 48

// cell makes a text fit for a table.
func cell(s string) string {
	if s == "" {
		return "-"
	}
	return clipped(s, maxCell)
}

// clipped bounds a text from a document and makes it fit for the screen.
func clipped(s string, limit int) string {
	n := 0
	for i := range s {
		if n++; n > limit {
			return onScreen(s[:i]) + "…"
		}
	}
	return onScreen(s)
}

// maxRows bounds a table; the JSON form has all.
const maxRows = 1000

// printEmbedded writes the table.
func printEmbedded(w io.Writer, list []*embeddedView) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "NUMBER\tNAME\tRELATIONSHIP\tMIME\tCLAIMED SIZE\tSIZE\tREVISION\tSTATE\tCHECKSUM\tCOVERED BY\tSHA256")
	for i, v := range list {
		if i == maxRows {
			fmt.Fprintf(t, "and %d more; --json has all\n", len(list)-maxRows)
			break
		}
		last := v.SHA256
		if v.Problem != "" {
			last = clipped(v.Problem, 4*maxCell)
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\t%d\t%s\t%s\t%s\t%s\n", v.Number, cell(v.Name), cell(v.Relationship), cell(v.MIME),
			sizeOr(v.ClaimedSize, "-"), sizeOr(v.Size, "-"), v.Revision, v.State, v.Checksum, cell(strings.Join(v.CoveredBy, " ")), last)
	}
	return t.Flush()
}

// embeddedList is the JSON form, exhibit.pdf-files/v1.
type embeddedList struct {
	Schema string          `json:"schema"`
	Note   string          `json:"note"`
	Source string          `json:"source"`
	Files  []*embeddedView `json:"files"`
}

func printEmbeddedJSON(w io.Writer, file string, list []*embeddedView) error {
	if list == nil {
		list = []*embeddedView{}
	}
	return report.WriteJSON(w, embeddedList{"exhibit.pdf-files/v1", inspectNote, file, list})
}
