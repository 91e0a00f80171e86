package rfc3161

import (
	"bytes"
	"encoding/base64"
	"encoding/pem"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"github.com/exhibit-dev/exhibit/internal/cms"
	"github.com/exhibit-dev/exhibit/internal/der"
)

// MaxSize is the largest token or reply that is read, in bytes as given. Tokens
// with a full set of revocation data stay below 100 kB.
const MaxSize = 16 << 20

var oidTSTInfo = der.MustOID("1.2.840.113549.1.9.16.1.4")

// Token is a parsed time-stamp token. It is not changed after it was parsed and may
// be shared by goroutines.
type Token struct {
	input    []byte // as given, also in PEM or base64
	raw      []byte // the ContentInfo
	reply    *replyStatus
	trailing int // bytes after the token or the reply
	info     tstInfo
	signed   *cms.SignedData
	signer   *cms.SignerInfo
	attrs    cms.Protected
	expect   *Request
}

// Raw returns the token's own bytes, the ContentInfo without reply and armour. The
// caller must not change them.
func (t *Token) Raw() []byte { return t.raw }

// Imprint returns what the token commits to: a digest of the subject, with the
// name of its algorithm, "" when that is not known here.
func (t *Token) Imprint() (algorithm string, digest []byte) {
	return t.info.imprintAlgorithm, t.info.imprint
}

// Parse reads a token or a reply: DER or BER, or the same in PEM or base64, told
// apart by content. The error is an *Error; the token is nil then. The input is
// kept and must not be changed.
func Parse(input []byte) (*Token, error) {
	if len(input) > MaxSize {
		return nil, bad(codeLimit, "larger than 16 MiB")
	}
	data, ok := dearmour(input)
	if !ok {
		return nil, bad(codeMalformed, "neither DER, PEM nor base64")
	}
	t := &Token{input: input}
	body := data
	if isReply(data) {
		var err error
		if t.reply, body, t.trailing, err = parseReply(data); err != nil {
			return nil, err
		}
	}
	sd, rest, err := cms.Parse(body)
	if err != nil {
		return nil, wrap(err, codeMalformed, "ContentInfo")
	}
	if t.reply == nil {
		t.trailing = len(rest)
	} else if len(rest) != 0 {
		return nil, bad(codeMalformed, "reply: data after the token inside the reply")
	}
	t.raw, t.signed = sd.Raw, sd
	if err := t.parseContent(); err != nil {
		return nil, err
	}
	return t, nil
}

func (t *Token) parseContent() error {
	sd := t.signed
	if sd.ContentType != oidTSTInfo {
		return bad("tsp.content-type", "eContentType "+sd.ContentType.String()+" is not id-ct-TSTInfo")
	}
	if !sd.HasContent {
		return bad(codeMalformed, "no encapsulated TSTInfo")
	}
	if len(sd.Signers) != 1 {
		return bad("tsp.signer-count", "not exactly one signerInfo")
	}
	t.signer = &sd.Signers[0]
	var err error
	if t.attrs, err = t.signer.ReadProtected(); err != nil {
		return wrap(err, codeMalformed, "signed attributes")
	}
	return t.info.parse(sd.Content)
}

// isReply tells a TimeStampResp from a ContentInfo: its first member is a SEQUENCE,
// not an OBJECT IDENTIFIER.
func isReply(data []byte) bool {
	s := cryptobyte.String(data)
	var outer der.Element
	return der.ReadTag(&s, &outer, asn1.SEQUENCE) && outer.Contents.PeekASN1Tag(asn1.SEQUENCE)
}

// dearmour returns the binary form. PEM may have text before it and any label;
// base64 must be nothing but itself and white space.
func dearmour(input []byte) ([]byte, bool) {
	if len(input) == 0 {
		return nil, false
	}
	if len(input) > 1 && input[0] == byte(asn1.SEQUENCE) && input[1] >= 0x80 {
		return input, true // a length that no text has
	}
	// A DER token begins with the byte that is also the character 0.
	before, _, armoured := bytes.Cut(input, []byte("-----BEGIN "))
	if input[0] == byte(asn1.SEQUENCE) && (!armoured || !printable(before)) {
		return input, true
	}
	if armoured {
		block, rest := pem.Decode(input)
		if block == nil || len(bytes.TrimSpace(rest)) != 0 {
			return nil, false
		}
		return block.Bytes, true
	}
	text := bytes.Map(func(r rune) rune {
		if r == '\n' || r == '\r' || r == ' ' || r == '\t' {
			return -1
		}
		return r
	}, input)
	out := make([]byte, base64.StdEncoding.DecodedLen(len(text)))
	n, err := base64.StdEncoding.Strict().Decode(out, text)
	return out[:n], err == nil && n > 0 && out[0] == byte(asn1.SEQUENCE)
}

// printable reports whether b is plain text, which no DER token is.
func printable(b []byte) bool {
	for _, c := range b {
		if c > '~' || c < ' ' && c != '\n' && c != '\r' && c != '\t' {
			return false
		}
	}
	return true
}

// sniffDepth is how far into a file the content type is searched: before it stand
// only lengths, a version and a few digest algorithms.
const sniffDepth = 4 << 10

// Sniff reports whether a file that begins with head looks like a token or a reply
// with one: binary, PEM or base64. The first 4 KiB are enough. A reply without a
// token is recognised by its status alone.
func Sniff(head []byte) bool {
	head = head[:min(len(head), sniffDepth)]
	if len(head) == 0 {
		return false
	}
	if head[0] == byte(asn1.SEQUENCE) {
		return bytes.Contains(head, append([]byte{byte(asn1.OBJECT_IDENTIFIER), byte(len(oidTSTInfo))}, oidTSTInfo...)) ||
			isBareReply(head)
	}
	if i := bytes.Index(head, []byte("-----BEGIN ")); i >= 0 {
		j := bytes.Index(head[i+11:], []byte("-----"))
		if j < 0 {
			return false
		}
		head = head[i+11+j+5:]
	}
	binary := decodePrefix(head)
	return len(binary) > 0 && binary[0] == byte(asn1.SEQUENCE) && Sniff(binary)
}

// isBareReply recognises a whole reply without a token: a SEQUENCE with nothing
// after it that holds a PKIStatusInfo alone.
func isBareReply(data []byte) bool {
	r, _, _, err := parseReply(data)
	return r == nil && err != nil && err.(*Error).Code == codeNoToken
}

// decodePrefix decodes as much of the base64 text as comes in whole groups.
func decodePrefix(text []byte) []byte {
	clean := make([]byte, 0, len(text))
	for _, b := range text {
		switch {
		case b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b == '+' || b == '/':
			clean = append(clean, b)
		case b == '\n' || b == '\r' || b == ' ' || b == '\t':
		default:
			goto end // padding, an armour's end, or no base64 at all
		}
	}
end:
	clean = clean[:len(clean)/4*4]
	out := make([]byte, base64.StdEncoding.DecodedLen(len(clean)))
	n, _ := base64.StdEncoding.Decode(out, clean)
	return out[:n]
}
