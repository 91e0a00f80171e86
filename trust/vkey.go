package trust

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"github.com/exhibit-dev/exhibit/internal/sigalg"
)

var errVKey = errors.New("no key in the form of C2SP signed-note: NAME+ID+KEY, on one line")

// ParseVKey reads a key of a log or witness in the form of C2SP signed-note: name,
// key id in lower-case hexadecimal and canonical base64 of the type and the key,
// joined by plus signs, on one line. An empty role stands for the one that the type
// usually has: witness for cosignatures, else log. origin names the file in reports.
func ParseVKey(file []byte, role LogRole, origin string) (LogKey, error) {
	line := string(bytes.TrimSuffix(file, []byte("\n")))
	name, rest, _ := strings.Cut(line, "+")
	id, text, ok := strings.Cut(rest, "+")
	data, err := base64.StdEncoding.DecodeString(text)
	if !ok || err != nil || len(data) < 2 || base64.StdEncoding.EncodeToString(data) != text {
		return LogKey{}, errVKey
	}
	typ := NoteType(data[0])
	if role == "" {
		role = RoleLog
		if typ == NoteCosignature {
			role = RoleWitness
		}
	}
	k, err := vkeyOf(name, typ, role, data[1:])
	if err != nil {
		return LogKey{}, err
	}
	if hex.EncodeToString(k.ID[:]) != id {
		return LogKey{}, fmt.Errorf("the key id %.40q is not that of this name and key, %x", id, k.ID)
	}
	k.Origin = origin
	return k, nil
}

func vkeyOf(name string, typ NoteType, role LogRole, data []byte) (LogKey, error) {
	switch typ {
	case NoteECDSA:
		public, err := sigalg.ParseKey(bytes.Clone(data))
		if err != nil {
			return LogKey{}, err
		}
		if !bytes.Equal(public.SPKI(), data) { // the id is a digest of these very bytes
			return LogKey{}, errors.New("the key is not in its usual form, an uncompressed point on a named curve")
		}
		return NewLogKey(name, typ, role, public)
	case NoteTreeHead: // C2SP static-ct-api: only the digest of the key
		k := LogKey{Name: name, Type: typ, Role: role, ID: noteID(name, typ, data)}
		if len(data) != 32 {
			return LogKey{}, errVKey
		}
		return k, k.fits()
	}
	public, err := sigalg.ParseEd25519(bytes.Clone(data))
	if err != nil && (typ == NoteEd25519 || typ == NoteCosignature) {
		return LogKey{}, err
	}
	return NewLogKey(name, typ, role, public)
}
