package verify

import "github.com/exhibit-dev/exhibit/verdict"

// index finds entries by place, by stem and by digest.
type index struct {
	byName   map[[2]string]*entry
	byStem   map[[2]string][]*entry
	byDigest map[verdict.DigestOf]map[string][]*entry
}

// newIndex knows the names. It is made once it is known what is evidence.
func (r *run) newIndex() *index {
	idx := &index{
		byName:   make(map[[2]string]*entry, len(r.entries)),
		byStem:   make(map[[2]string][]*entry, len(r.entries)),
		byDigest: make(map[verdict.DigestOf]map[string][]*entry),
	}
	twins := make(map[[2]string]bool)
	for _, e := range r.entries {
		own := [2]string{e.folder, e.name}
		if e.parent != nil && (idx.byName[own] != nil || twins[own]) {
			twins[own] = true
			delete(idx.byName, own)
		} else {
			idx.byName[own] = e
		}
		if e.subjectToo() {
			key := [2]string{e.folder, stem(e.name)}
			idx.byStem[key] = append(idx.byStem[key], e)
		}
	}
	return idx
}

// digests adds the digests, once they are read.
func (idx *index) digests(entries []*entry, want []verdict.DigestOf) {
	for _, of := range want {
		found := make(map[string][]*entry, len(entries))
		for _, e := range entries {
			if d, err := e.digests.Digest(of.Algorithm, []byte(of.Prefix)); err == nil {
				found[string(d)] = append(found[string(d)], e)
			}
		}
		idx.byDigest[of] = found
	}
}

// named returns the neighbour whose whole name e carries before its extension.
func (idx *index) named(e *entry, formats []Format) *entry {
	for i := range formats {
		for _, ext := range formats[i].Extensions {
			if extension(e.name, []string{ext}) == "" {
				continue
			}
			if t := idx.byName[[2]string{e.folder, e.name[:len(e.name)-len(ext)]}]; t != nil {
				return t
			}
		}
	}
	return nil
}

// sameStem returns the neighbours that share the stem: subjects, and documents that are
// evidence over themselves only.
func (idx *index) sameStem(e *entry, formats []Format) []*entry {
	return idx.byStem[[2]string{e.folder, without(e.name, formats)}]
}

// matching returns every entry but e itself whose digest e names, in their order.
func (idx *index) matching(e *entry) []*entry {
	var out []*entry
	seen := map[*entry]bool{e: true}
	for _, c := range e.commitments {
		if len(c.Digest) == 0 {
			continue
		}
		for _, t := range idx.byDigest[c.of()][string(c.Digest)] {
			if !seen[t] {
				seen[t] = true
				out = append(out, t)
			}
		}
	}
	return out
}
