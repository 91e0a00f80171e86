package ots

import (
	"bytes"
	"encoding/base64"
)

// The armour: its first line, an empty one, base64 in lines of 64, and its last line.
const (
	armourBegin = "-----BEGIN OPENTIMESTAMPS GIT TIMESTAMP-----"
	armourEnd   = "-----END OPENTIMESTAMPS GIT TIMESTAMP-----"
	armourName  = "OPENTIMESTAMPS GIT TIMESTAMP"
	armourWidth = 64
)

// armour returns the signature before the armour, and what the armour holds. The armour
// ends the signature, there is only one, and its text is the only one for its bytes.
func (c *signedCommit) armour() (signature, data []byte, err *Error) {
	begin := bytes.Index(c.text, []byte(armourBegin+"\n"))
	switch {
	case begin < 0:
		return nil, nil, c.fail(ClassBadMagic, 0, "the signature holds no proof of OpenTimestamps")
	case begin > 0 && c.text[begin-1] != '\n':
		return nil, nil, c.fail(ClassMalformed, begin, "the armour does not begin a line")
	}
	from := begin + len(armourBegin) + 1
	body, ok := bytes.CutSuffix(c.text[from:], []byte("\n"+armourEnd+"\n"))
	if !ok {
		return nil, nil, c.fail(ClassMalformed, from, "the armour has no end, or something stands behind it")
	}
	if bytes.Count(c.text, []byte(armourName)) != 2 {
		return nil, nil, c.fail(ClassMalformed, begin, "more than one armour")
	}
	body, ok = bytes.CutPrefix(body, []byte("\n"))
	if !ok {
		return nil, nil, c.fail(ClassMalformed, from, "no empty line behind the first line of the armour")
	}
	data, bad := base64.StdEncoding.AppendDecode(nil, bytes.ReplaceAll(body, []byte("\n"), nil))
	if bad != nil || !bytes.Equal(armoured(data), body) {
		return nil, nil, c.fail(ClassMalformed, from, "the armour is not canonical base64 in lines of 64")
	}
	return c.text[:begin], data, nil
}

// armoured writes base64 in lines, the last without its end.
func armoured(data []byte) []byte {
	text := base64.StdEncoding.AppendEncode(nil, data)
	out := make([]byte, 0, len(text)+len(text)/armourWidth)
	for len(text) > armourWidth {
		out = append(append(out, text[:armourWidth]...), '\n')
		text = text[armourWidth:]
	}
	return append(out, text...)
}
