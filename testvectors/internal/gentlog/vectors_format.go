package main

import (
	"fmt"
	"strings"
)

func (s *suite) badCheckpoint(id, comment, text string) {
	s.checkpoint("note-"+id, comment, text).refused("format", "tlog.malformed")
}

// badNotes break the frame of a signed note.
func (s *suite) badNotes() {
	_, text, _ := usual()
	good := note(text, logKey)
	one := logKey.line(text)
	bad := s.badCheckpoint
	bad("empty", "no byte", "")
	bad("crlf", "line ends of another system", strings.ReplaceAll(good, "\n", "\r\n"))
	bad("tab", "a control character in the text", note(body("log.example/\t2025", size, sha()), logKey))
	bad("last-control", "the last of the control characters", note(body("log.example/\x1f2025", size, sha()), logKey))
	bad("nul", "a zero byte behind the last line", good+"\x00")
	bad("utf8", "invalid UTF-8 in a further line", note(body(logName, size, sha(), "\xff"), logKey))
	bad("no-blank", "no blank line before the signatures", text+one)
	bad("unsigned", "no signature line", text+"\n")
	bad("text-only", "only the text", text)
	bad("unended", "the last line does not end", strings.TrimSuffix(good, "\n"))
	bad("trailing-blank", "a blank line behind the signatures", good+"\n")
	bad("hyphen", "a hyphen for the dash", strings.Replace(good, "— ", "- ", 1))
	bad("no-name", "a signature without a name", text+"\n— "+strings.SplitN(one, " ", 3)[2])
	bad("name-empty", "an empty name", line2(text, "", logKey))
	bad("name-plus", "a name with a plus sign", line2(text, "log+example", logKey))
	bad("name-space", "a name with a space that is no ASCII", line2(text, "log\u00a0example", logKey))
	bad("two-spaces", "two spaces before the signature", strings.Replace(good, "2025 ", "2025  ", 1))
	bad("not-padded", "base64 without its padding", strings.Replace(good, "=\n", "\n", -1))
	bad("not-canonical", "base64 with bits behind its end", text+"\n"+bitsBehind(one))
	bad("url-alphabet", "base64 of another alphabet", text+"\n"+line(logName, []byte{0xfb, 0xff, 0xfe, 0xff}, nil)[:len("— "+logName+" ")]+"-__-__-_\n")
	bad("no-value", "four bytes, which are only a key id", text+"\n"+line(logName, logKey.id(), nil))
	bad("behind-signature", "something behind the base64", strings.TrimSuffix(good, "\n")+" x\n")
	bad("second-line", "the second signature line is none", good+"— second\n")
}

func line2(text, name string, k *key) string {
	return text + "\n" + line(name, k.id(), k.value(text, 0))
}

// bitsBehind sets a bit that padded base64 does not use. The line ends in one "=".
func bitsBehind(l string) string {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
	body, pad, _ := strings.Cut(l, "=")
	last := strings.IndexByte(alphabet, body[len(body)-1])
	return body[:len(body)-1] + alphabet[last|1:last|1+1] + "=" + pad
}

// badCheckpoints break the text of a checkpoint; each is signed by the log all the same.
func (s *suite) badCheckpoints() {
	r := b64(root(plant(size, at)))
	for _, c := range []struct{ id, comment, text string }{
		{"two-lines", "no root", logName + "\n7\n"},
		{"no-origin", "the first line is missing", "7\n" + r + "\n"},
		{"origin-empty", "an empty first line", "\n7\n" + r + "\n"},
		{"extension-empty", "an empty line among the further ones", logName + "\n7\n" + r + "\n\nmore\n"},
		{"blank-twice", "two blank lines before the signatures", logName + "\n7\n" + r + "\n\n"},
		{"size-zeros", "a size with a leading zero", logName + "\n07\n" + r + "\n"},
		{"size-plus", "a size with a sign", logName + "\n+7\n" + r + "\n"},
		{"size-negative", "a negative size", logName + "\n-7\n" + r + "\n"},
		{"size-hex", "a size in hexadecimal", logName + "\n0x7\n" + r + "\n"},
		{"size-space", "a space behind the size", logName + "\n7 \n" + r + "\n"},
		{"size-word", "a word for the size", logName + "\nseven\n" + r + "\n"},
		{"size-65-bits", "2^64, one more than is read", logName + "\n18446744073709551616\n" + r + "\n"},
		{"root-31", "a root of 31 bytes", logName + "\n7\n" + b64(sha()[:31]) + "\n"},
		{"root-33", "a root of 33 bytes", logName + "\n7\n" + b64(append(sha(), 0)) + "\n"},
		{"root-hex", "a root in hexadecimal", logName + "\n7\n" + fmt.Sprintf("%x", sha()) + "\n"},
		{"root-unpadded", "a root without its padding", logName + "\n7\n" + strings.TrimSuffix(r, "=") + "\n"},
		{"root-not-canonical", "a root with bits behind its end", logName + "\n7\n" + bitsBehind(r) + "\n"},
	} {
		s.badCheckpoint(c.id, c.comment, note(c.text, logKey))
	}
}

func (s *suite) badProofs() {
	_, text, steps := usual()
	good := proofOf(at, steps, note(text, logKey))
	bad := func(id, comment, old, new string) {
		changed := strings.Replace(good, old, new, 1)
		if old == "" {
			changed = new
		}
		s.proof("form-"+id, comment, changed).refused("format", "tlog.malformed")
	}
	first := b64(steps[0])
	bad("empty", "no byte", "", "")
	bad("version", "another version", "@v1", "@v2")
	bad("no-magic", "the first line is missing", "c2sp.org/tlog-proof@v1\n", "")
	bad("magic-only", "only the first line", "", "c2sp.org/tlog-proof@v1\n")
	bad("crlf", "line ends of another system", "", strings.ReplaceAll(good, "\n", "\r\n"))
	bad("extra-empty", "a line for extra data, and none in it", "index", "extra \nindex")
	bad("extra-not-canonical", "extra data with bits behind its end", "index", "extra "+bitsBehind(b64([]byte("12345")))+"\nindex")
	bad("extra-twice", "two lines with extra data", "index", "extra YQ==\nextra YQ==\nindex")
	bad("extra-late", "extra data behind the index", "index 4\n", "index 4\nextra YQ==\n")
	bad("no-index", "no index", "index 4\n", "")
	bad("index-zeros", "an index with a leading zero", "index 4", "index 04")
	bad("index-negative", "a negative index", "index 4", "index -4")
	bad("index-65-bits", "an index of more than 64 bits", "index 4", "index 18446744073709551616")
	bad("index-space", "two spaces before the index", "index 4", "index  4")
	bad("index-bare", "the number without its word", "index 4", "4")
	bad("index-case", "the word in capitals", "index 4", "Index 4")
	bad("hash-31", "a hash of 31 bytes", first, b64(steps[0][:31]))
	bad("hash-33", "a hash of 33 bytes", first, b64(append(steps[0][:32:32], 0)))
	bad("hash-hex", "a hash in hexadecimal", first, fmt.Sprintf("%x", steps[0]))
	bad("hash-not-canonical", "a hash with bits behind its end", first, bitsBehind(first))
	bad("no-checkpoint", "no checkpoint", "\n\n"+note(text, logKey), "\n\n")
	bad("no-blank", "no blank line before the checkpoint", "\n\n"+logName, "\n"+logName)
	bad("blank-twice", "two blank lines before the checkpoint", "\n\n"+logName, "\n\n\n"+logName)
	bad("trailing", "a line behind the checkpoint", "", good+"index 4\n")
	bad("checkpoint-broken", "a checkpoint whose size is no number", logName+"\n7\n", logName+"\n07\n")
}

func (s *suite) limits() {
	_, text, steps := usual()
	lines := func(n int) string {
		out := text + "\n"
		for i := range n - 1 {
			out += line(fmt.Sprintf("stranger.example/%d", i), []byte{0, 0, 0, byte(i)}, []byte("none"))
		}
		return out
	}
	own := logKey.line(text)
	v := s.checkpoint("signatures-100", "as many signatures as are read, the last by the log", lines(100)+own)
	v.Uncommitted = [][2]int{{len(text) + 1, len(lines(100))}}
	s.checkpoint("signatures-101", "one signature more than is read", lines(101)+own).refused("format", "tlog.limit")

	var long [][]byte
	for len(long) < 64 {
		long = append(long, steps...)
	}
	s.proof("hashes-64", "as many hashes as are read, and more than the tree allows", proofOf(at, long[:64], note(text, logKey))).refused("inclusion", "merkle.path-length")
	s.proof("hashes-65", "one hash more than is read", proofOf(at, long[:65], note(text, logKey))).refused("format", "tlog.limit")
}
