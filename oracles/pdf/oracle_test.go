package pdf

import (
	"io/fs"
	"slices"
	"testing"

	ours "github.com/exhibit-dev/exhibit/pdf"
	"github.com/exhibit-dev/exhibit/testvectors"
	"github.com/exhibit-dev/exhibit/trust/pki"
)

// differences are the vectors in which pdfsign finds another number of intact signatures
// than this project, and why.
var differences = map[string]struct {
	theirs int
	why    string
}{
	"in-field":           {0, "it takes dictionaries that are objects of their own"},
	"timestamp-alone":    {0, "it takes the file for the content of a time-stamp"},
	"cades-lta":          {1, "the same, and a signature that both find intact"},
	"usage-rights":       {2, "it counts usage rights, which are no signature of the document"},
	"encrypted-empty":    {0, "it decrypts the value of the signature too"},
	"encrypted-password": {0, "it takes no password"},
}

// notOpen cannot be opened by either.
const notOpen = "unreadable"

// decided are the verdicts that depend on the digest of the ByteRange and on the value of
// the signature alone: it passes, or one of them does not hold. What else is wrong with
// a document pdfsign may read in another way, or not at all.
var decided = []string{"", "pdf.message-digest-mismatch", "pdf.signature-invalid"}

// Both find the same signatures of the project's own vectors intact.
func TestVectors(t *testing.T) {
	vectors, folder, err := testvectors.Load("pdf")
	must(t, vectors, err)
	alike, others := 0, 0
	for _, v := range vectors {
		file, err := fs.ReadFile(folder, v.Evidence)
		a := askThem(t, must(t, file, err))
		if v.ID == notOpen {
			if a.Error == "" {
				t.Errorf("%s: they say %+v", v.ID, a)
			}
			continue
		}
		var env pki.Env
		env.At = v.At
		_, parts := weSay(t, file, env, ours.Options{Password: []byte(v.PDF.Password)})
		intact := 0
		for _, p := range parts {
			if p.Claims.Integrity {
				intact++
			}
		}
		d, differs := differences[v.ID]
		switch {
		case !slices.Contains(decided, v.Expect.Reason) && a.valid() != intact:
			others++
		case !differs && a.valid() == intact:
			alike++
		case !differs:
			t.Errorf("%s: %d signatures are intact, they say %+v", v.ID, intact, a)
		case a.valid() != d.theirs || a.valid() == intact:
			t.Errorf("%s: no longer as noted (%s): %d signatures are intact, they say %+v", v.ID, d.why, intact, a)
		}
	}
	t.Logf("%d of %d vectors are alike, %d are refused here for another reason and read otherwise there", alike, len(vectors), others)
	if alike < 35 {
		t.Errorf("%d vectors are alike", alike)
	}
}
