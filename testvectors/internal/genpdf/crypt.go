package main

import (
	"bytes"
	"crypto/md5"
	"crypto/rc4"
	"encoding/binary"
	"fmt"

	"github.com/exhibit-dev/exhibit/testvectors/internal/ca"
)

var documentID = ca.Stream("document", 16)

// crypt is the encryption of a document: RC4 with 128 bits (revision 3 of the standard
// handler, ISO 32000-1, 7.6.3), or AES with 128 (revision 4) or 256 bits (revision 6, in
// crypt_aes.go). The zero pointer encrypts nothing.
type crypt struct {
	revision       int
	key, o, u      []byte
	oe, ue, rights []byte // of revision 6
}

const rights = 0xfffffffc

var passwordPadding = []byte("\x28\xbf\x4e\x5e\x4e\x75\x8a\x41\x64\x00\x4e\x56\xff\xfa\x01\x08\x2e\x2e\x00\xb6\xd0\x68\x3e\x80\x2f\x0c\xa9\xfe\x64\x53\x69\x7a")

// encryptedFor returns the encryption of revision 3 under the user's password, encryptedBy
// that of another revision; the password of the owner is another one.
func encryptedFor(user string) *crypt { return encryptedBy(user, 3) }

func encryptedBy(user string, revision int) *crypt {
	if revision == 6 {
		return newAES256(user)
	}
	c := &crypt{revision: revision}
	c.o = rc4Rounds(md5Rounds(padded("the owner"), 50), padded(user))
	in := binary.LittleEndian.AppendUint32(append(padded(user), c.o...), rights)
	c.key = md5Rounds(append(in, documentID...), 50)
	sum := md5.Sum(append(bytes.Clone(passwordPadding), documentID...))
	c.u = append(rc4Rounds(c.key, sum[:]), make([]byte, 16)...)
	return c
}

func padded(password string) []byte { return append([]byte(password), passwordPadding...)[:32] }

func md5Rounds(data []byte, more int) []byte {
	sum := md5.Sum(data)
	for range more {
		sum = md5.Sum(sum[:])
	}
	return sum[:]
}

func rc4Once(key, data []byte) []byte {
	c, err := rc4.NewCipher(key)
	must(err)
	out := make([]byte, len(data))
	c.XORKeyStream(out, data)
	return out
}

func rc4Rounds(key, data []byte) []byte {
	for i := range byte(20) {
		k := bytes.Clone(key)
		for j := range k {
			k[j] ^= i
		}
		data = rc4Once(k, data)
	}
	return data
}

// apply encrypts a string or stream of object n, generation 0.
func (c *crypt) apply(n int, data []byte) []byte {
	if c == nil {
		return data
	}
	in := append(bytes.Clone(c.key), byte(n), byte(n>>8), byte(n>>16), 0, 0)
	switch c.revision {
	case 6:
		return encryptCBC(c.key, n, data)
	case 4:
		sum := md5.Sum(append(in, "sAlT"...))
		return encryptCBC(sum[:], n, data)
	}
	sum := md5.Sum(in)
	return rc4Once(sum[:], data)
}

func (c *crypt) dictionary() string {
	const filter = "/CF<</StdCF<</AuthEvent/DocOpen/CFM/%s/Length %d>>>>/StmF/StdCF/StrF/StdCF"
	more := "/V 2/R 3/Length 128"
	switch c.revision {
	case 4:
		more = "/V 4/R 4/Length 128" + fmt.Sprintf(filter, "AESV2", 16)
	case 6:
		more = "/V 5/R 6/Length 256" + fmt.Sprintf(filter, "AESV3", 32) + fmt.Sprintf("/OE<%x>/UE<%x>/Perms<%x>", c.oe, c.ue, c.rights)
	}
	return fmt.Sprintf("<</Filter/Standard%s/P %d/O<%x>/U<%x>>>", more, int32(rights-1<<32), c.o, c.u)
}
