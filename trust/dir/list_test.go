package dir

import (
	"io/fs"
	"testing"
	"testing/fstest"
)

// A list that stands there and cannot be used takes its keys away: without it nobody
// knows until when they sign, or how many witnesses are asked for.
func TestUnusableListYieldsNoKeys(t *testing.T) {
	key := newKeyPEM(t)
	const vkey = "log.example+38c7da27+AaXF0000000000000000000000000000000000000000000="
	for name, files := range map[string]fstest.MapFS{
		"a folder of that name": {"signers.json/x.pem": {Data: key}, "logs.json/x.vkey": {Data: []byte(vkey)}},
		"other letters":         {"Signers.json": {Data: []byte("[]")}, "LOGS.JSON": {Data: []byte("{}")}},
		"a link to nowhere":     {"signers.json": {Mode: fs.ModeSymlink}, "logs.json": {Mode: fs.ModeSymlink}},
		"a pipe":                {"signers.json": {Mode: fs.ModeNamedPipe}, "logs.json": {Mode: fs.ModeNamedPipe}},
	} {
		all := fstest.MapFS{"signers/a.pem": {Data: key}, "signers/sub/b.pem": {Data: key}, "logs/a.vkey": {Data: []byte(vkey)}}
		for file, f := range files {
			all["signers/"+file], all["logs/"+file] = f, f
		}
		trusted, err := Load(all, name)
		if err != nil {
			t.Fatal(err)
		}
		if len(trusted.Keys) > 0 || len(trusted.Logs.Keys) > 0 {
			t.Errorf("%s: %d keys of signers, %d of logs", name, len(trusted.Keys), len(trusted.Logs.Keys))
		}
	}
	// Without any list the key counts: the test above would see it.
	trusted, err := Load(fstest.MapFS{"signers/a.pem": {Data: key}}, "plain")
	if err != nil || len(trusted.Keys) != 1 {
		t.Errorf("a key alone: %d, %v", len(trusted.Keys), err)
	}
}
