package trust

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/exhibit-dev/exhibit/internal/jsonstrict"
)

const (
	// maxLogKeys bounds the keys of one logs.json; the public lists have some dozens.
	maxLogKeys = 1000
	// maxLines bounds the origins of one key: a log that was rebuilt has a few.
	maxLines = 100
)

// LogError says which entry of a logs.json cannot be used.
type LogError struct {
	Index int    // from 0
	Name  string // "" when the entry has none
	Err   error
}

func (e *LogError) Error() string {
	return fmt.Sprintf("entry %d, name %.40q: %v", e.Index+1, e.Name, e.Err)
}

// Unwrap returns the cause.
func (e *LogError) Unwrap() error { return e.Err }

// ParseLogs reads logs.json:
//
//	{"keys": [
//	   {"name": "log.example/2025", "role": "log", "file": "log.pem",
//	    "origins": ["log.example/2025"], "source": "the log's page, fetched on …"},
//	   {"role": "witness", "vkey": "witness.example+1a2b3c4d+BAaa…"}],
//	 "quorum": 1}
//
// keys, quorum, role and one of file and vkey are needed. A file named *.vkey is in
// the form of ParseVKey and needs no name; any other is a key as ParseKey reads it,
// and its type follows from kind and role: ECDSA 02; Ed25519 01 for a log, 04 for a
// witness. read returns the file of that name beside logs.json.
//
// The error is for a file that leaves in doubt what its owner decided on: broken
// JSON, unknown members, one key twice, more keys than a limit allows. An entry that
// is sound as JSON and whose key cannot be used is left out and stands in bad; the
// quorum stays.
func ParseLogs(b []byte, read func(name string) ([]byte, error)) (logs Logs, bad []*LogError, err error) {
	list, quorum, err := readLogs(b)
	if err != nil {
		return Logs{}, nil, err
	}
	logs.Quorum = uint(quorum)
	seen := make(map[string]bool)
	for i := range list {
		e, err := readLogEntry(&list[i])
		if err != nil {
			return Logs{}, nil, &LogError{i, e.name, err}
		}
		k, err := e.key(read)
		if err != nil {
			bad = append(bad, &LogError{i, e.name, err})
			continue
		}
		if seen[k.String()] {
			return Logs{}, nil, &LogError{i, k.Name, errors.New("the key stands twice")}
		}
		seen[k.String()] = true
		logs.Keys = append(logs.Keys, k)
	}
	return logs, bad, nil
}

// readLogs reads the frame of the file.
func readLogs(b []byte) (keys []jsonstrict.Value, quorum uint64, err error) {
	v, err := jsonstrict.Parse(b)
	if err != nil {
		return nil, 0, err
	}
	if err := v.Only("keys", "quorum"); err != nil {
		return nil, 0, err
	}
	list := v.Get("keys")
	if err := list.Want(jsonstrict.Array); err != nil {
		return nil, 0, err
	}
	if quorum, err = v.Get("quorum").Uint64(); err != nil {
		return nil, 0, err
	}
	if len(list.Items) > maxLogKeys || quorum > maxLogKeys {
		return nil, 0, fmt.Errorf("more than %d keys, or a quorum above", maxLogKeys)
	}
	return list.Items, quorum, nil
}

// logEntry is one key as it is written.
type logEntry struct {
	name, role, file, vkey, source string
	lines                          []string
}

// readLogEntry reads the members and judges none of them.
func readLogEntry(v *jsonstrict.Value) (e logEntry, err error) {
	if err := v.Only("name", "role", "file", "vkey", "origins", "source"); err != nil {
		return e, err
	}
	for _, m := range []struct {
		name string
		to   *string
	}{{"name", &e.name}, {"role", &e.role}, {"file", &e.file}, {"vkey", &e.vkey}, {"source", &e.source}} {
		switch got := v.Get(m.name); {
		case got.Kind == jsonstrict.Absent:
		case got.Kind == jsonstrict.String && got.Text != "":
			*m.to = got.Text
		default:
			return e, fmt.Errorf("%s is not a text, or empty", m.name)
		}
	}
	if (e.file == "") == (e.vkey == "") {
		return e, errors.New("one of file and vkey is needed")
	}
	if e.role == "" {
		return e, errors.New("role is needed: log or witness")
	}
	return e, e.readLines(v.Get("origins"))
}

func (e *logEntry) readLines(v jsonstrict.Value) error {
	if v.Kind == jsonstrict.Absent {
		return nil
	}
	if err := v.Want(jsonstrict.Array); err != nil {
		return err
	}
	if len(v.Items) == 0 || len(v.Items) > maxLines {
		return fmt.Errorf("origins is empty, or has more than %d lines", maxLines)
	}
	for _, line := range v.Items {
		if line.Kind != jsonstrict.String || line.Text == "" || strings.Contains(line.Text, "\n") {
			return errors.New("origins has something that is no line of text")
		}
		e.lines = append(e.lines, line.Text)
	}
	return nil
}

// key reads the key and holds it against what the entry says of it.
func (e *logEntry) key(read func(string) ([]byte, error)) (LogKey, error) {
	k, err := e.open(read)
	switch {
	case err != nil:
		return LogKey{}, err
	case e.name != "" && k.Name != e.name:
		return LogKey{}, fmt.Errorf("the key's own name is %.40q", k.Name)
	case k.Role == RoleWitness && e.lines != nil:
		return LogKey{}, errors.New("origins has no meaning for a witness")
	}
	k.Lines, k.Source, k.Origin = e.lines, e.source, e.file
	return k, nil
}

func (e *logEntry) open(read func(string) ([]byte, error)) (LogKey, error) {
	if e.vkey != "" {
		return ParseVKey([]byte(e.vkey), LogRole(e.role), "")
	}
	if !fs.ValidPath(e.file) {
		return LogKey{}, fmt.Errorf("file %.40q is not the name of a file beside logs.json", e.file)
	}
	b, err := read(e.file)
	if err != nil {
		return LogKey{}, err
	}
	if strings.HasSuffix(strings.ToLower(e.file), ".vkey") {
		return ParseVKey(b, LogRole(e.role), "")
	}
	p, err := readKey(b, "", "")
	if err != nil {
		return LogKey{}, err
	}
	typ := NoteECDSA
	switch {
	case LogRole(e.role) == RoleWitness:
		typ = NoteCosignature
	case p.key.Kind == "ed25519":
		typ = NoteEd25519
	}
	return NewLogKey(e.name, typ, LogRole(e.role), p.key)
}
