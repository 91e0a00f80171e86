package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/exhibit-dev/exhibit/bitcoin"
	"github.com/exhibit-dev/exhibit/verify/report"
)

// nameDefect is the code for a name that states what is not so.
const nameDefect = "btc.name"

func newHeadersCheckCmd(a *app) *cobra.Command {
	var asJSON bool
	var from pointsFlags
	cmd := &cobra.Command{
		Use:   "check FILE...",
		Short: "judge files of block headers",
		Long: `Reads files of raw headers of 80 bytes each, and anchor packs, and judges every
header: that it has the work which it states, follows the one before it, has the target
of its period as far as checkpoints or the period before tell it, and is later than
the median of the eleven before. Each file is judged by itself, from its first header
on. A name of the form headers-A-B.bin states the height of the first header; else the
genesis block and checkpoints tell it.

The answer says up to which checkpoint the headers are committed, which is what a proof
can rest on, and how many lie above. The exit code is the first of 1, 5, 3 and 0 that
occurs:

  0  every header is right, and linked to a checkpoint
  1  a defect: a header breaks a rule or the checkpoints, or does not follow the one
     before; the height and the reason are named
  3  nothing is wrong, but some headers are linked to no checkpoint: they prove nothing
  5  a file cannot be read, or holds no headers
  2  the command was called wrongly`,
		Args: usageArgs(cobra.MinimumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			points, err := a.points(&from)
			if err != nil {
				return err
			}
			return a.headersCheck(contextOf(cmd), args, points, asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON, exhibit.headers/v1")
	from.add(cmd)
	return cmd
}

func (a *app) headersCheck(ctx context.Context, files []string, points *bitcoin.Checkpoints, asJSON bool) error {
	view := headersView{Schema: "exhibit.headers/v1", Checkpoints: viewPoints(points), NotChecked: notCheckedOfChains, Network: "off"}
	for _, name := range files {
		v, err := a.checkHeaders(ctx, name, points)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			v.Result, v.Error = resultUnreadable, err.Error()
			a.errorf("%s: %s", onScreen(name), onScreen(v.Error))
		}
		view.Files = append(view.Files, v)
	}
	a.code = view.exit()
	if asJSON {
		return report.WriteJSON(a.stdout, view)
	}
	_, err := a.stdout.Write(view.text())
	return err
}

// checkHeaders judges one file. With an error, what is known of the file until then is
// returned too.
func (a *app) checkHeaders(ctx context.Context, name string, points *bitcoin.Checkpoints) (headersFileView, error) {
	v := headersFileView{File: name}
	f, size, err := openRegular(name)
	if err != nil {
		return v, pathless(err)
	}
	defer f.Close()
	v.Size = size
	var head [16]byte
	n, _ := f.ReadAt(head[:], 0)
	if bitcoin.SniffPack(head[:n]) {
		return v, v.checkPack(name, points)
	}
	v.Form = formRaw
	show, done := a.progressLine()
	defer done()
	o := bitcoin.ScanOptions{Name: name, Hash: sha256.New(), Checkpoints: points}
	if show != nil {
		o.Progress = func(done, total int64) {
			show("%s: %d of %d headers", onScreen(name), done/bitcoin.HeaderSize, total/bitcoin.HeaderSize)
		}
	}
	var lie string
	if o.First, err = bitcoin.FirstHeightOf(filepath.Base(name), size); err != nil {
		lie = err.Error()
	}
	run, err := bitcoin.Scan(ctx, f, size, o)
	var e *bitcoin.Error
	if o.First != nil && errors.As(err, &e) && e.Code == "btc.headers" {
		// Is it the name alone that is wrong?
		stated := *o.First
		o.First = nil
		o.Hash.Reset()
		if again, err2 := bitcoin.Scan(ctx, f, size, o); err2 == nil {
			run, err, lie = again, nil, fmt.Sprintf("the name states %d for the first header: %s", stated, e)
		}
	}
	if err != nil {
		v.SHA256, _ = a.digestOf(ctx, f, name, size) // names the file; nothing was judged
		return v, err
	}
	v.SHA256 = run.SHA256()
	v.fill(run, points)
	if lie != "" {
		v.Defects = append([]defectView{{Code: nameDefect, Text: lie}}, v.Defects...)
		v.Result = resultDefective
	}
	return v, nil
}

func (v *headersFileView) checkPack(name string, points *bitcoin.Checkpoints) error {
	v.Form = formPack
	b, err := readNamed(name, maxPackFile)
	if err != nil {
		return pathless(err)
	}
	v.SHA256 = hexSum(b)
	pack, err := bitcoin.ParsePack(b)
	if err != nil {
		return err
	}
	run, err := pack.Run(points, name)
	if err != nil {
		return err
	}
	v.fill(run, points)
	return nil
}

// openRegular opens a file that can be read at any place.
func openRegular(name string) (*os.File, int64, error) {
	info, err := os.Stat(name) // before opening: a pipe would wait for its writer
	if err != nil {
		return nil, 0, err
	}
	if !info.Mode().IsRegular() {
		return nil, 0, errors.New("not a file")
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, 0, err
	}
	return f, info.Size(), nil
}

// digestOf reads a file once, which may be large.
func (a *app) digestOf(ctx context.Context, f io.ReaderAt, name string, size int64) (string, error) {
	h := sha256.New()
	show, done := a.progressLine()
	defer done()
	const part = 1 << 20
	for at := int64(0); at < size; at += part {
		if err := ctx.Err(); err != nil {
			return "", err
		}
		if _, err := io.Copy(h, io.NewSectionReader(f, at, min(part, size-at))); err != nil {
			return "", err
		}
		if show != nil {
			show("%s: %d of %d MiB read", onScreen(name), at>>20, size>>20)
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
