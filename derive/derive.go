package derive

import (
	"context"
	"embed"
	"fmt"
	"log/slog"
	"time"

	"github.com/baserate/baserate/attribution"
	"github.com/baserate/baserate/store"
)

//go:embed step/*.sql
var steps embed.FS

// Definitions is the version of the rules in step/*.sql. Raise it with every change of meaning: all repositories
// are then derived again.
const Definitions = 1

// piece is how many repositories are derived at once: enough to keep the engine busy, few enough to bound its memory.
const piece = 200

// Deriver brings what is derived up to date with the facts. One at a time may run on a store.
type Deriver struct {
	Store      *store.Store
	Classifier *attribution.Classifier
	Now        func() time.Time // decides which dates lie in the future; time.Now when nil
}

// Summary says what a run did.
type Summary struct {
	Repositories int
	Commits      int // classified
	Took         time.Duration
}

// Run derives every repository that needs it. It may be stopped at any point and run again.
func (d *Deriver) Run(ctx context.Context) (Summary, error) {
	start := time.Now()
	var sum Summary
	definitions := fmt.Sprintf("derive %d, rules %s", Definitions, d.Classifier.RulesVersion())
	stale, err := store.Select[stale](ctx, d.Store, step("stale"), store.Params{"definitions": definitions})
	if err != nil {
		return sum, fmt.Errorf("find stale repositories: %w", err)
	}
	for len(stale) > 0 {
		n := min(piece, len(stale))
		commits, err := d.repositories(ctx, stale[:n], definitions)
		if err != nil {
			return sum, err
		}
		sum.Repositories += n
		sum.Commits += commits
		stale = stale[n:]
	}
	sum.Took = time.Since(start)
	return sum, nil
}

type stale struct {
	Repo         string `ch:"repo"`
	FactsVersion uint64 `ch:"facts_version"`
}

// repositories derives a piece: verdicts, then changes before their outcomes, then links, then changes.
func (d *Deriver) repositories(ctx context.Context, piece []stale, definitions string) (int, error) {
	repos := make([]string, len(piece))
	for i, r := range piece {
		repos[i] = r.Repo
	}
	start := time.Now()
	commits, err := d.attribute(ctx, repos)
	slog.Debug("attributed", "commits", commits, "repositories", len(repos), "seconds", time.Since(start).Seconds())
	if err != nil {
		return 0, fmt.Errorf("attribute %d repositories from %s on: %w", len(repos), repos[0], err)
	}
	params := store.Params{"repos": repos, "version": d.Store.Version(), "now": d.now()}
	for _, name := range []string{
		"landings", "retire_landings", "reverts", "fixes", "retire_links", "revert_chains", "changes", "retire_changes",
	} {
		start := time.Now()
		if err := d.Store.Exec(ctx, step(name), params); err != nil {
			return 0, fmt.Errorf("derive %s of %d repositories from %s on: %w", name, len(repos), repos[0], err)
		}
		slog.Debug("derived", "step", name, "repositories", len(repos), "seconds", time.Since(start).Seconds())
	}
	return commits, d.mark(ctx, piece, definitions)
}

// mark remembers which facts the rows were made from. It comes last: a run cut off before is done again.
func (d *Deriver) mark(ctx context.Context, piece []stale, definitions string) error {
	return d.Store.Insert(ctx, step("mark"), []any{
		store.Column(piece, func(r *stale) string { return r.Repo }),
		store.Column(piece, func(r *stale) uint64 { return r.FactsVersion }),
		store.Repeat(len(piece), definitions),
		store.Repeat(len(piece), d.Store.Version()),
	})
}

func (d *Deriver) now() time.Time {
	if d.Now == nil {
		return time.Now()
	}
	return d.Now()
}

func step(name string) string {
	text, err := steps.ReadFile("step/" + name + ".sql")
	if err != nil {
		panic(fmt.Sprintf("step %q: %v", name, err))
	}
	return string(text)
}
