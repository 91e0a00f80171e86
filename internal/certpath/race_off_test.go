//go:build !race

package certpath

const raceEnabled = false
