package dir

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"strings"
)

// readWhole reads a file of at most limit bytes. The digest of a file is always
// taken of the bytes that were parsed, never of a second reading.
func (l *loader) readWhole(name string, limit int64) ([]byte, error) {
	f, err := l.fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(b)) > limit {
		return nil, fmt.Errorf("larger than %d bytes", limit)
	}
	return b, nil
}

// size returns the length of a file as the file system states it.
func (l *loader) size(name string) (int64, error) {
	info, err := fs.Stat(l.fsys, name)
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// identity is the digest over the names and digests of files, in the form that
// sha256sum prints, so that anybody can compute it without this program:
//
//	LC_ALL=C sha256sum tsa/a.pem tsa/b.pem | sha256sum
func identity(files []File) string {
	h := sha256.New()
	for _, f := range files {
		mark, name := "", f.Name
		if strings.ContainsAny(name, "\\\n\r") { // sha256sum marks such lines, or one name could pose as two
			mark = `\`
			name = strings.NewReplacer(`\`, `\\`, "\n", `\n`, "\r", `\r`).Replace(name)
		}
		fmt.Fprintf(h, "%s%s  %s\n", mark, f.SHA256, name)
	}
	return hex.EncodeToString(h.Sum(nil))
}
