package bitcoin

import (
	"fmt"
	"regexp"
	"strconv"
)

var headersName = regexp.MustCompile(`^headers-(\d{1,10})-(\d{1,10})\.bin$`)

// FirstHeightOf returns the height of the first header of a file that is named
// headers-A-B.bin, without folders; nil for any other name. The error is for a name that
// states heights which a file of that size cannot hold.
func FirstHeightOf(name string, size int64) (*uint32, error) {
	m := headersName.FindStringSubmatch(name)
	if m == nil {
		return nil, nil
	}
	from, err := strconv.ParseUint(m[1], 10, 32)
	to, err2 := strconv.ParseUint(m[2], 10, 32)
	if err != nil || err2 != nil || to < from {
		return nil, fmt.Errorf("the name states heights that no headers have")
	}
	if count := to - from + 1; size != int64(count)*HeaderSize {
		return nil, fmt.Errorf("the name states %d headers, the file has %d bytes", count, size)
	}
	first := uint32(from)
	return &first, nil
}
