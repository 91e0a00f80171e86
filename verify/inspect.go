package verify

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
)

// Inspection is what a file says of itself. Nothing of it is verified.
type Inspection struct {
	Kind   string // of the format
	Role   string // evidence, expectation or support
	Size   int64
	SHA256 string
	Claims any
	// Picture draws evidence that is a tree as text, and Tree as a value that encodes as
	// JSON; both are nil for all other. With values they hold every intermediate value.
	Picture func(values bool) string
	Tree    func(values bool) any
}

// ErrNoEvidence is returned for a file that no judged format can read.
var ErrNoEvidence = errors.New("no evidence of a kind that this version can read")

// Inspect reads one item and returns what it claims. A nil formats means All.
func Inspect(item Item, formats []Format) (*Inspection, error) {
	return InspectWith(context.Background(), item, Options{Formats: formats})
}

// InspectWith is Inspect with the formats and the password of the options; the others
// have no part in it. The context ends the reading of documents.
func InspectWith(ctx context.Context, item Item, o Options) (*Inspection, error) {
	formats := o.Formats
	if formats == nil {
		formats = All()
	}
	e := newEntry(item)
	e.folder, e.name = item.place()
	if in, err := inspectDocument(ctx, e, formats, o.PDFPassword); in != nil || err != nil {
		return in, err
	}
	data, err := e.data, error(nil)
	if data == nil {
		data, err = e.readAll(MaxEvidence)
	}
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(data)
	in := &Inspection{Size: int64(len(data)), SHA256: hex.EncodeToString(sum[:])}
	if f := requestedBy(e.name, formats); f != nil {
		return in.request(f, data)
	}
	f := supportedBy(e.name, formats)
	if f == nil && claimedBy(e.name, formats) == nil {
		f = sniffedSupport(data[:min(len(data), headSize)], formats)
	}
	if f != nil {
		in.Kind, in.Role = f.Kind, "support"
		if in.Claims, err = f.Support.Claims(data); err != nil {
			return nil, err
		}
		return in, nil
	}
	r := &run{opts: Options{Formats: formats}}
	likely := r.likely(claimedBy(e.name, formats), data[:min(len(data), headSize)])
	for _, f := range likely {
		if f.Open == nil {
			return nil, fmt.Errorf("%s: %w", f.Kind, ErrNoEvidence)
		}
		ev, openErr := f.Open(data)
		if openErr == nil {
			in.Kind, in.Role, in.Claims = f.Kind, "evidence", ev.Claims()
			if p, ok := ev.(interface {
				Picture(bool) string
				Branches(bool) any
			}); ok {
				in.Picture, in.Tree = p.Picture, p.Branches
			}
			return in, nil
		}
		err = openErr
	}
	if err == nil {
		err = ErrNoEvidence
	}
	return nil, err
}

func (in *Inspection) request(f *Format, data []byte) (*Inspection, error) {
	q, err := f.Requests.Open(data)
	if err != nil {
		return nil, err
	}
	in.Kind, in.Role, in.Claims = f.Kind, "expectation", q.Claims()
	return in, nil
}
