package certpath

import (
	"errors"
	"io/fs"

	"github.com/exhibit-dev/exhibit/internal/sigalg"
)

// errBudget ends the checking of one query.
var errBudget = errors.New("too much work for one query")

func (s *survey) spend(units int) bool {
	s.left -= units
	return s.left >= 0
}

// readUnit is how many bytes are hashed, or copied, for a unit of the budget.
const readUnit = 64 << 10

// check runs a signature check under the signer's key, or recalls it. It is paid
// for either way, so that the cache changes no answer.
// size is of the message, if the check reads it.
func (s *survey) check(k dataSignature, signer *Certificate, size int, verify func(*sigalg.Key) error) error {
	if !s.spend(cost(signer) + size/readUnit) {
		return errBudget
	}
	key, err := signer.Key()
	if err != nil {
		return err
	}
	return s.q.Cache.signature(k, signer, func() error { return verify(key) })
}

// weakness says why data that are signed with the digest under the signer's key do
// not count, "" when they do. What the cache remembers does not depend on it.
func (s *survey) weakness(digest string, signer *Certificate) string {
	if s.q.Acceptable == nil {
		return ""
	}
	key, err := signer.Key()
	if err != nil {
		return reading(err)
	}
	if ok, why := s.q.Acceptable(digest, key.Kind, key.Bits); !ok {
		return "signed with " + digest + ": " + why
	}
	return ""
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
