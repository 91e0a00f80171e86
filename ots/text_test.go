package ots_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/exhibit-dev/exhibit/ots"
)

// An example of every element. The digests are what sha256sum prints for the bytes.
func everything(t testing.TB) *ots.Proof {
	return parse(t, detached(forked(
		unknown([]byte("\x1b]0;owned\x07")),
		pending("https://a.example"),
		cat(sha256Op, block(358391)),
		cat(appended([]byte{0xaa}), []byte{0xf3}, forked(
			pending(""),
			cat(prepended([]byte("tree ")), []byte{0xf2}, attested("06869a0d73d71b45", []byte{1}))),
		),
	)))
}

const everythingText = `sha256 d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1
fork into 4:
- unknown attestation: tag 0102030405060708, payload 1b5d303b6f776e656407
    commitment d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1
- pending: calendar https://a.example
    commitment d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1
- sha256 = 386435a7b3c19955717d9a6fd558895a25ad12ad03d73251d13d8fe66436486b
  bitcoin: block 358391
    merkle root 386435a7b3c19955717d9a6fd558895a25ad12ad03d73251d13d8fe66436486b in the header
    merkle root 6b483664e68f3dd15132d703ad12ad255a8958d56f9a7d715599c1b3a7356438 as explorers show it
- append aa = D1aa
  hexlify = HEX
  fork into 2:
  - pending: calendar (no address)
      commitment HEX
  - prepend 7472656520 = 7472656520HEX
    reverse = REV2065657274
    litecoin: block 1
      commitment REV2065657274
`

func TestText(t *testing.T) {
	p := everything(t)
	digits := strings.Repeat("d1", 32) + "aa"
	hexed := hex.EncodeToString([]byte(digits))
	reversed := []byte(digits)
	for i, j := 0, len(reversed)-1; i < j; i, j = i+1, j-1 {
		reversed[i], reversed[j] = reversed[j], reversed[i]
	}
	want := strings.NewReplacer("D1aa", digits, "HEX", hexed, "REV", hex.EncodeToString(reversed)).Replace(everythingText)
	if got := p.Text(true); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	var plain strings.Builder
	for line := range strings.Lines(want) {
		line, _, found := strings.Cut(line, " = ")
		if plain.WriteString(line); found {
			plain.WriteByte('\n')
		}
	}
	if got := p.Text(false); got != plain.String() {
		t.Errorf("%s\nwant\n%s", got, plain.String())
	}
}

// A straight way stays at the margin, however long; deep forks are numbered, not
// indented out of sight.
func TestTextIndent(t *testing.T) {
	straight := parseTree(t, cat(bytes.Repeat(sha256Op, 255), pending("a"))).Text(true)
	for line := range strings.Lines(straight) {
		if strings.HasPrefix(line, " ") && !strings.HasPrefix(line, "  commitment") {
			t.Fatalf("%q", line)
		}
	}
	comb := pending("a")
	for range 255 {
		comb = forked(pending("a"), cat(sha256Op, comb))
	}
	text := parseTree(t, comb).Text(false)
	widest := 0
	for line := range strings.Lines(text) {
		widest = max(widest, len(line)-len(strings.TrimLeft(line, " -")))
	}
	if widest != 2*ots.MaxIndent+2 {
		t.Errorf("indented by %d", widest)
	}
	for level, want := range map[int]bool{ots.MaxIndent: false, ots.MaxIndent + 1: true, 255: true} {
		if strings.Contains(text, fmt.Sprintf("fork into 2, level %d:", level)) != want {
			t.Errorf("the number of level %d: want %v", level, want)
		}
	}
}

// Results are shown as long as they fit; then their length is.
func TestShownLimit(t *testing.T) {
	element := func(i int) []byte {
		return cat(appended(append(make([]byte, 4096-32-2), byte(i>>8), byte(i))), sha256Op, pending("a"))
	}
	n := ots.MaxShown / (4096 + 32)
	var elements [][]byte
	for i := range n + 1 {
		elements = append(elements, element(i))
	}
	for extra := range 2 {
		steps := parseTree(t, forked(elements[:n+extra]...)).Tree(true)
		short := 0
		for _, way := range steps[0].Fork {
			if way[0].Result == "" {
				short++
				if way[0].Left != 4096 {
					t.Errorf("%d bytes are left out", way[0].Left)
				}
			}
		}
		if short != extra {
			t.Errorf("%d results are left out, want %d", short, extra)
		}
	}
}

// The text of any real proof is plain ASCII, and has a line for each operation.
func TestTextCorpus(t *testing.T) {
	entries, read := realFiles(t)
	for _, e := range entries {
		p, err := ots.Parse(read(e))
		if err != nil {
			continue
		}
		for _, values := range []bool{false, true} {
			text := p.Text(values)
			for _, c := range text {
				if (c < ' ' || c > '~') && c != '\n' {
					t.Fatalf("%s: %q", e.File, c)
				}
			}
			for _, a := range p.Claims().Attestations {
				if !strings.Contains(text, a.MerkleRoot+a.Commitment) || !strings.Contains(text, a.MerkleRootDisplay) || !strings.Contains(text, a.URI) {
					t.Errorf("%s: %+v is not in the text", e.File, a)
				}
			}
		}
	}
}

func TestTreeJSON(t *testing.T) {
	b, err := json.Marshal(everything(t).Tree(false))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`[{"fork":[[{"attestation":{"type":"unknown","commitment":"d1`, `"tag":"0102030405060708","payload":"1b5d`,
		`[{"op":"sha256"},{"attestation":{"type":"bitcoin","height":358391,"merkle_root":"3864`, `{"op":"append","argument":"aa"},{"op":"hexlify"},{"fork":[`,
	} {
		if !strings.Contains(string(b), want) {
			t.Errorf("no %s in %s", want, b)
		}
	}
}

func TestClaims(t *testing.T) {
	b, err := json.Marshal(parse(t, detached(forked(pending("https://a.example"), block(7), block(7)))).Claims())
	if err != nil {
		t.Fatal(err)
	}
	root := strings.Repeat("d1", 32)
	want := `{"file_digest":"sha256:` + root + `","form":"detached","attestations":[{"type":"pending","uri":"https://a.example","commitment":"` + root + `"},` +
		`{"type":"bitcoin","height":7,"merkle_root":"` + root + `","merkle_root_display":"` + root + `"},{"type":"bitcoin","height":7,"merkle_root":"` + root + `","merkle_root_display":"` + root + `"}],` +
		`"canonical":false,"findings":[{"code":"ots.not-canonical","text":"an element stands behind one that it should come before","offset":95},` +
		`{"code":"ots.duplicate-attestation","text":"an attestation stands twice at one message","offset":106}]}`
	if string(b) != want {
		t.Errorf("%s\nwant\n%s", b, want)
	}
}
