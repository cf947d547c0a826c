package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/baserate/baserate/analysis"
	"github.com/baserate/baserate/api"
	"github.com/baserate/baserate/derive"
)

// claims answers the claims of the ledger.
type claims struct {
	database
	AsOf   string `name:"as-of" help:"As they were answered in the newest week that began on this day or before." placeholder:"DATE"`
	Format string `enum:"text,json,csv" default:"text" help:"text, json as /api/v1/claims has it, or csv as /api/v1/claims.csv."`
	ID     string `arg:"" optional:"" name:"id" help:"Only this claim."`
}

// Validate asks for a claim and a day that there are.
func (c *claims) Validate() error {
	if _, err := time.Parse(time.DateOnly, c.AsOf); c.AsOf != "" && err != nil {
		return fmt.Errorf("--as-of %q is no date such as 2026-10-04", c.AsOf)
	}
	definitions, err := analysis.Definitions()
	if err != nil || c.ID == "" {
		return err
	}
	var ids []string
	for _, d := range definitions {
		ids = append(ids, d.ID)
	}
	if !slices.Contains(ids, c.ID) {
		return fmt.Errorf("claim %q is none of: %s", c.ID, strings.Join(ids, ", "))
	}
	return nil
}

// Run prints every claim with its answer, in the order of the ledger, or the one that was asked for.
func (c *claims) Run(ctx context.Context) error {
	db, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	list, err := c.answers(ctx, db)
	if err != nil {
		return err
	}
	if c.AsOf != "" && c.ID != "" {
		list.Claims = slices.DeleteFunc(list.Claims, func(claim api.Claim) bool { return claim.ID != c.ID })
	}
	return c.print(os.Stdout, list)
}

func (c *claims) answers(ctx context.Context, db *opened) (api.ClaimList, error) {
	ledger, simulation, err := ledgerOf(ctx, db.Store)
	if err != nil {
		return api.ClaimList{}, err
	}
	about := api.Context{Definitions: derive.Definitions, Simulation: simulation}
	if c.AsOf != "" {
		day, err := time.Parse(time.DateOnly, c.AsOf)
		if err != nil {
			return api.ClaimList{}, err
		}
		recorded, err := ledger.AsOf(ctx, day)
		if err != nil {
			return api.ClaimList{}, err
		}
		return api.DecodeRecorded(recorded, day, about)
	}
	answered, err := c.answer(ctx, ledger)
	if err != nil {
		return api.ClaimList{}, err
	}
	coverage, err := db.Coverage(ctx)
	if err != nil {
		return api.ClaimList{}, err
	}
	about.DataTo = coverage.DataTo
	return api.EncodeClaims(answered, about)
}

// answer asks for one claim where one is wanted: the others may cost more.
func (c *claims) answer(ctx context.Context, ledger *analysis.Ledger) ([]analysis.Claim, error) {
	if c.ID == "" {
		return ledger.Claims(ctx)
	}
	claim, _, err := ledger.Claim(ctx, c.ID)
	return []analysis.Claim{claim}, err
}

func (c *claims) print(w io.Writer, list api.ClaimList) error {
	switch c.Format {
	case "text":
		return printClaims(w, list)
	case "csv":
		return csv.NewWriter(w).WriteAll(api.ClaimsTable(list))
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if c.ID != "" && len(list.Claims) == 1 {
		return encoder.Encode(list.Claims[0])
	}
	return encoder.Encode(list)
}
