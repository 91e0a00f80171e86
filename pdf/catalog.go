package pdf

import (
	"slices"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// root compares the catalogs (7.7.2).
func (b *pair) root() error {
	b.catalog, _ = rootRef(b.view)
	new, err := b.view.Root()
	if err != nil {
		b.note(b.revOf(b.catalog, b.view.Revision()), classType, b.catalog, "catalog", false, err.Error(), nil)
		return passingOwn(err)
	}
	rev := b.revOf(b.catalog, b.view.Revision())
	if d := b.deltas[b.catalog.Number]; d != nil && d.was && d.is && b.catalog == b.s.root && !b.moved(d) {
		d.done = true
		b.twice(d)
	}
	keys := diffKeys(b.s.catalog, new)
	if slices.Contains(keys, "AcroForm") || b.touches(new.Get("AcroForm")) || b.touched(isForm|isFields|isResources|isCategory) {
		if err := b.form(b.s.catalog.Get("AcroForm"), new.Get("AcroForm"), rev); err != nil {
			return err
		}
	}
	for _, key := range keys {
		if err := b.catalogEntry(rev, key, b.s.catalog.Get(key), new.Get(key)); err != nil {
			return err
		}
	}
	return b.stores(new)
}

func (b *pair) catalogEntry(rev int, key pdffile.Name, old, new pdffile.Object) error {
	what := "catalog: " + label(key)
	switch key {
	case "AcroForm":
		return nil
	case "DSS":
		return b.store(rev, what, old, new)
	case "Extensions":
		b.allow(rev, classExtensions, b.catalog, what, "", new)
		return nil
	case "Version":
		return b.version(rev, what, old, new)
	case "Metadata":
		return b.metadata(rev, what, old, new)
	case "Names":
		return b.names(rev, what, old, new)
	}
	b.deny(rev, keyClass(key, catalogClass(key)), b.catalog, what, "not on the list of permitted changes", new)
	return nil
}

// version lets the version of the catalog rise: signers do that together with
// Extensions, and what is already there does not change its meaning by it (7.2.2).
func (b *pair) version(rev int, what string, old, new pdffile.Object) error {
	was := b.c.f.Version()
	if v, ok := old.(pdffile.Name); ok && laterVersion(string(v), was) {
		was = string(v)
	}
	is, ok := new.(pdffile.Name)
	ok = ok && slices.Contains([]pdffile.Name{"1.0", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7", "2.0"}, is)
	if ok && !laterVersion(was, string(is)) || isNull(old) && ok && !laterVersion(string(is), was) {
		b.note(rev, classExtensions, b.catalog, what, true, "", new)
		return nil
	}
	b.deny(rev, classOther, b.catalog, what, "the version was taken back, or there is none of the name", new)
	return nil
}

// laterVersion compares versions such as 1.7.
func laterVersion(a, b string) bool {
	if len(a) != len(b) {
		return len(a) > len(b)
	}
	return a > b
}

// names compares the name dictionaries (7.7.4).
func (b *pair) names(rev int, what string, old, new pdffile.Object) error {
	was, err := resolveDict(b.s.view, old)
	if err != nil {
		return err
	}
	is, err := resolveDict(b.view, new)
	if err != nil {
		return err
	}
	all := classMetadata
	for _, key := range diffKeys(was, is) {
		c := keyClass(key, classOther)
		switch {
		case key == "AP" && b.s.p.annotates():
			// Named appearances, which programs put there for the icons of annotations.
			b.allow(rev, classAnnotation, b.catalog, what+": AP", "annotations may be added", is.Get(key))
			all = classAnnotation
			continue
		case key == "AP":
			c = classAnnotation
		}
		b.deny(rev, c, b.catalog, what+": "+label(key), "not on the list of permitted changes", is.Get(key))
		all = c
	}
	// The dictionary itself may be another object now.
	b.claim(new, all, all == classAnnotation && b.s.p.annotates(), "the names that lead there")
	return nil
}
