package dir

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/exhibit-dev/exhibit/trust"
)

const logsName = "logs.json"

// logKey notes a file of logs/. What it is good for is known once all names are.
func (l *loader) logKey(name string) error {
	l.logs = append(l.logs, name)
	return nil
}

// logKeys reads logs/. A quorum speaks for all logs, so there is one list or none; of
// two, neither counts and nothing beside them.
func (l *loader) logKeys() {
	var lists []string
	for _, name := range l.logs {
		if path.Base(name) == logsName {
			lists = append(lists, name)
		}
	}
	switch len(lists) {
	case 0:
		if bad := l.unusableLogs(); bad != "" {
			for _, name := range l.logs {
				l.note(name, bad+" cannot be used, so no key of logs/ counts")
			}
			return
		}
		l.unlistedLogs()
	case 1:
		l.listedLogs(lists[0])
	default:
		for _, name := range lists {
			l.fail(name, errors.New("there is more than one logs.json; none of them counts, and no key of logs/"))
		}
	}
}

// unusableLogs returns a list anywhere in logs/ that was met and not taken: its
// quorum is not known.
func (l *loader) unusableLogs() string {
	for _, folder := range slices.Sorted(maps.Keys(l.lists)) {
		if folder == UseLogs || strings.HasPrefix(folder, UseLogs+"/") {
			return l.lists[folder]
		}
	}
	return l.unusableList(UseLogs)
}

// listedLogs takes the keys that logs.json names, and nothing beside them.
func (l *loader) listedLogs(list string) {
	b, err := l.readWhole(list, maxLogsFile)
	if err != nil {
		l.fail(list, err)
		return
	}
	folder := path.Dir(list)
	named := map[string]bool{list: true}
	sums := make(map[string][sha256.Size]byte)
	logs, bad, err := trust.ParseLogs(b, func(file string) ([]byte, error) {
		name := path.Join(folder, file)
		named[name] = true
		if !slices.Contains(l.logs, name) {
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
	l.take(list, UseLogs, sha256.Sum256(b))
	for i := range logs.Keys {
		l.placeLog(&logs.Keys[i], folder, list, sums)
	}
	l.t.Logs = logs
	for _, name := range l.logs {
		if !named[name] {
			l.note(name, "no entry of "+list+" names it")
		}
	}
}

// placeLog says which file a listed key is from, and takes that file.
func (l *loader) placeLog(k *trust.LogKey, folder, list string, sums map[string][sha256.Size]byte) {
	if k.Origin == "" {
		k.Origin = list
		return
	}
	k.Origin = path.Join(folder, k.Origin)
	if sum, ok := sums[k.Origin]; ok {
		l.take(k.Origin, UseLogs, sum)
		delete(sums, k.Origin)
	}
}

// unlistedLogs takes every *.vkey in the role that its type usually has, and asks for
// no witness.
func (l *loader) unlistedLogs() {
	from := make(map[string]string)
	for _, name := range l.logs {
		if strings.ToLower(path.Ext(name)) != ".vkey" {
			l.note(name, "without a logs.json that names it, only a *.vkey counts")
		} else if err := l.unlistedLog(name, from); err != nil {
			l.fail(name, err)
		}
	}
}

// unlistedLog takes one file; from holds the keys that others gave.
func (l *loader) unlistedLog(name string, from map[string]string) error {
	b, err := l.readWhole(name, maxKeyFile)
	if err != nil {
		return err
	}
	k, err := trust.ParseVKey(b, "", name)
	if err != nil {
		return err
	}
	first, twice := from[k.String()]
	if twice && !l.sameLog(&k, first) {
		return fmt.Errorf("another key %s stands in %s already", k.String(), first)
	}
	l.take(name, UseLogs, sha256.Sum256(b))
	if twice {
		l.t.Duplicates = append(l.t.Duplicates, Duplicate{Origin: name, First: first, Use: UseLogs})
		return nil
	}
	from[k.String()] = name
	l.t.Logs.Keys = append(l.t.Logs.Keys, k)
	return nil
}

// sameLog reports whether the key that was taken from the file is this one.
func (l *loader) sameLog(k *trust.LogKey, file string) bool {
	return slices.ContainsFunc(l.t.Logs.Keys, func(o trust.LogKey) bool {
		return o.Origin == file && o.Type == k.Type && o.SHA256() == k.SHA256()
	})
}
