package attest

import (
	"fmt"

	"github.com/exhibit-dev/exhibit/internal/sigalg"
	"github.com/exhibit-dev/exhibit/trust"
)

// readValue reads a signature value that stands alone. Which curve it is of only the
// key can say, so here it is refused only where it is of none.
func (a *Attestation) readValue(sig []byte) *Error {
	a.sig = sig
	if a.form == P1363 {
		if !sigalg.P1363Size(len(sig)) {
			return bad(codeEncoding, fmt.Sprintf("%d bytes are not twice the length of a curve's order", len(sig)), refP1363)
		}
		return nil
	}
	a.numbers, a.isDER = sigalg.ParseDER(sig)
	switch {
	case a.isDER && len(sig) <= maxSignature:
		return nil
	case len(sig) > maxSignature:
		return bad(codeLimit, fmt.Sprintf("a signature value of more than %d bytes", maxSignature), "")
	case triesDER(sig) || !sigalg.P1363Size(len(sig)) && len(sig) < minRSA:
		return bad(codeEncoding, fmt.Sprintf("%d bytes are neither strict DER nor as long as another signature", len(sig)), refDER)
	}
	return nil
}

// minRSA is the length of the shortest RSA signature that anybody makes.
const minRSA = 128

// triesDER reports whether bytes that are not DER were meant to be: a SEQUENCE of
// nearly the right length that begins with an INTEGER (of arbitrary bytes one in two
// million looks like this), or one of a length that no RSA signature has.
func triesDER(sig []byte) bool {
	const slack, longest = 4, 160 // bytes; Ecdsa-Sig-Value on P-521 has up to 139
	if len(sig) < 4 || sig[0] != 0x30 {
		return false
	}
	if len(sig) > minRSA && len(sig) < longest && len(sig)%8 != 0 {
		return true
	}
	length, contents := int(sig[1]), sig[2:]
	if sig[1] == 0x81 {
		length, contents = int(sig[2]), sig[3:]
	}
	return contents[0] == 0x02 && length >= len(contents)-slack && length <= len(contents)+slack
}

// readParts reads a value whose encoding the profile states.
func (a *Attestation) readParts(encoding string, sig []byte) *Error {
	a.sig = sig
	switch encoding {
	case trust.DER:
		if a.numbers, a.isDER = sigalg.ParseDER(sig); !a.isDER || len(sig) > maxSignature {
			return bad(codeEncoding, "the signature value is not strict DER", refDER)
		}
	case trust.P1363:
		if !sigalg.P1363Size(len(sig)) {
			return bad(codeEncoding, fmt.Sprintf("%d bytes are not twice the length of a curve's order", len(sig)), refP1363)
		}
	case trust.Raw:
		if len(sig) == 0 || len(sig) > maxSignature {
			return bad(codeEncoding, fmt.Sprintf("a signature value of %d bytes", len(sig)), "")
		}
	default:
		return bad(codeUnsupported, fmt.Sprintf("unknown encoding %q", encoding), "")
	}
	return nil
}

// embed notes a key that travels with the evidence.
func (a *Attestation) embed(k *sigalg.Key) {
	a.embedded = k
	a.embeddedSHA = (&trust.Key{Public: k}).SHA256()
}
