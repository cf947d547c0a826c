package git

import (
	"context"
	"fmt"
	"iter"
	"os"
	"runtime"
	"time"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/record"
)

// Options changes how a clone is collected. The zero value is good for almost everyone.
type Options struct {
	Name      string           // the repository's name instead of the one found by Open
	Git       string           // the git command; "git" when empty
	TempDir   string           // where scratch folders are made; the system's own place when empty
	Workers   int              // how many processes read contents at a time; at most 2 when 0
	BatchSize int              // commits in a batch; 2000 when 0
	Now       func() time.Time // the clock that future dates are measured by; time.Now when nil
}

func (o Options) withDefaults() Options {
	if o.Git == "" {
		o.Git = "git"
	}
	if o.TempDir == "" {
		o.TempDir = os.TempDir()
	}
	if o.Workers <= 0 {
		o.Workers = min(2, runtime.GOMAXPROCS(0))
	}
	if o.BatchSize <= 0 {
		o.BatchSize = 2000
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return o
}

// Collector collects one clone.
type Collector struct {
	clone *clone
	name  string
	opts  Options
}

// Open finds the clone at path: a bare repository, a worktree's top folder or a .git folder. It fails with
// ErrNotRepository or ErrGit.
func Open(ctx context.Context, path string, opts Options) (*Collector, error) {
	opts = opts.withDefaults()
	c, err := openClone(ctx, opts.Git, path)
	if err != nil {
		return nil, err
	}
	name := opts.Name
	if name == "" {
		name = c.name()
	}
	return &Collector{clone: c, name: name, opts: opts}, nil
}

// Task is the collector with what it reads: the history of a repository.
func (c *Collector) Task() collectors.Task {
	return collectors.Task{Source: "git", Scope: c.name, Stream: "history", Collector: c, Every: 10 * time.Minute}
}

// Collect yields what changed in the clone since the cursor: commits first, parents before children, then notes,
// placements and moved refs. Every batch of commits ends with a cursor that a later Collect goes on from.
func (c *Collector) Collect(ctx context.Context, since record.Cursor) iter.Seq2[record.Batch, error] {
	return collectors.Emit(func(emit func(record.Batch) error) error {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		err := c.collect(ctx, since, func(b record.Batch) error {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			return emit(b)
		})
		if err != nil {
			return c.explain(ctx, err)
		}
		return nil
	})
}

// explain says what is wrong with the clone when an error of git is only a consequence.
func (c *Collector) explain(ctx context.Context, err error) error {
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case c.clone.vanished():
		return fmt.Errorf("%s: %w while it was read; put it back and collect again: %w", c.clone.path, ErrVanished, err)
	}
	return fmt.Errorf("%s: %w", c.clone.path, err)
}

func (c *Collector) collect(ctx context.Context, since record.Cursor, emit func(record.Batch) error) error {
	before, err := readCursor(since)
	if err != nil {
		return err
	}
	if c.clone.vanished() {
		return ErrNotRepository
	}
	shallow, err := c.clone.shallow()
	if err != nil {
		return err
	}
	dir, err := newScratch(c.clone, c.opts.TempDir, shallow)
	if err != nil {
		return err
	}
	defer dir.remove()
	s := &session{
		clone: c.clone, scratch: dir, name: c.name, opts: c.opts, emit: emit,
		before: before, after: before, warnings: &warnings{},
	}
	if err := s.cutOff(shallow); err != nil {
		return err
	}
	return s.run(ctx)
}
