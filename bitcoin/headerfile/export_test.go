package headerfile

import (
	"context"
	"io"
)

// ReadBlocks reads a block file of mainnet, with headers that count as real where the
// function says so. It returns how many did.
func ReadBlocks(r io.ReaderAt, size int64, key []byte, real func(header []byte) bool) (int, error) {
	form := Form{}
	f := &blockFile{r: r, size: size, magic: magicOf(networks[0].Net), key: key}
	err := f.each(context.Background(), &reading{form: &form, take: func(h []byte, _ uint32) (bool, error) { return real(h), nil }})
	return form.Headers, err
}

// SetLimit lowers the number of headers that are collected.
func (o *Options) SetLimit(n int) { o.limit = n }

// SetHook lets a test stop an import at a stage.
func (o *Options) SetHook(f func(stage string) error) { o.hook = f }

// Limits, for the tests at them and above.
const (
	MaxBlock   = maxBlock
	MaxSlots   = maxSlots
	MaxTries   = maxTries
	SearchPart = searchPart
	MaxPieces  = maxPieces
)
