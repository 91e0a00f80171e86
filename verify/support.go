package verify

import "fmt"

// maxSupport bounds the supporting files that are used: what holds one block is searched
// for every attestation, and proofs of a folder lead to as many blocks as they have days.
const maxSupport = 1000

// weighed is what Open returned, where it takes more memory than the file has bytes and
// where equal files need not be used twice.
type weighed interface {
	SHA256() string // of the file
	Held() int64    // bytes
}

// supportedBy returns the format whose supporting files are named like this, or nil. The
// content has no say: what stands in it is up to whoever made the file, and supporting
// files are no subjects, so that anything could be hidden behind a few bytes.
func supportedBy(name string, formats []Format) *Format {
	for i := range formats {
		if s := formats[i].Support; s != nil && extension(name, s.Extensions) != "" {
			return &formats[i]
		}
	}
	return nil
}

// sniffedSupport returns the format whose supporting files begin like this, or nil. It
// serves Inspect, which hides nothing.
func sniffedSupport(head []byte, formats []Format) *Format {
	for i := range formats {
		if s := formats[i].Support; s != nil && s.Sniff != nil && s.Sniff(head) {
			return &formats[i]
		}
	}
	return nil
}

// openSupport reads what other evidence is judged with. The file came with the
// evidence, so it may only bring what proves itself: whether it does is for the
// verifier.
func (r *run) openSupport(e *entry, f *Format) {
	e.support, e.format = true, f
	if e.err != nil {
		return
	}
	data, err := e.readAll(r.opts.limits.evidence)
	if err == nil && r.held+int64(len(data)) > r.opts.limits.inAll {
		err = errTooLarge
	}
	var opened any
	if err == nil {
		opened, err = f.Support.Open(r.opts.Env, e.Path, data)
	}
	held := int64(len(data))
	if w, ok := opened.(weighed); ok && err == nil {
		held = w.Held()
	}
	if err == nil && r.held+held > r.opts.limits.inAll {
		err = errTooLarge
	}
	if err == nil {
		r.held += held
		e.opened = opened
	}
	if err != nil {
		r.note(e.Path, fmt.Sprintf("not used, counts as absent: %v", err))
	}
}

// support hands on what was read, in the order of the items, equal files once.
func (r *run) support() {
	for i := range r.opts.Formats {
		f := &r.opts.Formats[i]
		var opened []any
		met := make(map[string]bool)
		for _, e := range r.entries {
			if !e.support || e.format != f || e.opened == nil {
				continue
			}
			if w, ok := e.opened.(weighed); ok && met[w.SHA256()] {
				continue
			} else if ok {
				met[w.SHA256()] = true
			}
			if len(opened) == maxSupport {
				r.note(e.Path, fmt.Sprintf("not used, counts as absent: %d such files are used, and no more", maxSupport))
				continue
			}
			opened = append(opened, e.opened)
		}
		if len(opened) > 0 {
			r.opts.Env = f.Support.Add(r.opts.Env, opened)
		}
	}
}
