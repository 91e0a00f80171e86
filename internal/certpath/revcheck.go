package certpath

import (
	"errors"
	"io/fs"
	"time"

	"github.com/exhibit-dev/exhibit/internal/sigalg"
)

// errBudget ends the checking of one query.
var errBudget = errors.New("too much work for one query")

func (s *survey) spend(units int) bool {
	s.left -= units
	return s.left >= 0
}

// check runs a signature check under the signer's key, or recalls it. It is paid
// for either way, so that the cache changes no answer.
func (s *survey) check(k dataSignature, signer *Certificate, verify func(*sigalg.Key) error) error {
	if !s.spend(cost(signer)) {
		return errBudget
	}
	key, err := signer.Key()
	if err != nil {
		return err
	}
	return s.q.Cache.signature(k, signer, func() error { return verify(key) })
}

func (s *survey) trusted(c *Certificate, at time.Time) bool {
	return s.q.Trusted != nil && s.spend(trustCost) && s.q.Trusted(c, at)
}

// reading puts an error in words without the path of a file, which does not belong
// in a report.
func reading(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	return err.Error()
}
