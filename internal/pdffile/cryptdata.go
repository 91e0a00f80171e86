package pdffile

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/md5"
	"crypto/rc4"
	"errors"
	"io"
)

// objectKey is the key of an object (Algorithms 1 and 1.A).
func (c *handlerOf) objectKey(m method) []byte {
	if m == aes256 {
		return c.key
	}
	n, g := c.ref.Number, c.ref.Generation
	in := append(bytes.Clone(c.key), byte(n), byte(n>>8), byte(n>>16), byte(g), byte(g>>8))
	if m == aes128 {
		in = append(in, "sAlT"...)
	}
	sum := md5.Sum(in)
	return sum[:min(len(c.key)+5, 16)]
}

// unseal decrypts the strings inside an object, or marks them as sealed.
func (c *handlerOf) unseal(o Object) Object {
	if c == nil || c.strings == identity {
		return o
	}
	return c.open(o, false)
}

// open is unseal for an object, which is the Contents of a signature if it is exempt.
// It changes arrays and dictionaries in place: nobody else has them yet.
func (c *handlerOf) open(o Object, exempt bool) Object {
	switch o := o.(type) {
	case String:
		if !exempt {
			return c.string(o)
		}
	case Array:
		for i := range o {
			o[i] = c.open(o[i], false)
		}
	case Dict:
		signature := o.SignatureDict()
		for i := range o.Members {
			m := &o.Members[i]
			m.Value = c.open(m.Value, signature && m.Key == "Contents")
		}
	}
	return o
}

func (c *handlerOf) string(s String) String {
	if c.key == nil || c.strings == unknownMethod {
		s.Sealed = true
		return s
	}
	key := c.objectKey(c.strings)
	if c.strings == rc4Method {
		if x, err := rc4.NewCipher(key); err == nil {
			x.XORKeyStream(s.Bytes, s.Bytes)
		}
		return s
	}
	b := s.Bytes
	if len(b) == 0 {
		return s
	}
	block, err := aes.NewCipher(key)
	if err != nil || len(b) < 2*aes.BlockSize || len(b)%aes.BlockSize != 0 {
		s.Sealed = true // no form in which AES leaves data
		return s
	}
	cipher.NewCBCDecrypter(block, b[:aes.BlockSize]).CryptBlocks(b[aes.BlockSize:], b[aes.BlockSize:])
	s.Bytes = unpad(b[aes.BlockSize:])
	return s
}

// unpad cuts off the padding of the last block (RFC 8018, 6.1.1). A writer may have
// left it out.
func unpad(b []byte) []byte {
	if n := int(b[len(b)-1]); n >= 1 && n <= aes.BlockSize && n <= len(b) {
		return b[:len(b)-n]
	}
	return b
}

// methodFor returns how a stream is encrypted (7.6.6): metadata may not be, a Crypt
// filter names another way.
func (c *handlerOf) methodFor(s *Stream) method {
	kind := s.Dict.name("Type")
	if len(s.filters) > 0 && s.filters[0].name == "Crypt" {
		n := s.filters[0].parms.name("Name")
		if n == "" {
			n = "Identity"
		}
		return c.named[n]
	}
	switch {
	case kind == "Metadata" && !c.about.Metadata && c.about.V >= 4:
		return identity
	case kind == "EmbeddedFile":
		return c.embedded
	}
	return c.streams
}

// decrypt puts the decryption of a stream into a pipe.
func (c *handlerOf) decrypt(p *pipe, s *Stream) error {
	if c == nil {
		return nil
	}
	m := c.methodFor(s)
	switch {
	case m == identity:
		return nil
	case m == unknownMethod || c.key == nil:
		return &Error{CodeEncrypted, s.From, "the stream is encrypted, and the password is missing or the method unknown"}
	case m == rc4Method:
		x, err := rc4.NewCipher(c.objectKey(m))
		if err != nil {
			return &Error{CodeEncrypted, s.From, "no key for the stream"}
		}
		p.push(cipher.StreamReader{S: x, R: p.end}, false)
	default:
		block, err := aes.NewCipher(c.objectKey(m))
		if err != nil {
			return &Error{CodeEncrypted, s.From, "no key for the stream"}
		}
		a := &aesReader{block: block}
		p.push(p.filler(a.fill), false)
	}
	return nil
}

// aesReader decrypts CBC with the vector in front. The last block is held back until
// the end shows that it is the one with the padding.
type aesReader struct {
	block cipher.Block
	mode  cipher.BlockMode
	held  []byte
}

func (a *aesReader) fill(f *filler) error {
	if a.mode == nil {
		iv := make([]byte, aes.BlockSize)
		if _, err := io.ReadFull(f.in, iv); err != nil {
			if err == io.EOF { // nothing at all
				return err
			}
			return errAES
		}
		a.mode = cipher.NewCBCDecrypter(a.block, iv)
	}
	buf := make([]byte, 4096)
	n, err := io.ReadFull(f.in, buf)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return err
	}
	if n%aes.BlockSize != 0 {
		return errAES
	}
	a.mode.CryptBlocks(buf[:n], buf[:n])
	f.out = append(f.out, a.held...)
	if err == nil {
		f.out = append(f.out, buf[:n-aes.BlockSize]...)
		a.held = buf[n-aes.BlockSize:]
		return nil
	}
	f.out = append(f.out, buf[:n]...)
	if len(f.out) > 0 {
		f.out = unpad(f.out)
	}
	return io.EOF
}

var errAES = errors.New("encrypted data that are no whole number of blocks")
