package dir_test

import (
	"fmt"
	"testing/fstest"
	"time"

	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/trust/dir"
)

// Outside of a test the file system is os.DirFS("trust").
func Example() {
	fsys := fstest.MapFS{
		"tsa/authority.pem": {Data: []byte("not what its name says")},
		"README.md":         {},
	}
	t, err := dir.Load(fsys, "trust")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, e := range t.Errors {
		fmt.Println("left out:", e)
	}
	env := t.Env()
	env.At = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	env.Policy = trust.Issuance
	fmt.Println("anchors of time-stamping authorities:", len(env.TSA))
	// Output:
	// left out: tsa/authority.pem: neither DER nor PEM
	// anchors of time-stamping authorities: 0
}
