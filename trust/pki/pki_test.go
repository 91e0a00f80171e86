package pki_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"log"
	"testing"

	"github.com/exhibit-dev/exhibit/testvectors"
	"github.com/exhibit-dev/exhibit/trust/pki"
)

func file(name string) []byte {
	_, files, err := testvectors.Load("rfc3161")
	if err != nil {
		log.Fatal(err)
	}
	b, err := fs.ReadFile(files, name)
	if err != nil {
		log.Fatal(err)
	}
	return b
}

// An anchor is a certificate that the caller decides to believe.
func Example() {
	certs, err := pki.ParseCertificates(file("trust/tsa/root.pem"))
	if err != nil {
		log.Fatal(err)
	}
	env := pki.Env{TSA: []pki.Anchor{{Certificate: certs[0], Origin: "root.pem"}}, Cache: pki.NewCache()}
	fmt.Println(len(env.TSA), env.TSA[0].Certificate.Subject())
	// Output: 1 CN=root, O=Exhibit Test Authority
}

func TestParseCertificates(t *testing.T) {
	root, tsa := file("trust/tsa/root.pem"), file("trust/tsa/tsa.pem")
	both := bytes.Join([][]byte{[]byte("a comment\n"), root, []byte("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"), tsa}, nil)
	list, err := pki.ParseCertificates(both)
	if err != nil || len(list) != 2 {
		t.Fatalf("%d certificates, %v", len(list), err)
	}
	if one, err := pki.ParseCertificates(list[0].Raw); err != nil || len(one) != 1 || !bytes.Equal(one[0].Raw, list[0].Raw) {
		t.Errorf("DER: %d, %v", len(one), err)
	}
	damaged := []byte("-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n")
	if some, err := pki.ParseCertificates(append(damaged, root...)); err == nil || len(some) != 1 {
		t.Errorf("beside a damaged one: %d, %v", len(some), err)
	}
	for name, bad := range map[string][]byte{
		"empty": nil, "text": []byte("no certificate"), "trailing byte": append(bytes.Clone(list[0].Raw), 0), "cut": list[0].Raw[:100],
	} {
		if some, err := pki.ParseCertificates(bad); err == nil || some != nil {
			t.Errorf("%s: %d certificates, %v", name, len(some), err)
		}
		if c, err := pki.ParseCertificate(bad); err == nil || c != nil {
			t.Errorf("%s: one certificate, %v", name, err)
		}
	}
}
