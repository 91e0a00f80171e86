package pdf

import "github.com/exhibit-dev/exhibit/internal/pdffile"

// successors finds the attachment that took the place of one that is gone: under the
// same key of the name tree, or in the same file specification, else of the same name.
type successors map[sameness][]*Attachment

// sameness is one way in which two attachments may be the same.
type sameness struct {
	key, name, entry string
	spec             pdffile.Ref
}

// maxSuccessors: where this many files share a name, it says nothing.
const maxSuccessors = 16

// ways lists what an attachment may be known by, best first.
func (a *Attachment) ways() [3][]sameness {
	var out [3][]sameness
	for i := range a.Places {
		p := &a.Places[i]
		if p.key != nil && !p.key.Sealed && !p.key.cut {
			out[0] = append(out[0], sameness{key: string(p.Kind) + " " + string(p.key.Raw)})
		}
		if p.Spec.Number > 0 {
			out[1] = append(out[1], sameness{spec: p.Spec, entry: p.Entry})
		}
	}
	if a.Name != "" {
		out[2] = []sameness{{name: a.Name}}
	}
	return out
}

func (s successors) add(a *Attachment) {
	for _, list := range a.ways() {
		for _, k := range list {
			if n := len(s[k]); n < maxSuccessors && (n == 0 || s[k][n-1] != a) {
				s[k] = append(s[k], a)
			}
		}
	}
}

// of returns the successor of an attachment, or nil. It must be the only one, and must
// not have been there together with it.
func (s successors) of(old *Attachment) *Attachment {
	last := old.named[0].to
	for _, list := range old.ways() {
		var found *Attachment
		for _, k := range list {
			for _, a := range s[k] {
				if a.FirstNamed <= last || a == found {
					continue
				}
				if found != nil || len(s[k]) == maxSuccessors {
					return nil
				}
				found = a
			}
		}
		if found != nil {
			return found
		}
	}
	return nil
}
