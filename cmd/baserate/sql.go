package main

import (
	"cmp"
	"context"
	"os"

	"github.com/baserate/baserate/store/result"
)

// sql asks the documented views.
type sql struct {
	database
	Format string `enum:"text,json,csv,CSV,CSVWithNames,JSONEachRow,Pretty" default:"text" help:"text, json (an object a line) or csv; ClickHouse's names Pretty, JSONEachRow, CSVWithNames and CSV do as well."`
	Query  string `arg:"" help:"One statement."`
}

// formats are the database's names of ours.
var formats = map[string]string{"text": "Pretty", "json": "JSONEachRow", "csv": "CSVWithNames"}

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
	_, err = result.Write(os.Stdout, rows, cmp.Or(formats[c.Format], c.Format))
	return err
}
