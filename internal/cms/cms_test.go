package cms

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/digitorus/pkcs7"
	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"github.com/exhibit-dev/exhibit/internal/der"
	"github.com/exhibit-dev/exhibit/internal/testvec"
)

const vectors = "../../testvectors/rfc3161"

func read(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(vectors, name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Another implementation reads the same content, certificates, serial number and
// digest out of the good tokens that it understands.
func TestAgreesWithPKCS7(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(vectors, "*.tst"))
	compared := 0
	for _, f := range files {
		b := read(t, filepath.Base(f))
		sd, rest, err := Parse(b)
		if err != nil || len(rest) > 0 || sd.BER || len(sd.Skipped) > 0 {
			continue
		}
		p7, err := pkcs7.Parse(b)
		if err != nil {
			continue
		}
		compared++
		if !bytes.Equal(p7.Content, sd.Content) || len(p7.Certificates) != len(sd.Certificates) || len(p7.Signers) != len(sd.Signers) {
			t.Errorf("%s: content, certificates or signers differ", f)
		}
		for i, c := range p7.Certificates {
			if !bytes.Equal(c.Raw, sd.Certificates[i]) {
				t.Errorf("%s: certificate %d differs", f, i)
			}
		}
		for i, s := range p7.Signers {
			if !bytes.Equal(s.EncryptedDigest, sd.Signers[i].Signature) || len(s.AuthenticatedAttributes) != len(sd.Signers[i].Signed) {
				t.Errorf("%s: signer %d differs", f, i)
			}
		}
	}
	if compared < 150 {
		t.Errorf("only %d tokens compared", compared)
	}
}

// builder makes a SignedData with lists of a chosen length.
type builder struct {
	certificates, revocations, signers, signed, unsigned, values int

	algorithms int // further digest algorithms
	depth      int // of nested values in the unsigned attributes
}

func (n builder) build() []byte {
	empty := func(b *cryptobyte.Builder) { b.AddASN1(asn1.SEQUENCE, func(*cryptobyte.Builder) {}) }
	var nested func(b *cryptobyte.Builder, depth int)
	nested = func(b *cryptobyte.Builder, depth int) {
		if depth == 0 {
			empty(b)
			return
		}
		b.AddBytes([]byte{0x30, 0x80})
		nested(b, depth-1)
		b.AddBytes([]byte{0, 0})
	}
	oid := func(b *cryptobyte.Builder, o der.OID) {
		b.AddASN1(asn1.OBJECT_IDENTIFIER, func(b *cryptobyte.Builder) { b.AddBytes([]byte(o)) })
	}
	algorithm := func(b *cryptobyte.Builder) {
		b.AddASN1(asn1.SEQUENCE, func(b *cryptobyte.Builder) { oid(b, der.MustOID("2.16.840.1.101.3.4.2.1")) })
	}
	attributes := func(b *cryptobyte.Builder, tag asn1.Tag, count, values int) {
		b.AddASN1(tag, func(b *cryptobyte.Builder) {
			for i := range count {
				b.AddASN1(asn1.SEQUENCE, func(b *cryptobyte.Builder) {
					oid(b, der.OID([]byte{42, byte(i)}))
					b.AddASN1(asn1.SET, func(b *cryptobyte.Builder) {
						for range values {
							nested(b, n.depth)
						}
					})
				})
			}
		})
	}
	var b cryptobyte.Builder
	b.AddASN1(asn1.SEQUENCE, func(b *cryptobyte.Builder) {
		oid(b, oidSignedData)
		b.AddASN1(context0, func(b *cryptobyte.Builder) {
			b.AddASN1(asn1.SEQUENCE, func(b *cryptobyte.Builder) {
				b.AddASN1Int64(3)
				b.AddASN1(asn1.SET, func(b *cryptobyte.Builder) {
					for range n.algorithms + 1 {
						algorithm(b)
					}
				})
				b.AddASN1(asn1.SEQUENCE, func(b *cryptobyte.Builder) { oid(b, oidSignedData) })
				b.AddASN1(context0, func(b *cryptobyte.Builder) {
					for range n.certificates {
						empty(b)
					}
				})
				b.AddASN1(context1, func(b *cryptobyte.Builder) {
					for range n.revocations {
						empty(b)
					}
				})
				b.AddASN1(asn1.SET, func(b *cryptobyte.Builder) {
					for range n.signers {
						b.AddASN1(asn1.SEQUENCE, func(b *cryptobyte.Builder) {
							b.AddASN1Int64(3)
							b.AddASN1(asn1.Tag(0).ContextSpecific(), func(b *cryptobyte.Builder) { b.AddUint8(1) })
							algorithm(b)
							if n.signed > 0 {
								attributes(b, context0, n.signed, n.values)
							}
							algorithm(b)
							b.AddASN1OctetString([]byte{1})
							if n.unsigned > 0 {
								attributes(b, context1, n.unsigned, n.values)
							}
						})
					}
				})
			})
		})
	})
	return b.BytesOrPanic()
}

func TestLimits(t *testing.T) {
	for _, c := range []struct {
		name string
		make builder
		want error
	}{
		{"certificates", builder{certificates: MaxCertificates}, nil},
		{"certificates", builder{certificates: MaxCertificates + 1}, ErrLimit},
		{"revocations", builder{revocations: MaxRevocations}, nil},
		{"revocations", builder{revocations: MaxRevocations + 1}, ErrLimit},
		{"signers", builder{signers: MaxSigners}, nil},
		{"signers", builder{signers: MaxSigners + 1}, ErrLimit},
		{"signed attributes", builder{signers: 1, signed: maxAttributes, values: 1}, nil},
		{"signed attributes", builder{signers: 1, signed: maxAttributes + 1, values: 1}, ErrLimit},
		{"unsigned attributes", builder{signers: 1, unsigned: maxAttributes, values: 1}, nil},
		{"unsigned attributes", builder{signers: 1, unsigned: maxAttributes + 1, values: 1}, ErrLimit},
		{"values", builder{signers: 1, signed: 1, values: maxAttributes}, nil},
		{"values", builder{signers: 1, signed: 1, values: maxAttributes + 1}, ErrLimit},
		{"digest algorithms", builder{algorithms: maxAlgorithms - 1}, nil},
		{"digest algorithms", builder{algorithms: maxAlgorithms}, ErrLimit},
		{"nesting", builder{signers: 1, unsigned: 1, values: 1, depth: 50}, nil},
		{"nesting", builder{signers: 1, unsigned: 1, values: 1, depth: der.MaxDepth + 1}, ErrLimit},
		{"unsigned values", builder{signers: 1, unsigned: 1, values: maxAttributes + 1}, ErrLimit},
	} {
		sd, _, err := Parse(c.make.build())
		if !errors.Is(err, c.want) || (err == nil) == (sd == nil) {
			t.Errorf("%s %+v: got %v, want %v", c.name, c.make, err, c.want)
		}
	}
}

// Hostile sizes end in an answer, quickly.
func TestHostileSizes(t *testing.T) {
	for name, input := range map[string][]byte{
		"4 MB of nested indefinite lengths": bytes.Repeat([]byte{0x30, 0x80}, 2<<20),
		"100 000 certificates":              builder{certificates: 100000}.build(),
		"100 000 signers":                   builder{signers: 100000}.build(),
		"30 80":                             {0x30, 0x80}, "1f 80": {0x1f, 0x80}, "1f 05": {0x1f, 0x05}, "30 81": {0x30, 0x81},
		"empty": nil,
	} {
		start := time.Now()
		if sd, _, err := Parse(input); err == nil || sd != nil {
			t.Errorf("%s: read", name)
		}
		if d := time.Since(start); d > testvec.Slack(time.Second) {
			t.Errorf("%s: %v", name, d)
		}
	}
}

func TestEveryPrefix(t *testing.T) {
	b := read(t, "plain.tst")
	for i := range b {
		if sd, _, err := Parse(b[:i]); err == nil || sd != nil {
			t.Fatalf("prefix of %d bytes is read", i)
		}
	}
}

// Parse gives a value or an error, takes a prefix of the input, invents no bytes,
// and signs what stands there under the tag of a SET.
func FuzzParse(f *testing.F) {
	for _, name := range []string{"plain.tst", "ber-outer.tst", "certificate-attribute.tst", "etsi-crl-embedded.tst", "etsi-ocsp-embedded.tst", "ess-both.tst", "algorithm-protection.tst"} {
		f.Add(read(f, name))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		sd, rest, err := Parse(in)
		if err != nil {
			if sd != nil || rest != nil || !errors.Is(err, ErrMalformed) && !errors.Is(err, ErrLimit) {
				t.Fatal("error with a value, or of no known kind")
			}
			return
		}
		if !bytes.HasPrefix(in, sd.Raw) || len(sd.Raw)+len(rest) != len(in) {
			t.Fatal("not a prefix")
		}
		for _, c := range sd.Certificates {
			if !bytes.Contains(in, c) {
				t.Fatal("a certificate that is not in the input")
			}
		}
		for i := range sd.Signers {
			si := &sd.Signers[i]
			if b := si.SignedBytes(); si.HasSigned && (b[0] != 0x31 || !bytes.Contains(in, b[1:])) {
				t.Fatal("signed bytes that are not in the input")
			}
			p, err := si.ReadProtected()
			if err == nil && (p.V1 != nil && len(p.V1.IDs) == 0 || p.V2 != nil && len(p.V2.IDs) == 0) {
				t.Fatal("an empty signing-certificate attribute was accepted")
			}
			si.Revocations()
		}
	})
}
