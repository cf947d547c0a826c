// Package api serves the answers, and the rows behind them, over HTTP.
//
// openapi.yaml is the contract. The types and the parameters in openapi.gen.go are generated from it, requests are
// checked against it before a handler sees them, and the page's client is generated from the same file. A handler
// decodes, asks the store or the ledger, and encodes; routes.go has every route on one screen. What goes wrong is
// answered as a problem (RFC 9457) from the one table in kinds.go.
//
// This package alone knows the web framework: nothing of it is in an exported signature that people wrote.
package api

//go:generate go tool -modfile=../tools/go.mod oapi-codegen -config oapi-codegen.yaml openapi.yaml
