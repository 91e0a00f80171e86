// Command gencheckpoints writes the list of checkpoints that package bitcoin embeds,
// from the checkpoints of the wallet Electrum as the corpus keeps them, with the genesis
// block of btcd's parameters before them.
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"github.com/btcsuite/btcd/chaincfg/v2"
)

func main() {
	log.SetFlags(0)
	out := flag.String("out", "checkpoints.txt", "the file to write")
	flag.Parse()
	root := os.Getenv("EXHIBIT_CORPUS")
	if root == "" {
		root = filepath.Join("..", "..", "shared", "corpus")
	}
	b, err := os.ReadFile(filepath.Join(root, "bitcoin", "checkpoints.json"))
	if err == nil {
		b, err = canonical(b)
	}
	if err == nil {
		err = os.WriteFile(*out, b, 0o644)
	}
	if err != nil {
		log.Fatal("gencheckpoints: ", err)
	}
}

func canonical(b []byte) ([]byte, error) {
	var corpus struct {
		Electrum struct {
			Entries []struct {
				Height   uint32 `json:"height"`
				Hash     string `json:"hash"`
				NextBits string `json:"next_bits"`
			} `json:"entries"`
		} `json:"electrum"`
	}
	if err := json.Unmarshal(b, &corpus); err != nil {
		return nil, err
	}
	var text bytes.Buffer
	fmt.Fprintf(&text, "0 %s 00000000\n", chaincfg.MainNetParams.GenesisHash)
	for _, e := range corpus.Electrum.Entries {
		fmt.Fprintf(&text, "%d %s %s\n", e.Height, e.Hash, e.NextBits)
	}
	return text.Bytes(), nil
}
