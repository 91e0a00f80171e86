package headerfile_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/btcsuite/btcd/chaincfg/v2"

	"github.com/exhibit-dev/exhibit/bitcoin"
	"github.com/exhibit-dev/exhibit/bitcoin/headerfile"
	"github.com/exhibit-dev/exhibit/internal/testvec"
)

const size = bitcoin.HeaderSize

var mainMagic = []byte{0xf9, 0xbe, 0xb4, 0xd9}

// headers returns the real headers of the heights, which lie in one file of the corpus.
func headers(t testing.TB, from, to int) []byte {
	t.Helper()
	dir := testvec.Corpus(t, "bitcoin")
	for _, f := range [][2]int{{0, 99999}, {586655, 589289}, {822527, 830592}, {898738, 899737}} {
		if f[0] <= from && to <= f[1] {
			b, err := os.ReadFile(filepath.Join(dir, fmt.Sprintf("headers-%d-%d.bin", f[0], f[1])))
			noError(t, err)
			return b[(from-f[0])*size : (to-f[0]+1)*size]
		}
	}
	t.Fatalf("no headers %d to %d", from, to)
	return nil
}

// stale is the real block 823226 that did not stay in the chain.
func stale(t testing.TB) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(testvec.Corpus(t, "bitcoin"), "stale-headers.json"))
	noError(t, err)
	var doc struct {
		Stale map[string]struct{ Hex string }
	}
	noError(t, json.Unmarshal(b, &doc))
	h, err := hex.DecodeString(doc.Stale["823226"].Hex)
	noError(t, err)
	return h
}

func noError(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// record is a block as it stands in a block file: a real header, and bytes in the place of
// its transactions.
func record(header []byte, body int, r *rand.Rand) []byte {
	b := bytes.Clone(mainMagic)
	b = binary.LittleEndian.AppendUint32(b, uint32(size+body))
	b = append(b, header...)
	for range body {
		b = append(b, byte(r.Uint32()))
	}
	return b
}

// records makes a block file of headers in their order.
func records(raw []byte, r *rand.Rand) (out [][]byte) {
	for ; len(raw) > 0; raw = raw[size:] {
		out = append(out, record(raw[:size], 100+r.IntN(200), r))
	}
	return out
}

// unordered swaps blocks that are near each other, as downloading from many peers does.
func unordered(list [][]byte, r *rand.Rand) {
	for i := range list {
		j := min(len(list)-1, i+r.IntN(50))
		list[i], list[j] = list[j], list[i]
	}
}

func disguise(b, key []byte) []byte {
	b = bytes.Clone(b)
	for i := range b {
		b[i] ^= key[i%8]
	}
	return b
}

func random() *rand.Rand { return rand.New(rand.NewPCG(1, 2)) }

// files writes files into a new folder and returns it.
func files(t testing.TB, list map[string][]byte) string {
	t.Helper()
	dir := t.TempDir()
	for name, b := range list {
		noError(t, os.WriteFile(filepath.Join(dir, name), b, 0o644))
	}
	return dir
}

// imported imports and returns what was written.
func imported(t testing.TB, o headerfile.Options, sources ...string) (*headerfile.Summary, []byte) {
	t.Helper()
	out := t.TempDir()
	s, err := headerfile.Import(context.Background(), sources, out, o)
	noError(t, err)
	if filepath.Dir(s.File) != out {
		t.Errorf("written to %s", s.File)
	}
	b, err := os.ReadFile(s.File)
	noError(t, err)
	if sum := sha256.Sum256(b); s.SHA256 != hex.EncodeToString(sum[:]) || s.Size != int64(len(b)) {
		t.Errorf("SHA-256 %s, %d bytes", s.SHA256, s.Size)
	}
	only(t, out, filepath.Base(s.File))
	return s, b
}

// only fails if a folder holds other names.
func only(t testing.TB, dir string, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	noError(t, err)
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("the folder holds %q, want %q", got, want)
	}
}

// refused imports in vain: nothing is written.
func refused(t testing.TB, o headerfile.Options, sources ...string) error {
	t.Helper()
	out := t.TempDir()
	s, err := headerfile.Import(context.Background(), sources, out, o)
	if err == nil || s != nil {
		t.Fatalf("imported: %+v", s)
	}
	only(t, out)
	return err
}

// regtest returns checkpoints of the test network on which anybody can make blocks.
func regtest(t testing.TB) *bitcoin.Checkpoints {
	t.Helper()
	text := fmt.Sprintf(`{"replace": true, "network": "regtest", "checkpoints": [{"height": 0, "hash": "%s"}]}`, bitcoin.Regtest().Genesis())
	cps, err := bitcoin.ParseCheckpoints([]byte(text), nil, "test")
	noError(t, err)
	return cps
}

// mined returns a header of regtest on top of another one, with its work.
func mined(prev []byte, time uint32) []byte {
	hash := doubled(prev)
	h := binary.LittleEndian.AppendUint32(nil, 0x20000000)
	h = append(h, hash[:]...)
	h = append(h, make([]byte, 32)...)
	h = binary.LittleEndian.AppendUint32(h, time)
	h = binary.LittleEndian.AppendUint32(h, 0x207fffff)
	h = append(h, 0, 0, 0, 0)
	for nonce := uint32(0); ; nonce++ {
		binary.LittleEndian.PutUint32(h[76:], nonce)
		if got := doubled(h); got[31] < 0x7f {
			return h
		}
	}
}

func doubled(h []byte) [32]byte {
	first := sha256.Sum256(h)
	return sha256.Sum256(first[:])
}

// regtestGenesis is the first header of regtest.
var regtestGenesis = func() []byte {
	var b bytes.Buffer
	if err := chaincfg.RegressionNetParams.GenesisBlock.Header.Serialize(&b); err != nil {
		panic(err)
	}
	return b.Bytes()
}()
