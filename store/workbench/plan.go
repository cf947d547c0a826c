package workbench

import (
	"context"
	"errors"
	"fmt"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/baserate/baserate/store"
)

// Limits of one statement, as the account that runs it has them; 0 is none.
type Limits struct {
	User        string `ch:"user"` // the account
	Seconds     int64  `ch:"seconds"`
	MemoryBytes uint64 `ch:"memory_bytes"`
	ResultRows  uint64 `ch:"result_rows"`
	ReadRows    uint64 `ch:"read_rows"`
}

// Part of a plan: what a statement would read of a table below the views.
type Part struct {
	Database string `ch:"database"`
	Table    string `ch:"table"`
	Parts    uint64 `ch:"parts"`
	Rows     uint64 `ch:"rows"`
	Marks    uint64 `ch:"marks"`
}

// Plan is what a statement would cost, as far as the database can tell before it runs.
type Plan struct {
	Parts  []Part
	Limits Limits
	// Failure is why nothing can be told; the limits are there all the same.
	Failure *Failure
}

// estimate goes before a statement; the database reads nothing of its rows then.
const estimate = "EXPLAIN ESTIMATE "

// Plan estimates a statement as the analysts' account. The error is a [*Refusal] when the statement is none.
func (d *Desk) Plan(ctx context.Context, q Question) (p Plan, err error) {
	sql, err := Statement(q.SQL)
	if err != nil {
		return p, err
	}
	ctx, done := undated(ctx)
	defer done()
	if p.Limits, err = d.Limits(ctx); err != nil {
		return p, err
	}
	q.SQL = estimate + sql
	p.Parts, err = store.Select[Part](ctx, d.analyst, q.SQL, q.params())
	if said := (*clickhouse.Exception)(nil); errors.As(err, &said) {
		p.Failure, err = answered(said), nil
	}
	return p, err
}

// Limits are those of the analysts' account.
func (d *Desk) Limits(ctx context.Context) (Limits, error) {
	ctx, done := undated(ctx)
	defer done()
	all, err := read[Limits](ctx, d.analyst, "limits", nil)
	if err != nil {
		return Limits{}, err
	}
	if len(all) != 1 {
		return Limits{}, fmt.Errorf("workbench, limits: %d rows", len(all))
	}
	return all[0], nil
}
