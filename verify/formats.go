package verify

import (
	"bytes"

	"github.com/exhibit-dev/exhibit/verdict"
)

// All returns every format this version knows: those it judges, then those it only
// recognises, so that a file of theirs is never taken for an uncovered document.
func All() []Format {
	return []Format{
		RFC3161(),
		Signature(),
		P1363(),
		JWS(),
		Merkle(),
		TransparencyLog(),
		OpenTimestamps(),
		GitCommit(),
		PDF(),
		unjudged("ers", "ers", verdict.ProvesExistence, nil, ".ers"),
		unjudged("asic", "run", verdict.ProvesSignature, looksLikeASiC, ".asice", ".asics", ".sce", ".scs"),
		unjudged("cms", "run", verdict.ProvesSignature, looksLikeCMS, ".p7s"),
	}
}

func unjudged(kind, code, proves string, sniff func([]byte) bool, ext ...string) Format {
	return Format{Kind: kind, Code: code, Proves: proves, Sniff: sniff, Extensions: ext}
}

// looksLikeASiC knows a ZIP file whose first member is the media type, stored.
// EN 319 162-1, annex A.
func looksLikeASiC(head []byte) bool {
	const localHeader = 30 // bytes before the member's name
	head, ok := bytes.CutPrefix(head, []byte("PK\x03\x04"))
	return ok && len(head) > localHeader-4 &&
		bytes.HasPrefix(head[localHeader-4:], []byte("mimetype")) &&
		bytes.Contains(head, []byte("application/vnd.etsi.asic-"))
}

var oidSignedData = []byte{0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02}

// looksLikeCMS knows signed data in DER, BER or PEM.
func looksLikeCMS(head []byte) bool {
	for _, label := range []string{"PKCS7", "CMS"} {
		if bytes.Contains(head, []byte("-----BEGIN "+label+"-----")) {
			return true
		}
	}
	const tagAndLength = 6 // of the outer SEQUENCE, at most
	at := bytes.Index(head, oidSignedData)
	return len(head) > 0 && head[0] == 0x30 && at >= 2 && at <= tagAndLength
}

// looksLikePDF follows the readers, which look for the header in the first
// kilobyte.
func looksLikePDF(head []byte) bool {
	return bytes.Contains(head[:min(len(head), 1024)], []byte("%PDF-"))
}
