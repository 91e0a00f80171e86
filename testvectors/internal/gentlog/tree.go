package main

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strings"
)

// letter is the subject of nearly all vectors.
var letter = []byte("This letter is an entry of the log.\n")

const (
	size = 7 // entries of the usual tree
	at   = 4 // where the letter is
)

func sha(parts ...[]byte) []byte {
	h := sha256.New()
	for _, p := range parts {
		h.Write(p)
	}
	return h.Sum(nil)
}

func leafOf(data []byte) []byte    { return sha([]byte{0}, data) }
func nodeOf(l, r []byte) []byte    { return sha([]byte{1}, l, r) }
func entry(i int) []byte           { return fmt.Appendf(nil, "entry %d", i) }
func b64(b []byte) string          { return base64.StdEncoding.EncodeToString(b) }
func hashLines(p [][]byte) string  { return strings.Join(asBase64(p), "") }
func plant(n, at int) [][]byte     { return plantData(n, at, letter) }
func asBase64(p [][]byte) []string { return mapped(p, func(h []byte) string { return b64(h) + "\n" }) }

func mapped(p [][]byte, f func([]byte) string) []string {
	out := make([]string, len(p))
	for i, h := range p {
		out[i] = f(h)
	}
	return out
}

// plantData makes the leaves of a log with the data at one index.
func plantData(n, at int, data []byte) [][]byte {
	leaves := make([][]byte, n)
	for i := range leaves {
		leaves[i] = leafOf(entry(i))
	}
	leaves[at] = leafOf(data)
	return leaves
}

func half(n int) int {
	k := 1
	for 2*k < n {
		k *= 2
	}
	return k
}

// root is MTH of RFC 6962 2.1.
func root(leaves [][]byte) []byte {
	switch n := len(leaves); n {
	case 0:
		return sha()
	case 1:
		return leaves[0]
	default:
		k := half(n)
		return nodeOf(root(leaves[:k]), root(leaves[k:]))
	}
}

// path is PATH of RFC 6962 2.1.1.
func path(i int, leaves [][]byte) [][]byte {
	n := len(leaves)
	if n == 1 {
		return nil
	}
	k := half(n)
	if i < k {
		return append(path(i, leaves[:k]), root(leaves[k:]))
	}
	return append(path(i-k, leaves[k:]), root(leaves[:k]))
}

// between is SUBPROOF of RFC 6962 2.1.2.
func between(leaves [][]byte, m int, whole bool) [][]byte {
	n := len(leaves)
	if m == n {
		if whole {
			return nil
		}
		return [][]byte{root(leaves)}
	}
	k := half(n)
	if m <= k {
		return append(between(leaves[:k], m, whole), root(leaves[k:]))
	}
	return append(between(leaves[k:], m-k, false), root(leaves[:k]))
}

// body is the text of a checkpoint.
func body(origin string, n uint64, root []byte, more ...string) string {
	text := fmt.Sprintf("%s\n%d\n%s\n", origin, n, b64(root))
	for _, m := range more {
		text += m + "\n"
	}
	return text
}

// note is a signed text.
func note(text string, keys ...*key) string {
	out := text + "\n"
	for _, k := range keys {
		out += k.line(text)
	}
	return out
}

// proofOf is a proof in the form of C2SP.
func proofOf(index any, path [][]byte, checkpoint string) string {
	return fmt.Sprintf("c2sp.org/tlog-proof@v1\nindex %v\n%s\n%s", index, hashLines(path), checkpoint)
}

// usual is the tree, the text and the path of the usual vector.
func usual() (leaves [][]byte, text string, steps [][]byte) {
	leaves = plant(size, at)
	return leaves, body(logName, size, root(leaves)), path(at, leaves)
}
