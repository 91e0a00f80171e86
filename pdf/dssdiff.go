package pdf

import (
	"encoding/hex"
	"fmt"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// store judges another document security store (12.8.4.3). Whatever validation data are
// added, replaced or left out is permitted: none of it is shown, and what is missing is
// missed where a signature needs it. Entries that a store does not have are no store.
func (b *pair) store(rev int, what string, old, new pdffile.Object) error {
	if isNull(new) {
		b.note(rev, classDSS, b.catalog, what, true, "the store was taken away", nil)
		return nil
	}
	b.allow(rev, classDSS, b.catalog, what, "", new)
	return nil
}

// stores looks at what is in the store of the later view, if anything of it changed.
func (b *pair) stores(catalog pdffile.Dict) error {
	value := catalog.Get("DSS")
	changed := !sameValue(value, b.s.catalog.Get("DSS")) || b.touches(value)
	for _, n := range b.order {
		changed = changed || b.s.uses[n].ownedBy(classDSS)
	}
	if !changed || isNull(value) {
		return nil
	}
	rev, at := b.revOf(b.catalog, b.view.Revision()), b.catalog
	if ref, ok := value.(pdffile.Ref); ok {
		rev, at = b.revOf(ref, rev), ref
	}
	x, err := resolveIn(b.view, value)
	if err != nil {
		return err
	}
	d, ok := x.(pdffile.Dict)
	if !ok {
		b.note(rev, classType, at, "catalog: DSS", false, "no dictionary", value)
		return nil
	}
	was, err := resolveDict(b.s.view, b.s.catalog.Get("DSS"))
	if err != nil {
		return err
	}
	for _, m := range d.Members {
		switch m.Key {
		case "Certs", "OCSPs", "CRLs":
			if err := b.fewer(rev, at, string(m.Key), was.Get(m.Key), m.Value); err != nil {
				return err
			}
		case "VRI", "Type":
		default:
			if !sameValue(m.Value, was.Get(m.Key)) {
				b.deny(rev, classOther, at, "DSS: "+label(m.Key), "no entry of a document security store", m.Value)
			}
		}
	}
	return nil
}

const notPart = "it is no part of what leads there"

// foreign reports an object that cannot be what its place in a document security store,
// in Extensions or in Metadata asks for.
func foreign(c class, o pdffile.Object) bool {
	if c != classDSS && c != classExtensions && c != classMetadata {
		return false
	}
	if t := typeClass(o); t != classOther && t != c {
		return true
	}
	d, ok := o.(pdffile.Dict)
	if !ok || c != classDSS {
		return false
	}
	for _, m := range d.Members {
		switch m.Key {
		case "Type", "Certs", "OCSPs", "CRLs", "VRI", "Cert", "OCSP", "CRL", "TU", "TS":
			continue
		}
		if _, err := hex.DecodeString(string(m.Key)); err != nil || len(m.Key) != 40 { // SHA-1 of a signature
			return true
		}
	}
	return false
}

func (u *usage) ownedBy(c class) bool { return u != nil && u.owned == c && u.plain == 0 }

// fewer notes validation data that are no longer there.
func (b *pair) fewer(rev int, at pdffile.Ref, key string, old, new pdffile.Object) error {
	was, err := resolveArray(b.s.view, old)
	if err != nil {
		return err
	}
	is, err := resolveArray(b.view, new)
	if err != nil {
		return err
	}
	if _, removed, _ := b.c.diffLists(was, is); len(removed) > 0 {
		b.note(rev, classDSS, at, fmt.Sprintf("DSS: %d of %s left out", len(removed), key), true, "permitted, and of no use to the signatures", nil)
	}
	return nil
}
