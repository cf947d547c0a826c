package workbench

import (
	"context"
	"fmt"
	"time"

	"github.com/baserate/baserate/store"
)

// Saved is a query that was kept under a name. Its slug is its address.
type Saved struct {
	Slug    string            `ch:"slug"`
	Name    string            `ch:"name"`
	SQL     string            `ch:"sql"`
	Params  map[string]string `ch:"params"`
	SavedAt time.Time         `ch:"saved_at"`
}

// AllSaved returns the saved queries, by name.
func (d *Desk) AllSaved(ctx context.Context) ([]Saved, error) {
	return read[Saved](ctx, d.app, "saved", nil)
}

// Saved returns the query at a slug.
func (d *Desk) Saved(ctx context.Context, slug string) (s Saved, found bool, err error) {
	all, err := read[Saved](ctx, d.app, "saved_one", store.Params{"slug": slug})
	if err != nil || len(all) == 0 {
		return Saved{}, false, err
	}
	return all[0], true, nil
}

// Save keeps a query at its slug, in place of the one that is there.
func (d *Desk) Save(ctx context.Context, s Saved) (Saved, error) {
	s.SavedAt = time.Now().UTC().Truncate(time.Millisecond)
	return s, d.putSaved(ctx, s, false)
}

// Unsave takes the query at a slug away, and reports whether there was one.
func (d *Desk) Unsave(ctx context.Context, slug string) (bool, error) {
	s, found, err := d.Saved(ctx, slug)
	if err != nil || !found {
		return false, err
	}
	return true, d.putSaved(ctx, s, true)
}

func (d *Desk) putSaved(ctx context.Context, s Saved, deleted bool) error {
	err := d.app.Insert(ctx, query("insert_saved"), []any{
		[]string{s.Slug},
		[]string{s.Name},
		[]string{s.SQL},
		[]map[string]string{s.Params},
		[]time.Time{s.SavedAt},
		[]bool{deleted},
		[]uint64{d.app.Version()},
	})
	if err != nil {
		return fmt.Errorf("save query %q: %w", s.Slug, err)
	}
	return nil
}
