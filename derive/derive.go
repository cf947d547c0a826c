package derive

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/baserate/baserate/attribution"
	"github.com/baserate/baserate/store"
)

// Definitions is the version of the rules in step/*.sql. Raise it with every change of meaning: all repositories
// are then derived again.
const Definitions = 3

// piece is how many repositories are derived at once: enough to keep the engine busy, few enough to bound its memory. Of those
// with facts as many in two halves, side by side, since a step has stretches that keep one core only.
const (
	piece  = 200
	halves = 2
	half   = piece / halves
)

// Deriver brings what is derived up to date with the facts. One at a time may run on a store.
type Deriver struct {
	Store      *store.Store
	Classifier *attribution.Classifier
	Now        func() time.Time // decides which dates lie in the future; time.Now when nil
	// Progress is told after every step how many of how many are done; may be nil.
	Progress func(done, total int64)

	counting    sync.Mutex
	done, total int64 // steps of this run
}

// Summary says what a run did.
type Summary struct {
	Repositories int
	Commits      int // classified
	PullRequests int // classified
	Actions      int // classified
	Took         time.Duration
}

// Run derives every repository that needs it. It may be stopped at any point and run again.
func (d *Deriver) Run(ctx context.Context) (Summary, error) {
	start := time.Now()
	ctx = store.WithSettings(ctx, byHand)
	var sum Summary
	definitions := fmt.Sprintf("derive %d, rules %s, of actions %s", Definitions, d.Classifier.RulesVersion(), d.Classifier.ActionRulesVersion())
	all, err := store.Select[stale](ctx, d.Store, step("stale"), store.Params{"definitions": definitions})
	if err != nil {
		return sum, fmt.Errorf("find stale repositories: %w", err)
	}
	told, fast := split(all)
	d.done, d.total = 0, int64(pieces(told, half)*(size(landing)+size(judging))+pieces(fast, piece)*size(expanding)+size(ending))
	if err := d.derive(ctx, told, definitions, &sum); err != nil {
		return sum, err
	}
	for piece := range slices.Chunk(fast, piece) {
		if err := d.finish(ctx, piece, expanding, definitions, &sum); err != nil {
			return sum, err
		}
	}
	// Always, since a run that was cut off may have left parts that nothing is stale for any more.
	if err = d.steps(ctx, nil, ending); err == nil {
		err = d.Store.Settle(ctx)
	}
	sum.Took = time.Since(start)
	return sum, err
}

// derive lands all repositories with facts, then judges them and those that share an incident with one of them.
func (d *Deriver) derive(ctx context.Context, told []stale, definitions string, sum *Summary) error {
	if len(told) == 0 {
		return nil
	}
	d.count(size(beginning))
	if err := d.steps(ctx, nil, beginning); err != nil {
		return err
	}
	since := d.Store.Version()
	err := inHalves(ctx, told, func(ctx context.Context, piece []stale) error { return d.land(ctx, piece, sum) })
	if err != nil {
		return err
	}
	// Before any of those that landed is done: a run that was cut off finds them again.
	if err := d.judgeSharing(ctx, told, since, sum); err != nil {
		return err
	}
	return inHalves(ctx, told, func(ctx context.Context, piece []stale) error { return d.finish(ctx, piece, judging, definitions, sum) })
}

// inHalves does something with pieces of repositories, two at a time.
func inHalves(ctx context.Context, repos []stale, do func(context.Context, []stale) error) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(halves)
	for piece := range slices.Chunk(repos, half) {
		group.Go(func() error { return do(ctx, piece) })
	}
	return group.Wait()
}

// pieces is how many pieces of a size repositories are cut into.
func pieces(repos []stale, size int) int { return (len(repos) + size - 1) / size }

type stale struct {
	Repo         string `ch:"repo"`
	FactsVersion uint64 `ch:"facts_version"`
	Around       uint64 `ch:"around"` // fingerprint of what is known beside the repository's own facts
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
	var commits, pulls, actions int
	group, together := errgroup.WithContext(ctx)
	for what, part := range map[string]struct {
		attribute func(context.Context, []string) (int, error)
		n         *int
	}{"commits": {d.attribute, &commits}, "pull requests": {d.attributePulls, &pulls}, "actions": {d.attributeActions, &actions}} {
		group.Go(func() (err error) {
			if *part.n, err = part.attribute(together, repos); err != nil {
				return fmt.Errorf("attribute %s of %s: %w", what, few(repos), err)
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	slog.Debug("attributed", "commits", commits, "pull_requests", pulls, "actions", actions, "repositories", len(repos), "seconds", time.Since(start).Seconds())
	d.counting.Lock()
	sum.Commits, sum.PullRequests, sum.Actions = sum.Commits+commits, sum.PullRequests+pulls, sum.Actions+actions
	d.counting.Unlock()
	return d.steps(ctx, repos, landing)
}

// judgeSharing judges those repositories again that share an incident with one that landed since a version. Nothing else of
// theirs is new, so that what is remembered of them stays.
func (d *Deriver) judgeSharing(ctx context.Context, told []stale, since uint64, sum *Summary) error {
	sharing, err := store.Select[struct {
		Repo string `ch:"repo"`
	}](ctx, d.Store, step("sharing"), store.Params{"repos": names(told), "since": since})
	if err != nil {
		return fmt.Errorf("find repositories that share incidents: %w", err)
	}
	d.count(len(slices.Collect(slices.Chunk(sharing, piece))) * size(judging))
	for piece := range slices.Chunk(sharing, piece) {
		repos := make([]string, len(piece))
		for i, r := range piece {
			repos[i] = r.Repo
		}
		if err := d.steps(ctx, repos, judging); err != nil {
			return err
		}
		sum.Repositories += len(repos)
	}
	return nil
}

// finish runs the last steps of a piece and remembers that it is done.
func (d *Deriver) finish(ctx context.Context, piece []stale, stages []stage, definitions string, sum *Summary) error {
	if err := d.steps(ctx, names(piece), stages); err != nil {
		return err
	}
	d.counting.Lock()
	sum.Repositories += len(piece)
	d.counting.Unlock()
	return d.mark(ctx, piece, definitions)
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
	err := d.Store.Exec(ctx, step("mark"), store.Params{
		"repos": names(piece), "definitions": definitions, "version": d.Store.Version(),
		"facts":  store.Column(piece, func(r *stale) uint64 { return r.FactsVersion }),
		"around": store.Column(piece, func(r *stale) uint64 { return r.Around }),
	})
	if err != nil {
		return fmt.Errorf("derive mark of %s: %w", few(names(piece)), err)
	}
	return nil
}

func (d *Deriver) now() time.Time {
	if d.Now == nil {
		return time.Now()
	}
	return d.Now()
}
