package headerfile_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/btcsuite/btcd/chaincfg/v2"

	"github.com/exhibit-dev/exhibit/bitcoin/headerfile"
)

// A file of a wallet becomes a file of headers.
func Example() {
	folder, err := os.MkdirTemp("", "headers")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(folder)
	var wallet bytes.Buffer // genesis, and a place where nothing was downloaded
	if err := chaincfg.MainNetParams.GenesisBlock.Header.Serialize(&wallet); err != nil {
		fmt.Println(err)
		return
	}
	wallet.Write(make([]byte, 80))
	source := filepath.Join(folder, "blockchain_headers")
	if err := os.WriteFile(source, wallet.Bytes(), 0o644); err != nil {
		fmt.Println(err)
		return
	}

	s, err := headerfile.Import(context.Background(), []string{source}, folder, headerfile.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(filepath.Base(s.File), "by the", s.Place)
	fmt.Println(s.Tip)
	// Output:
	// headers-0-0.bin by the genesis block
	// 000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f
}
