package verify

import (
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

func TestLazyReader(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a")
	if err := os.WriteFile(name, []byte("content"), 0o600); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	opens := 0
	open := openerAt(name, info)
	l := &lazyReader{open: func() (RandomAccess, error) { opens++; return open() }}
	read := func() (string, error) {
		b := make([]byte, 4)
		n, err := l.ReadAt(b, 3)
		return string(b[:n]), err
	}
	if err := l.Close(); err != nil || opens != 0 {
		t.Errorf("opened %d times before it was read, %v", opens, err)
	}
	for i := range 3 {
		for range 2 {
			if got, err := read(); got != "tent" || err != nil {
				t.Fatal(got, err)
			}
		}
		if err := l.Close(); err != nil || opens != i+1 {
			t.Errorf("opened %d times, %v", opens, err)
		}
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 100 {
				if got, err := read(); got != "tent" || err != nil {
					t.Error(got, err)
				}
				l.Close()
			}
		})
	}
	wg.Wait()

	if _, err := read(); err != nil {
		t.Fatal(err)
	}
	later := time.Now().Add(time.Hour)
	if err := os.Chtimes(name, later, later); err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); !errors.Is(err, errChanged) {
		t.Errorf("changed while it was open: %v", err)
	}
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
	if _, err := read(); err == nil {
		t.Error("read a file that is gone")
	}
}
