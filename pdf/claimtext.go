package pdf

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// maxClaimText bounds a text that a report repeats from a document: names and reasons
// are a line long.
const maxClaimText = 1000

// claimText reads a text string (7.9.2.2) for a report. What is no printable character
// becomes U+FFFD, so that nothing hostile reaches a terminal.
func claimText(s pdffile.String) string {
	if s.Sealed {
		return ""
	}
	return printable(decodeText(s.Bytes[:min(len(s.Bytes), 4*maxClaimText)]))
}

func printable(s string) string {
	if runes := []rune(s); len(runes) > maxClaimText {
		s = string(runes[:maxClaimText]) + "…"
	}
	return strings.Map(printableRune, s)
}

func printableRune(r rune) rune {
	if r == utf8.RuneError || !unicode.IsPrint(r) {
		return utf8.RuneError
	}
	return r
}

// nameText is a name for a report.
func nameText(n pdffile.Name) string {
	return printable(string(n))
}

// claimTime reads a date (7.9.4), D:YYYYMMDDHHmmSSOHH'mm with all parts behind the year
// optional, and writes it as RFC 3339; what is no date stays as it is.
func claimTime(s pdffile.String) string {
	text := claimText(s)
	t := strings.TrimPrefix(text, "D:")
	const digits = "YYYYMMDDHHmmSS"
	n := 0
	for n < len(t) && n < len(digits) && t[n] >= '0' && t[n] <= '9' {
		n++
	}
	const defaults = "00000101000000"
	if n < 4 || n%2 == 1 {
		return text
	}
	zone, ok := dateZone(t[n:])
	if !ok {
		return text
	}
	at, err := time.ParseInLocation("20060102150405", t[:n]+defaults[n:], zone)
	if err != nil {
		return text
	}
	return at.Format(time.RFC3339)
}

// dateZone reads Z, or a sign, hours and minutes with their apostrophes. None is read
// as UTC.
func dateZone(s string) (*time.Location, bool) {
	s = strings.ReplaceAll(s, "'", "")
	if s == "" || s[0] == 'Z' {
		return time.UTC, true
	}
	if len(s) == 3 {
		s += "00"
	}
	at, err := time.Parse("-0700", s)
	if err != nil {
		return nil, false
	}
	_, offset := at.Zone()
	return time.FixedZone("", offset), true
}

// formatClaim writes a claimed time.
func formatClaim(at time.Time) string { return at.UTC().Format(time.RFC3339) }
