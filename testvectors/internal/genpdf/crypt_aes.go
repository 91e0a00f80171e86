package main

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/exhibit-dev/exhibit/testvectors/internal/ca"
)

// newAES256 is revision 6 (ISO 32000-2, 7.6.4.4): the key of the file is any, and lies
// encrypted under both passwords.
func newAES256(user string) *crypt {
	c := &crypt{revision: 6, key: ca.Stream("file key", 32)}
	c.u, c.ue = c.lock("user", user, nil)
	c.o, c.oe = c.lock("owner", "the owner", c.u)
	perms := binary.LittleEndian.AppendUint32(nil, rights)
	perms = append(append(perms, 0xff, 0xff, 0xff, 0xff, 'T', 'a', 'd', 'b'), ca.Stream("perms", 4)...)
	block, err := aes.NewCipher(c.key)
	must(err)
	c.rights = make([]byte, len(perms))
	block.Encrypt(c.rights, perms)
	return c
}

// lock makes the entries U and UE, or O and OE (Algorithms 8 and 9).
func (c *crypt) lock(label, password string, u []byte) (check, key []byte) {
	salts := ca.Stream("salts of "+label, 16)
	check = append(hardened(password, salts[:8], u), salts...)
	return check, cbc(hardened(password, salts[8:], u), make([]byte, aes.BlockSize), c.key)
}

// hardened is Algorithm 2.B.
func hardened(password string, salt, u []byte) []byte {
	sum := sha256.Sum256(slices.Concat([]byte(password), salt, u))
	k := sum[:]
	for i := 0; ; i++ {
		e := cbc(k[:16], k[16:32], bytes.Repeat(slices.Concat([]byte(password), k, u), 64))
		rest := 0
		for _, b := range e[:16] {
			rest += int(b)
		}
		switch rest % 3 {
		case 0:
			s := sha256.Sum256(e)
			k = s[:]
		case 1:
			s := sha512.Sum384(e)
			k = s[:]
		default:
			s := sha512.Sum512(e)
			k = s[:]
		}
		if i >= 63 && int(e[len(e)-1]) <= i+1-32 {
			return k[:32]
		}
	}
}

// encryptCBC pads, and puts a vector in front that depends on nothing but the data.
func encryptCBC(key []byte, n int, data []byte) []byte {
	iv := ca.Stream(fmt.Sprintf("iv %d %x", n, sha256.Sum256(data)), aes.BlockSize)
	pad := aes.BlockSize - len(data)%aes.BlockSize
	return append(iv, cbc(key, iv, append(bytes.Clone(data), bytes.Repeat([]byte{byte(pad)}, pad)...))...)
}

func cbc(key, iv, data []byte) []byte {
	block, err := aes.NewCipher(key)
	must(err)
	out := make([]byte, len(data))
	cipher.NewCBCEncrypter(block, iv).CryptBlocks(out, data)
	return out
}
