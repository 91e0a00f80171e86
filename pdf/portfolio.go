package pdf

import (
	"strconv"
	"strings"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// Limits of the folders of a portfolio.
const (
	// maxFolders bounds them; each is an object.
	maxFolders = 10_000
	// maxFolderPath bounds the path of one: names of sixteen levels.
	maxFolderPath = 4096
)

// portfolio reads the collection dictionary of the present document (ISO 32000-2,
// 12.3.5): which file it opens with, and which folder each is in. It renders nothing.
func (s *attachmentScan) portfolio(list []*Attachment) error {
	s.view = s.file.Last()
	c := claimReader{v: s.view}
	root := catalogOf(s.file, s.last)
	catalog := c.dict(root)
	if !catalog.Has("Collection") {
		return c.err
	}
	d, ok := claimOf[pdffile.Dict](&c, catalog.Get("Collection"))
	if !ok {
		s.found(foundPortfolio, root, "the Collection of the catalog is no dictionary, or cannot be read")
		return c.err
	}
	s.initial(list, root, c.string(d.Get("D")))
	s.folders(&c, list, d.Get("Folders"))
	return c.err
}

// initial marks the file that the portfolio opens with, by its key in the name tree.
func (s *attachmentScan) initial(list []*Attachment, root pdffile.Ref, key []byte) {
	if len(key) == 0 {
		return
	}
	for _, a := range list {
		for i := range a.Places {
			if k := a.Places[i].treeKey(); k != nil && a.Removed < 0 && string(k.Raw) == string(key) {
				a.Initial = true
				return
			}
		}
	}
	s.found(foundPortfolio, root, "the portfolio opens with %q, which is not in the name tree", shown(decodeText(key)))
}

// treeKey returns the key in the name tree of embedded files, or nil.
func (p *Place) treeKey() *FileName {
	if p.Kind != PlaceNameTree {
		return nil
	}
	return p.key
}

// folders gives each attachment its folder, which the key in the name tree begins with:
// its number in angle brackets.
func (s *attachmentScan) folders(c *claimReader, list []*Attachment, root pdffile.Object) {
	paths := s.folderPaths(c, root)
	for _, a := range list {
		for i := range a.Places {
			k := a.Places[i].treeKey()
			if k == nil {
				continue
			}
			number, _, ok := strings.Cut(k.Text, ">")
			if !ok || !strings.HasPrefix(number, "<") {
				continue
			}
			if n, err := strconv.ParseInt(number[1:], 10, 64); err == nil {
				a.Folder = paths[n]
				break
			}
		}
	}
}

// folderPaths walks over the folders, which lead to their first child and to the next
// folder beside them, and returns their paths by number.
func (s *attachmentScan) folderPaths(c *claimReader, root pdffile.Object) map[int64]string {
	type folder struct {
		at    pdffile.Object
		above string
	}
	out := map[int64]string{}
	seen := map[pdffile.Ref]bool{}
	for todo := []folder{{root, ""}}; len(todo) > 0; {
		x := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		ref, ok := x.at.(pdffile.Ref)
		if !ok { // null behind the last one
			continue
		}
		switch {
		case seen[ref]:
			s.found(foundPortfolio, ref, "a folder is reached twice")
			continue
		case len(seen) >= maxFolders:
			s.cut("folders of a portfolio", maxFolders)
			return out
		}
		seen[ref] = true
		d := c.dict(ref)
		path := x.above + shown(decodeText(c.string(d.Get("Name"))))
		if id := c.integer(d.Get("ID")); id >= 0 {
			out[id] = path[:min(len(path), maxFolderPath)]
		}
		if len(path) < maxFolderPath {
			todo = append(todo, folder{d.Get("Child"), path + "/"})
		}
		todo = append(todo, folder{d.Get("Next"), x.above})
	}
	return out
}
