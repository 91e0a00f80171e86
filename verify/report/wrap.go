package report

import (
	"strings"
	"unicode/utf8"
)

const (
	width      = 100 // of the text report
	labelWidth = 13  // of the names of fields, with the space after them
)

// wrapFrom breaks text at spaces. The first line begins at the column given, each
// later one at the indent. A word longer than the line stays whole: a digest must
// be copied as it is.
func wrapFrom(text string, column, indent int) string {
	var b strings.Builder
	for i, word := range strings.Fields(text) {
		n := utf8.RuneCountInString(word)
		switch {
		case i == 0:
		case column+1+n > width:
			b.WriteString("\n" + strings.Repeat(" ", indent))
			column = indent
		default:
			b.WriteByte(' ')
			column++
		}
		b.WriteString(word)
		column += n
	}
	return b.String()
}

// wrapField writes a label and text beside it.
func wrapField(label, text string) string {
	head := "  " + label
	head += strings.Repeat(" ", max(labelWidth+2-len(head), 1))
	return head + wrapFrom(text, len(head), len(head))
}

// clip shortens a line that may be long; JSON has all of it.
func clip(line string) string {
	if utf8.RuneCountInString(line) <= width {
		return line
	}
	r := []rune(line)
	return string(r[:width-1]) + "…"
}
