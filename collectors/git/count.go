package git

import (
	"cmp"
	"context"
	"slices"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

// counter counts the lines of changes, each distinct pair of contents once: rebases, cherry-picks, pull-request
// heads and merges repeat the same pairs.
type counter struct {
	workers []*blobCounter
	git     gitCounter
	memory  pairMemory
}

func newCounter(d gitDir, f format, workers int) *counter {
	k := &counter{git: gitCounter{dir: d, format: f}}
	for range workers {
		k.workers = append(k.workers, &blobCounter{dir: d, format: f})
	}
	return k
}

func (k *counter) close() {
	for _, w := range k.workers {
		w.close()
	}
}

// count fills in the counts of all changes in the window.
func (k *counter) count(ctx context.Context, window []compared) error {
	wanted := map[pairKey]*pair{}
	var list []*pair
	for c := range changesOf(window) {
		key := keyOf(c)
		if known, found := k.memory.get(key); found {
			c.counts = known
		} else if wanted[key] == nil {
			p := &pair{old: c.old, new: c.new, links: c.links, path: c.path}
			wanted[key] = p
			list = append(list, p)
		}
	}
	if err := k.countPairs(ctx, list); err != nil {
		return err
	}
	for c := range changesOf(window) {
		if c.counts.state == uncounted {
			c.counts = wanted[keyOf(c)].counts
		}
	}
	for key, p := range wanted {
		k.memory.put(key, p.counts)
	}
	return nil
}

func changesOf(window []compared) func(yield func(*change) bool) {
	return func(yield func(*change) bool) {
		for i := range window {
			for j := range window[i].changes {
				if !yield(&window[i].changes[j]) {
					return
				}
			}
		}
	}
}

// run is how many pairs a worker takes at a time: enough for git to profit from contents of one path being stored
// as differences from each other.
const run = 256

func (k *counter) countPairs(ctx context.Context, list []*pair) error {
	slices.SortStableFunc(list, func(a, b *pair) int { return cmp.Compare(a.path, b.path) })
	err := k.share(list, run, func(worker int, part []*pair) error { return k.workers[worker].count(ctx, part) })
	if err != nil {
		return err
	}
	hard := slices.DeleteFunc(list, func(p *pair) bool { return p.counts.state != uncounted })
	part := len(hard)/len(k.workers) + 1
	return k.share(hard, part, func(_ int, part []*pair) error { return k.git.count(ctx, part) })
}

// share cuts list into parts and has each worker take one after the other, until an error.
func (k *counter) share(list []*pair, size int, count func(worker int, part []*pair) error) error {
	var taken atomic.Int64
	var group errgroup.Group
	for worker := range k.workers {
		group.Go(func() error {
			for {
				end := int(taken.Add(int64(size)))
				if end-size >= len(list) {
					return nil
				}
				if err := count(worker, list[end-size:min(end, len(list))]); err != nil {
					taken.Store(int64(len(list)))
					return err
				}
			}
		})
	}
	return group.Wait()
}
