package main

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// maxSafeName leaves room for what tells files of one name apart: most file systems
	// take 255 bytes.
	maxSafeName = 200
	// maxSafeEnding is more than any ending in use; a longer one is part of the name.
	maxSafeEnding = 16
	namelessFile  = "unnamed"
)

// safeName makes a name of a file out of what a document calls it: one part of a path on
// every system, neither hidden, nor a device, nor an option of a command, nor anything
// that shows other than it is. Only the part behind the last separator counts.
func safeName(name string) string {
	name = name[strings.LastIndexAny(name, `/\:`)+1:]
	name = strings.Map(func(r rune) rune {
		if r == utf8.RuneError || !unicode.IsPrint(r) || strings.ContainsRune(`<>:"/\|?*`, r) {
			return '_'
		}
		return r
	}, name)
	name = shortName(strings.TrimLeft(name, " "))
	switch {
	case name == "":
		return namelessFile
	case strings.ContainsRune(".-~", rune(name[0])), isDevice(name):
		return shortName("_" + name)
	}
	return name
}

// shortName cuts a name before its ending, and points and spaces at the end, which Windows
// drops.
func shortName(name string) string {
	name = strings.TrimRight(name, " .")
	stem, ending := splitEnding(name)
	if room := maxSafeName - len(ending); len(stem) > room {
		for !utf8.RuneStart(stem[room]) {
			room--
		}
		stem = stem[:room]
	}
	return strings.TrimRight(stem+ending, " .")
}

// splitEnding splits a name before its last point, unless that is the first character.
func splitEnding(name string) (stem, ending string) {
	if i := strings.LastIndexByte(name, '.'); i > 0 && len(name)-i <= maxSafeEnding {
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

// takenNames gives every file a name of its own, also where case makes no difference.
type takenNames map[string]bool

// name returns the safe name, with the number in it where another file took it before.
func (t takenNames) name(name, number string) string {
	safe := safeName(name)
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

func (t takenNames) take(name string) bool {
	key := strings.ToLower(strings.ToUpper(name))
	if t[key] {
		return false
	}
	t[key] = true
	return true
}
