package trust

import (
	"bytes"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"time"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"github.com/exhibit-dev/exhibit/internal/sigalg"
)

// ParseKey reads one public key that is trusted as it is: SubjectPublicKeyInfo or an
// X.509 certificate, in PEM or DER, or a JSON Web Key. origin names the file in
// reports.
//
// A key that is given like this, without an entry in signers.json, signs the
// message, with SHA-256 (curves of 384 bits: SHA-384; of more: SHA-512), RSA by
// PKCS#1 unless the key names PSS, encoded as the extension of the evidence says. A
// certificate bounds the key by its validity and is otherwise not looked at.
func ParseKey(file []byte, origin string) (Key, error) {
	p, err := readKey(file, "", "")
	if err != nil {
		return Key{}, err
	}
	k := Key{ID: p.id, Public: p.key, NotBefore: p.notBefore, NotAfter: p.notAfter, Origin: origin}
	if err := k.complete(); err != nil {
		return Key{}, err
	}
	return k, nil
}

// NewKey returns a trusted key that signs as ParseKey assumes. p must be one that
// this module made.
func NewKey(p *PublicKey) (Key, error) {
	k := Key{Public: p}
	if err := k.complete(); err != nil {
		return Key{}, err
	}
	return k, nil
}

// keyFile is what a file says of a key.
type keyFile struct {
	key                 *PublicKey
	id                  string // kid of a JWK
	notBefore, notAfter time.Time
}

// readKey tells the forms apart by their first bytes, once. A bare point or key
// stands for itself only where curve or alg says what it is.
func readKey(file []byte, curve, alg string) (keyFile, error) {
	if k, err := bareKey(file, curve, alg); k != nil || err != nil {
		return keyFile{key: k}, err
	}
	switch text := bytes.TrimLeft(file, " \t\r\n"); {
	case len(file) > 0 && file[0] == 0x30:
		return derKey(file)
	case len(text) > 0 && text[0] == '{':
		jwk, err := sigalg.ParseJWK(file)
		return keyFile{key: jwk.Key, id: jwk.ID}, err
	case bytes.Contains(file, []byte("-----BEGIN ")):
		return pemKey(file)
	}
	return keyFile{}, errors.New("neither PEM, DER nor a JWK; a bare point needs its curve")
}

// bareKey reads a point or an Ed25519 key as bytes or as hexadecimal text; nil when
// the file has another length than either.
func bareKey(file []byte, curve, alg string) (*PublicKey, error) {
	is := func(n int) bool {
		return curve != "" && sigalg.IsPointSize(curve, n) || curve == "" && alg == Ed25519 && n == 32
	}
	raw := file
	if line := bytes.TrimRight(file, "\r\n"); len(line)%2 == 0 && is(len(line)/2) {
		if b, err := hex.DecodeString(string(line)); err == nil {
			raw = b
		}
	}
	switch {
	case !is(len(raw)):
		return nil, nil
	case curve != "":
		return sigalg.ParsePoint(curve, raw)
	}
	return sigalg.ParseEd25519(raw)
}

// pemKey takes the one key of a PEM file. Two keys, or one that cannot be read, leave
// open which one its owner meant.
func pemKey(file []byte) (out keyFile, err error) {
	begun, read := bytes.Count(file, []byte("-----BEGIN ")), 0
	for rest := file; ; read++ {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			break
		}
		switch block.Type {
		case "PUBLIC KEY", "CERTIFICATE":
		default:
			return keyFile{}, fmt.Errorf("a PEM block %q is no public key", block.Type)
		}
		if out, err = derKey(block.Bytes); err != nil {
			return keyFile{}, err
		}
		if spki := out.key.SPKI(); (block.Type == "CERTIFICATE") == out.notAfter.IsZero() || spki == nil {
			return keyFile{}, fmt.Errorf("a PEM block %q holds something else", block.Type)
		}
	}
	if read != 1 || begun != 1 {
		return keyFile{}, fmt.Errorf("%d PEM blocks, of which %d can be read; want one key", begun, read)
	}
	return out, nil
}

// derKey reads SubjectPublicKeyInfo, whose first member begins with an object
// identifier, or a certificate.
func derKey(b []byte) (keyFile, error) {
	var out keyFile
	spki := b
	in := cryptobyte.String(b)
	var outer, first cryptobyte.String
	if !in.ReadASN1(&outer, asn1.SEQUENCE) || !outer.ReadASN1(&first, asn1.SEQUENCE) {
		return keyFile{}, fmt.Errorf("DER: %w", sigalg.ErrMalformed)
	}
	var err error
	if !first.PeekASN1Tag(asn1.OBJECT_IDENTIFIER) {
		if spki, out.notBefore, out.notAfter, err = sigalg.CertificateSPKI(b); err != nil {
			return keyFile{}, err
		}
	}
	out.key, err = sigalg.ParseKey(bytes.Clone(spki))
	if err != nil {
		return keyFile{}, err
	}
	return out, nil
}
