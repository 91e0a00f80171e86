package verify

import "path/filepath"

// labelled settles the paths in the report. They are relative to the arguments: the
// name of a file, the way inside a folder. Only if two would then be the same do
// all begin with their argument as it was given.
func (c *collector) labelled() ([]Item, []Problem) {
	label := shortLabel
	if c.collide() {
		label = longLabel
	}
	var items []Item
	var problems []Problem
	for i := range c.list {
		f := &c.list[i]
		if f.problem != "" {
			problems = append(problems, Problem{label(f), f.problem})
			continue
		}
		f.item.Path = label(f)
		items = append(items, f.item)
	}
	return items, problems
}

func (c *collector) collide() bool {
	used := make(map[string]bool, len(c.list))
	for i := range c.list {
		l := shortLabel(&c.list[i])
		if used[l] {
			return true
		}
		used[l] = true
	}
	return false
}

func shortLabel(f *found) string {
	switch {
	case f.rel != "":
		return f.rel
	case f.arg == "-":
		return "-"
	}
	name := filepath.Base(filepath.Clean(f.arg))
	if name == "-" {
		return "./-" // a file of that name, not standard input
	}
	return filepath.ToSlash(name)
}

func longLabel(f *found) string {
	if f.arg == "-" {
		return "-"
	}
	arg := filepath.ToSlash(filepath.Clean(f.arg))
	if arg == "-" {
		arg = "./-"
	}
	if f.rel == "" {
		return arg
	}
	return arg + "/" + f.rel
}
