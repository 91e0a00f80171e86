module github.com/exhibit-dev/exhibit/oracles

go 1.26.0

replace github.com/exhibit-dev/exhibit => ../

require (
	github.com/exhibit-dev/exhibit v0.0.0
	github.com/transparency-dev/merkle v0.0.2
	golang.org/x/mod v0.42.0
)

require (
	golang.org/x/crypto v0.58.0 // indirect
	golang.org/x/sys v0.49.0 // indirect
)
