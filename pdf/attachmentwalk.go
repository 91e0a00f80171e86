package pdf

import (
	"errors"
	"slices"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// fileRole is what an object is looked at for.
type fileRole uint8

const (
	roleCatalog    fileRole = iota
	roleNames               // the name dictionary of the catalog
	roleNameTree            // a node of the name tree of embedded files
	rolePages               // a node of the page tree, or a page
	roleResources           //
	roleXObjects            // the XObjects of resources, by name
	roleXObject             //
	roleProperties          // the property lists of resources, by name
	roleProperty            //
	roleAnnots              // the annotations of a page
	roleAnnotation          //
	roleRichMedia           // the content of a RichMedia annotation
	roleAssets              // a node of its name tree
	roleStructure           // the structure tree, or an element of it
	roleFiles               // AF: an array of file specifications, or one
	roleSpec                // a file specification
)

// fileNode is what an object says in a role: the objects to look at next, and the file
// specifications in it. It stays as it is until a revision changes an object that it was
// read from.
type fileNode struct {
	role  fileRole
	ref   pdffile.Ref
	items []fileItem
	round int // the last one in which the node was entered
}

// fileItem is a reference to look at in a role, or a file specification.
type fileItem struct {
	role  fileRole
	ref   pdffile.Ref
	spec  *fileSpec
	place *Place // where files are named; nil: where the node is
}

// visit goes over a node and what is below it, in the order of the file.
func (s *attachmentScan) visit(role fileRole, ref pdffile.Ref, place *Place, depth int) error {
	if !s.step(role) {
		return nil
	}
	n, err := s.node(role, ref)
	if err != nil {
		return err
	}
	// What names files may be named itself from several places; all else is entered once.
	if role != roleFiles && role != roleSpec {
		if n.round == s.round {
			if role == roleNameTree || role == roleAssets {
				s.found(foundNameTree, ref, "the node is reached twice")
			}
			return nil
		}
		n.round = s.round
	}
	if depth > pdffile.MaxDepth {
		s.cut("levels in a tree", pdffile.MaxDepth)
		return nil
	}
	return s.items(n, place, depth)
}

func (s *attachmentScan) items(n *fileNode, place *Place, depth int) error {
	for i := range n.items {
		x := &n.items[i]
		at := x.place
		if at == nil {
			at = place
		}
		if x.spec != nil {
			s.sight(at, x.spec)
			continue
		}
		if err := s.visit(x.role, x.ref, at, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// step counts what is looked at. It reports false when a limit is reached.
func (s *attachmentScan) step(role fileRole) bool {
	if role == roleStructure {
		if s.structure++; s.structure > s.max.structure {
			s.cut("elements of the structure tree", s.max.structure)
			return false
		}
	}
	if s.steps++; s.steps > s.max.steps {
		s.cut("places where files may be named, in all revisions", s.max.steps)
		return false
	}
	return true
}

// node returns the node of an object, and reads it if that is necessary.
func (s *attachmentScan) node(role fileRole, ref pdffile.Ref) (*fileNode, error) {
	for _, n := range s.nodes[ref.Number] {
		if n.role == role && n.ref == ref {
			return n, nil
		}
	}
	n := &fileNode{role: role, ref: ref, round: -1}
	if s.reads++; s.reads > s.max.reads {
		s.cut("objects that may name files, in all revisions", s.max.reads)
		return n, nil
	}
	s.nodes[ref.Number] = append(s.nodes[ref.Number], n)
	x := fileReader{scan: s, node: n}
	o, last, err := x.resolve(ref)
	if err != nil {
		return nil, err
	}
	if _, ok := o.(pdffile.Dict); ok && (role == roleSpec || role == roleFiles) {
		x.own = last
	}
	return n, x.take(role, o, nil)
}

// fileReader reads one object for its node.
type fileReader struct {
	scan *attachmentScan
	node *fileNode
	own  pdffile.Ref // the object, if it is a file specification
}

// get reads an object, and notes that the node depends on it. One that cannot be read
// is null, and a finding.
func (x *fileReader) get(ref pdffile.Ref) (pdffile.Object, error) {
	s := x.scan
	if ref.Number != x.node.ref.Number {
		s.depend(ref.Number, x.node)
	}
	if _, e := s.view.Where(ref); e.Kind == pdffile.InStream {
		s.depend(e.Container, x.node)
	}
	o, err := s.view.Get(ref)
	var e *pdffile.Error
	switch {
	case err == nil:
		return o, nil
	case errors.As(err, &e) && e.Code != pdffile.CodeLimit:
		s.found(foundAttachmentUnread, ref, "whether the object names files cannot be told: %v", err)
		return pdffile.Null{}, nil
	}
	return nil, err
}

// resolve is View.Resolve that notes dependencies. ref is the last reference.
func (x *fileReader) resolve(o pdffile.Object) (out pdffile.Object, ref pdffile.Ref, err error) {
	for n := 0; ; n++ {
		r, ok := o.(pdffile.Ref)
		if !ok {
			return o, ref, nil
		}
		if n == maxFileRefs {
			x.found(foundAttachmentUnread, "references that lead in a circle, or more than %d in a row", maxFileRefs)
			return pdffile.Null{}, ref, nil
		}
		ref = r
		if o, err = x.get(r); err != nil {
			return nil, ref, err
		}
	}
}

// fileValue returns the object resolved, if it is of the type.
func fileValue[T pdffile.Object](x *fileReader, o pdffile.Object) (value T, ok bool, err error) {
	o, _, err = x.resolve(o)
	if err != nil {
		return value, false, err
	}
	value, ok = o.(T)
	return value, ok, nil
}

// stream returns the reference by which a stream is named.
func (x *fileReader) stream(o pdffile.Object) (ref pdffile.Ref, ok bool, err error) {
	o, ref, err = x.resolve(o)
	if err != nil {
		return ref, false, err
	}
	_, ok = o.(*pdffile.Stream)
	return ref, ok, nil
}

// depend notes that a node is to be read again where the object differs.
func (s *attachmentScan) depend(number uint32, n *fileNode) {
	list := s.dependents[number]
	if len(list) == 0 || list[len(list)-1] != n {
		s.dependents[number] = append(list, n)
	}
}

// forget drops the nodes that were read from an object.
func (s *attachmentScan) forget(number uint32) (any bool) {
	any = len(s.nodes[number]) > 0
	delete(s.nodes, number)
	for _, n := range s.dependents[number] {
		if list := s.nodes[n.ref.Number]; slices.Contains(list, n) {
			s.nodes[n.ref.Number] = slices.DeleteFunc(list, func(x *fileNode) bool { return x == n })
			any = true
		}
	}
	delete(s.dependents, number)
	return any
}
