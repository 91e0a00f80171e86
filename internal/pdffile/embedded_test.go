package pdffile_test

import (
	"bytes"
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
	"github.com/exhibit-dev/exhibit/internal/testvec"
)

// attachment is an embedded file (ISO 32000-2, 7.11.4).
type attachment struct {
	name string
	data []byte
	sum  []byte // CheckSum
}

// attachments walks the name tree EmbeddedFiles (7.9.6).
func attachments(v *pdffile.View) (out []attachment, err error) {
	root, err := v.Root()
	if err != nil {
		return nil, err
	}
	names, _, err := pdffile.Value[pdffile.Dict](v, root.Get("Names"))
	if err != nil {
		return nil, err
	}
	seen := map[pdffile.Ref]bool{}
	var walk func(node pdffile.Object, depth int) error
	walk = func(node pdffile.Object, depth int) error {
		if ref, ok := node.(pdffile.Ref); ok {
			if seen[ref] || depth > pdffile.MaxDepth {
				return nil
			}
			seen[ref] = true
		}
		d, ok, err := pdffile.Value[pdffile.Dict](v, node)
		if !ok || err != nil {
			return err
		}
		pairs, _, err := pdffile.Value[pdffile.Array](v, d.Get("Names"))
		if err != nil {
			return err
		}
		for i := 1; i < len(pairs); i += 2 {
			a, err := readAttachment(v, pairs[i])
			if err != nil {
				return err
			}
			out = append(out, a)
		}
		kids, _, err := pdffile.Value[pdffile.Array](v, d.Get("Kids"))
		if err != nil {
			return err
		}
		for _, kid := range kids {
			if err := walk(kid, depth+1); err != nil {
				return err
			}
		}
		return nil
	}
	return out, walk(names.Get("EmbeddedFiles"), 0)
}

func readAttachment(v *pdffile.View, o pdffile.Object) (a attachment, err error) {
	spec, _, err := pdffile.Value[pdffile.Dict](v, o)
	if err != nil {
		return a, err
	}
	for _, key := range []pdffile.Name{"UF", "F"} {
		s, ok, err := pdffile.Value[pdffile.String](v, spec.Get(key))
		if err != nil {
			return a, err
		}
		if ok {
			a.name = text(s.Bytes)
			break
		}
	}
	files, _, err := pdffile.Value[pdffile.Dict](v, spec.Get("EF"))
	if err != nil {
		return a, err
	}
	stream, ok, err := pdffile.Value[*pdffile.Stream](v, files.Get("F"))
	if !ok || err != nil {
		return a, err
	}
	if a.data, err = v.File().Decode(stream); err != nil {
		return a, err
	}
	parms, _, err := pdffile.Value[pdffile.Dict](v, stream.Dict.Get("Params"))
	if err != nil {
		return a, err
	}
	sum, _, err := pdffile.Value[pdffile.String](v, parms.Get("CheckSum"))
	a.sum = sum.Bytes
	return a, err
}

// The embedded files are those that other programs found, byte for byte.
func TestEmbeddedFiles(t *testing.T) {
	b, err := os.ReadFile(filepath.Join(testvec.Corpus(t, "pdf"), "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	var manifest struct {
		Files []struct {
			File     string
			Expected struct {
				Embedded []string `json:"embedded_files"`
				Detail   []struct {
					SHA256 string `json:"sha256"`
					MD5    string `json:"declared_md5"`
					Right  *bool  `json:"md5_matches"`
				} `json:"embedded_detail"`
			}
		}
	}
	if err := json.Unmarshal(b, &manifest); err != nil {
		t.Fatal(err)
	}
	count := 0
	for i, c := range corpus(t) {
		want := manifest.Files[i].Expected
		f, err := open(c.data)
		if err != nil {
			continue
		}
		got, err := attachments(f.Last())
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		var names []string
		found := map[string]attachment{}
		for _, a := range got {
			names = append(names, a.name)
			sum := sha256.Sum256(a.data)
			found[hex.EncodeToString(sum[:])] = a
			count++
		}
		slices.Sort(names)
		slices.Sort(want.Embedded)
		if want := slices.Compact(want.Embedded); !slices.Equal(names, want) { // one file has its only file in an annotation as well
			t.Errorf("%s: %q, want %q", c.name, names, want)
		}
		for _, d := range want.Detail {
			a, ok := found[d.SHA256]
			sum := md5.Sum(a.data)
			if !ok || hex.EncodeToString(a.sum) != d.MD5 || d.Right != nil && *d.Right != bytes.Equal(sum[:], a.sum) {
				t.Errorf("%s: no file with the digest %s, or another checksum", c.name, d.SHA256)
			}
		}
	}
	t.Logf("%d embedded files", count)
}
