package dir

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"math"
	"path"
	"slices"
	"strings"

	"github.com/exhibit-dev/exhibit/bitcoin"
	"github.com/exhibit-dev/exhibit/internal/jsonstrict"
)

const (
	checkpointsName = "checkpoints.json"
	headersEnding   = ".bin"
)

// bitcoinFile notes a file of bitcoin/. Headers are placed by the checkpoints, which are
// known once all names are.
func (l *loader) bitcoinFile(name string) error {
	l.chain = append(l.chain, name)
	return nil
}

// bitcoin reads bitcoin/: the checkpoints, then what they commit to.
func (l *loader) bitcoin() {
	points := l.checkpoints()
	used := make(map[string]bool) // files that tell the place of another
	var runs []*bitcoin.Run
	for _, name := range l.chain {
		var run *bitcoin.Run
		var err error
		switch strings.ToLower(path.Ext(name)) {
		case headersEnding:
			run, err = l.headers(name, points, used)
		case bitcoin.PackExtension:
			run, err = l.pack(name, points)
		default:
			continue
		}
		if err != nil {
			l.fail(name, err)
			continue
		}
		runs = append(runs, run)
	}
	for _, name := range l.chain {
		switch ext := strings.ToLower(path.Ext(name)); {
		case ext == headersEnding, ext == bitcoin.PackExtension, path.Base(name) == checkpointsName, used[name]:
		default:
			l.note(name, "bitcoin/ holds "+checkpointsName+", *"+headersEnding+" and *"+bitcoin.PackExtension)
		}
	}
	l.t.Bitcoin, l.t.Headers = bitcoin.NewChain(points, runs...), runs
}

// checkpoints returns the list that applies. One that is there and cannot be used must
// not bring back the built-in list, which its owner may have replaced: then none counts.
func (l *loader) checkpoints() *bitcoin.Checkpoints {
	var lists []string
	for _, name := range l.chain {
		if path.Base(name) == checkpointsName {
			lists = append(lists, name)
		}
	}
	switch {
	case len(lists) == 1:
		points, sum, err := l.checkpointList(lists[0])
		if err == nil {
			l.take(lists[0], UseBitcoin, sum)
			return points
		}
		l.fail(lists[0], fmt.Errorf("%w; no checkpoint counts", err))
	case len(lists) > 1:
		for _, name := range lists {
			l.fail(name, errors.New("there is more than one "+checkpointsName+"; no checkpoint counts"))
		}
	case l.unusableCheckpoints() == "":
		return bitcoin.Builtin()
	default:
		l.note(UseBitcoin, l.unusableCheckpoints()+" cannot be used, so no checkpoint counts")
	}
	return bitcoin.NoCheckpoints()
}

// unusableCheckpoints returns a list that was met and not taken.
func (l *loader) unusableCheckpoints() string {
	for _, folder := range slices.Sorted(maps.Keys(l.lists)) {
		if folder == UseBitcoin || strings.HasPrefix(folder, UseBitcoin+"/") {
			return l.lists[folder]
		}
	}
	return l.unusableList(UseBitcoin)
}

func (l *loader) checkpointList(name string) (*bitcoin.Checkpoints, [sha256.Size]byte, error) {
	b, err := l.readWhole(name, maxCheckpointsFile)
	if err != nil {
		return nil, [sha256.Size]byte{}, err
	}
	points, err := bitcoin.ParseCheckpoints(b, bitcoin.Builtin(), name)
	return points, sha256.Sum256(b), err
}

func (l *loader) pack(name string, points *bitcoin.Checkpoints) (*bitcoin.Run, error) {
	b, err := l.readWhole(name, maxPackFile)
	if err != nil {
		return nil, err
	}
	pack, err := bitcoin.ParsePack(b)
	if err != nil {
		return nil, err
	}
	run, err := pack.Run(points, name)
	if err == nil {
		l.take(name, UseBitcoin, sha256.Sum256(b))
	}
	return run, err
}

// headers takes a file of raw headers, which is read as a stream and never held.
func (l *loader) headers(name string, points *bitcoin.Checkpoints, used map[string]bool) (*bitcoin.Run, error) {
	first, err := l.place(name, used)
	if err != nil {
		return nil, err
	}
	f, err := l.steady(name)
	if err != nil {
		return nil, err
	}
	h := sha256.New()
	run, err := bitcoin.Scan(context.Background(), f, f.size, bitcoin.ScanOptions{
		Name: name, Hash: h, First: first, Checkpoints: points,
	})
	if err == nil {
		l.take(name, UseBitcoin, [sha256.Size]byte(h.Sum(nil)))
	}
	return run, err
}

// place returns the height of the first header, as the name of the file or the note
// beside it states; nil where neither does.
func (l *loader) place(name string, used map[string]bool) (*uint32, error) {
	size, err := l.size(name)
	if err != nil {
		return nil, err
	}
	named, err := bitcoin.FirstHeightOf(path.Base(name), size)
	note := strings.TrimSuffix(name, path.Ext(name)) + ".json"
	if err != nil || !slices.Contains(l.chain, note) || path.Base(note) == checkpointsName {
		return named, err
	}
	used[note] = true
	first, err := l.stated(note)
	if err == nil && named != nil && *named != first {
		err = fmt.Errorf("%s and the name state different heights", note)
	}
	return &first, err
}

// stated reads the note that says where headers begin: {"first_height": N}.
func (l *loader) stated(note string) (uint32, error) {
	b, err := l.readWhole(note, maxNoteFile)
	if err != nil {
		return 0, err
	}
	v, err := jsonstrict.Parse(b)
	if err == nil {
		err = v.Only("first_height")
	}
	var first uint64
	if err == nil {
		first, err = v.Get("first_height").Uint64()
	}
	if err == nil && first > math.MaxUint32 {
		err = errors.New("no block has this height")
	}
	if err != nil {
		return 0, fmt.Errorf("%s: %w", note, err)
	}
	l.take(note, UseBitcoin, sha256.Sum256(b))
	return uint32(first), nil
}
