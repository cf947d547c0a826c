package github

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/url"
	"sync/atomic"
	"time"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/collectors/web"
	"github.com/baserate/baserate/record"
)

// mostPages bounds every walk over a list.
const mostPages = 2000

// stream is a collector made of a function that says what it finds through a pass.
type stream struct {
	source *Source
	read   func(ctx context.Context, p *pass, since record.Cursor) error
}

// pass is one run of a stream.
type pass struct {
	source   *Source
	requests *atomic.Uint64
	reported uint64
	emit     func(record.Batch) error
}

func (s *Source) stream(name string, every time.Duration, read func(ctx context.Context, p *pass, since record.Cursor) error) collectors.Task {
	return collectors.Task{Source: kind, Scope: s.opts.Name, Stream: name, Collector: stream{s, read}, Every: every, Timeout: 6 * time.Hour}
}

// Collect reads the stream from a cursor on.
func (st stream) Collect(ctx context.Context, since record.Cursor) iter.Seq2[record.Batch, error] {
	return collectors.Emit(func(emit func(record.Batch) error) error {
		p := &pass{source: st.source, emit: emit}
		ctx, p.requests = web.Count(ctx)
		err := st.read(ctx, p, since)
		if err == nil || errors.Is(err, collectors.ErrStopped) {
			return err
		}
		if n := p.unreported(); n > 0 { // what failed was asked for all the same
			err = errors.Join(emit(record.Batch{Requests: n}), err)
		}
		return err
	})
}

// unreported counts the requests since the last batch.
func (p *pass) unreported() uint64 {
	total := p.requests.Load()
	n := total - p.reported
	p.reported = total
	return n
}

// send yields a batch with what it cost.
func (p *pass) send(b record.Batch) error {
	b.Requests = p.unreported()
	return p.emit(b)
}

// list reads the pages of a list, one after the other, until take has enough or there are no more.
func list[T any](ctx context.Context, s *Source, path string, take func(page []T, next string) (more bool, err error)) error {
	return s.eachPage(ctx, path, func(body []byte, next string) (bool, error) {
		var page []T
		if err := json.Unmarshal(body, &page); err != nil {
			return false, fmt.Errorf("%s: %w", path, err)
		}
		return take(page, next)
	})
}

// all reads a list whole.
func all[T any](ctx context.Context, s *Source, path string) ([]T, error) {
	var found []T
	err := list(ctx, s, path, func(page []T, _ string) (bool, error) {
		found = append(found, page...)
		return true, nil
	})
	return found, err
}

// eachPage reads answers that continue each other, each with the address of the next, until take has enough. A server that gives
// the same page again, or ever more of them, ends in an error.
func (s *Source) eachPage(ctx context.Context, path string, take func(body []byte, next string) (more bool, err error)) error {
	guard := web.NewPages(mostPages)
	for path != "" {
		var body json.RawMessage
		next, err := s.get(ctx, path, &body)
		if err != nil {
			return err
		}
		if err := guard.Next(path, body); err != nil {
			return fmt.Errorf("GET %s: %w", path, err)
		}
		more, err := take(body, next)
		if err != nil || !more {
			return err
		}
		path = next
	}
	return nil
}

// escape makes a part of an address of a name.
func escape(name string) string { return url.QueryEscape(name) }

// encode makes a cursor.
func encode(v any) (record.Cursor, error) {
	c, err := json.Marshal(v)
	return record.Cursor(c), err
}

// decode reads a cursor that this package made; one from another version is as good as none.
func decode[T any](c record.Cursor) T {
	var v T
	if len(c) == 0 || json.Unmarshal(c, &v) != nil {
		var none T
		return none
	}
	return v
}
