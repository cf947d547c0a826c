// Package analysis answers the claims: public sentences that can be tested on the collected data.
//
// claims.yaml is the ledger of claims, fixed before the data are seen: sentence, outcome, margin, strata, version. For
// each, cells are asked of the store, estimated by package stats, passed through the gates and put into words. The words
// are made here, once, so that the page, the command line and the API never differ.
package analysis

//go:generate go test ./claimsdoc -run TestPageIsCurrent -update
