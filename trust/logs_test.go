package trust

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/sigalg"
)

// sumDB is the key of the Go checksum database, as its programs carry it.
const sumDB = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"

func ecSPKI(t *testing.T, curve elliptic.Curve) []byte {
	t.Helper()
	scalar := make([]byte, (curve.Params().BitSize+7)/8)
	scalar[len(scalar)-1] = 7
	k, err := ecdsa.ParseRawPrivateKey(curve, scalar)
	if err != nil {
		t.Fatal(err)
	}
	spki, err := x509.MarshalPKIXPublicKey(&k.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	return spki
}

func edKey() ed25519.PublicKey {
	return ed25519.NewKeyFromSeed(make([]byte, 32)).Public().(ed25519.PublicKey)
}

// vkeyText writes a key by the rule of C2SP signed-note.
func vkeyText(name string, typ byte, key []byte) string {
	sum := sha256.Sum256(append([]byte(name+"\n"), append([]byte{typ}, key...)...))
	if typ == 2 {
		sum = sha256.Sum256(key)
	}
	return fmt.Sprintf("%s+%x+%s", name, sum[:4], base64.StdEncoding.EncodeToString(append([]byte{typ}, key...)))
}

func TestParseVKey(t *testing.T) {
	k, err := ParseVKey([]byte(sumDB+"\n"), "", "sum.vkey")
	if err != nil || k.Name != "sum.golang.org" || k.ID != [4]byte{3, 0x3d, 0xe0, 0xae} || k.Type != NoteEd25519 || k.Role != RoleLog || k.Origin != "sum.vkey" {
		t.Fatalf("%+v, %v", k, err)
	}
	if k.String() != "sum.golang.org+033de0ae" || len(k.SHA256()) != 64 {
		t.Errorf("%s %s", k.String(), k.SHA256())
	}
	for _, c := range []struct {
		typ  byte
		key  []byte
		role LogRole
	}{
		{1, edKey(), RoleLog}, {4, edKey(), RoleWitness}, {5, make([]byte, 32), RoleLog},
		{2, ecSPKI(t, elliptic.P256()), RoleLog}, {2, ecSPKI(t, elliptic.P384()), RoleLog}, {2, ecSPKI(t, elliptic.P521()), RoleLog},
	} {
		k, err := ParseVKey([]byte(vkeyText("a", c.typ, c.key)), "", "")
		if err != nil || k.Role != c.role || byte(k.Type) != c.typ || (k.SHA256() == "") != (c.typ == 5) {
			t.Errorf("type %d: %+v, %v", c.typ, k, err)
		}
	}
	if k, err := ParseVKey([]byte(vkeyText("a", 4, edKey())), RoleLog, ""); err != nil || k.Role != RoleLog {
		t.Errorf("a log that cosigns: %v", err)
	}
}

func TestBadVKeys(t *testing.T) {
	p224, good := ecSPKI(t, elliptic.P224()), vkeyText("a", 1, edKey())
	compressed := append([]byte{}, ecSPKI(t, elliptic.P256())...)
	compressed = append(compressed[:26], append([]byte{2 + compressed[90]&1}, compressed[27:59]...)...)
	compressed[1], compressed[24] = byte(len(compressed)-2), 34
	for name, text := range map[string]string{
		"empty": "", "no key": "a+01020304", "no id": "a++" + strings.Split(good, "+")[2], "two lines": good + "\n" + good, "a blank": good + " ",
		"line end of another system": good + "\r\n", "capitals": strings.Replace(sumDB, "033de0ae", "033DE0AE", 1),
		"another id": strings.Replace(good, "a+", "b+", 1), "another key": strings.Replace(sumDB, "Ac4z", "Ac4y", 1),
		"empty name": vkeyText("", 1, edKey()), "name with a space": vkeyText("a b", 1, edKey()), "name with a wide space": vkeyText("a\u2003b", 1, edKey()),
		"name too long": vkeyText(strings.Repeat("n", maxKeyID+1), 1, edKey()), "name with a control character": vkeyText("a\x01", 1, edKey()),
		"no canonical base64": strings.TrimSuffix(good, "=") + "A", "31 bytes": vkeyText("a", 1, edKey()[:31]), "33 bytes": vkeyText("a", 4, append(edKey(), 0)),
		"type 0": vkeyText("a", 0, edKey()), "type 6": vkeyText("a", 6, make([]byte, 1312)), "type 255": vkeyText("a", 255, edKey()), "only a type": vkeyText("a", 1, nil),
		"a curve that is not of the type": vkeyText("a", 2, p224), "ECDSA key cut": vkeyText("a", 2, p224[:40]), "Ed25519 as ECDSA": vkeyText("a", 2, edKey()),
		"compressed point": vkeyText("a", 2, compressed), "tree head of 31 bytes": vkeyText("a", 5, make([]byte, 31)),
	} {
		if k, err := ParseVKey([]byte(text), "", ""); err == nil {
			t.Errorf("%s is read: %s", name, k.String())
		}
	}
	if _, err := ParseVKey([]byte(vkeyText("a", 2, compressed)), "", ""); err == nil || !strings.Contains(err.Error(), "usual form") {
		t.Errorf("compressed point: %v", err)
	}
	if _, err := ParseVKey([]byte(sumDB), RoleWitness, ""); err == nil {
		t.Error("a witness that signs without a time")
	}
	if _, err := ParseVKey([]byte(sumDB), "auditor", ""); err == nil {
		t.Error("an unknown role")
	}
	if _, err := ParseVKey([]byte(vkeyText(strings.Repeat("n", maxKeyID), 1, edKey())), "", ""); err != nil {
		t.Errorf("a name at the limit: %v", err)
	}
	for _, typ := range []NoteType{NoteEd25519, NoteECDSA, NoteTreeHead} {
		if _, err := NewLogKey("a", typ, RoleLog, nil); err == nil {
			t.Errorf("type %d without a key", typ)
		}
	}
}

func TestSpeaks(t *testing.T) {
	k := LogKey{Name: "log.example"}
	for origin, want := range map[string]bool{
		"log.example": true, "log.example - 12": true, "log.example - ": false, "log.example - 1x": false, "log.example -12": false,
		"log.example2": false, "": false, "log.example/1": false, "log.example - 12 - 13": false,
	} {
		if k.Speaks(origin) != want {
			t.Errorf("%q: %v", origin, !want)
		}
	}
	k.Lines = []string{"one", "two"}
	if !k.Speaks("two") || k.Speaks("log.example") || k.Speaks("") {
		t.Error("the listed lines are not the ones that count")
	}
}

func logsFile(quorum string, entries ...string) []byte {
	return []byte(`{"keys": [` + strings.Join(entries, ",") + `], "quorum": ` + quorum + `}`)
}

func TestParseLogs(t *testing.T) {
	ed, err := sigalg.ParseEd25519(edKey())
	if err != nil {
		t.Fatal(err)
	}
	inPEM := func(der []byte) []byte { return pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}) }
	folder := map[string][]byte{
		"ec.pem": inPEM(ecSPKI(t, elliptic.P256())), "ed.der": ed.SPKI(), "sum.VKEY": []byte(sumDB + "\n"), "rsa.pem": []byte("no key"),
		"../ec.pem": inPEM(ecSPKI(t, elliptic.P256())),
	}
	read := func(name string) ([]byte, error) {
		if b, ok := folder[name]; ok {
			return b, nil
		}
		return nil, errors.New("no such file")
	}
	logs, bad, err := ParseLogs(logsFile("2",
		`{"name": "ec", "role": "log", "file": "ec.pem", "origins": ["ec - 1", "ec"], "source": "the page of ec"}`,
		`{"name": "ed", "role": "log", "file": "ed.der"}`, `{"name": "w", "role": "witness", "file": "ed.der"}`,
		`{"role": "log", "file": "sum.VKEY"}`, `{"name": "v", "role": "witness", "vkey": "`+vkeyText("v", 4, edKey())+`"}`,
	), read)
	if err != nil || len(bad) != 0 || logs.Quorum != 2 || len(logs.Keys) != 5 {
		t.Fatalf("%+v, %v, %v", logs, bad, err)
	}
	for i, want := range []NoteType{NoteECDSA, NoteEd25519, NoteCosignature, NoteEd25519, NoteCosignature} {
		if logs.Keys[i].Type != want {
			t.Errorf("key %d is of type %d, want %d", i, logs.Keys[i].Type, want)
		}
	}
	if k := logs.Keys[0]; k.Origin != "ec.pem" || k.Source != "the page of ec" || !k.Speaks("ec - 1") || logs.Keys[4].Origin != "" {
		t.Errorf("%+v", k)
	}
	_, bad, err = ParseLogs(logsFile("0",
		`{"role": "log", "file": "ec.pem"}`, `{"name": "x", "role": "log", "file": "sum.VKEY"}`, `{"name": "w", "role": "witness", "file": "ec.pem"}`,
		`{"name": "w", "role": "witness", "file": "ed.der", "origins": ["a"]}`, `{"name": "a", "role": "log", "file": "gone.pem"}`, `{"name": "a", "role": "log", "file": "../ec.pem"}`,
		`{"name": "a", "role": "log", "file": "rsa.pem"}`, `{"name": "a", "role": "log", "vkey": "a"}`, `{"name": "a", "role": "auditor", "file": "ed.der"}`,
		`{"name": "a+b", "role": "log", "file": "ed.der"}`,
	), read)
	if err != nil || len(bad) != 10 {
		t.Fatalf("%v, %v", bad, err)
	}
	for i, e := range bad {
		if e.Index != i || !strings.HasPrefix(e.Error(), fmt.Sprintf("entry %d, name ", i+1)) || e.Unwrap() == nil {
			t.Errorf("%v", e)
		}
	}
}

// What leaves in doubt what the owner decided on counts not at all.
func TestLogsInDoubt(t *testing.T) {
	one := `{"role": "log", "vkey": "` + sumDB + `"}`
	if _, bad, err := ParseLogs(logsFile("0", one), nil); err != nil || bad != nil {
		t.Fatal(bad, err)
	}
	many := strings.Split(strings.Repeat(`{"role": "log", "vkey": "x"} `, maxLogKeys+1), " {")
	for i := range many {
		many[i] = "{" + strings.Trim(many[i], "{ ")
	}
	if _, bad, err := ParseLogs(logsFile("1000", many[:maxLogKeys]...), nil); err != nil || len(bad) != maxLogKeys {
		t.Errorf("as many keys as are read: %v", err)
	}
	lines := func(n int) string {
		return `{"role": "log", "vkey": "` + sumDB + `", "origins": ["a"` + strings.Repeat(`, "b"`, n-1) + `]}`
	}
	if logs, _, err := ParseLogs(logsFile("0", lines(maxLines)), nil); err != nil || len(logs.Keys[0].Lines) != maxLines {
		t.Errorf("as many origins as are read: %v", err)
	}
	for name, text := range map[string]string{
		"no JSON": "{", "a list": "[]", "no keys": `{"quorum": 0}`, "no quorum": `{"keys": []}`, "unknown member": `{"keys": [], "quorum": 0, "x": 1}`,
		"quorum a text": string(logsFile(`"1"`, one)), "quorum negative": string(logsFile("-1", one)), "quorum with a fraction": string(logsFile("1.0", one)),
		"quorum above": string(logsFile("1001", one)), "a key twice": string(logsFile("0", one, one)), "an entry that is no object": string(logsFile("0", `"a"`)),
		"unknown member of an entry": string(logsFile("0", `{"role": "log", "vkey": "x", "quorum": 1}`)), "no role": string(logsFile("0", `{"vkey": "x"}`)),
		"file and vkey": string(logsFile("0", `{"role": "log", "vkey": "x", "file": "y"}`)), "neither": string(logsFile("0", `{"role": "log"}`)),
		"an empty name": string(logsFile("0", `{"role": "log", "vkey": "x", "name": ""}`)), "a name that is a number": string(logsFile("0", `{"role": "log", "vkey": "x", "name": 1}`)),
		"no origin": string(logsFile("0", `{"role": "log", "vkey": "x", "origins": []}`)), "an empty origin": string(logsFile("0", `{"role": "log", "vkey": "x", "origins": [""]}`)),
		"origins a text": string(logsFile("0", `{"role": "log", "vkey": "x", "origins": "a"}`)), "an origin of two lines": string(logsFile("0", `{"role": "log", "vkey": "x", "origins": ["a\nb"]}`)),
		"too many keys": string(logsFile("0", many...)), "too many origins": string(logsFile("0", lines(maxLines+1))),
	} {
		if logs, bad, err := ParseLogs([]byte(text), nil); err == nil || logs.Keys != nil || bad != nil {
			t.Errorf("%s is read: %v %v", name, logs, bad)
		}
	}
}
