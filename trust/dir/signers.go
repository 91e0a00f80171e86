package dir

import (
	"crypto/sha256"
	"fmt"
	"path"
	"slices"

	"github.com/exhibit-dev/exhibit/trust"
)

const signersName = "signers.json"

// signer notes a file of signers/. What it is good for is known once all names of
// its folder are.
func (l *loader) signer(name string) error {
	folder := path.Dir(name)
	l.keys[folder] = append(l.keys[folder], name)
	return nil
}

// signers reads the folders of signers/, in the order of their names.
func (l *loader) signers() {
	folders := make([]string, 0, len(l.keys))
	for f := range l.keys {
		folders = append(folders, f)
	}
	slices.Sort(folders)
	ids := make(map[string]string)
	for _, f := range folders {
		if list := path.Join(f, signersName); slices.Contains(l.keys[f], list) {
			l.listed(f, list, ids)
		} else if above := l.listAbove(f); above != "" {
			for _, name := range l.keys[f] {
				l.note(name, above+" does not speak for this folder")
			}
		} else if bad := l.unusableList(f); bad != "" {
			for _, name := range l.keys[f] {
				l.note(name, bad+" cannot be used, so no key here counts")
			}
		} else {
			l.unlisted(l.keys[f], ids)
		}
	}
}

// unusableList returns a list that stands in the folder or above it and was not
// taken: a directory, a link to nowhere, a name in other letters, or one beyond the
// limit of files. Whoever wrote it said how its keys sign and until when.
func (l *loader) unusableList(f string) string {
	for ; f != "."; f = path.Dir(f) {
		if list := l.lists[f]; list != "" {
			return list
		}
	}
	if l.files > maxFiles {
		return "the list, if there is one beyond the limit of files,"
	}
	return ""
}

// listAbove returns the signers.json of the nearest folder above f. Where there is
// one, its owner lists what is trusted: a key moved into a folder is not.
func (l *loader) listAbove(f string) string {
	for f = path.Dir(f); f != "."; f = path.Dir(f) {
		if list := path.Join(f, signersName); slices.Contains(l.keys[f], list) {
			return list
		}
	}
	return ""
}

// listed takes the keys that signers.json names, and nothing beside them: a key that
// was taken out of the list must not come back by lying there.
func (l *loader) listed(folder, list string, ids map[string]string) {
	b, err := l.readWhole(list, maxSignersFile)
	if err != nil {
		l.fail(list, err)
		return
	}
	named := map[string]bool{list: true}
	sums := make(map[string][sha256.Size]byte)
	keys, bad, err := trust.ParseSigners(b, func(file string) ([]byte, error) {
		name := path.Join(folder, file)
		named[name] = true
		if !slices.Contains(l.keys[folder], name) {
			return nil, fmt.Errorf("no file %q beside it", file)
		}
		data, err := l.readWhole(name, maxKeyFile)
		sums[name] = sha256.Sum256(data)
		return data, err
	})
	if err != nil {
		l.fail(list, err)
		return
	}
	for _, e := range bad {
		l.fail(list, e)
	}
	l.take(list, UseSigners, sha256.Sum256(b))
	for _, k := range keys {
		if first, twice := ids[k.ID]; twice {
			l.fail(list, fmt.Errorf("key id %q stands in %s already; this one is left out", k.ID, first))
			continue
		}
		ids[k.ID] = list
		l.addKey(k, folder, list, sums)
	}
	for _, name := range l.keys[folder] {
		if !named[name] {
			l.note(name, "no entry of "+list+" names it")
		}
	}
}

func (l *loader) addKey(k trust.Key, folder, list string, sums map[string][sha256.Size]byte) {
	if k.Origin == "" {
		k.Origin = list
	} else {
		k.Origin = path.Join(folder, k.Origin)
		if sum, ok := sums[k.Origin]; ok {
			l.take(k.Origin, UseSigners, sum)
			delete(sums, k.Origin)
		}
	}
	l.t.Keys = append(l.t.Keys, k)
}

// unlisted takes the key files of a folder without signers.json as they would be
// taken from the command line.
func (l *loader) unlisted(names []string, ids map[string]string) {
	for _, name := range names {
		b, err := l.readWhole(name, maxKeyFile)
		if err != nil {
			l.fail(name, err)
			continue
		}
		k, err := trust.ParseKey(b, name)
		if first, twice := ids[k.ID]; err == nil && twice && k.ID != "" {
			err = fmt.Errorf("key id %q stands in %s already", k.ID, first)
		}
		if err != nil {
			l.fail(name, err)
			continue
		}
		ids[k.ID] = name
		l.take(name, UseSigners, sha256.Sum256(b))
		l.t.Keys = append(l.t.Keys, k)
	}
}
