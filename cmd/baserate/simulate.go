package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/simulate"
	"github.com/baserate/baserate/store"
)

// The two paths that a simulated fleet can take into the database.
const (
	factsPath = "facts" // the facts that collectors would have brought: the whole pipeline runs on them
	fastPath  = "fast"  // integers that derive expands into changes
)

// manyChanges is the size from which on a fleet takes the fast path unless told otherwise: about a minute of facts.
const manyChanges = 300_000

// simulateFleet makes a fleet with a known truth.
type simulateFleet struct {
	database
	List     bool   `help:"List the scenarios."`
	Scenario string `help:"Which world; --list lists them." placeholder:"NAME"`
	Changes  int    `default:"200000" help:"How many changes land." placeholder:"N"`
	Seed     uint64 `default:"1" help:"The same seed gives the same fleet." placeholder:"S"`
	Path     string `enum:",facts,fast" default:"" help:"facts: all that collectors would bring; fast: integers that are expanded into changes. By default facts, above 300,000 changes fast."`
	End      string `help:"Day that the data end before; 2026-07-01 by default, today for the scenario demo." placeholder:"DATE"`
}

// Validate asks for a scenario that exists.
func (c *simulateFleet) Validate() error {
	if c.List {
		return nil
	}
	scenario, ok := simulate.Named(c.Scenario)
	switch {
	case !ok:
		return fmt.Errorf("--scenario %q is none of: %s", c.Scenario, strings.Join(scenarioNames(), ", "))
	case c.Changes < 1 || c.Changes > 2_000_000_000:
		return fmt.Errorf("--changes %d must be between 1 and 2,000,000,000", c.Changes)
	case c.Path == fastPath && scenario.Mixed:
		return fmt.Errorf("--path fast: scenario %s has reverts, hot-fixes and reviews that only facts can say: use --path facts", scenario.Name)
	}
	_, err := c.end()
	return err
}

func scenarioNames() []string {
	var names []string
	for _, s := range simulate.Scenarios() {
		names = append(names, s.Name)
	}
	return names
}

// end is the end of the data, zero for the usual one.
func (c *simulateFleet) end() (time.Time, error) {
	if c.End == "" && c.Scenario == "demo" {
		return time.Now().UTC().Truncate(24 * time.Hour), nil
	}
	if c.End == "" {
		return time.Time{}, nil
	}
	end, err := time.Parse(time.DateOnly, c.End)
	if err != nil {
		return end, fmt.Errorf("--end %q is no date such as 2026-07-01", c.End)
	}
	return end, nil
}

// Run makes the fleet, derives what follows, and says what it did.
func (c *simulateFleet) Run(ctx context.Context) error {
	if c.List {
		return listScenarios(os.Stdout)
	}
	db, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	scenario, _ := simulate.Named(c.Scenario)
	end, err := c.end()
	if err != nil {
		return err
	}
	fleet := simulate.New(scenario, simulate.Options{Changes: c.Changes, Seed: c.Seed, End: end})
	path := pathOf(fleet, c.Path)
	show := newMeter(os.Stderr, "simulate "+scenario.Name)
	start := time.Now()
	if err := saveFleet(ctx, db, fleet, path, show.draw); ctx.Err() != nil {
		return fmt.Errorf("stopped; %s holds a part of the fleet: delete it before another try", c.Data) // not to be gone on with
	} else if err != nil {
		return err
	}
	took := time.Since(start)
	show.clear()
	fmt.Printf("simulated  %s, seed %d: %d changes by the %s path in %.1f s, %.0f changes/s\n",
		scenario.Name, c.Seed, c.Changes, path, took.Seconds(), float64(c.Changes)/took.Seconds())
	made := newFleet(db, nil)
	show = newMeter(os.Stderr, "derive "+scenario.Name)
	show.unit = "steps"
	made.deriver.Progress = show.draw
	sum, err := made.derive(ctx)
	show.clear()
	if err != nil {
		return err
	}
	fmt.Printf("derived    %d repositories, %d commits classified in %.1f s, %.0f changes/s\n",
		sum.Repositories, sum.Commits, sum.Took.Seconds(), float64(c.Changes)/sum.Took.Seconds())
	fmt.Printf("the truth  relative risk %g, with assistance %g, with operator permission a factor of %g more%s\n",
		fleet.RR, fleet.RRAssisted, fleet.RROperator, truthFile(db.data))
	return nil
}

func listScenarios(w io.Writer) error {
	for _, s := range simulate.Scenarios() {
		if _, err := fmt.Fprintf(w, "%-18s %s\n", s.Name, s.Line); err != nil {
			return err
		}
	}
	return nil
}

// pathOf is the path that was asked for, or the one that suits the fleet.
func pathOf(f *simulate.Fleet, asked string) string {
	switch {
	case asked != "":
		return asked
	case f.Options.Changes > manyChanges && !f.Mixed:
		return fastPath
	}
	return factsPath
}

func truthFile(data string) string {
	if data == "" {
		return ""
	}
	return "; see " + filepath.Join(data, "truth.json")
}

// saveFleet writes a fleet into an empty database by that path, and the truth beside it. What follows from it is left to
// derive. Progress is called with changes done and in all, from several goroutines.
func saveFleet(ctx context.Context, db *opened, f *simulate.Fleet, path string, progress func(done, total int64)) error {
	held, err := db.Holds(ctx)
	if err != nil {
		return err
	}
	if len(held) > 0 {
		return fmt.Errorf("simulate %s: the database already holds %s; a simulated fleet needs one of its own: give another folder by --data, or delete this one",
			f.Name, strings.Join(held, ", "))
	}
	start := time.Now()
	save := saveFacts
	if path == fastPath {
		save = saveFast
	}
	rows, err := save(ctx, db.Store, f, progress)
	if err != nil {
		return fmt.Errorf("simulate %s: %w", f.Name, err)
	}
	truth, err := json.MarshalIndent(f.Truth(path), "", "  ")
	if err != nil {
		return err
	}
	if db.data != "" {
		if err := os.WriteFile(filepath.Join(db.data, "truth.json"), append(truth, '\n'), 0o644); err != nil {
			return fmt.Errorf("write the truth: %w", err)
		}
	}
	return db.SaveSimulation(ctx, store.Simulation{
		Scenario: f.Name, Seed: f.Seed, Changes: uint64(f.Options.Changes), Path: path, Truth: string(truth), MadeAt: start.UTC(),
	}, fleetLedger(f, path, rows, start))
}

// fleetLedger has a row for every repository in which something landed.
func fleetLedger(f *simulate.Fleet, path string, rows []uint64, start time.Time) []record.Collection {
	source, stream := "git", "history"
	if path == fastPath {
		source, stream = "simulate", "fast"
	}
	var ledger []record.Collection
	for i, n := range rows {
		if n > 0 {
			ledger = append(ledger, record.Collection{
				Source: source, Scope: f.RepoName(i), Stream: stream, StartedAt: start, FinishedAt: time.Now(), Status: record.StatusOK,
				Rows: n, From: f.Start(), To: f.Options.End,
			})
		}
	}
	return ledger
}

// meter shows how far work that counts itself has come.
type meter struct {
	sync.Mutex
	statusLine
	scope string
	unit  string
	start time.Time
	last  time.Time
}

func newMeter(f *os.File, scope string) *meter {
	return &meter{statusLine: newStatusLine(f), scope: scope, unit: "changes", start: time.Now(), last: time.Now()}
}

// draw writes the line, if it is time to.
func (m *meter) draw(done, total int64) {
	m.Lock()
	defer m.Unlock()
	if time.Since(m.last) < m.every {
		return
	}
	m.last = time.Now()
	rate := float64(done) / time.Since(m.start).Seconds()
	text := line(collectors.Running{
		Scope: m.scope, Progress: record.Progress{Done: done, Total: total, Unit: m.unit}, PerSecond: rate,
		Left: time.Duration(float64(total-done) / max(rate, 1) * float64(time.Second)),
	})
	m.write(text)
}
