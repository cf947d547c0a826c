package workbench

import (
	"context"
	"log/slog"
	"time"

	"github.com/baserate/baserate/store"
)

// Past is a statement that was run.
type Past struct {
	ID        string            `ch:"id"`
	StartedAt time.Time         `ch:"started_at"`
	SQL       string            `ch:"sql"`
	Params    map[string]string `ch:"params"`
	Status    string            `ch:"status"`
	Rows      uint64            `ch:"rows"`
	Truncated bool              `ch:"truncated"`
	ReadRows  uint64            `ch:"read_rows"`
	ReadBytes uint64            `ch:"read_bytes"`
	Millis    uint64            `ch:"millis"`
	ErrorCode string            `ch:"error_code"`
	Error     string            `ch:"error"`
}

// History returns the newest of what was run on this server, by whomever.
func (d *Desk) History(ctx context.Context, limit int) ([]Past, error) {
	return read[Past](ctx, d.app, "history", store.Params{"limit": limit})
}

// Past returns what the history has of a run.
func (d *Desk) Past(ctx context.Context, id string) (p Past, found bool, err error) {
	all, err := read[Past](ctx, d.app, "past", store.Params{"id": id})
	if err != nil || len(all) == 0 {
		return p, false, err
	}
	return all[0], true, nil
}

// Asked returns the statement of a run, also of one that is only in the history.
func (d *Desk) Asked(ctx context.Context, id string) (q Question, found bool, err error) {
	if r, kept := d.Find(id); kept {
		return r.Question, true, nil
	}
	past, found, err := d.Past(ctx, id)
	return Question{SQL: past.SQL, Params: past.Params}, found, err
}

// remember puts a run that has ended into the history.
func (d *Desk) remember(r *Run) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	o := r.Outcome()
	var failed Failure
	if o.Error != nil {
		failed = *o.Error
	}
	err := d.app.Insert(ctx, query("insert_history"), []any{
		[]string{r.ID},
		[]time.Time{r.StartedAt},
		[]string{r.Question.SQL},
		[]map[string]string{r.Question.Params},
		[]string{o.Status},
		[]uint64{uint64(o.Rows)},
		[]bool{o.Truncated},
		[]uint64{o.Progress.ReadRows},
		[]uint64{o.Progress.ReadBytes},
		[]uint64{uint64(o.Progress.Millis)},
		[]string{failed.Code},
		[]string{failed.Message},
	})
	if err != nil {
		slog.Warn("a statement is not in the history", "id", r.ID, "error", err)
	}
}
