package dir

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/exhibit-dev/exhibit/trust"
	"github.com/exhibit-dev/exhibit/trust/pki"
)

// Limits of one trust directory. They keep a wrong path, such as a whole disk, from
// being read as trust.
const (
	maxFiles           = 10000    // in all; the largest public lists hold a few hundred authorities
	maxDepth           = 4        // sub-folders below tsa/ and its like: country, provider, service, year
	maxCertificateFile = 16 << 20 // a national list as one PEM file has about 1 MiB
	maxAlgorithmsFile  = 1 << 20  // the built-in table has 1 KiB
	maxOCSPFile        = 1 << 20  // a response has a few KiB, certificates included
	maxSignersFile     = 4 << 20  // a thousand keys in PEM have about half of it
	maxLogsFile        = 1 << 20  // a thousand keys in the form of signed notes have a quarter of it
	maxKeyFile         = 64 << 10 // a certificate has a few KiB
	maxCheckpointsFile = 16 << 20 // a checkpoint each 10 blocks would have as much
	maxPackFile        = 1 << 20  // the largest pack that is read has half of it
	maxNoteFile        = 4 << 10  // one number
)

// loader is a Trust in the making.
type loader struct {
	fsys  fs.FS
	t     *Trust
	files int                                     // met so far, of any kind
	seen  map[string]map[[sha256.Size]byte]string // use -> digest -> origin
	keys  map[string][]string                     // folder of signers/ -> its files
	logs  []string                                // files of logs/
	chain []string                                // files of bitcoin/
	lists map[string]string                       // folder -> the signers.json, logs.json or checkpoints.json met in it, usable or not
}

// Load reads a trust directory. fsys is rooted at the directory (os.DirFS, an
// embedded one, a ZIP) and must stay readable while the result is in use: large
// CRLs are not held in memory. name is printed in reports and otherwise unused. The
// error is only for a directory that cannot be read at all; a file that cannot be
// taken is in Trust.Errors.
func Load(fsys fs.FS, name string) (*Trust, error) {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, fmt.Errorf("trust directory: %w", err)
	}
	l := &loader{
		fsys: fsys,
		t:    &Trust{Name: name, origins: make(map[*pki.Certificate]string)},
		seen: make(map[string]map[[sha256.Size]byte]string),
		keys: make(map[string][]string), lists: make(map[string]string),
	}
	l.top(entries)
	l.signers()
	l.logKeys()
	l.bitcoin()
	l.sort()
	l.t.SHA256 = identity(l.t.Files)
	return l.t, nil
}

// sort puts whole names in order: the walk takes a/x before a.pem.
func (l *loader) sort() {
	byName := func(a, b File) int { return strings.Compare(a.Name, b.Name) }
	slices.SortStableFunc(l.t.Files, byName)
	slices.SortStableFunc(l.t.Unused, byName)
	slices.SortStableFunc(l.t.Errors, func(a, b FileError) int { return strings.Compare(a.Path, b.Path) })
}

// take notes that a file became part of the trust.
func (l *loader) take(name, use string, sum [sha256.Size]byte) {
	l.t.Files = append(l.t.Files, File{Name: name, SHA256: hex.EncodeToString(sum[:]), Use: use})
}

// fail notes why a file counts as absent.
func (l *loader) fail(name string, err error) {
	l.t.Errors = append(l.t.Errors, FileError{Path: name, Message: err.Error()})
}

const notUsed = "not used: "

// note names a file that there is no use for.
func (l *loader) note(name, why string) {
	l.t.Errors = append(l.t.Errors, FileError{Path: name, Message: notUsed + why, Note: true})
}

func (l *loader) unused(name string) {
	l.t.Unused = append(l.t.Unused, File{Name: name, Use: Unused})
}

// first reports whether sum is new for the use, and records the duplicate if not.
func (l *loader) first(use string, sum [sha256.Size]byte, origin string) bool {
	if l.seen[use] == nil {
		l.seen[use] = make(map[[sha256.Size]byte]string)
	}
	if kept, ok := l.seen[use][sum]; ok {
		l.t.Duplicates = append(l.t.Duplicates, Duplicate{Origin: origin, First: kept, Use: use})
		return false
	}
	l.seen[use][sum] = origin
	return true
}

func (l *loader) algorithms(name string) error {
	b, err := l.readWhole(name, maxAlgorithmsFile)
	if err != nil {
		return err
	}
	table, err := trust.ParseAlgorithms(b)
	if err != nil {
		return err
	}
	l.t.Algorithms = table
	l.take(name, UseAlgorithms, sha256.Sum256(b))
	return nil
}
