package tlog_test

import (
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/exhibit-dev/exhibit/internal/sigalg"
	"github.com/exhibit-dev/exhibit/internal/testvec"
	"github.com/exhibit-dev/exhibit/tlog"
	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/verdict"
)

// trustedRoot is what this test reads of Sigstore's trusted_root.json.
type trustedRoot struct {
	Tlogs []struct {
		BaseURL   string `json:"baseUrl"`
		PublicKey struct {
			RawBytes []byte `json:"rawBytes"`
		} `json:"publicKey"`
		LogID struct {
			KeyID []byte `json:"keyId"`
		} `json:"logId"`
	} `json:"tlogs"`
}

// logEntry is what it reads of a bundle's entry in a log.
type logEntry struct {
	Body      []byte `json:"canonicalizedBody"`
	Inclusion *struct {
		Index      string   `json:"logIndex"`
		Root       []byte   `json:"rootHash"`
		Size       string   `json:"treeSize"`
		Hashes     [][]byte `json:"hashes"`
		Checkpoint struct {
			Envelope string `json:"envelope"`
		} `json:"checkpoint"`
	} `json:"inclusionProof"`
}

func readJSON(t *testing.T, into any, name ...string) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(name...))
	if err == nil {
		err = json.Unmarshal(b, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// logsOf takes the logs of a trusted root over: the name of a key is the host of the
// log's address.
func logsOf(t *testing.T, root *trustedRoot) (logs trust.Logs) {
	for _, l := range root.Tlogs {
		public, err := sigalg.ParseKey(l.PublicKey.RawBytes)
		if err != nil {
			t.Fatal(err)
		}
		at, err := url.Parse(l.BaseURL)
		if err != nil {
			t.Fatal(err)
		}
		typ := trust.NoteECDSA
		if public.Kind == "ed25519" {
			typ = trust.NoteEd25519
		}
		k, err := trust.NewLogKey(at.Host, typ, trust.RoleLog, public)
		if err != nil {
			t.Fatal(err)
		}
		if string(k.ID[:]) != string(l.LogID.KeyID[:4]) {
			t.Errorf("%s: key id %x, the trusted root says %x", k.Name, k.ID, l.LogID.KeyID)
		}
		logs.Keys = append(logs.Keys, k)
	}
	return logs
}

// judgeEntry judges checkpoint and inclusion of an entry, nothing else of the bundle.
func judgeEntry(t *testing.T, e *logEntry, logs trust.Logs) string {
	p := e.Inclusion
	switch {
	case p == nil:
		return "no inclusion proof"
	case p.Checkpoint.Envelope == "":
		return "no checkpoint"
	}
	index, err := strconv.ParseUint(p.Index, 10, 64)
	size, err2 := strconv.ParseUint(p.Size, 10, 64)
	if err != nil || err2 != nil {
		return "numbers"
	}
	proof, err := tlog.New(tlog.Parts{Index: index, Path: p.Hashes, Checkpoint: []byte(p.Checkpoint.Envelope), Size: &size, Root: p.Root})
	if err != nil {
		r := tlog.Unreadable(err)
		return r.Reason
	}
	env := trust.Env{At: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC), Policy: trust.Issuance, Logs: logs}
	r := proof.Verify(verdict.Bytes(e.Body), env)
	if r.Passed() {
		return "PASSED"
	}
	return r.Reason
}

// notPassed are the entries that must not pass, with the reason. All others do: what is
// wrong with their bundles lies in certificates, time-stamps or signatures over the
// artifact, which no checkpoint speaks of.
var notPassed = map[string]string{
	"bundle-negative-log-index_fail": "no inclusion proof", "bundle-unknown-version_fail": "no inclusion proof",
	"rekor2-no-inclusion-proof_fail":      "no inclusion proof",
	"bundle-empty-certificate-chain_fail": "no checkpoint", "invalid-inclusion-proof_fail": "no checkpoint",
	"bundle-from-wrong-instance_fail":              "tlog.log-unknown",
	"rekor2-checkpoint-no-matching-signature_fail": "tlog.log-unknown",
	"bundle-invalid-base64-signature_fail":         "merkle.root-mismatch",
	"inclusion-proof-corrupted-hash_fail":          "merkle.root-mismatch",
	"invalid-checkpoint-signature_fail":            "tlog.signature-invalid",
	"rekor2-checkpoint-missing-origin_fail":        "tlog.malformed",
	"rekor2-checkpoint-missing-root-hash_fail":     "tlog.malformed",
	"rekor2-checkpoint-missing-size_fail":          "tlog.malformed",
}

// sigstoreCase is a bundle of the manifest. Recomputed holds, for every entry, what an
// independent program found, or a word where there is no proof.
type sigstoreCase struct {
	Dir        string            `json:"dir"`
	Expect     string            `json:"expect"`
	Recomputed []json.RawMessage `json:"inclusion_recomputed"`
}

// Checkpoint and inclusion of the entries of all Sigstore bundles, under the logs of
// the trusted root that belongs to each.
func TestSigstoreBundles(t *testing.T) {
	dir := testvec.Corpus(t, "merkle")
	var manifest struct {
		Sigstore struct {
			Cases []sigstoreCase `json:"cases"`
		} `json:"sigstore"`
	}
	readJSON(t, &manifest, dir, "manifest.json")
	entries, passed := 0, 0
	for _, c := range manifest.Sigstore.Cases {
		for i, outcome := range judgeBundle(t, dir, &c) {
			entries++
			want, refused := notPassed[filepath.Base(c.Dir)]
			if !refused {
				want = "PASSED"
				passed++
			}
			if outcome != want || refused && c.Expect != "reject" {
				t.Errorf("%s: %s, want %s", c.Dir, outcome, want)
			}
			var m struct {
				Path any `json:"path_ok"`
				Body any `json:"checkpoint_body_matches"`
			}
			if err := json.Unmarshal(c.Recomputed[i], &m); outcome == "PASSED" && (err != nil || m.Path != true || m.Body != true) {
				t.Errorf("%s passes, the manifest says %s", c.Dir, c.Recomputed[i])
			}
		}
	}
	if len(manifest.Sigstore.Cases) != 43 || entries != 43 || passed != 30 {
		t.Errorf("%d bundles with %d entries, %d to pass; want 43, 43, 30", len(manifest.Sigstore.Cases), entries, passed)
	}
}

// judgeBundle returns the outcome of every entry.
func judgeBundle(t *testing.T, dir string, c *sigstoreCase) (out []string) {
	root := filepath.Join(dir, c.Dir, "trusted_root.json")
	if _, err := os.Stat(root); err != nil {
		root = filepath.Join(dir, "sigstore", "trusted-root-public-good.json")
	}
	var trusted trustedRoot
	readJSON(t, &trusted, root)
	var bundle struct {
		Material struct {
			Entries []logEntry `json:"tlogEntries"`
		} `json:"verificationMaterial"`
	}
	readJSON(t, &bundle, dir, c.Dir, "bundle.sigstore.json")
	logs := logsOf(t, &trusted)
	for i := range bundle.Material.Entries {
		out = append(out, judgeEntry(t, &bundle.Material.Entries[i], logs))
	}
	return out
}
