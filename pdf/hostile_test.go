package pdf

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/exhibit-dev/exhibit/internal/testvec"
)

// What is promised for any file of ordinary size.
const (
	hostileTime   = time.Second
	hostileMemory = 64 << 20
)

// attack opens, verifies and asks for all that a document says, and holds it to time and memory. All that is allocated
// counts, also what is freed again.
func attack(t *testing.T, name string, file []byte) *Document {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	d, err := Open(context.Background(), bytes.NewReader(file), int64(len(file)), Options{})
	if err == nil {
		r := d.Verify(context.Background(), usualEnv(theHouse(), usualDay))
		if r.Passed() {
			t.Errorf("%s passes", name)
		}
		if _, err := json.Marshal(r); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := json.Marshal(d.Claims()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := d.Attachments(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	took := time.Since(start)
	runtime.ReadMemStats(&after)
	if took > testvec.Slack(hostileTime) {
		t.Errorf("%s: %v", name, took)
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > hostileMemory {
		t.Errorf("%s: %d MiB", name, used>>20)
	}
	return d
}

func TestHostileCorpus(t *testing.T) {
	theHouse() // whose keys take their time
	files, err := filepath.Glob(filepath.Join(testvec.Corpus(t, "pdf"), "hostile__*.pdf"))
	if err != nil || len(files) != 27 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		attack(t, filepath.Base(name), b)
	}
}

func TestHostileSignatures(t *testing.T) {
	theHouse()
	for name, write := range map[string]func(m *maker){
		"a thousand signatures over the whole file": func(m *maker) {
			for range maxSignatures {
				n := m.number()
				m.offsets[n] = len(m.b)
				m.b = fmt.Appendf(m.b, "%d 0 obj\n<</Type/Sig/SubFilter/adbe.pkcs7.sha1/ByteRange[0 %07d %07d 0500000]/Contents <3003020105>>>\nendobj\n", n, 0, 0)
				at := bytes.LastIndex(m.b, []byte("<300"))
				copy(m.b[bytes.LastIndex(m.b, []byte("[0 0000000")):], fmt.Sprintf("[0 %07d %07d", at, at+12))
			}
			m.b = append(m.b, strings.Repeat(" ", 600_000)...)
		},
		"a ByteRange of many pairs": func(m *maker) {
			m.obj(11, "<</Type/Sig/ByteRange["+strings.Repeat("0 600000 ", 60_000)+"]/Contents<00>>>")
		},
		"a field of many fields": func(m *maker) {
			m.obj(11, draft)
			m.obj(objForm, "<</Fields["+strings.Repeat("<</FT/Sig/T(a)/V 11 0 R>>", 20_000)+"]>>")
		},
		"fields that lead in circles": func(m *maker) {
			for i := range 5_000 {
				m.obj(11+i, fmt.Sprintf("<</FT/Sig/T(%s)/Kids[%d 0 R %d 0 R]>>", strings.Repeat("x", 100), 11+(i*7)%5_000, 11+(i*3+1)%5_000))
			}
			m.obj(objForm, "<</Fields[11 0 R]>>")
		},
		"a thousand references": func(m *maker) {
			m.obj(11, "<</Type/Sig/ByteRange[0 1 2 3]/Contents<00>/Reference["+strings.Repeat("<</TransformMethod/DocMDP>>", 20_000)+"]>>")
		},
		"a value that is its own": func(m *maker) {
			m.obj(11, "<</Type/Sig/ByteRange 11 0 R/Contents 11 0 R/Reference 11 0 R/SubFilter 11 0 R/Cert 11 0 R/Prop_Build 11 0 R>>")
			m.obj(objForm, "<</Fields[<</FT/Sig/T 11 0 R/V 11 0 R/Kids 11 0 R/Lock 11 0 R/SV 11 0 R>>]>>")
		},
		"a store in circles": func(m *maker) {
			m.obj(11, "<</Certs 11 0 R/CRLs[11 0 R 12 0 R]/VRI 11 0 R/OCSPs 12 0 R>>")
			m.obj(12, "[12 0 R 11 0 R]")
			m.obj(objCatalog, "<</Type/Catalog/Pages 2 0 R/DSS 11 0 R>>")
		},
		"a store of bombs": func(m *maker) {
			var refs strings.Builder
			for i := range 50 {
				deflatedStream(m, 11+i, 8<<20)
				fmt.Fprintf(&refs, "%d 0 R ", 11+i)
			}
			m.obj(objCatalog, "<</Type/Catalog/Pages 2 0 R/DSS<</CRLs["+refs.String()+"]>>>>")
		},
		"VRI of arrays in every revision": func(m *maker) {
			var entries, refs strings.Builder
			for i := range 400 {
				fmt.Fprintf(&entries, "/K%d %d 0 R", i, 100+i)
				m.obj(100+i, "<</CRL 12 0 R/OCSP 12 0 R/Cert 12 0 R>>")
			}
			for range 400 {
				refs.WriteString("12 0 R ")
			}
			m.obj(12, "["+refs.String()+"]")
			m.obj(13, "<<"+entries.String()+">>")
			for range 300 {
				m.obj(objCatalog, "<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R/DSS<</Certs 12 0 R/CRLs 12 0 R/VRI 13 0 R>>>>")
				m.end(t)
			}
		},
		"nested CMS": func(m *maker) {
			m.obj(11, "<</Type/Sig/SubFilter/adbe.pkcs7.detached/ByteRange[0 1 2 3]/Contents<"+strings.Repeat("3080", 200_000)+">>>")
		},
		"long names": func(m *maker) {
			m.obj(11, "<</Type/Sig/SubFilter/"+strings.Repeat("A", 300_000)+"/ByteRange[0 1 2 3]/Contents<00>/Reason("+strings.Repeat("B", 300_000)+")>>")
		},
		"many revisions": func(m *maker) {
			m.obj(11, draft)
			m.obj(objForm, "<</Fields[<</FT/Sig/V 11 0 R>>]>>")
			for range 400 {
				m.end(t)
				m.obj(objCatalog, "<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R/DSS<</Certs[12 0 R]/VRI<</A<<>>>>>>>>")
			}
		},
	} {
		m := newMaker()
		write(m)
		m.end(t)
		if d := attack(t, name, m.b); d == nil {
			t.Errorf("%s: not opened", name)
		}
	}
}
