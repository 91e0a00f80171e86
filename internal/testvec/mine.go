package testvec

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
)

// Mined is a chain of Bitcoin's regtest network, whose work is two tries a header.
type Mined struct {
	First  int
	Raw    []byte     // headers of 80 bytes
	Hashes [][32]byte // in the order of headers
}

// Mine makes linked headers from a height on, one for each Merkle root, ten minutes apart
// from 2023-11-14T22:13:20Z on.
func Mine(first int, roots ...[32]byte) Mined {
	m := Mined{First: first}
	prev := [32]byte{1}
	for i, root := range roots {
		h := make([]byte, 80)
		binary.LittleEndian.PutUint32(h, 4)
		copy(h[4:], prev[:])
		copy(h[36:], root[:])
		binary.LittleEndian.PutUint32(h[68:], uint32(1_700_000_000+600*i))
		binary.LittleEndian.PutUint32(h[72:], 0x207fffff)
		for nonce := uint32(0); ; nonce++ {
			binary.LittleEndian.PutUint32(h[76:], nonce)
			once := sha256.Sum256(h)
			if prev = sha256.Sum256(once[:]); prev[31] < 0x7f {
				break
			}
		}
		m.Raw, m.Hashes = append(m.Raw, h...), append(m.Hashes, prev)
	}
	return m
}

// Roots returns n Merkle roots that nothing leads to.
func Roots(n int) (list [][32]byte) {
	for i := range n {
		list = append(list, sha256.Sum256(fmt.Append(nil, "root ", i)))
	}
	return list
}

// Checkpoint is an entry of checkpoints.json for the header with the index.
func (m *Mined) Checkpoint(i int) string {
	hash := slices.Clone(m.Hashes[i][:])
	slices.Reverse(hash)
	return fmt.Sprintf(`{"height":%d,"hash":"%s"}`, m.First+i, hex.EncodeToString(hash))
}

// Regtest is a checkpoints.json that replaces the list by the given entries.
func Regtest(points ...string) string {
	return `{"replace":true,"network":"regtest","checkpoints":[` + strings.Join(points, ",") + `]}`
}
