package headerfile

import "context"

// The forms of sources.
const (
	FormRaw      = "raw headers"
	FormBlocks   = "block file"
	FormDisguise = "block file, disguised"
)

// Form is what a source turned out to be.
type Form struct {
	Name    string
	Form    string // FormRaw, FormBlocks, FormDisguise
	Size    int64
	Headers int // that meet their target
	Refused int // headers that do not
	Empty   int // places of 80 zeros
	// Lies is the number of places in a block file where no block stands, or the length
	// before it leads to none: it lies, or the file is cut off there. FirstLie is the first.
	Lies     int
	FirstLie int64
}

func (f *Form) lies(at int64) {
	if f.Lies++; f.Lies == 1 {
		f.FirstLie = at
	}
}

// reading is where the headers of a source go.
type reading struct {
	form *Form
	slot uint32 // place of the next header, in a raw file
	take func(header []byte, slot uint32) (bool, error)
	told func(done int64)
}

// header passes a header on and reports whether it has the work that it states.
func (r *reading) header(b []byte) (bool, error) {
	ok, err := r.take(b, r.slot)
	r.slot++
	if ok {
		r.form.Headers++
	} else {
		r.form.Refused++
	}
	return ok, err
}

func (r *reading) tick(ctx context.Context, at int64) error {
	if r.told != nil {
		r.told(at)
	}
	return ctx.Err()
}
