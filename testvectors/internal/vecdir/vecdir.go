// Package vecdir writes a folder of test vectors: the files and the index
// vectors.json. It knows nothing of what the vectors say.
package vecdir

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
)

// Write replaces the folder, so that a vector that is gone leaves nothing behind.
// Names of files use slashes; vectors is what encodes as the list of the index.
func Write(dir, kind string, files map[string][]byte, vectors any) error {
	var index bytes.Buffer
	e := json.NewEncoder(&index)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(struct {
		Kind    string `json:"kind"`
		Vectors any    `json:"vectors"`
	}{kind, vectors})
	if err != nil {
		return err
	}
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	for name, data := range files {
		if err := writeFile(filepath.Join(dir, filepath.FromSlash(name)), data); err != nil {
			return err
		}
	}
	return writeFile(filepath.Join(dir, "vectors.json"), index.Bytes())
}

func writeFile(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, data, 0o644)
}
