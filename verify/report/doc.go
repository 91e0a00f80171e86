// Package report writes the answer of package verify: as JSON by the contract
// exhibit.report/v1, as text for people, and in one line a subject for scripts.
//
// All three say the same. What comes from evidence or from file names is cleaned
// before it is printed as text, so that it cannot steer a terminal; JSON carries it
// exactly, with every character that does not print written as an escape.
package report
