package workbench

import (
	"context"
	"crypto/rand"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2"

	"github.com/baserate/baserate/store/result"
)

// Export runs a statement again and gives its columns and then every row to the two functions, values as
// [result.Reader.NextPlain] has them and valid until the function returns. With most above 0 it ends after so many rows.
// When it returns an error after the first call, what was given is not all. A query that is not read to its end is ended in
// the database.
func (d *Desk) Export(ctx context.Context, q Question, most int, begin func([]Column) error, row func([]any) error) (err error) {
	id := "export-" + strings.ToLower(rand.Text())
	ctx, drop := undated(ctx)
	defer drop()
	read := clickhouse.Context(ctx, clickhouse.WithQueryID(id))
	rows, err := d.analyst.Rows(read, q.SQL, q.params())
	if err != nil {
		return exported(err)
	}
	if err := begin(columnsOf(rows)); err != nil {
		return d.leave(id, drop, rows.Close, err)
	}
	reader := result.NewReader(rows)
	for n := 0; ; n++ {
		values, err := reader.NextPlain()
		switch {
		case err != nil:
			return exported(d.leave(id, drop, rows.Close, err))
		case values == nil:
			return rows.Close()
		case most > 0 && n == most:
			return d.leave(id, drop, rows.Close, nil)
		}
		if err := row(values); err != nil {
			return d.leave(id, drop, rows.Close, err)
		}
	}
}

// leave ends a query that is not read any further, and returns why.
func (d *Desk) leave(id string, drop context.CancelFunc, closeRows func() error, why error) error {
	d.kill(id)
	drop()
	_ = closeRows() // it was ended: that is no news
	return why
}

// exported turns what the database said into a Failure, so that it can be told apart from a reader who went away.
func exported(err error) error {
	if f := failureOf(err, false); f != nil && f.Code != codeLost {
		return f
	}
	return err
}
