//go:build peers

// These need the OpenTimestamps client: EXHIBIT_PEERS=1 go test -tags peers ./ots

package ots_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/ots"
)

// peerScript asks the reference, in lines of JSON: a commit gives what the wrapper of
// Git would start from and what its armour holds, a file its canonical form.
const peerScript = `
import io, json, sys
from opentimestamps.core.serialize import *
from opentimestamps.core.timestamp import DetachedTimestampFile
from otsclient.git import *
for line in sys.stdin:
    job = json.loads(line)
    data = bytes.fromhex(job["hex"])
    ctx = BytesSerializationContext()
    try:
        if job["kind"] == "commit":
            text, sig = extract_sig_from_git_commit(data)
            major, minor, stamp = deserialize_ascii_armored_timestamp(text, sig)
            stamp.serialize(ctx)
            again = io.BytesIO()
            write_ascii_armored(stamp, again, minor)
            answer = dict(digest=stamp.msg.hex(), minor=minor, armour=again.getvalue().decode())
        else:
            stamp = DetachedTimestampFile.deserialize(BytesDeserializationContext(data))
            stamp.serialize(ctx)
            answer = dict(digest=stamp.file_digest.hex())
        answer["canonical"] = ctx.getbytes().hex()
    except Exception as e:
        answer = dict(error=type(e).__name__)
    print(json.dumps(answer))
`

type peerAnswer struct {
	Digest, Canonical, Armour, Error string
	Minor                            int
}

// peer runs the reference, when EXHIBIT_PEERS names a Python that has it; 1 stands for
// the first one of the path.
func peer(t *testing.T, kind string, inputs ...[]byte) []peerAnswer {
	t.Helper()
	python := os.Getenv("EXHIBIT_PEERS")
	switch python {
	case "":
		t.Skip("EXHIBIT_PEERS is not set")
	case "1":
		python = "python3"
	}
	if err := exec.Command(python, "-c", "import otsclient.git").Run(); err != nil {
		t.Skip("the OpenTimestamps client is not installed:", err)
	}
	var in, out, errs bytes.Buffer
	for _, b := range inputs {
		if err := json.NewEncoder(&in).Encode(map[string]string{"kind": kind, "hex": hex.EncodeToString(b)}); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(python, "-c", peerScript)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = &in, &out, &errs
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v: %s", err, errs.String())
	}
	var answers []peerAnswer
	for line := range strings.Lines(out.String()) {
		var a peerAnswer
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			t.Fatal(err)
		}
		answers = append(answers, a)
	}
	if len(answers) != len(inputs) {
		t.Fatalf("%d answers to %d questions: %s", len(answers), len(inputs), errs.String())
	}
	return answers
}

// The reference begins commits with the same digest, and writes the armour as this
// package asks for it.
func TestPeerCommit(t *testing.T) {
	objects := [][]byte{goodCommit(0), goodCommit(1), commit(commitHead, armour(versioned(1, pending("a"))), "\n")}
	for i, a := range peer(t, "commit", objects...) {
		p, err := ots.ParseCommit(objects[i])
		if err != nil || hex.EncodeToString(p.Digest()) != a.Digest || hex.EncodeToString(p.Marshal()) != a.Canonical {
			t.Errorf("%v %x, the reference %+v", err, p.Digest(), a)
		}
		if !bytes.Contains(bytes.ReplaceAll(objects[i], []byte("\n "), []byte("\n")), []byte(a.Armour)) {
			t.Errorf("the reference writes the armour\n%s", a.Armour)
		}
	}
}

// The reference writes any file as Marshal does, unless an operation stands twice: it
// then loses a branch.
func TestPeerMarshal(t *testing.T) {
	entries, read := realFiles(t)
	var files [][]byte
	for _, e := range entries {
		files = append(files, read(e))
	}
	for _, tree := range edgeTrees() {
		files = append(files, detached(tree))
	}
	lost := 0
	for i, a := range peer(t, "file", files...) {
		p, err := ots.Parse(files[i])
		switch {
		case (err == nil) != (a.Error == ""):
			t.Errorf("%x: %v, the reference %q", files[i], err, a.Error)
		case err != nil:
		case slices.ContainsFunc(p.Findings(), func(f ots.Finding) bool { return f.Code == "ots.duplicate-operation" }):
			switch ours := hex.EncodeToString(p.Marshal()); {
			case len(a.Canonical) < len(ours):
				lost++
			case a.Canonical != ours: // equal branches: nothing to lose
				t.Errorf("%s, the reference %s", ours, a.Canonical)
			}
		case hex.EncodeToString(p.Marshal()) != a.Canonical:
			t.Errorf("%x, the reference %s", p.Marshal(), a.Canonical)
		}
	}
	if lost == 0 {
		t.Error("no file of which the reference loses a branch")
	}
}
