package headerfile_test

import (
	"bytes"
	"io"
	"slices"
	"testing"

	"github.com/exhibit-dev/exhibit/bitcoin/headerfile"
)

// counting counts what is read, and how often.
type counting struct {
	r     io.ReaderAt
	bytes int64
	calls int
}

func (c *counting) ReadAt(b []byte, at int64) (int, error) {
	n, err := c.r.ReadAt(b, at)
	c.bytes += int64(n)
	c.calls++
	return n, err
}

// However a block file lies, it is read about once, and not in tiny bits over and over.
func TestHostileBlockFiles(t *testing.T) {
	header := bytes.Repeat([]byte{5}, size)
	lying := func(length uint32) []byte {
		b := append(bytes.Clone(mainMagic), 0, 0, 0, 0)
		setLength(b, length)
		return append(b, header...)
	}
	for name, file := range map[string][]byte{
		"magic alone":       bytes.Repeat(mainMagic, 1<<20),
		"half magic":        bytes.Repeat(mainMagic[:2], 1<<20),
		"too long":          bytes.Repeat(lying(1<<31), 50000),
		"into junk":         append(bytes.Repeat(lying(3<<20), 30000), bytes.Repeat([]byte{9}, 4<<20)...),
		"into zeros":        append(bytes.Repeat(lying(3<<20), 30000), make([]byte, 4<<20)...),
		"into the next one": bytes.Repeat(lying(size+2), 50000),
		"zeros":             make([]byte, 8<<20),
	} {
		for _, real := range []bool{false, true} {
			for _, key := range [][]byte{nil, {1, 2, 3, 4, 5, 6, 7, 8}} {
				plain := file
				if key != nil {
					plain = disguise(file, key)
				}
				c := &counting{r: bytes.NewReader(plain)}
				_, err := headerfile.ReadBlocks(c, int64(len(file)), key, func([]byte) bool { return real })
				noError(t, err)
				if c.bytes > 2*int64(len(file))+headerfile.SearchPart || c.calls > len(file)/80 {
					t.Errorf("%s: %d bytes in %d calls of %d", name, c.bytes, c.calls, len(file))
				}
			}
		}
	}
}

// Whatever bytes make a block file, reading it ends, and gives headers that stand behind a
// magic.
func FuzzBlockFile(f *testing.F) {
	list := records(headers(f, 0, 5), random())
	f.Add(slices.Concat(list...), byte(0))
	f.Add(append(slices.Concat(list[3:]...), make([]byte, 100)...), byte(7))
	f.Add(bytes.Repeat(mainMagic, 30), byte(1))
	f.Fuzz(func(t *testing.T, b []byte, flavour byte) {
		var key []byte
		if flavour&1 != 0 {
			key = []byte("01234567")
		}
		c := &counting{r: bytes.NewReader(b)}
		seen := 0
		n, err := headerfile.ReadBlocks(c, int64(len(b)), key, func(h []byte) bool {
			seen++
			if len(h) != size {
				t.Fatalf("a header of %d bytes", len(h))
			}
			return h[0]&flavour == 0
		})
		if err != nil || n > seen || seen > len(b)/4 || c.calls > len(b)+2 {
			t.Fatalf("%d of %d headers in %d calls, %v", n, seen, c.calls, err)
		}
	})
}
