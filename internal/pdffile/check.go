package pdffile

// checkTrailers looks at the entries of each revision's trailer that every reader needs
// (7.5.5).
func (f *File) checkTrailers() {
	highest := int64(-1)
	for _, r := range f.revisions {
		at := r.Trailer.From
		if _, ok := r.Trailer.Get("Root").(Ref); !ok {
			f.found(FoundTrailer, at, Ref{}, "the trailer has no reference to a Root")
		}
		for i := range r.rows {
			if k := r.rows[i].kind(); k == InFile || k == InStream {
				highest = max(highest, int64(r.rows[i].number))
			}
		}
		switch size, ok := r.Trailer.Integer("Size"); {
		case !ok:
			f.found(FoundTrailer, at, Ref{}, "the trailer has no Size")
		case size <= highest:
			f.found(FoundRowSize, at, Ref{uint32(highest), 0}, "Size is %d, so by the letter object %d does not exist", size, highest)
		}
	}
}

// checkRoot reports an error if the present catalog cannot be read, unless that is for
// want of a password.
func (f *File) checkRoot() error {
	v := f.Last()
	if err := f.checkEncryption(); err != nil {
		return err
	}
	o, err := v.resolve(v.rootRef())
	if isCode(err, CodeEncrypted) {
		return nil
	}
	if err != nil {
		return err
	}
	if _, ok := o.(Dict); !ok {
		return unreadable(f.revisions[v.n].Trailer.From, "the trailer leads to no catalog")
	}
	return nil
}
