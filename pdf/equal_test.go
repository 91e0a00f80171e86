package pdf

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// A stream that cannot be read is no stream that differs.
func TestSameBytes(t *testing.T) {
	broken := errors.New("disk on fire")
	long := strings.Repeat("x", 40<<10)
	for _, x := range []struct {
		name string
		a, b io.Reader
		same bool
		err  error
	}{
		{"the same", strings.NewReader(long), iotest.HalfReader(strings.NewReader(long)), true, nil},
		{"of the size of the buffer", bytes.NewReader(make([]byte, 32<<10)), bytes.NewReader(make([]byte, 32<<10)), true, nil},
		{"longer", strings.NewReader(long + "x"), strings.NewReader(long), false, nil},
		{"another byte", strings.NewReader(long + "y"), strings.NewReader(long + "x"), false, nil},
		{"the first breaks off", io.MultiReader(strings.NewReader("x"), iotest.ErrReader(broken)), strings.NewReader(long), false, broken},
		{"the second breaks off", strings.NewReader(long), io.MultiReader(strings.NewReader("x"), iotest.ErrReader(broken)), false, broken},
		{"the second breaks off behind the end of the first", strings.NewReader("x"), io.MultiReader(strings.NewReader("x"), iotest.ErrReader(broken)), false, broken},
	} {
		c := &comparer{visits: maxVisits}
		if same, err := c.sameBytes(x.a, x.b, decodedAVisit); same != x.same || !errors.Is(err, x.err) {
			t.Errorf("%s: %v, %v", x.name, same, err)
		}
	}
}
