package trust

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Logs are the keys by which checkpoints of transparency logs are judged. The zero
// value knows no log, and nothing passes under it.
type Logs struct {
	Keys []LogKey
	// Quorum is how many witnesses must have cosigned a checkpoint. 0 asks for none.
	Quorum uint
}

// LogRole says what a signature by a key means.
type LogRole string

// The roles.
const (
	RoleLog     LogRole = "log"     // the key of a log: "this is my tree"
	RoleWitness LogRole = "witness" // the key of a witness: "I saw this tree of that log grow"
)

// NoteType is the type of a signature on a note, by C2SP signed-note.
type NoteType byte

// The types that are known here. A key of any other type is refused where it is read.
const (
	NoteEd25519     NoteType = 0x01 // Ed25519 over the text of the note
	NoteECDSA       NoteType = 0x02 // ECDSA over its SHA-256; the key id is of another form
	NoteCosignature NoteType = 0x04 // C2SP tlog-cosignature: Ed25519, with a time
	NoteTreeHead    NoteType = 0x05 // a tree head of RFC 6962: known, and not judged
)

// LogKey is a trusted key of a log or of a witness. It comes from NewLogKey,
// ParseVKey or ParseLogs and is not changed afterwards. It has no window: it counts for
// as long as its owner keeps it among the trusted ones.
type LogKey struct {
	Name   string // as signature lines name it
	ID     [4]byte
	Type   NoteType
	Public *PublicKey // nil for NoteTreeHead
	Role   LogRole
	// Lines are the first lines ("origin") of the checkpoints that the key of a log may
	// sign. Empty stands for those that Speaks describes.
	Lines []string

	Source string // where its owner has it from
	Origin string // the file it was read from
}

// NewLogKey returns a key of a log or a witness. The name is not empty and has
// neither spaces nor a plus sign; a witness signs by NoteCosignature.
func NewLogKey(name string, typ NoteType, role LogRole, public *PublicKey) (LogKey, error) {
	k := LogKey{Name: name, Type: typ, Role: role, Public: public}
	if err := k.fits(); err != nil {
		return LogKey{}, err
	}
	if public == nil {
		return LogKey{}, errors.New("no key")
	}
	if typ == NoteECDSA { // C2SP signed-note, signature types
		k.ID = [4]byte(first4(public.SPKI()))
	} else {
		k.ID = noteID(name, typ, ed25519Bytes(public))
	}
	return k, nil
}

// noteID is the key id that C2SP signed-note recommends.
func noteID(name string, typ NoteType, key []byte) [4]byte {
	return [4]byte(first4(append([]byte(name+"\n"+string([]byte{byte(typ)})), key...)))
}

func first4(b []byte) []byte {
	sum := sha256.Sum256(b)
	return sum[:4]
}

// ed25519Bytes are the last 32 bytes of a SubjectPublicKeyInfo (RFC 8410, section 4).
func ed25519Bytes(k *PublicKey) []byte {
	spki := k.SPKI()
	return spki[len(spki)-32:]
}

// fits checks everything but the id.
func (k *LogKey) fits() error {
	if !validNoteName(k.Name) {
		return fmt.Errorf("name %.40q is empty, longer than %d bytes, or has a space or a plus sign", k.Name, maxKeyID)
	}
	if k.Role != RoleLog && k.Role != RoleWitness {
		return fmt.Errorf("role %.40q is neither log nor witness", k.Role)
	}
	if k.Role == RoleWitness && k.Type != NoteCosignature {
		return fmt.Errorf("a witness signs by type 04, this key is of type %02x", byte(k.Type))
	}
	kind := ""
	if k.Public != nil {
		kind = k.Public.Kind
	}
	switch k.Type {
	case NoteEd25519, NoteCosignature:
		if kind == "ed25519" {
			return nil
		}
	case NoteECDSA:
		if kind == "ec" && slices.Contains([]string{"P-256", "P-384", "P-521"}, k.Public.Curve()) {
			return nil
		}
	case NoteTreeHead:
		if k.Public == nil {
			return nil
		}
	default:
		return fmt.Errorf("signatures of type %02x are not judged", byte(k.Type))
	}
	return fmt.Errorf("a key of kind %q does not sign by type %02x", kind, byte(k.Type))
}

// validNoteName is the rule of C2SP signed-note for key names, with a limit on what a
// report prints.
func validNoteName(s string) bool {
	return s != "" && len(s) <= maxKeyID && utf8.ValidString(s) && !strings.Contains(s, "+") &&
		!strings.ContainsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r < 0x20 })
}

// String returns the name and the id, by which a signature line finds its key.
func (k *LogKey) String() string { return fmt.Sprintf("%s+%x", k.Name, k.ID) }

// SHA256 returns the digest of the key's SubjectPublicKeyInfo in lower-case hex; ""
// where only a digest of another form is known.
func (k *LogKey) SHA256() string {
	if k.Public == nil {
		return ""
	}
	return fingerprint(k.Public)
}

// Speaks reports whether the key of a log may sign checkpoints with this first line.
// Where its owner listed none, that is the key's own name, or the form of Rekor: the
// name, " - " and the decimal number of a tree.
func (k *LogKey) Speaks(origin string) bool {
	if len(k.Lines) > 0 {
		return slices.Contains(k.Lines, origin)
	}
	if origin == k.Name {
		return true
	}
	tree, ok := strings.CutPrefix(origin, k.Name+" - ")
	return ok && tree != "" && strings.Trim(tree, "0123456789") == ""
}
