package verify

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/x509"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/exhibit-dev/exhibit/testvectors"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/verdict"
)

// ecdsaFile reads a file of the vectors.
func ecdsaFile(t *testing.T, name string) string {
	t.Helper()
	_, folder, err := testvectors.Load("ecdsa")
	if err != nil {
		t.Fatal(err)
	}
	b, err := fs.ReadFile(folder, name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// ecdsaKeys reads the keys that the vectors sign with, from a folder of their trust.
func ecdsaKeys(t *testing.T, folder string) []trust.Key {
	t.Helper()
	folder = "trust/signers/" + folder + "/"
	keys, bad, err := trust.ParseSigners([]byte(ecdsaFile(t, folder+"signers.json")), func(name string) ([]byte, error) {
		return []byte(ecdsaFile(t, folder+name)), nil
	})
	if err != nil || len(bad) > 0 {
		t.Fatal(err, bad)
	}
	return keys
}

// signedBy are options under which the keys count; the fakes prove existence.
func signedBy(keys ...trust.Key) Options {
	o := Options{Formats: append(fakeFormats()[:2:2], Signature(), P1363(), JWS())}
	o.Env.At, o.Env.Policy, o.Env.Keys = time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC), trust.Issuance, keys
	return o
}

func judged(t *testing.T, o Options, list []Item) *Report {
	t.Helper()
	r, err := Items(context.Background(), list, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Only a proof over the signature's own bytes, from before the end of the key, says
// that the signature is older than the end.
func TestSupportForASignature(t *testing.T) {
	letter, sig := ecdsaFile(t, "letter.txt"), ecdsaFile(t, "expired.sig")
	o := signedBy(ecdsaKeys(t, "window-2025")...)
	const expired = "l.txt INDETERMINATE OUT_OF_BOUNDS_NO_POE ecdsa.key-expired [l.txt.sig INDETERMINATE]"
	wantOutline(t, judged(t, o, files("l.txt", letter, "l.txt.sig", sig)), 3, expired)
	for _, name := range []string{"l.txt.sig.fk", "elsewhere.bin"} {
		r := judged(t, o, files("l.txt", letter, "l.txt.sig", sig, name, over(sig, behavesWell)))
		wantOutline(t, r, 0, "l.txt TOTAL-PASSED [l.txt.sig PASSED]", "l.txt.sig TOTAL-PASSED ["+name+" PASSED]")
		if !r.Results[0].ExistedNotLaterThan.IsZero() || !slices.Equal(r.Results[0].Proves, []string{verdict.ProvesSignature}) {
			t.Errorf("the signature gives its subject a time: %+v", r.Results[0])
		}
	}
	t.Log("a proof over the subject gives the subject its time, and lifts nothing")
	wantOutline(t, judged(t, o, files("l.txt", letter, "l.txt.sig", sig, "l.txt.fk", over(letter, behavesWell))), 3,
		"l.txt INDETERMINATE OUT_OF_BOUNDS_NO_POE ecdsa.key-expired [l.txt.sig INDETERMINATE] [l.txt.fk PASSED]")
	t.Log("nor does one that is itself not decided, or only a signature over the signature")
	wantOutline(t, judged(t, o, files("l.txt", letter, "l.txt.sig", sig, "l.txt.sig.fk", over(sig, behavesOpen))), 3,
		expired, "l.txt.sig INDETERMINATE NO_CERTIFICATE_CHAIN_FOUND fake.chain [l.txt.sig.fk INDETERMINATE]")
	wantOutline(t, judged(t, o, files("l.txt", letter, "l.txt.sig", sig, "l.txt.sig.fsig", signed(sig, behavesWell))), 3,
		expired, "l.txt.sig TOTAL-PASSED [l.txt.sig.fsig PASSED]")
	t.Log("a proof under one policy supports under that one only")
	r := judged(t, o, files("l.txt", letter, "l.txt.sig", sig, "l.txt.sig.fk", over(sig, behavesETSI)))
	wantOutline(t, r, 0, "l.txt TOTAL-PASSED [l.txt.sig PASSED]", "l.txt.sig TOTAL-PASSED [l.txt.sig.fk PASSED]")
	if r.Other.Verdict != Indeterminate || r.Other.Reason != "ecdsa.key-expired" {
		t.Errorf("other policy: %+v", r.Other)
	}
	o.Claim = ClaimExistence
	wantOutline(t, judged(t, o, files("l.txt", letter, "l.txt.sig", sig, "l.txt.sig.fk", over(sig, behavesWell))), 3,
		"l.txt INDETERMINATE NO_POE policy.no-existence-proof [l.txt.sig PASSED]", "l.txt.sig TOTAL-PASSED [l.txt.sig.fk PASSED]")
}

func TestPairingOfSignatures(t *testing.T) {
	letter, sig, jws := ecdsaFile(t, "letter.txt"), ecdsaFile(t, "key-alone.sig"), ecdsaFile(t, "jws-no-kid.jws")
	usual := ecdsaKeys(t, "usual")
	for _, c := range []struct {
		name string
		keys []trust.Key
		list []Item
		exit int
		want []string
	}{
		{"by name", usual, files("l.txt", letter, "l.txt.SIG", sig), 0, []string{"l.txt TOTAL-PASSED [l.txt.SIG PASSED]"}},
		{"by another digest", ecdsaKeys(t, "curve-p-384"), files("l.txt", letter, "l.txt.sig", ecdsaFile(t, "der-p-384.sig"), "m.txt", letter, "m.sig", ecdsaFile(t, "der-p-384.sig")), 0,
			[]string{"l.txt TOTAL-PASSED [l.txt.sig PASSED]", "m.txt TOTAL-PASSED [m.sig PASSED]"}},
		{"by name, another file", usual, files("l.txt", "changed", "l.txt.sig", sig, "copy", letter), 3,
			[]string{"l.txt INDETERMINATE NO_SIGNING_CERTIFICATE_FOUND ecdsa.signer-missing [l.txt.sig INDETERMINATE]", "copy NOTHING-TO-VERIFY"}},
		{"by name, another payload", usual, files("l.txt", "changed", "l.txt.jws", jws, "copy", letter), 1,
			[]string{"l.txt TOTAL-FAILED HASH_FAILURE ecdsa.digest-mismatch [l.txt.jws FAILED !run.other-file-matches]", "copy NOTHING-TO-VERIFY"}},
		{"by payload", usual, files("x/1", letter, "y/2", letter, "z/r.jws", jws), 0,
			[]string{"x/1 TOTAL-PASSED [z/r.jws PASSED]", "y/2 TOTAL-PASSED [z/r.jws PASSED]"}},
		{"by payload, without a key", nil, files("1", letter, "r.jws", jws), 3,
			[]string{"1 INDETERMINATE NO_SIGNING_CERTIFICATE_FOUND ecdsa.signer-missing [r.jws INDETERMINATE]"}},
		{"the payload goes before the stem", usual, files("r.txt", "changed", "other", letter, "r.jws", jws), 4,
			[]string{"r.txt NOTHING-TO-VERIFY", "other TOTAL-PASSED [r.jws PASSED]"}},
		{"a stem that fits", usual, files("l.txt", letter, "l.sig", sig), 0, []string{"l.txt TOTAL-PASSED [l.sig PASSED]"}},
		{"of several the one that fits", usual, files("l.doc", "draft", "l.txt", letter, "l.sig", sig), 4,
			[]string{"l.doc NOTHING-TO-VERIFY", "l.txt TOTAL-PASSED [l.sig PASSED]"}},
		{"a stem that does not fit", usual, files("l.txt", "changed", "l.sig", sig), 3,
			[]string{"l.txt INDETERMINATE SIGNED_DATA_NOT_FOUND ecdsa.subject-missing [l.sig INDETERMINATE !run.stem-only]"}},
		{"a stem, and a key that is past its time", ecdsaKeys(t, "window-2025"), files("l.txt", letter, "l.sig", sig), 3,
			[]string{"l.txt INDETERMINATE OUT_OF_BOUNDS_NO_POE ecdsa.key-expired [l.sig INDETERMINATE]"}},
		{"a stem that does not fit is no contradiction, whatever key is named", usual, files("l.txt", "changed", "l.jws", ecdsaFile(t, "jws-detached.jws")), 3,
			[]string{"l.txt INDETERMINATE SIGNED_DATA_NOT_FOUND ecdsa.subject-missing [l.jws INDETERMINATE !run.stem-only]"}},
		{"nor is a payload that is another file's", usual, files("r.txt", "changed", "r.jws", jws), 3,
			[]string{"r.txt INDETERMINATE SIGNED_DATA_NOT_FOUND ecdsa.subject-missing [r.jws INDETERMINATE !run.stem-mismatch]"}},
		{"but the whole name makes it one", usual, files("l.txt", "changed", "l.txt.jws", ecdsaFile(t, "jws-detached.jws")), 1,
			[]string{"l.txt TOTAL-FAILED SIG_CRYPTO_FAILURE ecdsa.signature-invalid [l.txt.jws FAILED]"}},
		{"a stem, and no key", nil, files("l.txt", letter, "l.sig", sig), 3,
			[]string{"l.txt INDETERMINATE NO_SIGNING_CERTIFICATE_FOUND ecdsa.signer-missing [l.sig INDETERMINATE !run.stem-only]"}},
		{"alone", usual, files("l.sig", sig), 3, []string{"l.sig INDETERMINATE SIGNED_DATA_NOT_FOUND ecdsa.subject-missing [l.sig INDETERMINATE]"}},
		{"no signature at all", usual, files("l.txt", letter, "l.txt.sig", "junk, as anybody can see"), 1,
			[]string{"l.txt TOTAL-FAILED FORMAT_FAILURE ecdsa.bad-encoding [l.txt.sig FAILED]"}},
		{"over evidence", usual, files("a", "A", "a.fk", letter, "a.fk.sig", sig), 1,
			[]string{"a TOTAL-FAILED FORMAT_FAILURE fake.malformed [a.fk FAILED]", "a.fk TOTAL-PASSED [a.fk.sig PASSED]"}},
		{"one good, one not decided", usual, files("l.txt", letter, "l.txt.sig", sig, "l.txt.p1363", ecdsaFile(t, "other-curve-p1363.p1363")), 3,
			[]string{"l.txt INDETERMINATE NO_SIGNING_CERTIFICATE_FOUND ecdsa.signer-missing [l.txt.sig PASSED] [l.txt.p1363 INDETERMINATE]"}},
		{"one good, one forged", usual, files("l.txt", letter, "l.txt.sig", sig, "l.txt.jws", ecdsaFile(t, "jws-other-signer.jws")), 1,
			[]string{"l.txt TOTAL-FAILED SIG_CRYPTO_FAILURE ecdsa.signature-invalid [l.txt.sig PASSED] [l.txt.jws FAILED]"}},
	} {
		t.Run(c.name, func(t *testing.T) { wantOutline(t, judged(t, signedBy(c.keys...), c.list), c.exit, c.want...) })
	}
}

// How a payload names its subject stands with the key.
func TestPayloadNamesTheSubject(t *testing.T) {
	letter := ecdsaFile(t, "letter.txt")
	for file, keys := range map[string]string{"jws-no-kid.jws": "usual-jws", "signs-digest-jws.jws": "jws-digest", "signs-hex-digest-jws.jws": "jws-hex-digest"} {
		jws := ecdsaFile(t, file)
		for _, k := range []string{"usual-jws", "jws-digest", "jws-hex-digest", "jws-profile"} {
			r := judged(t, signedBy(ecdsaKeys(t, k)...), files("other-name", letter, "r.jws", jws))
			if got := r.Results[0].Verdict == TotalPassed; got != (k == keys) {
				t.Errorf("%s under %s: %v", file, k, outline(r))
			}
			if k != keys && r.ExitCode() == ExitFailed {
				t.Errorf("%s under %s: a file that the payload does not name is no contradiction", file, k)
			}
		}
	}
}

// Of the digest's text only the spelling that a key signs names a subject.
func TestDigestInAPayload(t *testing.T) {
	const text = "ab"
	d := verdict.Sum("sha256", []byte(text))
	lower := fmt.Sprintf("%x", d)
	for _, c := range []struct {
		payload, signs string
		want           []byte
	}{
		{text, trust.Message, d}, {string(d), trust.Digest, d}, {lower, trust.HexDigest, d},
		{strings.ToUpper(lower), trust.HexDigest, nil}, {lower + "\n", trust.HexDigest, nil}, {string(d), "certisigma-t0", nil},
	} {
		if got := digestIn([]byte(c.payload), c.signs, "sha256"); !bytes.Equal(got, c.want) {
			t.Errorf("%q as %s: %x", c.payload, c.signs, got)
		}
	}
}

// No arrangement of names may pass a signature over other data.
func TestNoPairingPassesAnotherSubject(t *testing.T) {
	o := signedBy(append(ecdsaKeys(t, "usual"), ecdsaKeys(t, "ed")...)...)
	for _, file := range []string{"key-alone.sig", "ed25519.sig", "p1363-p-256.p1363", "jws-no-kid.jws", "jws-detached.jws"} {
		content, ext := ecdsaFile(t, file), file[strings.LastIndexByte(file, '.'):]
		for _, s := range []string{"a.pdf", "a", "d/a.pdf", "a.fk", "a.pdf" + ext} {
			for _, e := range []string{"a" + ext, "a.pdf" + ext, "d/a" + ext, "a.fk" + ext, "x" + ext} {
				for _, mark := range []bool{false, true} {
					if s == e {
						continue
					}
					items := files(s, "another letter", e, content)
					items[0].Subject, items[0].Opaque = mark, mark
					if r := judged(t, o, items); r.ExitCode() == 0 || r.Counts()[TotalPassed] > 0 {
						t.Errorf("%s, %s, marked %v: %v", s, e, mark, outline(r))
					}
				}
			}
		}
	}
}

// edKey makes a key that signs the bytes themselves.
func edKey(t *testing.T) (ed25519.PrivateKey, trust.Key) {
	t.Helper()
	pub, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	spki, err := x509.MarshalPKIXPublicKey(pub)
	if err != nil {
		t.Fatal(err)
	}
	k, err := trust.ParseKey(spki, "ed.der")
	if err != nil {
		t.Fatal(err)
	}
	return key, k
}

// The bytes are kept up to a limit, while the file is read once as always.
func TestContentLimit(t *testing.T) {
	key, k := edKey(t)
	for _, c := range []struct {
		size   int
		known  bool
		passes bool
	}{
		{0, true, true}, {1, false, true}, {MaxContent, true, true}, {MaxContent, false, true}, {MaxContent + 1, true, false}, {MaxContent + 1, false, false},
	} {
		content := bytes.Repeat([]byte("x"), c.size)
		list := []Item{BytesItem("a", content), BytesItem("a.sig", ed25519.Sign(key, content))}
		opened := 0
		open := list[0].Open
		list[0].Open = func() (io.ReadCloser, error) { opened++; return open() }
		if !c.known {
			list[0].Size = -1
		}
		r := judged(t, signedBy(k), list)
		if c.passes {
			wantOutline(t, r, 0, "a TOTAL-PASSED [a.sig PASSED]")
		} else {
			wantOutline(t, r, 3, "a INDETERMINATE SIGNED_DATA_NOT_FOUND ecdsa.subject-missing [a.sig INDETERMINATE]")
			if err := r.Results[0].Evidence[0].Err(); !strings.Contains(err.Error(), fmt.Sprintf("of at most %d bytes", MaxContent)) {
				t.Error(err)
			}
		}
		if opened != 2 { // the head, and the whole
			t.Errorf("opened %d times", opened)
		}
	}
}

// What is kept counts with the evidence, and always ends at the same file.
func TestContentInAllLimit(t *testing.T) {
	key, k := edKey(t)
	a, b := []byte("first file"), []byte("another one")
	list := []Item{BytesItem("a", a), BytesItem("a.sig", ed25519.Sign(key, a)), BytesItem("b", b), BytesItem("b.sig", ed25519.Sign(key, b))}
	small := usualLimits
	small.inAll = int64(2*ed25519.SignatureSize + len(a) + len(b))
	o := signedBy(k)
	o.limits = &small
	wantOutline(t, judged(t, o, list), 0, "a TOTAL-PASSED [a.sig PASSED]", "b TOTAL-PASSED [b.sig PASSED]")
	small.inAll--
	wantOutline(t, judged(t, o, list), 3, "a TOTAL-PASSED [a.sig PASSED]",
		"b INDETERMINATE SIGNED_DATA_NOT_FOUND ecdsa.subject-missing [b.sig INDETERMINATE]")
}

// A guess is made over a few neighbours only.
func TestGuessLimit(t *testing.T) {
	letter, sig := ecdsaFile(t, "letter.txt"), ecdsaFile(t, "key-alone.sig")
	list := files("l.sig", sig, "l.txt", letter)
	for i := range maxGuesses - 1 {
		list = append(list, files(fmt.Sprintf("l.%d", i), "draft")...)
	}
	o := signedBy(ecdsaKeys(t, "usual")...)
	o.AllowUncovered = true
	if r := judged(t, o, list); r.ExitCode() != 0 || r.Counts()[TotalPassed] != 1 {
		t.Errorf("at the limit: %v", outline(r))
	}
	if r := judged(t, o, append(list, files("l.more", "draft")...)); r.ExitCode() != 3 {
		t.Errorf("above the limit: %v", outline(r))
	}
}

// The caller's digest is enough where the key signs by a digest.
func TestSignatureOverAGivenDigest(t *testing.T) {
	o := signedBy(ecdsaKeys(t, "usual")...)
	o.Digests = map[string][]byte{"sha256": verdict.Sum("sha256", []byte(ecdsaFile(t, "letter.txt")))}
	wantOutline(t, judged(t, o, files("x.sig", ecdsaFile(t, "key-alone.sig"))), 0, "given sha256 TOTAL-PASSED [x.sig PASSED]")
	wantOutline(t, judged(t, o, files("x.jws", ecdsaFile(t, "jws-detached.jws"))), 3,
		"given sha256 INDETERMINATE SIGNED_DATA_NOT_FOUND ecdsa.subject-missing [x.jws INDETERMINATE]")
}
