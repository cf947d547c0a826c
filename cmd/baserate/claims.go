package main

import (
	"context"
	"encoding/json"
	"os"

	"github.com/baserate/baserate/analysis"
	"github.com/baserate/baserate/api"
	"github.com/baserate/baserate/derive"
)

// claims answers the claims of the ledger.
type claims struct {
	database
	Format string `enum:"text,json" default:"text" help:"text, or json as /api/v1/claims has it."`
}

// Run prints every claim with its answer, in the order of the ledger.
func (c *claims) Run(ctx context.Context) error {
	db, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	answered, err := analysis.New(db.Store).Claims(ctx)
	if err != nil {
		return err
	}
	coverage, err := db.Coverage(ctx)
	if err != nil {
		return err
	}
	list := api.EncodeClaims(answered, coverage.DataTo, derive.Definitions)
	if c.Format == "json" {
		encoder := json.NewEncoder(os.Stdout)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", "  ")
		return encoder.Encode(list)
	}
	return printClaims(os.Stdout, list)
}
