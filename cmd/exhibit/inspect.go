package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/exhibit-dev/exhibit/verify"
	"github.com/exhibit-dev/exhibit/verify/report"
)

const inspectNote = "nothing was verified: this is only what the file says of itself"

// inspection is the JSON form, exhibit.inspect/v1.
type inspection struct {
	Schema string `json:"schema"`
	Note   string `json:"note"`
	Kind   string `json:"kind"`
	Role   string `json:"role"`
	Source string `json:"source"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
	Claims any    `json:"claims"`
	Tree   any    `json:"tree,omitempty"`
}

func newInspectCmd(a *app) *cobra.Command {
	var asJSON, values bool
	var passwordFile string
	cmd := &cobra.Command{
		Use:   "inspect FILE",
		Short: "show what a file claims; verifies nothing",
		Long: `Shows what a time-stamp token, a reply, a request (.tsq), a signature (.sig, .p1363,
.jws), a proof of a Merkle tree or a transparency log, an OpenTimestamps proof (.ots, with
its tree of operations), an anchor pack or a PDF file says of itself. FILE may be - for
standard input; signatures are known by their names alone.

Of a PDF file it lists the revisions, numbered from 0, each with the digest of all bytes
up to its end, what it did to the one before, and the signatures and time-stamps whose
ByteRange reaches over it; then these themselves, attachments, and what is not by the
letter.

Nothing is verified. Everything shown can be a lie of whoever made the file; use
exhibit verify to judge it.

Exit code 0: it could be shown. 5: the file cannot be read, or holds no evidence of
a kind that this version reads. 2: the command was called wrongly.`,
		Args: usageArgs(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			password, err := readPassword(passwordFile)
			switch {
			case err != nil:
				return err
			case a.isPDF(args[0]):
				return a.inspectPDF(contextOf(cmd), args[0], asJSON, password)
			}
			return a.inspect(args[0], asJSON, values)
		},
	}
	addPasswordFlag(cmd, &passwordFile)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	cmd.Flags().BoolVar(&values, "values", false, "with every value between the operations of an OpenTimestamps proof")
	return cmd
}

func (a *app) inspect(file string, asJSON, values bool) error {
	item := verify.Item{Path: file, Folder: ".", Size: -1, Open: func() (io.ReadCloser, error) { return os.Open(file) }}
	if file == "-" {
		item.Open = func() (io.ReadCloser, error) { return io.NopCloser(a.stdin), nil }
	}
	in, err := verify.Inspect(item, nil)
	if err != nil {
		a.errorf("%s: %s", onScreen(file), onScreen(pathless(err).Error()))
		a.code = verify.ExitIncomplete
		return nil
	}
	view := inspection{"exhibit.inspect/v1", inspectNote, in.Kind, in.Role, file, in.Size, in.SHA256, in.Claims, nil}
	if asJSON {
		if in.Tree != nil {
			view.Tree = in.Tree(values)
		}
		return report.WriteJSON(a.stdout, view)
	}
	if err := printInspection(a.stdout, view); err != nil || in.Picture == nil {
		return err
	}
	_, err = io.WriteString(a.stdout, "\n"+in.Picture(values))
	return err
}

// printInspection writes the claims in the order of their JSON form.
func printInspection(w io.Writer, view inspection) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s\n\n", strings.ToUpper(inspectNote[:1])+inspectNote[1:]+".")
	fmt.Fprintf(&b, "  %-28s %s, %d bytes\n", "file", onScreen(view.Source), view.Size)
	fmt.Fprintf(&b, "  %-28s %s\n  %-28s %s, %s\n", "sha256", view.SHA256, "kind", view.Kind, view.Role)
	claims, err := json.Marshal(view.Claims)
	if err != nil {
		return err
	}
	dec := json.NewDecoder(bytes.NewReader(claims))
	dec.UseNumber()
	if err := printMembers(&b, dec, "claims "); err != nil {
		return err
	}
	_, err = w.Write(b.Bytes())
	return err
}

// printMembers writes a JSON object one member a line; nested ones carry the name
// of their parent.
func printMembers(b *bytes.Buffer, dec *json.Decoder, prefix string) error {
	if _, err := dec.Token(); err != nil { // the opening brace
		return err
	}
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return err
		}
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			return err
		}
		label := prefix + fmt.Sprint(name)
		if raw[0] == '{' {
			inner := json.NewDecoder(bytes.NewReader(raw))
			inner.UseNumber()
			if err := printMembers(b, inner, label+"."); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(b, "  %-28s %s\n", onScreen(label), onScreen(plainValue(raw)))
	}
	return nil
}

// plainValue drops the quotes of a string and joins a list of strings.
func plainValue(raw json.RawMessage) string {
	var s string
	var list []string
	switch {
	case json.Unmarshal(raw, &s) == nil:
		return s
	case json.Unmarshal(raw, &list) == nil:
		return strings.Join(list, "; ")
	}
	return string(raw)
}
