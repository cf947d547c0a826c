package workbench

import (
	"encoding/json"
	"time"
)

// chunk gathers rows that go out as one event.
type chunk struct {
	rows  []json.RawMessage
	bytes int
	since time.Time // of the chunk before
}

// take adds a row, and sends the chunk when it is full or old.
func (c *chunk) take(r *Run, values []any) {
	text, err := json.Marshal(values)
	if err != nil { // values of JSON always have a form
		panic(err)
	}
	c.rows = append(c.rows, text)
	c.bytes += len(text)
	r.note(func(o *Outcome) { o.Rows++ })
	if len(c.rows) == chunkRows || time.Since(c.since) > chunkAge {
		c.send(r)
	}
}

func (c *chunk) send(r *Run) {
	if len(c.rows) > 0 {
		r.add("rows", map[string]any{"rows": c.rows})
	}
	*c = chunk{since: time.Now()}
}
