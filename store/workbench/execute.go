package workbench

import (
	"context"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"github.com/baserate/baserate/store/result"
)

// What is shown of a result: so many rows, or so many bytes of them, whatever comes first. An export has no such limit.
const (
	ShownRows  = 10_000
	shownBytes = 8 << 20
	chunkRows  = 500
	chunkAge   = 200 * time.Millisecond
)

const (
	tick     = 200 * time.Millisecond // between two progress events
	killTime = 10 * time.Second       // for a query to end after it was told to
)

// execute runs the statement of r to its end, then keeps it in the history.
func (d *Desk) execute(ctx context.Context, r *Run) {
	defer close(r.ended)
	watched := make(chan struct{})
	over := make(chan struct{})
	read, drop := context.WithCancel(context.Background())
	go func() {
		defer close(watched)
		d.watch(ctx, r, drop, over)
	}()
	err := d.rows(d.observed(read, r), r)
	cut := r.Outcome().Truncated
	if cut || ctx.Err() != nil {
		d.kill(r.ID) // what is not read any more must not go on
	}
	close(over)
	<-watched
	drop()
	if cut {
		err = nil
	}
	r.finish(failureOf(err, ctx.Err() != nil))
	d.remember(r)
}

// observed adds to a context that the query has the run's id and tells it how far it is.
func (d *Desk) observed(ctx context.Context, r *Run) context.Context {
	return clickhouse.Context(ctx,
		clickhouse.WithQueryID(r.ID),
		clickhouse.WithProgress(func(p *clickhouse.Progress) {
			r.note(func(o *Outcome) {
				o.Progress.ReadRows += p.Rows
				o.Progress.ReadBytes += p.Bytes
				o.Progress.TotalRows += p.TotalRows
			})
		}),
		clickhouse.WithProfileEvents(func(events []clickhouse.ProfileEvent) {
			for _, e := range events {
				if e.Name == "MemoryTrackerPeakUsage" && e.Value > 0 {
					r.note(func(o *Outcome) { o.Progress.MemoryBytes = max(o.Progress.MemoryBytes, uint64(e.Value)) })
				}
			}
		}),
	)
}

// watch tells of the progress until the run is over. When ctx ends before, it ends the query in the database, and gives up
// reading only when the database does not answer to that.
func (d *Desk) watch(ctx context.Context, r *Run, drop context.CancelFunc, over <-chan struct{}) {
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	for {
		select {
		case <-over:
			return
		case <-ticker.C:
			r.add("progress", r.Outcome().Progress)
		case <-ctx.Done():
			d.end(r, drop, over)
			return
		}
	}
}

// end kills a run's query again and again until the run is over: told too early, the database does not know it yet.
func (d *Desk) end(r *Run, drop context.CancelFunc, over <-chan struct{}) {
	defer time.AfterFunc(killTime, drop).Stop()
	for {
		d.kill(r.ID)
		select {
		case <-over:
			return
		case <-time.After(tick):
		}
	}
}

// kill ends a query in the database and returns when it is gone there.
func (d *Desk) kill(id string) {
	ctx, cancel := context.WithTimeout(context.Background(), killTime)
	defer cancel()
	// One that has ended already is none; and a database that does not answer has nothing that runs.
	_ = d.app.Exec(ctx, query("kill"), map[string]any{"id": id})
}

// rows reads the result into events, up to what is shown.
func (d *Desk) rows(ctx context.Context, r *Run) error {
	rows, err := d.analyst.Rows(ctx, r.Question.SQL, r.Question.params())
	if err != nil {
		return err
	}
	cut, err := r.show(rows)
	if cut {
		r.note(func(o *Outcome) { o.Truncated = true })
		go rows.Close() // reads on until the database has ended, which the kill brings about
		return nil
	}
	rows.Close()
	return err
}

// show puts down the columns and rows, and reports whether there are more than are shown.
func (r *Run) show(rows driver.Rows) (cut bool, err error) {
	columns := columnsOf(rows)
	r.add("meta", map[string]any{"id": r.ID, "columns": columns})
	reader, c := result.NewReader(rows), chunk{since: time.Now()}
	for {
		values, err := reader.NextPlain()
		if err != nil || values == nil {
			c.send(r)
			return false, err
		}
		if r.shown() >= ShownRows || r.size()+c.bytes > shownBytes {
			c.send(r)
			return true, nil
		}
		c.take(r, values)
	}
}

func columnsOf(rows driver.Rows) []Column {
	types := rows.ColumnTypes()
	columns := make([]Column, len(types))
	for i, t := range types {
		columns[i] = Column{t.Name(), t.DatabaseTypeName()}
	}
	return columns
}

func (r *Run) shown() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.outcome.Rows
}
