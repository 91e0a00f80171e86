package ots_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/testvec"
	"github.com/exhibit-dev/exhibit/ots"
)

const (
	commitHead = "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\nauthor A <a@example> 1700000000 +0000\ncommitter A <a@example> 1700000000 +0000\n"
	commitText = "\nFirst line\n\ngpgsig of a message is no header\n"
	signature  = "-----BEGIN PGP SIGNATURE-----\n\niQEzBAABCAAdFiEE\n=7pUu\n-----END PGP SIGNATURE-----\n"
	begin      = "-----BEGIN OPENTIMESTAMPS GIT TIMESTAMP-----\n"
	end        = "-----END OPENTIMESTAMPS GIT TIMESTAMP-----\n"
)

// commit writes a commit with a signature in its last header.
func commit(head, signature, text string) []byte {
	header := "gpgsig " + strings.ReplaceAll(strings.TrimSuffix(signature, "\n"), "\n", "\n ") + "\n"
	return []byte(head + header + text)
}

// armour writes what stands behind a signature.
func armour(data []byte) string {
	text := base64.StdEncoding.EncodeToString(data)
	var lines strings.Builder
	for ; len(text) > 64; text = text[64:] {
		lines.WriteString(text[:64] + "\n")
	}
	return begin + "\n" + lines.String() + text + "\n" + end
}

func versioned(minor byte, tree []byte) []byte { return cat([]byte{1, minor}, tree) }

func startOf(commit, signature string) []byte {
	a, b := sha256.Sum256([]byte(commit)), sha256.Sum256([]byte(signature))
	sum := sha256.Sum256(append(a[:], b[:]...))
	return sum[:]
}

// tree has a nonce, as the wrapper of Git writes it; with the tag its base64 has a
// padded line of its own.
var commitTree = cat(appended(make([]byte, 16)), sha256Op, forked(pending("https://a.example"), cat(sha256Op, block(428515))))

func goodCommit(minor byte) []byte {
	return commit(commitHead, signature+armour(versioned(minor, commitTree)), commitText)
}

func TestCommit(t *testing.T) {
	start := startOf(commitHead+commitText, signature)
	for minor := range byte(2) {
		object := goodCommit(minor)
		p, err := ots.ParseCommit(object)
		if err != nil {
			t.Fatal(err)
		}
		if p.Form() != ots.FormCommit || p.Algorithm() != "sha256" || !bytes.Equal(p.Digest(), start) || !bytes.Equal(p.Raw(), object) || !bytes.Equal(p.Marshal(), commitTree) {
			t.Errorf("%s %s %x, want %x", p.Form(), p.Algorithm(), p.Digest(), start)
		}
		if c := p.Claims(); c.FileDigest != "" || c.CommitDigest != fmt.Sprintf("sha256:%x", start) || c.Version != fmt.Sprintf("1.%d", minor) || len(c.Attestations) != 2 {
			t.Errorf("%+v", c)
		}
		if _, err := p.Detached(); err != ots.ErrCommit {
			t.Error("a commit became a file of its own", err)
		}
		tree, err := ots.Merge(p, p)
		if err != nil || tree.Form() != ots.FormTree || !bytes.Equal(tree.Raw(), commitTree) {
			t.Errorf("%v %v", tree, err)
		}
		if !ots.SniffCommit(object) || ots.Sniff(object) {
			t.Error("not recognised")
		}
	}
	// A commit that nobody signed otherwise; and long ones, above the limit of messages.
	long := strings.Repeat("x", 5000) + "\n"
	for _, c := range []struct{ signature, text string }{{"", commitText}, {signature, "\n" + long}, {long, "\n"}} {
		p, err := ots.ParseCommit(commit(commitHead, c.signature+armour(versioned(0, commitTree)), c.text))
		if err != nil || !bytes.Equal(p.Digest(), startOf(commitHead+c.text, c.signature)) {
			t.Error(err)
		}
	}
}

// What would not be covered by the digest, or have a second spelling, is refused.
func TestCommitStrict(t *testing.T) {
	proof := armour(versioned(0, commitTree))
	signed := func(s string) []byte { return commit(commitHead, s, commitText) }
	replace := func(old, new string) []byte { return signed(signature + strings.Replace(proof, old, new, 1)) }
	last := strings.LastIndex(strings.TrimSuffix(proof, "\n"+end), "=")
	loose := []byte(proof)
	loose[last-2]++ // bits that no byte uses, behind a padding of two
	for name, c := range map[string]struct {
		object []byte
		class  ots.Class
	}{
		"text behind the armour":      {signed(signature + proof + "more\n"), ots.ClassMalformed},
		"empty line behind it":        {signed(signature + proof + "\n"), ots.ClassMalformed},
		"text within it":              {replace(begin, begin+"Comment: more\n"), ots.ClassMalformed},
		"no empty line":               {replace(begin+"\n", begin), ots.ClassMalformed},
		"two empty lines":             {replace(begin+"\n", begin+"\n\n"), ots.ClassMalformed},
		"text behind the base64":      {replace("\n"+end, "\nmore\n"+end), ots.ClassMalformed},
		"characters of no base64":     {replace("\nAQ", "\n*AQ"), ots.ClassMalformed},
		"a space":                     {replace("\nAQ", "\n AQ"), ots.ClassMalformed},
		"a short line":                {replace("AAAA", "AA\nAA"), ots.ClassMalformed},
		"one long line":               {signed(signature + begin + "\n" + base64.StdEncoding.EncodeToString(versioned(0, commitTree)) + "\n" + end), ots.ClassMalformed},
		"carriage returns":            {signed(signature + begin + "\n" + strings.ReplaceAll(strings.TrimPrefix(proof, begin+"\n"), "\n", "\r\n")), ots.ClassMalformed},
		"loose bits":                  {signed(signature + string(loose)), ots.ClassMalformed},
		"no padding":                  {signed(signature + strings.ReplaceAll(proof, "=", "")), ots.ClassMalformed},
		"two armours":                 {signed(signature + proof + proof), ots.ClassMalformed},
		"an armour within":            {replace(begin, begin+begin), ots.ClassMalformed},
		"no end":                      {signed(signature + strings.TrimSuffix(proof, end)), ots.ClassMalformed},
		"not at a line's beginning":   {signed(signature + "x" + proof), ots.ClassMalformed},
		"a header behind":             {commit(commitHead, signature+proof, "encoding ISO-8859-1\n"+commitText), ots.ClassForm},
		"a second signature":          {commit(commitHead, signature+proof, "gpgsig x\n"+commitText), ots.ClassForm},
		"a signature by another hash": {commit(commitHead, signature+proof, "gpgsig-sha256 x\n"+commitText), ots.ClassForm},
		"it before":                   {commit(commitHead+"gpgsig-sha256 x\n", signature+proof, commitText), ots.ClassForm},
		"continued by a tab":          {bytes.Replace(signed(signature+proof), []byte("\n =7pUu"), []byte("\n\t=7pUu"), 1), ots.ClassForm},
		"no signature":                {[]byte(commitHead + commitText), ots.ClassBadMagic},
		"armour in the message":       {[]byte(commitHead + "\ngpgsig " + proof), ots.ClassBadMagic},
		"no armour":                   {signed(signature), ots.ClassBadMagic},
		"a tag":                       {[]byte("object 4b825dc642cb6eb9a060e54bf8d69288fbee4904\ntype commit\n\nv1\n" + signature + proof), ots.ClassBadMagic},
		"a tree house":                {bytes.Replace(signed(signature+proof), []byte("tree 4b8"), []byte("tree house"), 1), ots.ClassBadMagic},
		"a tree without a name":       {[]byte("tree"), ots.ClassBadMagic},
		"a loose object":              {append([]byte("commit 99\x00"), signed(signature+proof)...), ots.ClassBadMagic},
		"nothing":                     {nil, ots.ClassBadMagic},
		"no end of the headers":       {[]byte(strings.TrimSuffix(string(commit(commitHead, signature+proof, "")), "\n")), ots.ClassTruncated},
		"headers alone":               {commit(commitHead, signature+proof, ""), ots.ClassTruncated},
		"version 2.0":                 {signed(signature + armour(cat([]byte{2, 0}, commitTree))), ots.ClassVersion},
		"version 1.2":                 {signed(signature + armour(versioned(2, commitTree))), ots.ClassVersion},
		"version 0.0":                 {signed(signature + armour(cat([]byte{0, 0}, commitTree))), ots.ClassVersion},
		"half a version":              {signed(signature + armour([]byte{1})), ots.ClassTruncated},
		"empty armour":                {signed(signature + armour(nil)), ots.ClassTruncated},
		"no tree":                     {signed(signature + armour([]byte{1, 0})), ots.ClassTruncated},
		"bytes behind the tree":       {signed(signature + armour(cat(versioned(0, commitTree), []byte{0}))), ots.ClassTrailing},
	} {
		p, err := ots.ParseCommit(c.object)
		if got := class(t, p, err); got != c.class {
			t.Errorf("%s: %s (%v), want %s", name, got, err, c.class)
		}
	}
}

// A fault in the text is told by its place in the object.
func TestCommitOffset(t *testing.T) {
	object := commit(commitHead, signature+"x"+armour(versioned(0, commitTree)), commitText)
	_, err := ots.ParseCommit(object)
	if e, ok := err.(*ots.Error); !ok || e.Offset != bytes.Index(object, []byte(begin)) {
		t.Errorf("%v, want byte %d", err, bytes.Index(object, []byte(begin)))
	}
}

// No byte of a commit can be changed, taken away or put in without another digest,
// another proof or an error.
func TestCommitMutations(t *testing.T) {
	object := goodCommit(1)
	good, err := ots.ParseCommit(object)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	check := func(changed []byte) {
		n++
		p, err := ots.ParseCommit(changed)
		if err == nil && bytes.Equal(p.Digest(), good.Digest()) && p.Claims().Version == good.Claims().Version && bytes.Equal(p.Marshal(), good.Marshal()) {
			t.Errorf("not seen: %q", changed)
		}
	}
	for i := range object {
		for bit := range 8 {
			flipped := bytes.Clone(object)
			flipped[i] ^= 1 << bit
			check(flipped)
		}
		check(cat(object[:i], object[i+1:]))
		for _, c := range []byte("\x00\t\n\r -=Aa\xff") {
			check(cat(object[:i], []byte{c}, object[i:]))
		}
	}
	check(append(bytes.Clone(object), '\n'))
	t.Logf("%d mutations", n)
}

// Git itself writes the header as it is read here, and hands to the signer what the
// digest covers.
func TestCommitByGit(t *testing.T) {
	git := testvec.Tool(t, "git")
	dir := t.TempDir()
	proof := filepath.Join(dir, "signature")
	signer := filepath.Join(dir, "signer")
	script := "#!/bin/sh\ncat >" + dir + "/payload\ncat " + proof + "\necho '[GNUPG:] SIG_CREATED ' >&2\n"
	if err := os.WriteFile(signer, []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(proof, []byte(signature+armour(versioned(1, commitTree))), 0o644); err != nil {
		t.Fatal(err)
	}
	run := func(args ...string) []byte {
		cmd := exec.Command(git, append([]string{"-C", dir}, args...)...)
		cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_SYSTEM="+os.DevNull,
			"GIT_AUTHOR_NAME=A", "GIT_AUTHOR_EMAIL=a@example", "GIT_COMMITTER_NAME=A", "GIT_COMMITTER_EMAIL=a@example")
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("git %v: %v", args, err)
		}
		return out
	}
	run("init", "-q")
	run("-c", "gpg.program="+signer, "-c", "i18n.commitEncoding=ISO-8859-1", "commit", "-q", "--allow-empty", "-S", "-m", "gr\xfc\xdfe\n\nand more")
	payload, err := os.ReadFile(filepath.Join(dir, "payload"))
	if err != nil {
		t.Fatal(err)
	}
	p, err := ots.ParseCommit(run("cat-file", "commit", "HEAD"))
	if err != nil || !bytes.Equal(p.Digest(), startOf(string(payload), signature)) {
		t.Errorf("%v: not the digest of %q", err, payload)
	}
}
