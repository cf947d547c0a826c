package figures

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"github.com/baserate/baserate/store"
)

// Answer is a figure of the data as they are. Callers must not change it.
type Answer struct {
	*Definition
	Filter  Filter
	Ignored []string // keys of the filter that the figure does not obey
	Rows    [][]any  // by the columns of the definition
	Version string   // of the data; answers of one version and filter are equal
	At      time.Time
}

// Reader answers figures, each once for as long as the data stay the same. It is safe for concurrent use.
type Reader struct {
	Store *store.Store

	asking  singleflight.Group
	mu      sync.Mutex
	version string
	known   map[string]*Answer
}

// kept bounds how many answers are remembered.
const kept = 2000

// Read answers a figure. The error is of the database, or of a query whose columns are not those of its definition.
func (r *Reader) Read(ctx context.Context, d *Definition, f Filter) (*Answer, error) {
	version, err := r.Store.DataVersion(ctx)
	if err != nil {
		return nil, fmt.Errorf("figure %s: %w", d.ID, err)
	}
	key := d.ID + " " + f.key()
	if a := r.remembered(version, key); a != nil {
		return a, nil
	}
	found, err, _ := r.asking.Do(version+key, func() (any, error) {
		a, err := r.ask(context.WithoutCancel(ctx), d, f, version)
		if err == nil {
			r.remember(key, a)
		}
		return a, err
	})
	if err != nil {
		return nil, err
	}
	return found.(*Answer), nil
}

// longest is how long a figure may take: it goes on when who asked first has gone, since others may wait for it too.
const longest = time.Minute

func (r *Reader) ask(ctx context.Context, d *Definition, f Filter, version string) (*Answer, error) {
	ctx, cancel := context.WithTimeout(ctx, longest)
	defer cancel()
	t, err := r.Store.Table(ctx, d.SQL(), f.params())
	if err != nil {
		return nil, fmt.Errorf("figure %s: %w", d.ID, err)
	}
	if finish := finishes[d.ID]; finish != nil {
		rows, err := finish(t)
		if err != nil {
			return nil, fmt.Errorf("figure %s: %w", d.ID, err)
		}
		return d.answer(rows, f, version)
	}
	names := make([]string, len(d.Columns))
	for i, c := range d.Columns {
		names[i] = c.Name
	}
	if !slices.Equal(names, t.Columns) {
		return nil, fmt.Errorf("figure %s: its query has the columns %v, its definition %v", d.ID, t.Columns, names)
	}
	return d.answer(t.Rows, f, version)
}

// answer is the rows of a figure as an answer, if each has a value for every column.
func (d *Definition) answer(rows [][]any, f Filter, version string) (*Answer, error) {
	for i, row := range rows {
		if len(row) != len(d.Columns) {
			return nil, fmt.Errorf("figure %s: row %d has %d values for %d columns", d.ID, i+1, len(row), len(d.Columns))
		}
	}
	return &Answer{Definition: d, Filter: f, Ignored: f.ignored(d), Rows: rows, Version: version, At: time.Now().UTC()}, nil
}

func (r *Reader) remembered(version, key string) *Answer {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.version != version || len(r.known) > kept {
		r.version, r.known = version, map[string]*Answer{}
	}
	return r.known[key]
}

func (r *Reader) remember(key string, a *Answer) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.version == a.Version {
		r.known[key] = a
	}
}
