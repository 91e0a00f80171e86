package headerfile

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"github.com/btcsuite/btcd/chaincfg/v2"
	"github.com/btcsuite/btcd/wire/v2"

	"github.com/exhibit-dev/exhibit/bitcoin"
)

// networks are the block chains that are told apart, by the magic before their blocks
// and by their first block.
var networks = []*chaincfg.Params{
	&chaincfg.MainNetParams, &chaincfg.RegressionNetParams, &chaincfg.TestNet3Params, &chaincfg.TestNet4Params, &chaincfg.SigNetParams,
}

func magicOf(n wire.BitcoinNet) (b [4]byte) {
	binary.LittleEndian.PutUint32(b[:], uint32(n))
	return b
}

// networkOf returns the name of the network whose blocks follow a magic.
func networkOf(b []byte) string {
	for _, p := range networks {
		if len(b) >= 4 && [4]byte(b) == magicOf(p.Net) {
			return p.Name
		}
	}
	return ""
}

type source interface {
	each(ctx context.Context, to *reading) error
}

// recognise tells what a file is, by its content.
func recognise(f io.ReaderAt, size int64, name string, mask []byte, n *bitcoin.Network) (source, string, error) {
	head := make([]byte, recordHead)
	k, err := f.ReadAt(head[:min(recordHead, size)], 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, "", err
	}
	head = head[:k]
	if bitcoin.SniffPack(head) {
		return nil, "", errors.New("an anchor pack: it needs no import, name it to verify as it is")
	}
	magic := [4]byte{}
	for _, p := range networks {
		if p.Name == n.Name() {
			magic = magicOf(p.Net)
		}
	}
	plain := networkOf(head)
	bare := bytes.Clone(head)
	unmask(bare, mask, 0)
	masked := networkOf(bare)
	switch named := blockName.MatchString(filepath.Base(name)); {
	case plain == n.Name():
		return &blockFile{r: f, size: size, magic: magic, key: nil}, FormBlocks, nil
	case masked == n.Name():
		return &blockFile{r: f, size: size, magic: magic, key: mask}, FormDisguise, nil
	case plain != "" || masked != "":
		return nil, "", otherNetwork(cmp.Or(plain, masked), n)
	case named && (size == 0 || zeros(head[:min(4, k)])):
		return &blockFile{r: f, size: size, magic: magic, key: mask}, FormBlocks, nil
	case named && mask == nil:
		return nil, "", fmt.Errorf("not a block file: it begins with %x; Bitcoin Core since version 28 disguises them, then its %s must lie beside them", head, maskFile)
	case named:
		return nil, "", fmt.Errorf("not a block file: it begins with %x, also with the %s beside it", head, maskFile)
	case size == 0:
		return nil, "", errors.New("the file is empty")
	case size%bitcoin.HeaderSize != 0:
		return nil, "", fmt.Errorf("neither a block file nor headers of %d bytes each: %d bytes", bitcoin.HeaderSize, size)
	case size/bitcoin.HeaderSize > maxSlots:
		return nil, "", fmt.Errorf("more than %d headers", maxSlots)
	}
	return &rawFile{f, size}, FormRaw, nil
}

// otherNetwork is the error of material of another network, by its name.
func otherNetwork(name string, n *bitcoin.Network) error {
	if _, err := bitcoin.NetworkNamed(name); err != nil {
		return err
	}
	return fmt.Errorf("blocks of %s, but the checkpoints are those of %s", name, n.Name())
}

func zeros(b []byte) bool {
	for _, c := range b {
		if c != 0 {
			return false
		}
	}
	return true
}
