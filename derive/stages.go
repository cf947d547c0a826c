package derive

import (
	"context"
	"embed"
	"fmt"
	"log/slog"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/baserate/baserate/store"
)

//go:embed step/*.sql
var files embed.FS

// stage is chains of steps that run side by side: none needs what another of its stage makes. After a small collection it is
// making plans, each on one core, that takes the time.
type stage [][]string

// The steps of a repository with facts. Which of several changes caused an incident is chosen over all repositories, so
// that every repository goes through landing before any goes through judging.
var (
	beginning = []stage{{{"clear_owners", "owners"}}}
	landing   = []stage{
		{{"landed_commits", "unplaced_commits", "retire_landed_commits"}, {"pulls", "retire_pulls"}},
		{{"landings"}, {"unplaced_landings"}, {"action_landings"}},
		{{"retire_landings"}},
		{{"reverts"}, {"fixes"}, {"candidates", "retire_candidates"}, {"bypasses", "retire_bypasses"}},
		{{"retire_links", "revert_chains"}},
	}
	judging = []stage{
		{{"proposals", "retire_proposals"}, {"holdings", "action_holdings", "retire_holdings"}},
		{{"changes", "retire_changes"}},
		{{"strata", "live_strata", "retire_strata"}},
	}
	// expanding is the way of a repository that was simulated without facts.
	expanding = []stage{{{"expand", "retire_changes"}}, {{"strata", "live_strata", "retire_strata"}}}
	ending    = []stage{{{"developer_strata"}}}
)

// byHand is how the engine runs steps. Their joins stand in the order that costs least, the few always right: put in another
// order by the engine, some compare all commits of a repository with each other. One table for a join is enough, since pieces run
// side by side. There are no chains of comparisons that others would follow from, and nothing runs so often or so long that
// compiling it pays.
var byHand = store.Settings{
	"query_plan_optimize_join_order_limit": 0, "query_plan_join_swap_table": "false", "join_algorithm": "hash",
	"optimize_and_compare_chain": 0, "compile_expressions": 0, "compile_aggregate_expressions": 0, "compile_sort_description": 0,
}

// size is how many steps there are in all.
func size(stages []stage) (n int) {
	for _, s := range stages {
		for _, chain := range s {
			n += len(chain)
		}
	}
	return n
}

// steps runs stages on repositories. What they make has one version, by which older rows are told from theirs.
func (d *Deriver) steps(ctx context.Context, repos []string, stages []stage) error {
	idle, err := d.idle(ctx, repos)
	if err != nil {
		return err
	}
	params := store.Params{"repos": repos, "version": d.Store.Version(), "now": d.now()}
	for _, s := range stages {
		group, together := errgroup.WithContext(ctx)
		for _, chain := range s {
			group.Go(func() error { return d.chain(together, chain, idle, repos, params) })
		}
		if err := group.Wait(); err != nil {
			return err
		}
	}
	return nil
}

// idle are the steps that have nothing to do for repositories.
func (d *Deriver) idle(ctx context.Context, repos []string) (map[string]bool, error) {
	if len(repos) == 0 {
		return nil, nil
	}
	rows, err := store.Select[struct {
		Step string `ch:"step"`
	}](ctx, d.Store, step("idle"), store.Params{"repos": repos})
	if err != nil {
		return nil, fmt.Errorf("find idle steps of %s: %w", few(repos), err)
	}
	idle := map[string]bool{}
	for _, r := range rows {
		idle[r.Step] = true
	}
	return idle, nil
}

func (d *Deriver) chain(ctx context.Context, chain []string, idle map[string]bool, repos []string, params store.Params) error {
	for _, name := range chain {
		start := time.Now()
		if !idle[name] {
			if err := d.Store.Exec(ctx, step(name), params); err != nil {
				return fmt.Errorf("derive %s of %s: %w", name, few(repos), err)
			}
			slog.Debug("derived", "step", name, "repositories", len(repos), "seconds", time.Since(start).Seconds())
		}
		d.tell()
	}
	return nil
}

// count adds steps that were not foreseen.
func (d *Deriver) count(steps int) {
	d.counting.Lock()
	defer d.counting.Unlock()
	d.total += int64(steps)
}

// tell says that a step is done.
func (d *Deriver) tell() {
	d.counting.Lock()
	defer d.counting.Unlock()
	if d.done++; d.Progress != nil {
		d.Progress(d.done, d.total)
	}
}

func step(name string) string {
	text, err := files.ReadFile("step/" + name + ".sql")
	if err != nil {
		panic(fmt.Sprintf("step %q: %v", name, err))
	}
	return string(text)
}
