package workbench

import (
	"context"

	"github.com/baserate/baserate/store"
)

// Table is a view of the analysts' database.
type Table struct {
	Name    string        `ch:"name"`
	Comment string        `ch:"comment"`
	Columns []TableColumn `ch:"columns"`
}

// TableColumn is a column of it, with what it means.
type TableColumn struct {
	Name    string `ch:"name"`
	Type    string `ch:"type"`
	Comment string `ch:"comment"`
}

// Schema returns the views and what they say of themselves, by name.
func (d *Desk) Schema(ctx context.Context) ([]Table, error) {
	columns, err := read[struct {
		Table        string `ch:"table"`
		TableComment string `ch:"table_comment"`
		TableColumn
	}](ctx, d.app, "schema", store.Params{"database": store.Views})
	if err != nil {
		return nil, err
	}
	var tables []Table
	for _, c := range columns {
		if n := len(tables); n == 0 || tables[n-1].Name != c.Table {
			tables = append(tables, Table{Name: c.Table, Comment: c.TableComment})
		}
		last := &tables[len(tables)-1]
		last.Columns = append(last.Columns, c.TableColumn)
	}
	return tables, nil
}

// Function of the database's SQL.
type Function struct {
	Name        string `ch:"name"`
	Aggregate   bool   `ch:"aggregate"`
	Syntax      string `ch:"syntax"`
	Description string `ch:"description"`
}

// Vocabulary is what an editor can colour and complete, of the very version that answers.
type Vocabulary struct {
	Functions       []Function
	Keywords, Types []string
}

// Vocabulary returns the words of the database's SQL, each list by name.
func (d *Desk) Vocabulary(ctx context.Context) (v Vocabulary, err error) {
	type word struct {
		Word string `ch:"word"`
	}
	if v.Functions, err = read[Function](ctx, d.app, "functions", nil); err != nil {
		return v, err
	}
	keywords, err := read[word](ctx, d.app, "keywords", nil)
	if err != nil {
		return v, err
	}
	types, err := read[word](ctx, d.app, "types", nil)
	v.Keywords = store.Column(keywords, func(w *word) string { return w.Word })
	v.Types = store.Column(types, func(w *word) string { return w.Word })
	return v, err
}
