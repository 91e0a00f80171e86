package dir

import (
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// algorithmsName is the one file that is read from the directory itself.
const algorithmsName = "algorithms.json"

// reader takes one file, or says why it cannot.
type reader func(l *loader, name string) error

// readers holds the folders with a use.
var readers = map[string]reader{
	UseTSA:           func(l *loader, name string) error { return l.certificates(UseTSA, name) },
	UseDocuments:     func(l *loader, name string) error { return l.certificates(UseDocuments, name) },
	UseIntermediates: func(l *loader, name string) error { return l.certificates(UseIntermediates, name) },
	UseRevocation:    (*loader).revocation,
	UseSigners:       (*loader).signer,
	UseLogs:          (*loader).logKey,
	UseBitcoin:       (*loader).bitcoinFile,
}

// top goes through the directory itself. The entries of ReadDir are sorted, which
// makes the whole walk so.
func (l *loader) top(entries []fs.DirEntry) {
	for _, e := range entries {
		name := e.Name()
		read, known := readers[name]
		switch {
		case e.IsDir() && forPeople(name):
			l.unused(name + "/")
		case e.IsDir() && known:
			l.folder(name, read, 0)
		case e.IsDir():
			l.note(name, "no folder of a trust directory has this name")
		case !l.count(name):
			return
		case forPeople(name):
			l.unused(name)
		case name == algorithmsName:
			l.file(name, (*loader).algorithms)
		case known: // a symbolic link or a plain file in a folder's place
			l.fail(name, fmt.Errorf("must be a folder"))
		default:
			l.note(name, "no file of a trust directory has this name")
		}
	}
}

// folder goes through a folder with a use; depth is the number of folders between
// it and the folder of the use.
func (l *loader) folder(dir string, read reader, depth int) {
	entries, err := fs.ReadDir(l.fsys, dir)
	if err != nil {
		l.fail(dir, err)
		return
	}
	for _, e := range entries {
		// Before anything else: a list that is there and cannot be used must not leave
		// its folder as if nobody had written one.
		if lower := strings.ToLower(e.Name()); lower == signersName || lower == logsName || lower == checkpointsName {
			l.lists[dir] = path.Join(dir, e.Name())
		}
	}
	for _, e := range entries {
		name := path.Join(dir, e.Name())
		switch {
		case e.IsDir() && forPeople(e.Name()):
			l.unused(name + "/")
		case e.IsDir() && depth == maxDepth:
			l.fail(name, fmt.Errorf("more than %d folders deep", maxDepth))
		case e.IsDir():
			l.folder(name, read, depth+1)
		case !l.count(name):
			return
		case forPeople(e.Name()):
			l.unused(name)
		default:
			l.file(name, read)
		}
	}
}

// count admits one more file. The first one too many is reported and, like all
// after it, left out.
func (l *loader) count(name string) bool {
	l.files++
	if l.files == maxFiles+1 {
		l.fail(name, fmt.Errorf("more than %d files; this one and all after it are left out", maxFiles))
	}
	return l.files <= maxFiles
}

// file takes one file, or notes why it is left out.
func (l *loader) file(name string, read reader) {
	info, err := fs.Stat(l.fsys, name) // before opening: opening a pipe would wait for its writer
	switch {
	case err != nil:
		l.fail(name, err)
	case info.IsDir():
		l.fail(name, fmt.Errorf("a symbolic link to a folder is not followed"))
	case !info.Mode().IsRegular():
		l.fail(name, fmt.Errorf("not a regular file"))
	default:
		if err := read(l, name); err != nil {
			l.fail(name, err)
		}
	}
}

// forPeople reports whether an entry is passed over in silence: hidden files, which
// systems and editors leave behind, and notes.
func forPeople(base string) bool {
	lower := strings.ToLower(base)
	ext := path.Ext(lower)
	return strings.HasPrefix(base, ".") || ext == ".txt" || ext == ".md" || strings.TrimSuffix(lower, ext) == "readme"
}
