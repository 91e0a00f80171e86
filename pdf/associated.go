package pdf

import "github.com/exhibit-dev/exhibit/internal/pdffile"

// take reads an object in a role. A reference is looked at later, as a node of its own.
func (x *fileReader) take(role fileRole, o pdffile.Object, place *Place) error {
	switch o := o.(type) {
	case pdffile.Ref:
		x.node.items = append(x.node.items, fileItem{role: role, ref: o, place: place})
	case pdffile.Array:
		return x.array(role, o, place)
	case pdffile.Dict:
		return x.dict(role, o, place)
	case *pdffile.Stream:
		if role == roleXObject {
			return x.dict(role, o.Dict, place)
		}
	}
	return nil
}

func (x *fileReader) array(role fileRole, list pdffile.Array, place *Place) error {
	switch role {
	case roleFiles:
		role = roleSpec
	case roleAnnots:
		role = roleAnnotation
	case rolePages, roleStructure, roleNameTree, roleAssets: // the kids of a node
	default:
		return nil
	}
	for _, o := range list {
		if err := x.take(role, o, place); err != nil {
			return err
		}
	}
	return nil
}

// dict reads a dictionary. The places of AF are those of ISO 32000-2, 14.13 and ISO
// 19005-3, Table E.1, without document parts (DPart).
func (x *fileReader) dict(role fileRole, d pdffile.Dict, place *Place) error {
	switch role {
	case roleCatalog:
		return x.entries(d, PlaceDocument, fileEntry{"Names", roleNames}, fileEntry{"AF", roleFiles}, fileEntry{"Pages", rolePages}, fileEntry{"StructTreeRoot", roleStructure})
	case roleNames:
		return x.take(roleNameTree, d.Get("EmbeddedFiles"), nil)
	case roleNameTree:
		return x.nameTree(d, role, PlaceNameTree)
	case rolePages:
		return x.entries(d, PlacePage, fileEntry{"AF", roleFiles}, fileEntry{"Resources", roleResources}, fileEntry{"Annots", roleAnnots}, fileEntry{"Kids", rolePages})
	case roleResources:
		return x.entries(d, "", fileEntry{"XObject", roleXObjects}, fileEntry{"Properties", roleProperties})
	case roleXObject:
		return x.entries(d, PlaceXObject, fileEntry{"AF", roleFiles}, fileEntry{"Resources", roleResources})
	case roleProperty:
		return x.entries(d, PlaceContent, fileEntry{"MCAF", roleFiles})
	case roleStructure:
		return x.entries(d, PlaceStructure, fileEntry{"AF", roleFiles}, fileEntry{"K", roleStructure})
	case roleXObjects:
		return x.each(roleXObject, d)
	case roleProperties:
		return x.each(roleProperty, d)
	case roleAnnotation:
		return x.annotation(d)
	case roleRichMedia:
		return x.take(roleAssets, d.Get("Assets"), nil)
	case roleAssets:
		return x.nameTree(d, role, PlaceRichMedia)
	case roleFiles, roleSpec:
		return x.spec(d, place)
	}
	return nil
}

// fileEntry is an entry of a dictionary that leads on.
type fileEntry struct {
	key  pdffile.Name
	role fileRole
}

// entries follows entries of a dictionary. Files in its AF have the kind of place.
func (x *fileReader) entries(d pdffile.Dict, kind PlaceKind, list ...fileEntry) error {
	for _, e := range list {
		if !x.scan.deep && (e.role == roleResources || e.role == roleStructure) {
			continue
		}
		var place *Place // other nodes know their own
		if e.role == roleFiles {
			place = x.place(kind)
		}
		if err := x.take(e.role, d.Get(e.key), place); err != nil {
			return err
		}
	}
	return nil
}

func (x *fileReader) each(role fileRole, d pdffile.Dict) error {
	for i := range d.Members {
		if err := x.take(role, d.Members[i].Value, nil); err != nil {
			return err
		}
	}
	return nil
}

// place returns a place in the node's object.
func (x *fileReader) place(kind PlaceKind) *Place {
	return &Place{Kind: kind, Holder: x.node.ref}
}
