package figures

import (
	"fmt"

	"github.com/baserate/baserate/store"
)

// finishes make the rows of a figure from what its query returned, for figures that need more than a database can work out. The
// query of such a figure has columns of its own, and the rows those of the definition.
var finishes = map[string]func(store.Table) ([][]any, error){
	"kinds_of_work":      kindsOfWork,
	"mistakes_months":    months,
	"mistakes_subgroups": subgroups,
}

// record reads a row by the names of the query's columns.
type record struct {
	columns map[string]int
	row     []any
}

func records(t store.Table) []record {
	columns := make(map[string]int, len(t.Columns))
	for i, name := range t.Columns {
		columns[name] = i
	}
	all := make([]record, len(t.Rows))
	for i, row := range t.Rows {
		all[i] = record{columns, row}
	}
	return all
}

func (r record) value(name string) any { return r.row[r.columns[name]] }

func (r record) text(name string) string { return fmt.Sprint(r.value(name)) }

// number is a count or a sum; 0 for what is neither.
func (r record) number(name string) float64 {
	switch x := r.value(name).(type) {
	case float64:
		return x
	case uint64:
		return float64(x)
	case int64:
		return float64(x)
	}
	return 0
}
