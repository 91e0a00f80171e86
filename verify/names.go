package verify

import (
	"path"
	"strings"
)

// extension returns the ending in the list that the name has, "" when none. A name
// that is nothing but the ending claims no kind.
func extension(name string, list []string) string {
	lower := strings.ToLower(name)
	best := ""
	for _, ext := range list {
		if len(name) > len(ext) && len(ext) > len(best) && strings.HasSuffix(lower, ext) {
			best = ext
		}
	}
	return best
}

// claimedBy returns the format whose kind the name claims, or nil.
func claimedBy(name string, formats []Format) *Format {
	var best *Format
	longest := 0
	for i := range formats {
		if ext := extension(name, formats[i].Extensions); len(ext) > longest {
			best, longest = &formats[i], len(ext)
		}
	}
	return best
}

// requestedBy returns the format whose expectations are named like this, or nil.
func requestedBy(name string, formats []Format) *Format {
	for i := range formats {
		if q := formats[i].Requests; q != nil && extension(name, q.Extensions) != "" {
			return &formats[i]
		}
	}
	return nil
}

// stem returns the name without its last extension; a leading dot begins a name,
// not an extension.
func stem(name string) string {
	if cut := len(name) - len(path.Ext(name)); cut > 0 {
		return name[:cut]
	}
	return name
}

// without returns the name without the extension of evidence that it has, and
// otherwise without its last one.
func without(name string, formats []Format) string {
	if f := claimedBy(name, formats); f != nil {
		return name[:len(name)-len(extension(name, f.Extensions))]
	}
	return stem(name)
}
