package main

import (
	"context"
	"os"

	"github.com/baserate/baserate/store/result"
)

// sql asks the documented views.
type sql struct {
	database
	Format string `enum:"CSV,CSVWithNames,JSONEachRow,Pretty" default:"Pretty" help:"CSV, CSVWithNames, JSONEachRow or Pretty."`
	Query  string `arg:"" help:"One statement."`
}

// Run prints the rows of the query, which runs as the analysts' account with its rights and limits.
func (c *sql) Run(ctx context.Context) error {
	db, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	analyst, err := db.openAnalyst(ctx)
	if err != nil {
		return err
	}
	defer analyst.Close()
	rows, err := analyst.Rows(ctx, c.Query, nil)
	if err != nil {
		return err
	}
	_, err = result.Write(os.Stdout, rows, c.Format)
	return err
}
