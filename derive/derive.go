package derive

import (
	"context"
	"embed"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/baserate/baserate/attribution"
	"github.com/baserate/baserate/store"
)

//go:embed step/*.sql
var steps embed.FS

// Definitions is the version of the rules in step/*.sql. Raise it with every change of meaning: all repositories
// are then derived again.
const Definitions = 2

// piece is how many repositories are derived at once: enough to keep the engine busy, few enough to bound its memory.
const piece = 200

// Deriver brings what is derived up to date with the facts. One at a time may run on a store.
type Deriver struct {
	Store      *store.Store
	Classifier *attribution.Classifier
	Now        func() time.Time // decides which dates lie in the future; time.Now when nil
	// Progress is told after every step how many of how many are done; may be nil.
	Progress func(done, total int64)

	done, total int64 // steps of this run
}

// Summary says what a run did.
type Summary struct {
	Repositories int
	Commits      int // classified
	PullRequests int // classified
	Took         time.Duration
}

// The steps of a repository with facts. Which of several changes caused an incident is chosen over all repositories, so
// that every repository goes through landing before any goes through judging.
var (
	landing = []string{
		"landed_commits", "retire_landed_commits", "pulls", "retire_pulls", "landings", "retire_landings",
		"reverts", "fixes", "retire_links", "revert_chains", "candidates", "retire_candidates",
	}
	judging = []string{
		"proposals", "retire_proposals", "holdings", "retire_holdings", "changes", "retire_changes", "strata", "live_strata", "retire_strata",
	}
	// expanding is the way of a repository that was simulated without facts.
	expanding = []string{"expand", "retire_changes", "strata", "live_strata", "retire_strata"}
)

// Run derives every repository that needs it. It may be stopped at any point and run again.
func (d *Deriver) Run(ctx context.Context) (Summary, error) {
	start := time.Now()
	var sum Summary
	definitions := fmt.Sprintf("derive %d, rules %s", Definitions, d.Classifier.RulesVersion())
	all, err := store.Select[stale](ctx, d.Store, step("stale"), store.Params{"definitions": definitions})
	if err != nil {
		return sum, fmt.Errorf("find stale repositories: %w", err)
	}
	told, fast := split(all)
	d.done, d.total = 0, int64(pieces(told)*(len(landing)+len(judging))+pieces(fast)*len(expanding)+1)
	for piece := range slices.Chunk(told, piece) {
		if err := d.land(ctx, piece, &sum); err != nil {
			return sum, err
		}
	}
	for piece := range slices.Chunk(told, piece) {
		if err := d.finish(ctx, piece, judging, definitions, &sum); err != nil {
			return sum, err
		}
	}
	for piece := range slices.Chunk(fast, piece) {
		if err := d.finish(ctx, piece, expanding, definitions, &sum); err != nil {
			return sum, err
		}
	}
	// Always, since a run that was cut off may have left parts that nothing is stale for any more.
	err = d.steps(ctx, nil, []string{"developer_strata"})
	sum.Took = time.Since(start)
	return sum, err
}

// pieces is how many pieces repositories are cut into.
func pieces(repos []stale) int { return (len(repos) + piece - 1) / piece }

type stale struct {
	Repo         string `ch:"repo"`
	FactsVersion uint64 `ch:"facts_version"`
	Fast         bool   `ch:"fast"`
}

// split parts the repositories with facts from those simulated without.
func split(all []stale) (told, fast []stale) {
	for _, r := range all {
		if r.Fast {
			fast = append(fast, r)
		} else {
			told = append(told, r)
		}
	}
	return told, fast
}

// land makes verdicts, changes before their outcomes, and links.
func (d *Deriver) land(ctx context.Context, piece []stale, sum *Summary) error {
	repos := names(piece)
	start := time.Now()
	commits, err := d.attribute(ctx, repos)
	if err != nil {
		return fmt.Errorf("attribute %s: %w", few(repos), err)
	}
	pulls, err := d.attributePulls(ctx, repos)
	if err != nil {
		return fmt.Errorf("attribute pull requests of %s: %w", few(repos), err)
	}
	slog.Debug("attributed", "commits", commits, "pull_requests", pulls, "repositories", len(repos), "seconds", time.Since(start).Seconds())
	sum.Commits += commits
	sum.PullRequests += pulls
	return d.steps(ctx, repos, landing)
}

// finish runs the last steps of a piece and remembers that it is done.
func (d *Deriver) finish(ctx context.Context, piece []stale, steps []string, definitions string, sum *Summary) error {
	if err := d.steps(ctx, names(piece), steps); err != nil {
		return err
	}
	sum.Repositories += len(piece)
	return d.mark(ctx, piece, definitions)
}

func (d *Deriver) steps(ctx context.Context, repos []string, steps []string) error {
	params := store.Params{"repos": repos, "version": d.Store.Version(), "now": d.now()}
	for _, name := range steps {
		start := time.Now()
		if err := d.Store.Exec(ctx, step(name), params); err != nil {
			return fmt.Errorf("derive %s of %s: %w", name, few(repos), err)
		}
		slog.Debug("derived", "step", name, "repositories", len(repos), "seconds", time.Since(start).Seconds())
		if d.done++; d.Progress != nil {
			d.Progress(d.done, d.total)
		}
	}
	return nil
}

// few says which repositories, in a few words.
func few(repos []string) string {
	if len(repos) == 0 {
		return "all repositories"
	}
	return fmt.Sprintf("%d repositories from %s on", len(repos), repos[0])
}

func names(piece []stale) []string {
	return store.Column(piece, func(r *stale) string { return r.Repo })
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
