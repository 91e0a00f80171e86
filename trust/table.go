package trust

import (
	_ "embed"
)

// The built-in dates: NIST SP 800-131A Rev. 2 and SP 800-57 Part 1 Rev. 5. What
// gives about 80 bits ended with 2013, what gives 112 bits ends with 2030.
//
//go:embed algorithms.json
var builtinTable []byte

var builtin = mustParse(builtinTable)

// Builtin returns the table that applies when none is given.
func Builtin() *Algorithms { return builtin }

func mustParse(b []byte) *Algorithms {
	a, err := ParseAlgorithms(b)
	if err != nil {
		panic("internal error: built-in " + err.Error())
	}
	return a
}
