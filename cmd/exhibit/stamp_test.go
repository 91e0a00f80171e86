package main

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"math/big"
	"os"
	"time"

	"github.com/digitorus/timestamp"
	"github.com/rogpeppe/go-internal/testscript"
)

// stamp FILE TIME CERTIFICATE makes FILE.tsr by an authority of its own, whose
// certificate it writes.
func stamp(ts *testscript.TestScript, _ bool, args []string) {
	when, err := time.Parse(time.RFC3339, args[1])
	ts.Check(err)
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	ts.Check(err)
	usage, err := asn1.Marshal([]asn1.ObjectIdentifier{{1, 3, 6, 1, 5, 5, 7, 3, 8}})
	ts.Check(err)
	raw, err := x509.CreateCertificate(rand.Reader, &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "authority"}, NotBefore: when.AddDate(-1, 0, 0), NotAfter: when.AddDate(9, 0, 0),
		KeyUsage: x509.KeyUsageDigitalSignature, BasicConstraintsValid: true,
		ExtraExtensions: []pkix.Extension{{Id: asn1.ObjectIdentifier{2, 5, 29, 37}, Critical: true, Value: usage}},
	}, &x509.Certificate{Subject: pkix.Name{CommonName: "authority"}}, key.Public(), key)
	ts.Check(err)
	cert, err := x509.ParseCertificate(raw)
	ts.Check(err)
	sum := sha256.Sum256([]byte(ts.ReadFile(args[0])))
	reply, err := (&timestamp.Timestamp{
		HashAlgorithm: crypto.SHA256, HashedMessage: sum[:], Time: when, SerialNumber: big.NewInt(2),
		Policy: asn1.ObjectIdentifier{1, 2, 3}, AddTSACertificate: true, Accuracy: time.Second,
	}).CreateResponseWithOpts(cert, key, crypto.SHA256)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0])+".tsr", reply, 0o644))
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: raw}), 0o644))
}
