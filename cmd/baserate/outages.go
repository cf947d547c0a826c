package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"text/tabwriter"

	"github.com/baserate/baserate/analysis"
	"github.com/baserate/baserate/api"
)

// outages lists outages with the change that each comes from.
type outages struct {
	database
	Format string   `enum:"text,json,csv" default:"text" help:"text, json as /api/v1/figures/outages has it, or csv with all rows."`
	Limit  int      `default:"50" help:"How many, of text and json; 1000 at most." placeholder:"N"`
	Filter []string `arg:"" optional:"" name:"key=value" help:"Parts of the scope as the address of the page has them, such as range=12w class=ai_agent severity=1,2."`
}

// Validate asks for parts that have a key.
func (c *outages) Validate() error { return (&changes{Filter: c.Filter}).Validate() }

// Run prints the outages of the scope, newest first.
func (c *outages) Run(ctx context.Context) error {
	db, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	return c.print(ctx, db, os.Stdout)
}

func (c *outages) print(ctx context.Context, db *opened, w io.Writer) error {
	query := (&changes{Filter: c.Filter}).query()
	if c.Format == "csv" {
		return ask(ctx, db, "/api/v1/figures/outages/csv?"+query, w)
	}
	var body bytes.Buffer
	if err := ask(ctx, db, fmt.Sprintf("/api/v1/figures/outages?limit=%d&%s", c.Limit, query), &body); err != nil {
		return err
	}
	if c.Format == "json" {
		_, err := fmt.Fprintln(w, body.String())
		return err
	}
	var figure api.Figure
	if err := json.Unmarshal(body.Bytes(), &figure); err != nil {
		return err
	}
	return printOutages(w, figure)
}

// printOutages writes the newest outages for a terminal.
func printOutages(w io.Writer, figure api.Figure) error {
	noun := "outages"
	if figure.Total == 1 {
		noun = "outage"
	}
	fmt.Fprintf(w, "%s %s\n\n", analysis.Count(uint64(figure.Total)), noun)
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "began\toutage\tseverity\tminutes\tcause\tauthor class\treview\tpermission\tlink\ttitle")
	for _, row := range figure.Items {
		v := row.Values
		link := cellText(v["method"])
		if v["probable"] == true {
			link += "?"
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", cellText(v["began"]), cellText(v["id"]), cellText(v["severity"]), cellText(v["minutes"]),
			cellText(v["cause"]), cellText(v["class"]), cellText(v["review_state"]), cellText(v["permission"]), link, plainText(cellText(v["title"])))
	}
	if err := table.Flush(); err != nil {
		return err
	}
	if figure.Truncated {
		fmt.Fprintf(w, "\n%d of %s shown; --format csv has all\n", len(figure.Items), analysis.Count(uint64(figure.Total)))
	}
	return nil
}

// cellText is a cell for a terminal, a dash for what is not known.
func cellText(cell any) string {
	switch v := cell.(type) {
	case nil:
		return "–"
	case float64:
		return fmt.Sprintf("%.0f", v)
	}
	return fmt.Sprint(cell)
}
