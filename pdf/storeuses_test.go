package pdf

import (
	"crypto"
	"crypto/x509"
	"fmt"
	"math/big"
	"testing"
	"time"

	"golang.org/x/crypto/ocsp"
)

// The algorithms of a value of the store are those of all its signatures, also of the
// certificate that an OCSP response carries.
func TestUsesIn(t *testing.T) {
	h := theHouse()
	answer := func(cert *x509.Certificate) []byte {
		raw, err := ocsp.CreateResponse(h.root.std, h.signer.std, ocsp.Response{Status: ocsp.Good, SerialNumber: big.NewInt(1), ThisUpdate: time.Unix(0, 0),
			SignatureAlgorithm: x509.SHA512WithRSA, Certificate: cert, IssuerHash: crypto.SHA256}, h.signer.key)
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	const sha256, sha512 = "[{sha256  0 } { rsa 2048 }]", "{sha512  0 } { rsa 2048 }"
	for name, x := range map[string]struct {
		data []byte
		kind storeKind
		want string
	}{
		"certificate":                    {h.signer.std.Raw, storeCert, sha256},
		"list":                           {crlBy(t, x509.SHA512WithRSA, h.root, "2024-01-01"), storeCRL, "[" + sha512 + "]"},
		"response":                       {answer(nil), storeOCSP, "[" + sha512 + "]"},
		"response with a certificate":    {answer(h.signer.std), storeOCSP, "[" + sha512 + " " + sha256[1:]},
		"nothing":                        {nil, storeCert, "[]"},
		"cut off":                        {h.signer.std.Raw[:200], storeCert, "[]"},
		"a response that is cut off":     {answer(nil)[:50], storeOCSP, "[]"},
		"an algorithm nobody knows":      {asnSeq(asnSeq(), asnSeq(asnDER(asnOID("1.2.3"))), asnDER([]byte{1})), storeCRL, "[]"},
		"no signature where one belongs": {asnSeq(asnSeq(), asnSeq(asnDER(asnOID("1.2.840.113549.1.1.11")), []byte{5, 0})), storeCRL, "[]"},
	} {
		if got := fmt.Sprint(usesIn(x.data, x.kind)); got != x.want {
			t.Errorf("%s: %s, want %s", name, got, x.want)
		}
	}
}
