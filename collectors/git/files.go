package git

import (
	"context"

	"golang.org/x/sync/errgroup"

	"github.com/baserate/baserate/record"
)

// A window is counted as a whole: the more changes, the more often a pair repeats and the nearer related contents
// are, and the more memory they take.
const (
	windowChanges = 50_000
	windowCommits = 20_000
)

// fileStream answers a list of comparisons in order, with lines counted. While one window is consumed the next is
// counted and the one after that is read.
type fileStream struct {
	windows <-chan []compared
	current []compared
	wait    func() error
	cancel  context.CancelFunc
}

func (s *session) compare(ctx context.Context, asked []comparison) *fileStream {
	ctx, cancel := context.WithCancel(ctx)
	group, ctx := errgroup.WithContext(ctx)
	read, counted := make(chan []compared), make(chan []compared)
	group.Go(func() error {
		defer close(read)
		return s.readWindows(ctx, asked, read)
	})
	group.Go(func() error {
		defer close(counted)
		counter := newCounter(s.scratch.gitDir, s.clone.format, s.opts.Workers)
		defer counter.close()
		for window := range read {
			if err := counter.count(ctx, window); err != nil {
				return err
			}
			if err := send(ctx, counted, window); err != nil {
				return err
			}
		}
		return nil
	})
	return &fileStream{windows: counted, wait: group.Wait, cancel: cancel}
}

func (s *session) readWindows(ctx context.Context, asked []comparison, out chan<- []compared) error {
	var window []compared
	changes := 0
	trees := treeReader{dir: s.scratch.gitDir, format: s.clone.format, order: s.history.order}
	err := trees.compare(ctx, asked, func(c compared) error {
		window = append(window, c)
		if changes += len(c.changes); changes < windowChanges && len(window) < windowCommits {
			return nil
		}
		full := window
		window, changes = nil, 0
		return send(ctx, out, full)
	})
	if err != nil {
		return err
	}
	return send(ctx, out, window)
}

func send(ctx context.Context, out chan<- []compared, window []compared) error {
	select {
	case out <- window:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// next is the answer to the next comparison.
func (f *fileStream) next() (compared, error) {
	for len(f.current) == 0 {
		window, open := <-f.windows
		if !open {
			return compared{}, f.wait()
		}
		f.current = window
	}
	answer := f.current[0]
	f.current = f.current[1:]
	return answer, nil
}

// close ends the work that nobody waits for any more.
func (f *fileStream) close() {
	f.cancel()
	for range f.windows { // the sender must not be left waiting
	}
	f.wait()
}

// fileChanges turns an answer into what a record holds. Every path is there; unknown means that some could not be
// counted and have zeros.
func fileChanges(answer compared) (files []record.FileChange, unknown bool) {
	if len(answer.changes) == 0 {
		return nil, answer.unknown
	}
	files = make([]record.FileChange, len(answer.changes))
	for i, c := range answer.changes {
		unknown = unknown || c.counts.state == unreadable || c.counts.state == uncounted
		files[i] = record.FileChange{
			Path:      validText(c.path),
			Additions: c.counts.additions,
			Deletions: c.counts.deletions,
			Binary:    c.counts.state == binary,
		}
	}
	return files, unknown
}
