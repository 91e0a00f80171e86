//go:build race

package certpath

const raceEnabled = true
