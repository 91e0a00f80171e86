package pdffile_test

import (
	"bytes"
	"context"
	"fmt"
	"log"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

// Which revisions a file has, and what each one changed.
func Example() {
	m := small() // a file of one page
	m.object(3, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>")
	m.object(4, "(new)")
	m.table("")

	f, err := pdffile.Open(context.Background(), bytes.NewReader(m.Bytes()), int64(m.Len()), pdffile.Options{})
	if err != nil {
		log.Fatal(err)
	}
	for i, r := range f.Revisions() {
		fmt.Printf("revision %d: bytes %d to %d, %d entries\n", i, r.Start, r.End, r.Len())
		if i == 0 {
			continue
		}
		for c := range pdffile.Changes(f.View(i-1), f.View(i)) {
			ref := pdffile.Ref{Number: c.Number, Generation: c.New.Generation}
			page, _, err := pdffile.Value[pdffile.Dict](f.View(i), ref)
			if err != nil {
				log.Fatal(err)
			}
			fmt.Printf("  object %d at %d to %d, was at %d, MediaBox %v\n", c.Number, c.New.Offset, c.New.End, c.Old.Offset, page.Get("MediaBox"))
		}
	}
	// Output:
	// revision 0: bytes 0 to 348, 4 entries
	// revision 1: bytes 348 to 558, 2 entries
	//   object 3 at 348 to 418, was at 121, MediaBox [0 0 200 200]
	//   object 4 at 419 to 439, was at -1, MediaBox {}
}
