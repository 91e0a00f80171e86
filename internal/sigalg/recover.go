package sigalg

import (
	"bytes"
	"fmt"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"github.com/exhibit-dev/exhibit/internal/der"
	"github.com/exhibit-dev/exhibit/verdict"
)

// minPadding is how many bytes of ff EMSA-PKCS1-v1_5 has at least (RFC 8017, section
// 9.2).
const minPadding = 8

// SignedDigest returns the digest that an RSA PKCS#1 v1.5 signature value commits to,
// and the name of its algorithm, which stands nowhere else where no CMS surrounds the
// value. The digest is compared with nothing here.
//
// The encoded message must be the one encoding of what it says, byte for byte, so
// nothing can hide in it. The error wraps ErrVerification when the value was not made
// with this key, and ErrUnsupported when the key is of another kind or the encoding
// names a digest that is not known here.
func (k *Key) SignedDigest(sig []byte) (name string, digest []byte, err error) {
	if k.rsa == nil || k.pssOnly {
		return "", nil, k.mismatch(Algorithm{Scheme: PKCS1})
	}
	em := k.rsa.open(sig)
	if len(em) < 2 || em[0] != 0 || em[1] != 1 {
		return "", nil, ErrVerification
	}
	info := em[2:]
	for len(info) > 0 && info[0] == 0xff {
		info = info[1:]
	}
	if len(em)-2-len(info) < minPadding || len(info) == 0 || info[0] != 0 {
		return "", nil, ErrVerification
	}
	alg, digest, ok := readDigestInfo(info[1:])
	if !ok {
		return "", nil, ErrVerification
	}
	if name = DigestName(alg.OID); name == "" {
		return "", nil, fmt.Errorf("digest algorithm %s: %w", alg.OID, ErrUnsupported)
	}
	if len(digest) != verdict.DigestSize(name) || !bytes.Equal(info[1:], digestInfo(name, digest)) {
		return "", nil, ErrVerification
	}
	return name, digest, nil
}

// readDigestInfo reads DigestInfo and nothing after it.
func readDigestInfo(b []byte) (alg der.Algorithm, digest []byte, ok bool) {
	s := cryptobyte.String(b)
	var seq cryptobyte.String
	ok = s.ReadASN1(&seq, asn1.SEQUENCE) && s.Empty() && der.ReadAlgorithm(&seq, &alg) &&
		seq.ReadASN1((*cryptobyte.String)(&digest), asn1.OCTET_STRING) && seq.Empty()
	return alg, digest, ok
}
