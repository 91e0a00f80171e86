package safename

import (
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// hostile are names of embedded files, and what may be written for them.
var hostile = []struct{ name, want string }{
	{"factur-x.xml", "factur-x.xml"},
	{"Größe 2.txt", "Größe 2.txt"},
	{"../x", "x"},
	{"../../etc/passwd", "passwd"},
	{"/etc/passwd", "passwd"},
	{`..\..\x`, "x"},
	{`C:\x`, "x"},
	{"C:x", "x"},
	{`\\host\share\x`, "x"},
	{"x.txt:stream", "stream"},
	{"folder/", "unnamed"},
	{"..", "unnamed"},
	{".", "unnamed"},
	{"...", "unnamed"},
	{"a/..", "unnamed"},
	{"", "unnamed"},
	{" ", "unnamed"},
	{" x ", "x"},
	{"x.", "x"},
	{"x. . .", "x"},
	{"a\x00.txt", "a_.txt"},
	{"\x00", "_"},
	{"a\nb\tc\x1b[2J\x7f", "a_b_c_[2J_"},
	{"bad\xff\xfe", "bad__"},
	{"invoice\u202efdp.exe", "invoice_fdp.exe"},
	{"a\u2066b\u2069\u200b\ufeff", "a_b___"},
	{"a\u00a0b\u2028c", "a_b_c"},
	{"a\ue000\ufffd", "a__"},
	{`a<b>c"d|e?f*g`, "a_b_c_d_e_f_g"},
	{"-rf", "_-rf"},
	{"--all", "_--all"},
	{"~root", "_~root"},
	{".bashrc", "_.bashrc"},
	{"..hidden", "_..hidden"},
	{".new-x", "_.new-x"},
	{"CON", "_CON"},
	{"con.txt", "_con.txt"},
	{"Nul .tar.gz", "_Nul .tar.gz"},
	{"CON.", "_CON"},
	{"dir/aux.h", "_aux.h"},
	{"COM1", "_COM1"},
	{"LPT³.doc", "_LPT³.doc"},
	{"CONIN$", "_CONIN$"},
	{"con" + strings.Repeat(" ", 300) + "x", "_con"},
	{"-" + strings.Repeat("a", 300), "_-" + strings.Repeat("a", 198)},
	{"COM10", "COM10"},
	{"CONFIG", "CONFIG"},
	{strings.Repeat("a", 300), strings.Repeat("a", 200)},
	{strings.Repeat("a", 300) + ".xml", strings.Repeat("a", 196) + ".xml"},
	{strings.Repeat("ä", 150) + ".xml", strings.Repeat("ä", 98) + ".xml"},
	{strings.Repeat("a", 195) + "äää.xml", strings.Repeat("a", 195) + ".xml"},
	{"x." + strings.Repeat("e", 300), "x." + strings.Repeat("e", 198)},
	{strings.Repeat("a", 199) + ".." + strings.Repeat("e", 100), strings.Repeat("a", 199)},
}

func TestOf(t *testing.T) {
	for _, x := range hostile {
		if got := Of(x.name); got != x.want {
			t.Errorf("%q becomes %q, want %q", x.name, got, x.want)
		}
	}
	if got := Of(strings.Repeat("a", MaxLength)); len(got) != MaxLength {
		t.Errorf("%d bytes", len(got))
	}
}

// Of files that would get one name, the later ones have their number in it.
func TestNamesAreTakenOnce(t *testing.T) {
	taken := Taken{}
	for _, x := range []struct{ name, number, want string }{
		{"a.txt", "1", "a.txt"},
		{"a_3.txt", "2", "a_3.txt"},
		{"A.TXT", "3", "A_3_.TXT"},
		{"x/a.txt", "4", "a_4.txt"},
		{"a.txt", "4.1", "a_4.1.txt"},
		{"straße", "5", "straße"},
		{"STRASSE", "6", "STRASSE"},
		{"", "7", "unnamed"},
		{"..", "8", "unnamed_8"},
		{"CON", "9", "_CON"},
		{"_con", "10", "_con_10"},
	} {
		if got := taken.Name(x.name, x.number); got != x.want {
			t.Errorf("%q becomes %q, want %q", x.name, got, x.want)
		}
	}
}

// Whatever a document says, the name is one part of a path that stays where it is put.
func FuzzOf(f *testing.F) {
	for _, x := range hostile {
		f.Add(x.name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		got := Of(name)
		switch {
		case got == "" || !filepath.IsLocal(got) || filepath.Base(got) != got || strings.ContainsAny(got, "/\\:\x00"):
			t.Errorf("%q becomes the path %q", name, got)
		case len(got) > MaxLength || !utf8.ValidString(got) || strings.ContainsFunc(got, func(r rune) bool { return !unicode.IsPrint(r) }):
			t.Errorf("%q becomes %q, which is too long or does not print", name, got)
		case got[0] == '.' || got[0] == '-' || got[len(got)-1] == '.' || got[len(got)-1] == ' ' || isDevice(got):
			t.Errorf("%q becomes %q, which is hidden, an option or a device", name, got)
		case Of(got) != got:
			t.Errorf("%q becomes %q, and then %q", name, got, Of(got))
		}
	})
}
