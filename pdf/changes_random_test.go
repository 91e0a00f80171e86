package pdf

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
)

// step is one random change.
type step struct{ object, kind, choice, other byte }

var (
	aRef    = regexp.MustCompile(`\d+ 0 R`)
	aNumber = regexp.MustCompile(`\d+`)
	aKey    = regexp.MustCompile(`/[A-Za-z]+`)
)

// entries are added to dictionaries at random.
var entries = []string{"/DSS<</Certs[4 0 R 40 0 R]>>", "/Contents 26 0 R", "/V 41 0 R", "/AP<</N 26 0 R>>", "/Annots[15 0 R 40 0 R]", "/Kids[40 0 R]",
	"/Fields[40 0 R]", "/Resources 19 0 R", "/Font 40 0 R", "/Metadata 4 0 R", "/Extensions 12 0 R", "/AcroForm 40 0 R", "/Length 40 0 R", "/OC 21 0 R",
	"/Type/Page", "/Type/Annot", "/Type/Catalog", "/Subtype/Widget", "/FT/Sig", "/T(x)", "/P 3 0 R", "/Parent 40 0 R", "/DR 12 0 R", "/XObject<</I 26 0 R>>",
	"/Names 40 0 R", "/Filter/ASCIIHexDecode", "/MediaBox[0 0 1 1]", "/Odd 40 0 R", "/Rect[0 0 300 200]", "/SigFlags 3", "/Ff 1", "/F 4", "/Pages 40 0 R"}

// bodies are those of objects that are added.
var bodies = []string{"null", "1", "[4 0 R]", "[40 0 R 41 0 R]", "<<>>", sigValue, newField, "<</Type/Page /Parent 2 0 R /Contents 26 0 R>>",
	"<</Length 3>>\nstream\nxyz\nendstream", "<</Type/Font>>", "<</FT/Tx /T(y) /V(z)>>", "<</Type/Annot /Subtype/FreeText /Rect[0 0 9 9]>>", "<</N 41 0 R>>"}

// random applies steps to the objects of signedDocument and returns what changed.
func random(steps []step) []part {
	objects := map[int]string{}
	for _, p := range signedParts() {
		objects[p.number] = p.body
	}
	changed := map[int]bool{}
	for _, s := range steps {
		n := 1 + int(s.object)%43
		body := objects[n]
		if body == "" {
			n, body = 40+int(s.object)%4, bodies[int(s.choice)%len(bodies)]
		}
		other := 1 + int(s.other)%43
		head, data, stream := strings.Cut(body, "\nstream")
		replace := func(re *regexp.Regexp, with string) {
			if at := re.FindAllStringIndex(head, -1); len(at) > 0 {
				x := at[int(s.choice)%len(at)]
				head = head[:x[0]] + with + head[x[1]:]
			}
		}
		switch s.kind % 8 {
		case 0:
			replace(aRef, fmt.Sprintf("%d 0 R", other))
		case 1:
			replace(aNumber, fmt.Sprint(s.other%60))
		case 2:
			replace(aKey, aKey.FindString(entries[int(s.other)%len(entries)]))
		case 3, 4:
			head = strings.Replace(head, "<<", "<<"+entries[int(s.other)%len(entries)]+" ", 1)
		case 5:
			body, stream = objects[other], false
			head = body
		case 6:
			body, stream = bodies[int(s.other)%len(bodies)], false
			head = body
		case 7:
			data = strings.Replace(data, "1", "2", 1)
		}
		if stream {
			head += "\nstream" + data
		}
		if head != "" {
			objects[n], changed[n] = head, true
		}
	}
	var out []part
	for _, n := range sortedKeys(changed) {
		out = append(out, obj(n, objects[n]))
	}
	return out
}

// TestRandom changes the document at random, alone and together with a signature, in
// one revision and in two, also where it was prepared before it was signed.
func TestRandom(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	steps := func(most int) []step {
		out := make([]step, 1+rng.IntN(most))
		for i := range out {
			n := rng.Uint32()
			out[i] = step{byte(n), byte(n >> 8), byte(n >> 16), byte(n >> 24)}
		}
		return out
	}
	rounds, harmless := 6000, 0
	if testing.Short() {
		rounds = 1000
	}
	for range rounds {
		doc := signedDocument
		if rng.IntN(2) == 0 {
			doc = prepared(random(steps(3))...)
		}
		d := doc.clone()
		for range 1 + rng.IntN(2) {
			parts := random(steps(2))
			switch rng.IntN(4) {
			case 0:
				parts = append(parts, newSignature(sigValue)...)
			case 1:
				parts = append(parts, was(10, "/P 3 0 R", "/P 3 0 R /V 50 0 R"), obj(50, sigValue))
			}
			d.update(append(parts, keepInfo)...)
		}
		if sameAfter(t, d.Bytes(), uint8(rng.IntN(2)*2)) {
			harmless++
		}
	}
	t.Logf("%d of %d were permitted", harmless, rounds)
	if harmless < rounds/50 {
		t.Errorf("only %d of %d were permitted: nothing was tested", harmless, rounds)
	}
}
