//go:build !race

package testvec

const race = false
