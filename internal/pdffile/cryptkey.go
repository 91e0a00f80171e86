package pdffile

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/md5"
	"crypto/rc4"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/subtle"
	"encoding/binary"
)

// padding fills short passwords (Algorithm 2).
var padding = []byte("\x28\xBF\x4E\x5E\x4E\x75\x8A\x41\x64\x00\x4E\x56\xFF\xFA\x01\x08\x2E\x2E\x00\xB6\xD0\x68\x3E\x80\x2F\x0C\xA9\xFE\x64\x53\x69\x7A")

// unlock returns the file's key under the password as user's or owner's, or under the
// empty one; nil if none fits.
func (p *params) unlock(password []byte) (key []byte, owner bool) {
	try := p.unlockOld
	if p.about.R >= 5 {
		try = p.unlockNew
	}
	if key, owner = try(password); key == nil && len(password) > 0 {
		key, owner = try(nil)
	}
	return key, owner
}

// unlockOld is for revisions 2 to 4 (Algorithms 6 and 7).
func (p *params) unlockOld(password []byte) ([]byte, bool) {
	if key := p.userKey(password); key != nil {
		return key, false
	}
	key := p.digestKey(md5Times(pad(password), p.about.R))
	user := bytes.Clone(p.o[:32])
	rounds := 1
	if p.about.R >= 3 {
		rounds = 20
	}
	for i := rounds - 1; i >= 0; i-- {
		xorRC4(key, byte(i), user)
	}
	if key := p.userKey(user); key != nil {
		return key, true
	}
	return nil, false
}

// userKey is the key under the user's password, nil if that is wrong (Algorithms 2, 4,
// 5).
func (p *params) userKey(password []byte) []byte {
	in := append(pad(password), p.o[:32]...)
	in = binary.LittleEndian.AppendUint32(in, uint32(p.about.Permissions))
	in = append(in, p.id...)
	if p.about.R >= 4 && !p.about.Metadata {
		in = append(in, 0xff, 0xff, 0xff, 0xff)
	}
	sum := md5.Sum(in)
	key := sum[:p.keySize]
	if p.about.R >= 3 {
		for range 50 {
			sum = md5.Sum(key)
		}
	}
	if p.about.R == 2 {
		check := bytes.Clone(padding)
		xorRC4(key, 0, check)
		if subtle.ConstantTimeCompare(check, p.u[:32]) == 1 {
			return key
		}
		return nil
	}
	sum2 := md5.Sum(append(bytes.Clone(padding), p.id...))
	check := sum2[:]
	for i := range 20 {
		xorRC4(key, byte(i), check)
	}
	if subtle.ConstantTimeCompare(check, p.u[:16]) == 1 {
		return key
	}
	return nil
}

func (p *params) digestKey(sum [16]byte) []byte { return sum[:p.keySize] }

// md5Times hashes once, and fifty times more from revision 3 on.
func md5Times(b []byte, r int) [16]byte {
	sum := md5.Sum(b)
	if r >= 3 {
		for range 50 {
			sum = md5.Sum(sum[:])
		}
	}
	return sum
}

// pad cuts or fills a password to 32 bytes.
func pad(password []byte) []byte {
	out := append([]byte{}, password[:min(len(password), 32)]...)
	return append(out, padding[:32-len(out)]...)
}

// xorRC4 encrypts b in place under the key with x added to each byte.
func xorRC4(key []byte, x byte, b []byte) {
	k := make([]byte, len(key))
	for i := range key {
		k[i] = key[i] ^ x
	}
	c, err := rc4.NewCipher(k)
	if err != nil {
		return // 5 to 16 bytes: cannot be
	}
	c.XORKeyStream(b, b)
}

// unlockNew is for revisions 5 and 6 (Algorithm 2.A).
func (p *params) unlockNew(password []byte) ([]byte, bool) {
	password = password[:min(len(password), 127)]
	o, u := p.o[:48], p.u[:48]
	if bytes.Equal(p.hash(password, u[32:40], nil), u[:32]) {
		return unwrap(p.hash(password, u[40:48], nil), p.ue[:32]), false
	}
	if bytes.Equal(p.hash(password, o[32:40], u), o[:32]) {
		return unwrap(p.hash(password, o[40:48], u), p.oe[:32]), true
	}
	return nil, false
}

// unwrap decrypts the file's key: AES-256, CBC, no padding, a vector of zeros.
func unwrap(key, wrapped []byte) []byte {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil // 32 bytes: cannot be
	}
	out := make([]byte, len(wrapped))
	cipher.NewCBCDecrypter(block, make([]byte, aes.BlockSize)).CryptBlocks(out, wrapped)
	return out
}

// hash is SHA-256 in revision 5, and Algorithm 2.B in revision 6.
func (p *params) hash(password, salt, u []byte) []byte {
	sum := sha256.Sum256(bytes.Join([][]byte{password, salt, u}, nil))
	if p.about.R == 5 {
		return sum[:]
	}
	k := sum[:]
	for i := 0; ; i++ {
		once := bytes.Join([][]byte{password, k, u}, nil)
		e := bytes.Repeat(once, 64)
		block, err := aes.NewCipher(k[:16])
		if err != nil {
			return nil // 16 bytes: cannot be
		}
		cipher.NewCBCEncrypter(block, k[16:32]).CryptBlocks(e, e)
		remainder := 0 // of the first 16 bytes as a number, by 3
		for _, c := range e[:16] {
			remainder += int(c)
		}
		switch remainder % 3 {
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
		if i >= 63 && int(e[len(e)-1]) <= i-31 { // a byte is at most 255: ends by then
			return k[:32]
		}
	}
}
