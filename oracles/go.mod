module github.com/exhibit-dev/exhibit/oracles

go 1.26.0

replace github.com/exhibit-dev/exhibit => ../

require (
	github.com/exhibit-dev/exhibit v0.0.0
	github.com/transparency-dev/merkle v0.0.2
	golang.org/x/mod v0.42.0
)

require (
	github.com/ProtonMail/go-crypto v1.4.1 // indirect
	github.com/btcsuite/btcd/btcec/v2 v2.5.0 // indirect
	github.com/cloudflare/circl v1.6.4 // indirect
	github.com/decred/dcrd/dcrec/secp256k1/v4 v4.4.0 // indirect
	golang.org/x/crypto v0.58.0 // indirect
	golang.org/x/sys v0.49.0 // indirect
)
