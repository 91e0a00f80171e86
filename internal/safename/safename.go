// Package safename makes names of files out of what a document or an archive calls its parts.
// Such a name is hostile until shown otherwise: it may lead out of a folder, name a device,
// or look like something else.
package safename

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// MaxLength is in bytes. It leaves room for what tells files of one name apart: most file systems
	// take 255 bytes.
	MaxLength = 200
	// maxEnding is more than any ending in use; a longer one is part of the name.
	maxEnding = 16
	nameless  = "unnamed"
)

// Of returns a name of at most MaxLength bytes: one part of a path on every system, neither
// hidden, nor a device, nor an option of a command, nor anything that shows other than it
// is. Only the part behind the last separator counts; where nothing is left, the name is
// "unnamed". Of(Of(name)) is Of(name).
func Of(name string) string {
	name = name[strings.LastIndexAny(name, `/\:`)+1:]
	name = strings.Map(func(r rune) rune {
		if r == utf8.RuneError || !unicode.IsPrint(r) || strings.ContainsRune(`<>:"/\|?*`, r) {
			return '_'
		}
		return r
	}, name)
	name = shorten(strings.TrimLeft(name, " "))
	switch {
	case name == "":
		return nameless
	case strings.ContainsRune(".-~", rune(name[0])), isDevice(name):
		return shorten("_" + name)
	}
	return name
}

// shorten cuts a name before its ending, and points and spaces at the end, which Windows
// drops.
func shorten(name string) string {
	name = strings.TrimRight(name, " .")
	stem, ending := splitEnding(name)
	if room := MaxLength - len(ending); len(stem) > room {
		for !utf8.RuneStart(stem[room]) {
			room--
		}
		stem = stem[:room]
	}
	return strings.TrimRight(stem+ending, " .")
}

// splitEnding splits a name before its last point, unless that is the first character.
func splitEnding(name string) (stem, ending string) {
	if i := strings.LastIndexByte(name, '.'); i > 0 && len(name)-i <= maxEnding {
		return name[:i], name[i:]
	}
	return name, ""
}

// isDevice knows the names that Windows takes for a device, with any ending.
func isDevice(name string) bool {
	stem, _, _ := strings.Cut(name, ".")
	stem = strings.ToUpper(strings.TrimRight(stem, " "))
	switch stem {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$":
		return true
	}
	for _, port := range []string{"COM", "LPT"} {
		if digit, ok := strings.CutPrefix(stem, port); ok && utf8.RuneCountInString(digit) == 1 && strings.Contains("0123456789¹²³", digit) {
			return true
		}
	}
	return false
}

// Taken gives every file a name of its own, also where case makes no difference. It holds
// the names that were given, and must be made before use.
type Taken map[string]bool

// Name returns the safe name. Where another file took it before, the number stands in it,
// which makes it longer than MaxLength by as much; numbers must differ.
func (t Taken) Name(name, number string) string {
	safe := Of(name)
	if t.take(safe) {
		return safe
	}
	stem, ending := splitEnding(safe)
	stem += "_" + number
	for !t.take(stem + ending) {
		stem += "_"
	}
	return stem + ending
}

func (t Taken) take(name string) bool {
	key := strings.ToLower(strings.ToUpper(name))
	if t[key] {
		return false
	}
	t[key] = true
	return true
}
