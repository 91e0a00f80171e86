package rfc3161_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// differences lists where an independent program gives another answer to "passed?"
// than this one, at the corpus' own time, and who is right by which bytes. A
// difference that is not listed, and a listed one that is gone, are failures.
var differences = map[string]string{
	"pyhanko 66f667504baf2abd": "genTime is after the anchored signer's end; pyHanko does not judge an anchor's validity",
	"dss bc54407a68d75e32":     "the ESS hash is not the signer's; DSS only warns",
	"dss 2201679aa8d2ce99":     "the signer's ESS identifier stands second; DSS accepts any order",

	"pyhanko f25081042e689430": "the signer is given beside the token; pyHanko takes it only from inside",
	"pyhanko f256f6242a4d8b1b": "the signer is given beside the token; pyHanko takes it only from inside",

	"openssl d8cb405c43074f59": "OCSP in crls", "openssl 6a6d470d0586e858": "OCSP in crls",
	"openssl 73a377d797093995": "OCSP in crls", "openssl 4ef11b51ae71b152": "OCSP in crls",
	"openssl 98a21a465af4e125": "attribute certificate", "openssl 58ca2ae21c6117bf": "attribute certificate",
	"openssl a1d5f93149da9276": "attribute certificate", "openssl 509da6f052c24438": "attribute certificate",
	"openssl 491d539aa96a1a58": "RSASSA-PSS signer",

	"dss b33214fdf416ceb6": "signed attributes not in DER order verify as they stand", "bc b33214fdf416ceb6": "the same code",
	"dss 4c3aa85238c9e85a": "signingTime 2 s after the end, genTime before it; genTime decides", "bc 4c3aa85238c9e85a": "the same code",
	"dss da10cde9a5d430c8": "DSS ends an algorithm earlier than the NIST dates do",

	"pyhanko 867109ff1c819cae": sha1Then, "dss 867109ff1c819cae": sha1Then,
	"pyhanko c399f6edd6f5e60f": sha1Then, "pyhanko c5a098f34018ee5d": sha1Then,

	"openssl ec5a906650190a0f": noDates, "bc ec5a906650190a0f": noDates, "openssl db0de8a2e69f9522": noDates, "bc db0de8a2e69f9522": noDates,
	"openssl a442622fd847c8c9": noDates, "bc a442622fd847c8c9": noDates, "openssl 217e5cdfcd2125c5": noDates, "bc 217e5cdfcd2125c5": noDates,
	"openssl 752a0662ffbb3445": noDates, "bc 752a0662ffbb3445": noDates, "openssl 8fc94c615e6085d8": noDates, "bc 8fc94c615e6085d8": noDates,
	"openssl dcac6b5f5c96d8a1": noDates, "bc dcac6b5f5c96d8a1": noDates, "openssl 8694b316522a3de4": noDates, "bc 8694b316522a3de4": noDates,
	"openssl 32e1e2fcd02180f7": noDates, "bc 32e1e2fcd02180f7": noDates, "openssl e946a33cf8239d31": noDates, "bc e946a33cf8239d31": noDates,
	"openssl 451e1f3b4d29353d": noDates, "bc 451e1f3b4d29353d": noDates,

	"pyhanko 3c2dab92cf6d24ad": criticalEKU, "dss 3c2dab92cf6d24ad": criticalEKU,
	"pyhanko 14032b3fb0c4e9d0": criticalEKU, "dss 14032b3fb0c4e9d0": criticalEKU,
	"pyhanko c454d218d5d3cef6": criticalEKU, "dss c454d218d5d3cef6": criticalEKU,

	"openssl trailing-byte.tst": trailing, "pyhanko trailing-byte.tst": trailing, "dss trailing-byte.tst": trailing, "bc trailing-byte.tst": trailing,
	"openssl trailing-token.tst": trailing, "pyhanko trailing-token.tst": trailing, "dss trailing-token.tst": trailing, "bc trailing-token.tst": trailing,
	"openssl resp-trailing.tsr": trailing, "pyhanko resp-trailing.tsr": trailing,

	"openssl before-notbefore.tst": notYet, "pyhanko before-notbefore.tst": notYet, "dss before-notbefore.tst": notYet, "bc before-notbefore.tst": notYet,
}

const (
	noDates     = "the program has no dates for algorithms"
	sha1Then    = "SHA-1 or RSA-1024 at a time when it still counted; the program knows no such time, or asks for a proof"
	criticalEKU = "RFC 3161 2.3 demands a critical extended key usage; the program does not look"
	trailing    = "the program stops reading at the end of the first structure"
	notYet      = "the time of validation lies before genTime; the programs were asked at genTime"
)

// The recorded answers of OpenSSL, pyHanko, EU DSS and Bouncy Castle.
func TestPeers(t *testing.T) {
	dir, cases := corpusCases(t)
	b, err := os.ReadFile(filepath.Join(dir, "peers.json"))
	if err != nil {
		t.Fatal(err)
	}
	var peers struct {
		Files map[string]map[string]struct{ Verdict string }
	}
	if err := json.Unmarshal(b, &peers); err != nil {
		t.Fatal(err)
	}
	seen := make(map[string]bool)
	compared := 0
	for _, c := range cases {
		said, ok := peers.Files[c.name()]
		if !ok {
			said, ok = peers.Files[c.File]
		}
		if !ok {
			t.Errorf("no answers for %s", c.name())
		}
		r := c.judge(t, dir, time.Time{})
		for _, peer := range strings.Fields("openssl pyhanko dss bc") {
			v := said[peer].Verdict
			if v == "" || v == "UNSUPPORTED" {
				continue
			}
			compared++
			key := peer + " " + c.name()
			if (v == "PASSED") == r.Passed() {
				continue
			}
			seen[key] = true
			if differences[key] == "" {
				t.Errorf("%s says %s, we %s %s %s (%s)", key, v, r.Indication(), r.Sub, r.Reason, c.Verdict)
			}
		}
	}
	for key := range differences {
		if !seen[key] {
			t.Errorf("%s: listed, but no longer different", key)
		}
	}
	if compared < 350 {
		t.Errorf("only %d answers compared", compared)
	}
}
