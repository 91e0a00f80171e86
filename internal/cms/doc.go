// Package cms reads the SignedData of RFC 5652: strictly where something is signed,
// in BER where the standard allows it. It hashes signed attributes from the bytes as
// they stand, and reads the attributes that evidence depends on: content-type,
// message-digest, signing-certificate (v1 and v2) and algorithm protection.
//
// Reading trusts nothing: certificates come out as raw bytes, and which of them
// signed is for the caller to prove.
package cms

import "errors"

// The errors of this package, for errors.Is.
var (
	// ErrMalformed: the structure breaks RFC 5652 or RFC 5035.
	ErrMalformed = errors.New("malformed CMS")
	// ErrLimit: sound as far as it was read, but more than this package takes in.
	ErrLimit = errors.New("limit of this program exceeded")
)
