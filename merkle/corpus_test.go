package merkle_test

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/internal/testvec"
	"github.com/exhibit-dev/exhibit/merkle"
	"github.com/exhibit-dev/exhibit/verdict"
)

func readJSON(t testing.TB, name string, into any) {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, into); err != nil {
		t.Fatal(name, err)
	}
}

// probe is one case of the RFC 6962 files: its numbers say which kind it is.
type probe struct {
	Source, Expect, Desc string
	LeafIdx, TreeSize    uint64
	Start, End, Size     uint64
	Size1, Size2         uint64
	Root, LeafHash       []byte
	Root1, Root2         []byte
	Proof                [][]byte
}

// hash takes a hash over. The probes hold words such as "don't care" for roots that
// only have to be equal: those stand for their SHA-256.
func (p *probe) hash(b []byte) (h merkle.Hash, ok bool) {
	if strings.HasPrefix(string(b), "don't care") {
		return sum256(b), true
	}
	return merkle.Hash(append(b[:len(b):len(b)], make([]byte, 32)...)[:32]), len(b) == 32
}

func (p *probe) accepted(file string) bool {
	path := make([]merkle.Hash, len(p.Proof))
	for i, b := range p.Proof {
		if len(b) != merkle.HashSize {
			return false // an array of 32 bytes cannot hold it
		}
		path[i] = merkle.Hash(b)
	}
	root, ok1 := p.hash(p.Root)
	leaf, ok2 := p.hash(p.LeafHash)
	if strings.HasSuffix(file, "inclusion.json") {
		if !ok1 || !ok2 {
			return false
		}
		if strings.Contains(file, "subtree") {
			return merkle.VerifySubtreeInclusion(p.LeafIdx, p.Start, p.End, leaf, root, path) == nil
		}
		return merkle.VerifyInclusion(p.LeafIdx, p.TreeSize, leaf, root, path) == nil
	}
	root1, ok1 := p.hash(p.Root1)
	root2, ok2 := p.hash(p.Root2)
	if !ok1 || !ok2 {
		return false
	}
	if strings.Contains(file, "subtree") {
		return merkle.VerifySubtreeConsistency(p.Start, p.End, p.Size, root1, root2, path) == nil
	}
	return merkle.VerifyConsistency(p.Size1, p.Size2, root1, root2, path) == nil
}

func TestCorpusProbes(t *testing.T) {
	dir := testvec.Corpus(t, "merkle")
	for file, want := range map[string]struct{ accept, reject int }{
		"rfc6962-inclusion.json": {4, 55}, "rfc6962-consistency.json": {4, 55},
		"rfc6962-subtreeinclusion.json": {7, 115}, "rfc6962-subtreeconsistency.json": {7, 64},
	} {
		var list struct{ Probes []probe }
		readJSON(t, filepath.Join(dir, file), &list)
		accept, reject := 0, 0
		for _, p := range list.Probes {
			got := p.accepted(file)
			if got != (p.Expect == "accept") {
				t.Errorf("%s %s: accepted is %v", p.Source, p.Desc, got)
			}
			if got {
				accept++
			} else {
				reject++
			}
		}
		if accept != want.accept || reject != want.reject {
			t.Errorf("%s: %d accepted, %d refused, want %+v", file, accept, reject, want)
		}
	}
}

// peerCase is one vector of another program's convention.
type peerCase struct {
	ID, Kind, Expect string
	Index, Size      uint64
	Leaf             string `json:"leaf_hash"`
	Data             string `json:"leaf_data_hex"`
	Path             []struct{ Dir, Hash string }
	Root             string
}

// peerNames are the names that the files use where ours differ.
var peerNames = map[string]string{
	"bitcoin-txid-display-order": "bitcoin-txid", "openzeppelin-simple-keccak256": "openzeppelin-simple",
	"openzeppelin-standard-keccak256": "openzeppelin-standard",
}

func unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// statement states what the case states; sized leaves out index and size otherwise.
func (c *peerCase) statement(t testing.TB, name string, sized bool) merkle.Statement {
	conv, ok := merkle.ConventionOf(name)
	if !ok {
		t.Fatal("no convention ", name)
	}
	show := func(s string) []byte {
		b := unhex(t, s)
		if conv.Reversed {
			for i, j := 0, len(b)-1; i < j; i, j = i+1, j-1 {
				b[i], b[j] = b[j], b[i]
			}
		}
		return b
	}
	s := merkle.Statement{Convention: name, Leaf: show(c.Leaf), Root: show(c.Root)}
	if sized || conv.OmitsSelf {
		s.Index, s.Size = &c.Index, &c.Size
	}
	if conv.Sides == merkle.ByIndex {
		s.Index = &c.Index
	}
	for _, p := range c.Path {
		step := merkle.Step{Hash: show(p.Hash)}
		switch p.Dir {
		case "left":
			step.Side = merkle.Left
		case "right":
			step.Side = merkle.Right
		}
		s.Path = append(s.Path, step)
	}
	return s
}

// known is a subject of which one digest is known, under any name.
type known []byte

func (k known) Digest(string, []byte) ([]byte, error) { return k, nil }

// subject returns the data of the case, or else of the good case of the same leaf: a
// file has one subject per leaf.
func (c *peerCase) subject(t testing.TB, name string) verdict.Subject {
	switch {
	case name == "openzeppelin-simple":
		// The values of such a tree are digests already; their data is not in the file.
		return merkle.Sized{Subject: known(unhex(t, c.Data)), Bytes: 20}
	case c.Data == "": // an inner node was put in the place of this leaf
		return verdict.Bytes("leaf-" + string(rune('0'+c.Index)))
	}
	return verdict.Bytes(unhex(t, c.Data))
}

func (c *peerCase) judge(t testing.TB, name string, sized bool, subject verdict.Subject, size uint64) merkle.Result {
	t.Helper()
	s := c.statement(t, name, sized)
	p, err := merkle.New(s)
	if err != nil {
		return merkle.Result{Result: merkle.Unreadable(err)}
	}
	return p.Verify(subject, merkle.Anchored{Root: s.Root, Size: size})
}

// Every vector of every convention, with the root vouched for whatever it is, so that
// only the proof itself can refuse.
func TestCorpusConventions(t *testing.T) {
	dir := testvec.Corpus(t, "merkle")
	files, err := filepath.Glob(filepath.Join(dir, "convention-*.json"))
	if err != nil || len(files) != 11 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	total := map[string]int{}
	for _, file := range files {
		var list struct {
			Convention string
			Vectors    []peerCase
		}
		readJSON(t, file, &list)
		name := list.Convention
		if ours, ok := peerNames[name]; ok {
			name = ours
		}
		t.Run(list.Convention, func(t *testing.T) {
			for _, c := range list.Vectors {
				total[c.Expect]++
				c.check(t, name)
			}
		})
	}
	want := map[string]int{"accept": 190, "reject": 1194, "reject-when-size-or-data-known": 64, "ambiguous-duplicate-sibling": 9}
	for k, n := range want {
		if total[k] != n {
			t.Errorf("%s: %d vectors, want %d", k, total[k], n)
		}
	}
}

func (c *peerCase) check(t *testing.T, name string) {
	subject := c.subject(t, name)
	// Index and size of a tree with sorted leaves count in another order.
	conv, _ := merkle.ConventionOf(name)
	sized := !conv.SortedLeaves
	with, without := c.judge(t, name, sized, subject, c.Size), c.judge(t, name, false, subject, 0)
	switch c.Expect {
	case "accept":
		if !with.Passed() || !without.Passed() {
			t.Errorf("%s: %v; without a size %v", c.ID, with.Err(), without.Err())
		}
	case "reject":
		if with.Indication() != verdict.Failed || without.Indication() != verdict.Failed {
			t.Errorf("%s: %v; without a size %v", c.ID, with.Err(), without.Err())
		}
	case "ambiguous-duplicate-sibling":
		if with.Indication() != verdict.Failed || with.Reason != "merkle.phantom-leaf" {
			t.Errorf("%s: %v", c.ID, with.Err())
		}
		if without.Passed() || without.Reason != "merkle.phantom-leaf" && without.Reason != "merkle.side-mismatch" {
			t.Errorf("%s, without a size: %v", c.ID, without.Err())
		}
	case "reject-when-size-or-data-known":
		digest := known(unhex(t, c.Leaf))
		for what, r := range map[string]merkle.Result{
			"merkle.leaf-mismatch":       c.judge(t, name, false, subject, 0),
			"merkle.path-length":         c.judge(t, name, false, digest, c.Size),
			"merkle.leaf-node-ambiguity": c.judge(t, name, false, digest, 0),
		} {
			if r.Passed() || r.Reason != what {
				t.Errorf("%s: %v, want %s", c.ID, r.Err(), what)
			}
		}
	default:
		t.Errorf("%s: unknown expectation %s", c.ID, c.Expect)
	}
}

// The proofs of the sigsum log: the leaf follows from the message, the signature and
// the key hash that the proof carries.
func TestCorpusSigsum(t *testing.T) {
	dir := testvec.Corpus(t, "merkle")
	var m struct {
		Files []struct {
			File    string
			Message string `json:"message_hex"`
		}
	}
	readJSON(t, filepath.Join(dir, "manifest.json"), &m)
	count := 0
	for _, f := range m.Files {
		if !strings.HasPrefix(f.File, "sigsum/") {
			continue
		}
		count++
		b, err := os.ReadFile(filepath.Join(dir, f.File))
		if err != nil {
			t.Fatal(err)
		}
		s := merkle.Statement{Convention: "sigsum", Index: new(uint64)}
		for line := range strings.Lines(string(b)) {
			key, value, _ := strings.Cut(strings.TrimSpace(line), "=")
			switch key {
			case "leaf":
				keyHash, signature, _ := strings.Cut(value, " ")
				s.LeafSuffix = append(unhex(t, signature), unhex(t, keyHash)...)
			case "size":
				s.Size = number(t, value)
			case "leaf_index":
				s.Index = number(t, value)
			case "root_hash":
				s.Root = unhex(t, value)
			case "node_hash":
				s.Path = append(s.Path, merkle.Step{Hash: unhex(t, value)})
			}
		}
		p, err := merkle.New(s)
		if err != nil {
			t.Fatal(err)
		}
		subject := verdict.Subject(verdict.Absent{})
		if f.Message != "" { // the message is the SHA-256 of the data
			if subject, err = verdict.NewDigests(map[string][]byte{"sha256": unhex(t, f.Message)}); err != nil {
				t.Fatal(err)
			}
		}
		r := p.Verify(subject, merkle.Anchored{Root: s.Root, Size: *s.Size})
		if f.Message != "" && !r.Passed() {
			t.Errorf("%s: %v", f.File, r.Err())
		}
		if f.Message == "" && r.Reason != "merkle.subject-missing" {
			t.Errorf("%s: %v", f.File, r.Err())
		}
		if r := p.Verify(verdict.Bytes("other"), merkle.Anchored{Root: s.Root}); r.Indication() != verdict.Failed {
			t.Errorf("%s, another message: %v", f.File, r.Err())
		}
	}
	if count != 2 {
		t.Errorf("%d proofs, want 2", count)
	}
}

func number(t testing.TB, s string) *uint64 {
	t.Helper()
	var n uint64
	if err := json.Unmarshal([]byte(s), &n); err != nil {
		t.Fatal(err)
	}
	return &n
}

// The inclusion proofs inside real Sigstore bundles, against what was recomputed for
// them by other means.
func TestCorpusSigstore(t *testing.T) {
	dir := testvec.Corpus(t, "merkle")
	var m struct {
		Sigstore struct {
			Cases []struct {
				Dir   string
				Proof json.RawMessage `json:"inclusion_recomputed"`
			}
		}
	}
	readJSON(t, filepath.Join(dir, "manifest.json"), &m)
	right, wrong := 0, 0
	for _, c := range m.Sigstore.Cases {
		var bundle struct {
			VerificationMaterial struct {
				TlogEntries []struct {
					CanonicalizedBody string
					InclusionProof    struct {
						LogIndex, TreeSize, RootHash string
						Hashes                       []string
					}
				}
			}
		}
		readJSON(t, filepath.Join(dir, c.Dir, "bundle.sigstore.json"), &bundle)
		var want []struct {
			OK any `json:"path_ok"`
		}
		_ = json.Unmarshal(c.Proof, &want) // a word where there is nothing to recompute
		for i, e := range bundle.VerificationMaterial.TlogEntries {
			if i >= len(want) {
				break
			}
			ip := e.InclusionProof
			shape, err := json.Marshal(map[string]any{
				"root": ip.RootHash, "leaf": leafOf(e.CanonicalizedBody), "leafIndex": json.RawMessage(orNull(ip.LogIndex)),
				"treeSize": json.RawMessage(orNull(ip.TreeSize)), "auditPath": append([]string{}, ip.Hashes...),
			})
			if err != nil {
				t.Fatal(c.Dir, err)
			}
			ok := false
			if p, err := merkle.ParseRFC6962(shape, "rfc6962-sha256"); err == nil {
				body, _ := base64.StdEncoding.DecodeString(e.CanonicalizedBody)
				root, _ := base64.StdEncoding.DecodeString(ip.RootHash)
				r := p.Verify(verdict.Bytes(body), merkle.Anchored{Root: root})
				ok = r.Passed()
			}
			if ok != (want[i].OK == true) {
				t.Errorf("%s: passed is %v, recomputed %v", c.Dir, ok, want[i].OK)
			}
			if ok {
				right++
			} else {
				wrong++
			}
		}
	}
	if len(m.Sigstore.Cases) != 43 || right != 36 || wrong != 7 {
		t.Errorf("%d bundles, %d proofs right, %d wrong", len(m.Sigstore.Cases), right, wrong)
	}
	t.Logf("%d proofs right, %d wrong", right, wrong)
}

func orNull(s string) string {
	if s == "" {
		return "null"
	}
	return s
}

func leafOf(body string) string {
	b, _ := base64.StdEncoding.DecodeString(body)
	h := merkle.LeafHash(b)
	return base64.StdEncoding.EncodeToString(h[:])
}

// The published bundle of two files: both are in it.
func TestCorpusBundle(t *testing.T) {
	dir := testvec.Corpus(t, "certisigma")
	var m struct {
		Bundle struct {
			Root   string   `json:"computed_root"`
			Hashes []string `json:"file_hashes"`
			Meta   string   `json:"metadata_digest"`
		}
	}
	readJSON(t, filepath.Join(dir, "existbefore-test-vectors.json"), &m)
	files := []verdict.Bytes{verdict.Bytes(""), verdict.Bytes("ExistBefore\n")}
	meta := unhex(t, m.Bundle.Meta)
	leaf := func(i int) []byte {
		h := sum256([]byte{0}, unhex(t, m.Bundle.Hashes[i]), meta)
		return h[:]
	}
	order := []int{1, 0} // sorted by the files' hashes
	for i := range uint64(2) {
		p, err := merkle.New(merkle.Statement{
			Convention: "existbefore-bundle-v2", LeafSuffix: meta, Index: new(i), Size: new(uint64(2)),
			Path: []merkle.Step{{Hash: leaf(order[1-i])}}, Root: unhex(t, m.Bundle.Root),
		})
		if err != nil {
			t.Fatal(err)
		}
		r := p.Verify(files[order[i]], merkle.Anchored{Root: unhex(t, m.Bundle.Root), Size: 2})
		if f, ok := r.Proven(); !ok || *f.Index != i {
			t.Errorf("file %d: %v", i, r.Err())
		}
	}
}

// The made-up proofs of the service's shape: the leaf is given, and is SHA-256 of 00
// and the attested hash.
func TestCorpusShape(t *testing.T) {
	dir := testvec.Corpus(t, "certisigma")
	var m struct{ Proofs []map[string]any }
	readJSON(t, filepath.Join(dir, "synthetic-t1-inclusion.json"), &m)
	if len(m.Proofs) == 0 {
		t.Fatal("no proofs")
	}
	for i, p := range m.Proofs {
		hash := unhex(t, p["_attested_hash"].(string))
		delete(p, "_attested_hash")
		b, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		proof, err := merkle.ParseRFC6962(b, "rfc6962-sha256-digest")
		if err != nil {
			t.Fatal(i, err)
		}
		subject, err := verdict.NewDigests(map[string][]byte{"sha256": hash})
		if err != nil {
			t.Fatal(err)
		}
		r := proof.Verify(subject, merkle.Anchored{Root: unhex(t, p["root"].(string))})
		if !r.Passed() {
			t.Errorf("%d: %v", i, r.Err())
		}
	}
}
