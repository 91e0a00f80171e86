package verify

import "fmt"

// supportedBy returns the format whose supporting files are named or begin like this,
// or nil.
func supportedBy(name string, head []byte, formats []Format) *Format {
	for i := range formats {
		s := formats[i].Support
		if s != nil && (extension(name, s.Extensions) != "" || s.Sniff != nil && s.Sniff(head)) {
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
	if err == nil {
		r.held += int64(len(data))
		e.opened, err = f.Support.Open(r.opts.Env, e.Path, data)
	}
	if err != nil {
		r.note(e.Path, fmt.Sprintf("not used, counts as absent: %v", err))
	}
}

// support hands on what was read, in the order of the items.
func (r *run) support() {
	for i := range r.opts.Formats {
		f := &r.opts.Formats[i]
		var opened []any
		for _, e := range r.entries {
			if e.support && e.format == f && e.opened != nil {
				opened = append(opened, e.opened)
			}
		}
		if len(opened) > 0 {
			r.opts.Env = f.Support.Add(r.opts.Env, opened)
		}
	}
}
