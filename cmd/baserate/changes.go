package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/baserate/baserate/analysis"
	"github.com/baserate/baserate/api"
)

// changes lists the changes behind a number.
type changes struct {
	database
	Format string   `enum:"text,json,csv" default:"text" help:"text, json as /api/v1/changes has it, or csv with all rows."`
	Limit  int      `default:"50" help:"How many, of text and json; 500 at most." placeholder:"N"`
	Filter []string `arg:"" optional:"" name:"key=value" help:"Parts of the filter as the address of the page has them, such as class=ai_agent outcome=mistake."`
}

// Validate asks for parts that have a key.
func (c *changes) Validate() error {
	for _, part := range c.Filter {
		if key, _, ok := strings.Cut(part, "="); !ok || key == "" {
			return fmt.Errorf("%q is no part of a filter, such as class=ai_agent", part)
		}
	}
	return nil
}

// Run prints the changes that match, newest first.
func (c *changes) Run(ctx context.Context) error {
	db, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	return c.print(ctx, db, os.Stdout)
}

func (c *changes) print(ctx context.Context, db *opened, w io.Writer) error {
	if c.Format == "csv" {
		return ask(ctx, db, "/api/v1/changes.csv?"+c.query(), w)
	}
	var body bytes.Buffer
	if err := ask(ctx, db, fmt.Sprintf("/api/v1/changes?limit=%d&%s", c.Limit, c.query()), &body); err != nil {
		return err
	}
	if c.Format == "json" {
		_, err := fmt.Fprintln(w, body.String())
		return err
	}
	var list api.ChangeList
	if err := json.Unmarshal(body.Bytes(), &list); err != nil {
		return err
	}
	return printChanges(w, list)
}

// query is the filter as a query string. What was copied from an address may come in one piece.
func (c *changes) query() string {
	var parts []string
	for _, text := range c.Filter {
		for part := range strings.SplitSeq(strings.TrimPrefix(text, "?"), "&") {
			key, value, _ := strings.Cut(part, "=")
			if plain, err := url.QueryUnescape(value); err == nil {
				value = plain
			}
			parts = append(parts, key+"="+url.QueryEscape(value))
		}
	}
	return strings.Join(parts, "&")
}

// printChanges writes a page of the list for a terminal.
func printChanges(w io.Writer, list api.ChangeList) error {
	fmt.Fprintf(w, "%s\n\n", list.Sentence)
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "landed\tchange\tauthor class\treview\tpermission\tlines\tmistake\ttitle")
	for _, item := range list.Items {
		lines := "–"
		if item.SizeLines != nil {
			lines = analysis.Count(uint64(*item.SizeLines))
		}
		mistake := ""
		if item.Mistake {
			mistake = "yes"
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", item.LandedAt.UTC().Format(time.DateOnly), short(item), item.AuthorClass, item.ReviewState,
			item.Permission, lines, mistake, plainText(item.Title))
	}
	if err := table.Flush(); err != nil {
		return err
	}
	if list.Truncated {
		fmt.Fprintf(w, "\n%d of %s shown; --format csv has all\n", len(list.Items), analysis.Count(uint64(list.Total)))
	}
	return nil
}

// short names a change by its repository and the beginning of its commit, or its pull request.
func short(c api.Change) string {
	if c.PrNumber != nil {
		return fmt.Sprintf("%s#%d", c.Repo, *c.PrNumber)
	}
	return c.Repo + "@" + c.Sha[:min(10, len(c.Sha))]
}

// plainText is a title on one line of a terminal, which must not be steered by it.
func plainText(title string) string {
	const longest = 60
	runes := []rune(strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 {
			return ' '
		}
		return r
	}, title))
	if len(runes) > longest {
		return string(runes[:longest-1]) + "…"
	}
	return string(runes)
}
