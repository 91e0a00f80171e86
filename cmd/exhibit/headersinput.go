package main

import (
	"context"
	"crypto/sha256"
	"path/filepath"

	"github.com/exhibit-dev/exhibit/bitcoin"
	"github.com/exhibit-dev/exhibit/trust/dir"
	"github.com/exhibit-dev/exhibit/verify/report"
)

// headersFile reads --headers FILE, raw headers or an anchor pack. Headers need no trust,
// so the file may lie anywhere. One that was named and cannot be used is a mistake of
// usage: it must not be missing silently.
func (t *trustInput) headersFile(file string) error {
	run, sum, err := readHeaders(file, t.dir.Bitcoin.Checkpoints())
	if err != nil {
		return usagef("--headers: %s: %w", file, pathless(err))
	}
	t.headers = append(t.headers, run)
	t.add(report.TrustFile{Name: file, SHA256: sum, Use: dir.UseBitcoin})
	return nil
}

// readHeaders reads a file of headers, and its SHA-256. A raw file is read as a stream; it
// stays open, because what is asked for is read again.
func readHeaders(file string, points *bitcoin.Checkpoints) (run *bitcoin.Run, sum string, err error) {
	f, size, err := openRegular(file)
	if err != nil {
		return nil, "", err
	}
	packed := false
	defer func() {
		if err != nil || packed {
			f.Close()
		}
	}()
	var head [16]byte
	n, _ := f.ReadAt(head[:], 0)
	if packed = bitcoin.SniffPack(head[:n]) || filepath.Ext(file) == bitcoin.PackExtension; packed {
		return readPack(file, points)
	}
	first, err := bitcoin.FirstHeightOf(filepath.Base(file), size)
	if err != nil {
		return nil, "", err
	}
	run, err = bitcoin.Scan(context.Background(), f, size, bitcoin.ScanOptions{
		Name: file, Hash: sha256.New(), First: first, Checkpoints: points,
	})
	if err != nil {
		return nil, "", err
	}
	return run, run.SHA256(), nil
}

func readPack(file string, points *bitcoin.Checkpoints) (*bitcoin.Run, string, error) {
	b, err := readNamed(file, maxPackFile)
	if err != nil {
		return nil, "", err
	}
	pack, err := bitcoin.ParsePack(b)
	if err != nil {
		return nil, "", err
	}
	run, err := pack.Run(points, file)
	return run, hexSum(b), err
}
