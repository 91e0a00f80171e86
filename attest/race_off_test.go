//go:build !race

package attest_test

const raceDetector = false
