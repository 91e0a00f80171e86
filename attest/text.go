package attest

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
)

// plain takes a signature value out of text, and returns what is no text as it is. No
// value that can be judged is text by itself: DER holds the byte 02, and of 56
// arbitrary bytes one in 2^79 is printable throughout. So text that is in no spelling
// is refused, ok false, and never tried as a value.
func plain(data []byte) (value []byte, ok bool) {
	if !printable(data) {
		return data, true
	}
	text := line(data)
	if b := fromHex(text); b != nil {
		return b, true
	}
	b := fromBase64(text)
	return b, b != nil
}

func printable(data []byte) bool {
	for _, c := range data {
		if (c < 0x20 || c > 0x7e) && c != '\n' && c != '\r' {
			return false
		}
	}
	return true
}

// line drops one line end, which editors and most programs add.
func line(data []byte) []byte {
	text := bytes.TrimSuffix(data, []byte("\n"))
	if len(text) < len(data) {
		text = bytes.TrimSuffix(text, []byte("\r"))
	}
	return text
}

// fromHex reads hexadecimal text in lower or in upper case, not in both.
func fromHex(text []byte) []byte {
	lower, upper := bytes.ToLower(text), bytes.ToUpper(text)
	if len(text) == 0 || !bytes.Equal(text, lower) && !bytes.Equal(text, upper) {
		return nil
	}
	b, err := hex.DecodeString(string(text))
	if err != nil {
		return nil
	}
	return b
}

// The lengths of full lines in base64: RFC 7468, section 2, and RFC 2045, section 6.8.
var lineLengths = []int{64, 76}

// fromBase64 reads RFC 4648, section 4, with padding, on one line or on lines of 64 or
// 76 letters, or section 5 without padding, and only the spelling that encoding gives.
func fromBase64(text []byte) []byte {
	if len(text) == 0 || len(text) > 2*maxSignature {
		return nil
	}
	flat := string(unfold(text))
	if b, err := base64.StdEncoding.DecodeString(flat); err == nil && base64.StdEncoding.EncodeToString(b) == flat {
		return b
	}
	if b, err := base64.RawURLEncoding.DecodeString(flat); err == nil && base64.RawURLEncoding.EncodeToString(b) == flat {
		return b
	}
	return nil
}

// unfold joins lines that all but the last have one of the full lengths.
func unfold(text []byte) []byte {
	end := []byte("\n")
	if bytes.Contains(text, []byte("\r\n")) {
		end = []byte("\r\n")
	}
	lines := bytes.Split(text, end)
	for _, full := range lineLengths {
		if fits(lines, full) {
			return bytes.Join(lines, nil)
		}
	}
	return text
}

func fits(lines [][]byte, full int) bool {
	for i, l := range lines {
		if last := i == len(lines)-1; !last && len(l) != full || last && (len(l) == 0 || len(l) > full) {
			return false
		}
	}
	return true
}
