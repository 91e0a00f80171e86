package verify

import (
	"context"
	"errors"

	"github.com/exhibit-dev/exhibit/verdict"
)

// inspectDocument reads an item in any order, whatever its size. It returns nil where
// another format has to say what the item is, or where it says nothing.
func inspectDocument(ctx context.Context, e *entry, formats []Format, password []byte) (in *Inspection, err error) {
	r := &run{ctx: ctx, opts: Options{Formats: formats, PDFPassword: password, limits: &usualLimits}}
	head, err := e.inspectHead()
	if err != nil {
		return nil, err
	}
	f := r.documentOf(e, claimedBy(e.name, formats), head)
	if f == nil || !leads(f, e, head) || requestedBy(e.name, formats) != nil || supportedBy(e.name, formats) != nil {
		return nil, nil
	}
	at, size, err := r.anyOrder(e)
	if err != nil {
		return nil, err
	}
	defer func() {
		if e.at != nil {
			err = errors.Join(err, e.at.Close())
		}
	}()
	ev, err := f.OpenAt(ctx, at, size, OpenOptions{Password: password})
	if err != nil {
		return nil, err
	}
	if ev == nil {
		return nil, nil
	}
	in = &Inspection{Kind: f.Kind, Role: "evidence", Size: size, Claims: ev.Claims()}
	if c, ok := ev.(Containing); ok && c.Plain() {
		in.Role = "container"
	}
	if d, ok := ev.(digesting); ok {
		s, err := d.Digests(ctx, []verdict.DigestOf{{Algorithm: "sha256"}})
		if err != nil {
			return nil, err
		}
		e.digests = s
	}
	in.SHA256 = e.sha256()
	return in, nil
}

// inspectHead returns the first bytes. What cannot be read in any order is read once, and
// kept.
func (e *entry) inspectHead() ([]byte, error) {
	if e.OpenAt != nil && e.Size >= 0 {
		return e.readHead()
	}
	data, err := e.readAll(MaxEvidence)
	if err != nil {
		return nil, err
	}
	if e.data = data; data == nil {
		e.data = []byte{}
	}
	return e.data[:min(len(e.data), headSize)], nil
}
