package pdffile_test

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/pdffile"
)

var update = flag.Bool("update", false, "let qpdf write the encrypted files of testdata anew")

// secrets is the document that the encrypted files were made of.
func secrets() []byte {
	m := newMaker()
	m.object(1, `<< /Type /Catalog /Pages 2 0 R /Text (a \(secret\) text) /Hex <00FF10> /Empty () /Nested [<< /A (inside) >> 9 0 R]
/Data 4 0 R /Metadata 5 0 R /Sig 6 0 R /File 7 0 R >>`)
	m.object(2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
	m.object(3, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>")
	m.stream(4, "", bytes.Repeat([]byte("secret data, "), 320))
	m.stream(5, "/Type /Metadata /Subtype /XML", []byte("<x:xmpmeta/>"))
	m.object(6, "<< /Type /Sig /Filter /Adobe.PPKLite /Reason (a reason) /Contents <3003020101> /ByteRange [0 1 2 3] >>")
	m.stream(7, "/Type /EmbeddedFile", []byte("an embedded file"))
	m.object(9, "(alone)")
	m.table("/ID [<0123456789abcdef0123456789abcdef> <0123456789abcdef0123456789abcdef>]")
	return m.Bytes()
}

// locks are the ways to encrypt. The passwords are "user" and "owner".
var locks = []struct {
	name    string
	args    []string // of qpdf --encrypt
	v, r    int
	bits    int
	method  string
	visible bool // metadata
}{
	{"rc4-40", []string{"40"}, 1, 2, 40, "RC4", false},
	{"rc4-128", []string{"128", "--use-aes=n"}, 2, 3, 128, "RC4", false},
	{"rc4-128-v4", []string{"128", "--use-aes=n", "--force-V4"}, 4, 4, 128, "RC4", false},
	{"aes-128", []string{"128", "--use-aes=y"}, 4, 4, 128, "AES-128", false},
	{"aes-128-metadata", []string{"128", "--use-aes=y", "--cleartext-metadata"}, 4, 4, 128, "AES-128", true},
	{"aes-256-r5", []string{"256", "--force-R5"}, 5, 5, 256, "AES-256", false},
	{"aes-256", []string{"256"}, 5, 6, 256, "AES-256", false},
	{"aes-256-metadata", []string{"256", "--cleartext-metadata"}, 5, 6, 256, "AES-256", true},
}

// lock lets qpdf encrypt a file.
func lock(t testing.TB, in, out string, user, owner string, args []string, more ...string) {
	t.Helper()
	all := append([]string{"--allow-weak-crypto", "--stream-data=preserve"}, more...)
	all = append(append(append(all, "--encrypt", user, owner), args...), "--", in, out)
	if msg, ok := qpdf(t, all...); !ok {
		t.Fatalf("qpdf %q: %s", all, msg)
	}
}

// The files of testdata, which qpdf made, open with either password and with no other.
func TestEncryption(t *testing.T) {
	for _, c := range locks {
		for _, form := range []string{"", "-objects"} {
			if form != "" && c.name != "rc4-40" && c.name != "aes-128" && c.name != "aes-256" {
				continue
			}
			path := filepath.Join("testdata", c.name+form+".pdf")
			if *update {
				in := filepath.Join(t.TempDir(), "in.pdf")
				if err := os.WriteFile(in, secrets(), 0o600); err != nil {
					t.Fatal(err)
				}
				more := "--object-streams=disable"
				if form != "" {
					more = "--object-streams=generate"
				}
				lock(t, in, path, "user", "owner", c.args, more, "--static-id", "--static-aes-iv")
			}
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			for password, owner := range map[string]bool{"user": false, "owner": true} {
				f, err := openWith(b, pdffile.Options{Password: []byte(password)})
				if err != nil {
					t.Errorf("%s: %v", path, err)
					continue
				}
				checkFindings(t, path, f, "")
				e, ok := f.Encrypted()
				if !ok || !e.Open || e.Owner != owner || e.V != c.v || e.R != c.r || e.Bits != c.bits || e.Strings != c.method || e.Streams != c.method ||
					e.Metadata == c.visible || e.Handler != "Standard" || e.Permissions >= 0 {
					t.Errorf("%s: %+v", path, e)
				}
				checkSecrets(t, path, f)
				if s := f.Revisions()[0].Sections[0]; s.Kind == pdffile.StreamSection {
					if o, err := f.Last().Get(s.Ref); err != nil || !reflect.DeepEqual(o.(*pdffile.Stream).Dict, s.Trailer) {
						t.Errorf("%s: the cross-reference stream is not what the trailer is", path)
					}
				}
			}
			for _, password := range []string{"", "wrong", "user "} {
				f, err := openWith(b, pdffile.Options{Password: []byte(password)})
				if err != nil {
					t.Errorf("%s: %v", path, err)
					continue
				}
				if e, ok := f.Encrypted(); !ok || e.Open || e.V != c.v {
					t.Errorf("%s opens with %q", path, password)
				}
				if form == "" {
					checkSealed(t, path, f, c.visible)
				}
			}
		}
	}
}

func find[T pdffile.Object](t testing.TB, v *pdffile.View, d pdffile.Dict, key pdffile.Name) T {
	t.Helper()
	o, ok, err := pdffile.Value[T](v, d.Get(key))
	if !ok || err != nil {
		t.Errorf("/%s: %v", key, err)
	}
	return o
}

// checkSecrets looks for everything that secrets has.
func checkSecrets(t testing.TB, name string, f *pdffile.File) {
	t.Helper()
	v := f.Last()
	root, err := v.Root()
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	nested := find[pdffile.Array](t, v, root, "Nested")
	alone, _, _ := pdffile.Value[pdffile.String](v, nested[1])
	sig := find[pdffile.Dict](t, v, root, "Sig")
	for want, got := range map[string]pdffile.String{
		"a (secret) text": find[pdffile.String](t, v, root, "Text"), "\x00\xff\x10": find[pdffile.String](t, v, root, "Hex"),
		"": find[pdffile.String](t, v, root, "Empty"), "inside": find[pdffile.String](t, v, nested[0].(pdffile.Dict), "A"), "alone": alone,
		"a reason": find[pdffile.String](t, v, sig, "Reason"), "0\x03\x02\x01\x01": find[pdffile.String](t, v, sig, "Contents"),
	} {
		if string(got.Bytes) != want || got.Sealed {
			t.Errorf("%s: %q %v, want %q", name, got.Bytes, got.Sealed, want)
		}
	}
	for key, want := range map[pdffile.Name]string{"Data": strings.Repeat("secret data, ", 320), "Metadata": "<x:xmpmeta/>", "File": "an embedded file"} {
		s := find[*pdffile.Stream](t, v, root, key)
		if got, err := f.Decode(s); err != nil || string(got) != want {
			t.Errorf("%s: /%s is %.40q, %v", name, key, got, err)
		}
	}
}

// checkSealed looks at a document without its password: structure and signature can be
// read, strings and streams cannot.
func checkSealed(t testing.TB, name string, f *pdffile.File, visible bool) {
	t.Helper()
	v := f.Last()
	root, err := v.Root()
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	if s := find[pdffile.String](t, v, root, "Text"); !s.Sealed || bytes.Contains(s.Bytes, []byte("secret")) {
		t.Errorf("%s: %+v", name, s)
	}
	sig := find[pdffile.Dict](t, v, root, "Sig")
	if s := find[pdffile.String](t, v, sig, "Contents"); s.Sealed || string(s.Bytes) != "0\x03\x02\x01\x01" {
		t.Errorf("%s: Contents %+v", name, s)
	}
	for key, want := range map[pdffile.Name]bool{"Data": false, "Metadata": visible, "File": false} {
		_, err := f.Decode(find[*pdffile.Stream](t, v, root, key))
		var e *pdffile.Error
		if (err == nil) != want || err != nil && (!errors.As(err, &e) || e.Code != pdffile.CodeEncrypted) {
			t.Errorf("%s: /%s: %v", name, key, err)
		}
	}
}

// What qpdf encrypts now, under empty and long passwords, is read as well.
func TestEncryptionAgainstQPDF(t *testing.T) {
	dir := t.TempDir()
	in := filepath.Join(dir, "in.pdf")
	if err := os.WriteFile(in, secrets(), 0o600); err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("0123456789", 13)[:127] // qpdf does not open what it made with a longer one
	for _, c := range locks {
		for _, words := range [][2]string{{"", "owner"}, {"", ""}, {long, "x"}, {"x", long}, {"ä", "ö"}} {
			out := filepath.Join(dir, "out.pdf")
			args := c.args
			if c.v == 5 && words[1] == "" {
				args = append([]string{args[0], "--allow-insecure"}, args[1:]...)
			}
			lock(t, in, out, words[0], words[1], args, "--password-mode=bytes")
			b, err := os.ReadFile(out)
			if err != nil {
				t.Fatal(err)
			}
			for i, word := range words {
				f, err := openWith(b, pdffile.Options{Password: []byte(word)})
				if err != nil {
					t.Fatal(err)
				}
				e, _ := f.Encrypted()
				if !e.Open || i == 1 && word != "" && !e.Owner {
					t.Errorf("%s with %q: %+v", c.name, word, e)
					continue
				}
				checkSecrets(t, c.name, f)
			}
		}
	}
}

// The encrypted files of the corpus: one opens with the empty password, the other with
// a blank. The data of all streams are sound once they are decrypted.
func TestEncryptedCorpus(t *testing.T) {
	count := 0
	for _, c := range corpus(t) {
		if !c.expected.Encrypted {
			continue
		}
		count++
		f, err := open(c.data)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		e, ok := f.Encrypted()
		if want := c.name == "dss__edition_protected_none.pdf"; !ok || e.Open != want {
			t.Errorf("%s: %+v", c.name, e)
		}
		if f, err = openWith(c.data, pdffile.Options{Password: []byte(" ")}); err != nil {
			t.Fatal(err)
		}
		if e, _ := f.Encrypted(); !e.Open {
			t.Errorf("%s: %+v", c.name, e)
		}
		for n := range f.Last().Numbers() {
			_, at := f.Last().Where(pdffile.Ref{Number: n})
			o, err := f.Last().Get(pdffile.Ref{Number: n, Generation: at.Generation})
			if err != nil {
				t.Errorf("%s, object %d: %v", c.name, n, err)
			}
			if s, ok := o.(*pdffile.Stream); ok {
				if _, err := f.Decode(s); err != nil {
					t.Errorf("%s, object %d: %v", c.name, n, err)
				}
			}
		}
	}
	if count != 2 {
		t.Errorf("%d encrypted files, want 2", count)
	}
}

// Encryption that cannot be used leaves the structure readable and says so.
func TestStrangeEncryption(t *testing.T) {
	b, err := os.ReadFile(filepath.Join("testdata", "aes-128.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	user := pdffile.Options{Password: []byte("user")}
	for name, c := range map[string]struct {
		old, new string
		want     string
	}{
		"another handler":  {"/Filter /Standard", "/Filter /StandarD", "pdf.encryption"},
		"another revision": {"/R 4", "/R 3", "pdf.encryption"},
		"another version":  {"/V 4", "/V 3", "pdf.encryption"},
		"another method":   {"/CFM /AESV2", "/CFM /AESV9", "pdf.encryption"},
		"another filter":   {"/StmF /StdCF", "/StmF /StdXX", "pdf.encryption"},
		"no user's entry":  {"/U <", "/X <", "pdf.encryption"},
	} {
		f, err := openWith(bytes.Replace(b, []byte(c.old), []byte(c.new), 1), user)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if !bytes.Contains(b, []byte(c.old)) {
			t.Errorf("%s: not in the file", name)
		}
		checkFindings(t, name, f, c.want)
		root, err := f.Last().Root()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if _, err := f.Decode(find[*pdffile.Stream](t, f.Last(), root, "Data")); err == nil {
			t.Errorf("%s: is decrypted", name)
		}
		if _, ok := f.Encrypted(); !ok {
			t.Errorf("%s: not encrypted", name)
		}
	}
	// A Crypt filter names another way for one stream.
	for filter, want := range map[string]string{
		"/Filter /Crypt": "plain", "/Filter [/Crypt] /DecodeParms [<< /Name /Identity >>]": "plain", "/Type /XRef": "plain",
		"/Filter /Crypt /DecodeParms << /Name /StdCF >>": "", "/Filter /Crypt /DecodeParms << /Name /Other >>": "",
	} {
		m := &maker{offsets: map[int]int{}, size: 29, prev: bytes.LastIndex(b, []byte("xref\n0"))}
		m.Write(b)
		m.stream(29, filter, []byte("plain"))
		i := bytes.LastIndex(b, []byte("/Encrypt"))
		m.table(string(b[i:bytes.LastIndex(b, []byte(">>"))]))
		f, err := openWith(m.Bytes(), user)
		if err != nil {
			t.Fatal(err)
		}
		s, _, err := pdffile.Value[*pdffile.Stream](f.Last(), pdffile.Ref{Number: 29})
		if err != nil {
			t.Fatal(err)
		}
		if got, err := f.Decode(s); string(got) != want || (err == nil) != (want != "") {
			t.Errorf("%s: %q, %v", filter, got, err)
		}
	}
	// An update that takes the Encrypt entry away, or puts in another.
	for name, entry := range map[string]string{"away": "", "no dictionary": "/Encrypt []", "another": "/Encrypt << /Filter /Other >>"} {
		m := &maker{offsets: map[int]int{}, size: 30, prev: bytes.LastIndex(b, []byte("xref\n0"))}
		m.Write(b)
		m.object(29, "(new)")
		m.table(entry)
		f, err := openWith(m.Bytes(), user)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if len(f.Findings()) == 0 || f.Findings()[0].Code != pdffile.FoundEncryption {
			t.Errorf("%s: %+v", name, f.Findings())
		}
		for i, sealed := range []bool{false, entry != ""} {
			root, err := f.View(i).Root()
			if err != nil {
				t.Fatal(err)
			}
			s := find[pdffile.String](t, f.View(i), root, "Text")
			if s.Sealed != sealed || (string(s.Bytes) == "a (secret) text") != (i == 0) {
				t.Errorf("%s, revision %d: %+v", name, i, s)
			}
		}
	}
}
