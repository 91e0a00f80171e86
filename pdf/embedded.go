package pdf

import (
	"bytes"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// nameTree reads a node of a name tree (ISO 32000-2, 7.9.6). A node with both kids and
// names gives both: readers differ in which they see.
func (x *fileReader) nameTree(d pdffile.Dict, role fileRole, kind PlaceKind) error {
	if d.Has("Kids") && d.Has("Names") {
		x.found(foundNameTree, "the node has Kids and Names")
	}
	limits, err := x.limits(d)
	if err != nil {
		return err
	}
	if d.Has("Names") {
		list, ok, err := fileValue[pdffile.Array](x, d.Get("Names"))
		if err != nil {
			return err
		}
		if !ok {
			x.found(foundNameTree, "the Names of the node are no array")
		}
		if err := x.leaf(list, limits, kind); err != nil {
			return err
		}
	}
	return x.take(role, d.Get("Kids"), nil)
}

// limits returns the first and the last key that a node is said to have; nil without.
func (x *fileReader) limits(d pdffile.Dict) ([][]byte, error) {
	list, ok, err := fileValue[pdffile.Array](x, d.Get("Limits"))
	if err != nil || !ok {
		return nil, err
	}
	var out [][]byte
	for _, o := range list[:min(len(list), 3)] {
		s, ok, err := fileValue[pdffile.String](x, o)
		if err != nil {
			return nil, err
		}
		if ok {
			out = append(out, s.Bytes)
		}
	}
	if len(list) != 2 || len(out) != 2 {
		x.found(foundNameTree, "the Limits of the node are no two strings")
		return nil, nil
	}
	return out, nil
}

// leaf reads the pairs of keys and file specifications. One who searches by Limits does
// not find what lies outside of them.
func (x *fileReader) leaf(list pdffile.Array, limits [][]byte, kind PlaceKind) error {
	if len(list)%2 == 1 {
		x.found(foundNameTree, "the Names of the node are no pairs")
	}
	for i := 0; i+1 < len(list); i += 2 {
		if len(x.node.items) >= x.scan.max.treeNames {
			x.scan.cut("names in a node of a name tree", x.scan.max.treeNames)
			return nil
		}
		key, ok, err := fileValue[pdffile.String](x, list[i])
		if err != nil {
			return err
		}
		at := x.place(kind)
		if !ok {
			x.found(foundNameTree, "a key that is no string")
		} else {
			name := x.name("Names", key)
			at.key = &name
			if limits != nil && !key.Sealed && (bytes.Compare(key.Bytes, limits[0]) < 0 || bytes.Compare(key.Bytes, limits[1]) > 0) {
				x.found(foundNameTree, "the key %q lies outside of the node's Limits", shown(name.Text))
			}
		}
		if err := x.take(roleSpec, list[i+1], at); err != nil {
			return err
		}
	}
	return nil
}

// checkOrder looks at the keys of the present name tree one after another: readers that
// search it rely on their order (7.9.6).
func (s *attachmentScan) checkOrder(p *Place) {
	if p.Kind != PlaceNameTree || p.key == nil || p.key.Sealed || p.key.cut || s.view.Revision() != s.last {
		return
	}
	raw := string(p.key.Raw)
	switch {
	case s.keys[raw]:
		s.found(foundNameTree, p.Holder, "the key %q stands twice in the name tree", shown(p.key.Text))
	case raw < s.key:
		s.found(foundNameTree, p.Holder, "the key %q does not stand in order", shown(p.key.Text))
	}
	s.keys[raw], s.key = true, raw
}
