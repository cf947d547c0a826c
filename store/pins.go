package store

import (
	"context"
	"time"
)

// Pin is what an address of the API answered at a moment.
type Pin struct {
	Address string
	Body    []byte
}

// SavePins keeps answers under one moment, to the millisecond. Saving them twice leaves what saving them once leaves.
func (s *Store) SavePins(ctx context.Context, at time.Time, pins []Pin) error {
	return wrap("save pins", s.Insert(ctx, query("insert_pins"), []any{
		Column(pins, func(p *Pin) string { return p.Address }),
		Repeat(len(pins), at),
		Column(pins, func(p *Pin) string { return string(p.Body) }),
		Repeat(len(pins), s.Version()),
	}))
}

// Pinned returns what an address answered when it was last pinned up to a moment, false when it was not.
func (s *Store) Pinned(ctx context.Context, address string, at time.Time) ([]byte, bool, error) {
	rows, err := Select[struct {
		Body string    `ch:"body"`
		At   time.Time `ch:"at"`
	}](ctx, s, query("pinned"), Params{"address": address, "at": at.UTC().Format("2006-01-02 15:04:05.000")})
	if err != nil || len(rows) == 0 {
		return nil, false, wrap("pinned", err)
	}
	return []byte(rows[0].Body), true, nil
}
