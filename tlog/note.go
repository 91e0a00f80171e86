package tlog

import (
	"bytes"
	"encoding/base64"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of a signed note. Real ones have a few KiB.
const (
	maxNote       = 1 << 20 // bytes; a hundred signatures of the longest assigned type have two thirds of it
	maxSignatures = 100     // each may cost a verification; the format asks for at least 16
)

// signature is one signature line of a note.
type signature struct {
	name  string
	id    [4]byte
	value []byte
}

// readNote takes a note apart into its text and its signatures.
func readNote(b []byte) (text []byte, sigs []signature, err *Error) {
	if len(b) > maxNote {
		return nil, nil, limit("a note of more than %d bytes", maxNote)
	}
	if !utf8.Valid(b) || bytes.ContainsFunc(b, func(r rune) bool { return r < 0x20 && r != '\n' }) {
		return nil, nil, malformed(refNote, "invalid UTF-8, or a control character")
	}
	split := bytes.LastIndex(b, []byte("\n\n"))
	if split < 0 {
		return nil, nil, malformed(refNote, "no blank line before the signatures")
	}
	text, rest := b[:split+1], b[split+2:]
	if len(rest) == 0 || rest[len(rest)-1] != '\n' {
		return nil, nil, malformed(refNote, "no signatures, or the last line does not end")
	}
	for line := range bytes.Lines(rest) {
		if len(sigs) == maxSignatures {
			return nil, nil, limit("more than %d signatures", maxSignatures)
		}
		s, ok := readSignature(string(line[:len(line)-1]))
		if !ok {
			return nil, nil, malformed(refNote, "line %d behind the text is no signature", len(sigs)+1)
		}
		sigs = append(sigs, s)
	}
	return text, sigs, nil
}

// readSignature reads "— NAME BASE64".
func readSignature(line string) (s signature, ok bool) {
	line, ok = strings.CutPrefix(line, "— ")
	name, text, found := strings.Cut(line, " ")
	b, canonical := fromBase64(text)
	if !ok || !found || !canonical || len(b) <= len(s.id) || name == "" || strings.Contains(name, "+") || strings.ContainsFunc(name, unicode.IsSpace) {
		return signature{}, false
	}
	return signature{name, [4]byte(b), b[4:]}, true
}

// fromBase64 decodes the standard base64 and refuses every spelling but the one that
// encoding gives.
func fromBase64(s string) (b []byte, ok bool) {
	b, err := base64.StdEncoding.DecodeString(s)
	return b, err == nil && base64.StdEncoding.EncodeToString(b) == s
}
