package report

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"io"
)

// Schema is the JSON Schema of Document.
//
//go:embed schema.json
var Schema []byte

// WriteJSON writes any value of this program as indented JSON.
func WriteJSON(w io.Writer, v any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return err
	}
	_, err := w.Write(EscapeJSON(b.Bytes()))
	return err
}

// JSON writes the document.
func (d *Document) JSON(w io.Writer) error { return WriteJSON(w, d) }
