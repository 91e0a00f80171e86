//go:build !race

package tlog_test

const raceDetector = false
