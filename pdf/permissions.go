package pdf

// permissions is what a signature lets later revisions do.
type permissions struct {
	// DocMDP is the P of a DocMDP transform (ISO 32000-2, Table 257): 1, 2 or 3; 0 where
	// there is none.
	DocMDP int
	// Locked reports whether the field with this fully qualified name must not change
	// (FieldMDP, Table 259, or the Lock of the signed field, Table 236). It is nil where
	// neither is there. The parts of the name are read by decodeText and joined by full
	// stops.
	Locked func(field string) bool
}

// fills reports whether the values and appearances of fields that are not locked may
// change. A FieldMDP alone does not permit it: it only takes fields out of what P=2 and
// P=3 permit (ISO 32000-2, 12.8.2.4).
func (p permissions) fills() bool { return p.DocMDP >= 2 }

// annotates reports whether annotations may be created, changed and deleted.
func (p permissions) annotates() bool { return p.DocMDP >= 3 }

func (p permissions) locks(field string) bool { return p.Locked != nil && p.Locked(field) }
