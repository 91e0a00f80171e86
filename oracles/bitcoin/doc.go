// Package bitcoin compares what this project computes of block headers with what btcd
// does: targets, work, retargets, median times and the checks of a header.
package bitcoin
