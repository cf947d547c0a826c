package main

import (
	"context"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/simulate"
	"github.com/baserate/baserate/store"
)

// chunksAtOnce is how many chunks go into one insert: half a million rows, which ClickHouse need not merge at once.
const chunksAtOnce = 8

// saveFacts keeps the facts of a fleet and returns the commits of each repository.
func saveFacts(ctx context.Context, s *store.Store, f *simulate.Fleet, progress func(done, total int64)) ([]uint64, error) {
	numbers := map[string]int{}
	for i := range f.Repositories {
		numbers[f.RepoName(i)] = i
	}
	rows := make([]uint64, f.Repositories)
	ledger := record.Collection{
		Source: "simulate", Scope: f.Name, Stream: "facts", StartedAt: time.Now(), Status: record.StatusRunning, From: f.Start(), To: f.Options.End,
	}
	repositories, together := errgroup.WithContext(ctx) // the last batches are one small repository each
	repositories.SetLimit(6)
	for batch := range f.Facts() {
		ledger.Rows += uint64(batch.Rows())
		if batch.Repository != nil {
			ledger := ledger
			repositories.Go(func() error { return s.Save(together, batch, ledger) })
			continue
		}
		if err := s.Save(ctx, batch, ledger); err != nil {
			return nil, err
		}
		for i := range batch.Commits {
			rows[numbers[batch.Commits[i].Repo]]++
		}
		progress(batch.Progress.Done, batch.Progress.Total)
	}
	if err := repositories.Wait(); err != nil {
		return nil, err
	}
	ledger.Status, ledger.FinishedAt = record.StatusOK, time.Now()
	return rows, s.Save(ctx, record.Batch{}, ledger)
}

// saveFast keeps the integers of a fleet and returns the changes of each repository. Two workers keep the generator and the
// server busy at the same time.
func saveFast(ctx context.Context, s *store.Store, f *simulate.Fleet, progress func(done, total int64)) ([]uint64, error) {
	const workers = 2
	var next, done atomic.Int64
	counts := make([][]uint64, workers)
	group, ctx := errgroup.WithContext(ctx)
	for w := range workers {
		counts[w] = make([]uint64, f.Repositories)
		group.Go(func() error {
			var columns store.Simulated
			var chunk []simulate.Change
			for {
				first := int(next.Add(chunksAtOnce)) - chunksAtOnce
				if first >= f.Chunks() {
					return nil
				}
				columns = emptied(columns)
				for i := first; i < min(first+chunksAtOnce, f.Chunks()); i++ {
					chunk = f.Chunk(i, chunk)
					appendChanges(&columns, f, chunk, counts[w])
				}
				if err := s.SaveSimulated(ctx, &columns); err != nil {
					return err
				}
				progress(done.Add(int64(len(columns.ID))), int64(f.Options.Changes))
			}
		})
	}
	err := group.Wait()
	for i := range counts[0] {
		for _, more := range counts[1:] {
			counts[0][i] += more[i]
		}
	}
	return counts[0], err
}

// emptied are the same columns with nothing in them, and room for as much.
func emptied(c store.Simulated) store.Simulated {
	return store.Simulated{
		Repo: c.Repo[:0], At: c.At[:0], ID: c.ID[:0], Author: c.Author[:0], Team: c.Team[:0], Tier: c.Tier[:0], Permission: c.Permission[:0],
		Lines: c.Lines[:0], Files: c.Files[:0], Reviewed: c.Reviewed[:0], Class: c.Class[:0], Denied: c.Denied[:0], Late: c.Late[:0],
		IncidentAfter: c.IncidentAfter[:0], Severity: c.Severity[:0], Outage: c.Outage[:0], ControlAfter: c.ControlAfter[:0],
	}
}

// appendChanges adds changes to the columns, as far as they are known by the end of the fleet's data, and to the count
// of their repositories.
func appendChanges(c *store.Simulated, f *simulate.Fleet, chunk []simulate.Change, counts []uint64) {
	start := uint32(f.Start().Unix())
	for i := range chunk {
		change := f.Known(chunk[i])
		counts[change.Repo]++
		c.Repo = append(c.Repo, change.Repo+1)
		c.At = append(c.At, start+change.At)
		c.ID = append(c.ID, change.Index)
		c.Author = append(c.Author, change.Author+1)
		c.Team = append(c.Team, change.Team+1)
		c.Tier = append(c.Tier, change.Tier)
		c.Permission = append(c.Permission, change.Permission)
		c.Lines = append(c.Lines, change.Lines)
		c.Files = append(c.Files, uint8(change.Files()))
		c.Reviewed = append(c.Reviewed, change.Reviewed)
		c.Class = append(c.Class, uint8(change.Label))
		c.Denied = append(c.Denied, change.Denied)
		c.Late = append(c.Late, change.LateLabel)
		c.IncidentAfter = append(c.IncidentAfter, change.After)
		c.Severity = append(c.Severity, change.Severity)
		c.Outage = append(c.Outage, change.Outage)
		c.ControlAfter = append(c.ControlAfter, change.ControlAfter)
	}
}
