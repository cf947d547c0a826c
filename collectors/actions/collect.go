package actions

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"maps"
	"slices"
	"time"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/record"
)

const (
	actionsPerBatch = 5000
	filesPerBatch   = 500
	filesPerRun     = 100_000 // that are new: the next run goes on
	flawsPerFile    = 20      // that are told one by one
)

// run is a collection under way.
type run struct {
	*Source
	ctx    context.Context
	emit   func(record.Batch) error
	cursor cursor
	batch  record.Batch

	met      prints            // files that are there
	names    map[string]bool   // of them
	newest   map[string]string // key, by part of a bucket
	files    int               // new ones, read so far
	unsaved  int               // of them since the last batch
	met0     uint64            // calls at the last batch
	systems  map[string]*record.Covered
	now      time.Time
	complete bool
}

// Collect reads the files that are new or have grown.
func (s *Source) Collect(ctx context.Context, since record.Cursor) iter.Seq2[record.Batch, error] {
	return collectors.Emit(func(emit func(record.Batch) error) error {
		c, err := readCursor(since)
		if err != nil {
			return err
		}
		r := &run{
			Source: s, ctx: ctx, emit: emit, cursor: c, met: prints{}, names: map[string]bool{}, newest: map[string]string{},
			systems: map[string]*record.Covered{}, now: s.options.Now(), complete: true, met0: s.place.requests(),
		}
		return r.all()
	})
}

// all reads file after file. What was read is saved also when a later one fails.
func (r *run) all() error {
	for f, err := range r.place.files(r.ctx, &r.cursor) {
		if err == nil {
			err = r.file(f)
		}
		if err != nil {
			return errors.Join(r.flush(), err)
		}
		if r.files >= filesPerRun {
			r.complete = false
			r.warn(record.Warning{
				Code: "not_all_yet", Subject: r.options.Name, Detail: fmt.Sprintf("%d new files were read; the next run goes on", r.files), Loss: true,
			})
			break
		}
	}
	if r.complete {
		r.forget()
	}
	r.batch.Covered = r.covered()
	return r.flush()
}

// forget drops from the cursor what is not there any more, and moves the dated parts on.
func (r *run) forget() {
	maps.DeleteFunc(r.cursor.Done, func(print uint64, _ struct{}) bool { _, there := r.met[print]; return !there })
	maps.DeleteFunc(r.cursor.Growing, func(name string, _ growth) bool { return !r.names[name] })
	maps.DeleteFunc(r.cursor.Damaged, func(name string, _ damage) bool { return !r.names[name] })
	for part, key := range r.newest {
		if from := after(part, key); from != "" {
			r.cursor.After[part] = from
		}
	}
}

// file reads a file unless it was read as it is.
func (r *run) file(f file) error {
	print := f.fingerprint()
	r.met[print] = struct{}{}
	r.names[f.name] = true
	if f.part != "" {
		r.newest[f.part] = max(r.newest[f.part], f.name)
	}
	if _, done := r.cursor.Done[print]; done {
		if d, ok := r.cursor.Damaged[f.name]; ok && d.Print == print {
			r.warn(damaged(f, d))
		}
		return nil
	}
	delete(r.cursor.Damaged, f.name)
	err := r.read(f)
	if errors.Is(err, fs.ErrNotExist) { // renamed since it was listed: met again under its new name
		return nil
	}
	if broken := (*brokenError)(nil); errors.As(err, &broken) {
		d := damage{print, broken.Error()}
		r.cursor.Damaged[f.name] = d
		r.warn(damaged(f, d))
		err = nil
	}
	if err != nil {
		return err
	}
	r.cursor.Done[print] = struct{}{}
	r.files++
	if r.unsaved++; r.unsaved >= filesPerBatch {
		return r.flush()
	}
	return nil
}

func damaged(f file, d damage) record.Warning {
	return record.Warning{Code: "damaged_file", Subject: f.name, Detail: d.Detail + "; what stands before it was read", Loss: true}
}

// brokenError is a file that cannot be read to its end, however often it is tried.
type brokenError struct{ err error }

func (b *brokenError) Error() string { return b.err.Error() }

// read reads a file, from where it was last read to if it is a log that grows.
func (r *run) read(f file) error {
	from := r.known(f)
	body, err := r.place.open(r.ctx, f, from.At)
	if err != nil {
		return err
	}
	defer body.Close()
	in := &watched{Reader: body}
	reader := resume(in, from.At, from.Line)
	if from.At == 0 {
		if reader, err = newReader(in); err != nil {
			return r.failed(f, in, err)
		}
	}
	flaws := 0
	for {
		c, err := reader.next()
		if errors.Is(err, io.EOF) || f.grows && reader.lines && errors.Is(err, io.ErrUnexpectedEOF) {
			break // of a line that is half written the rest comes later
		}
		if err != nil {
			return r.failed(f, in, fmt.Errorf("line %d: the file ends within a record or cannot be read: %w", max(c.line, 1), err))
		}
		if err := r.record(f, c, &flaws); err != nil {
			return err
		}
	}
	if flaws > flawsPerFile {
		r.warn(record.Warning{Code: "bad_event", Subject: f.name, Detail: fmt.Sprintf("%d more like these", flaws-flawsPerFile), Loss: true})
	}
	return r.grown(f, reader)
}

// watched remembers why reading stopped.
type watched struct {
	io.Reader
	err error
}

// Read reads.
func (w *watched) Read(p []byte) (int, error) {
	n, err := w.Reader.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		w.err = err
	}
	return n, err
}

// failed tells a file that is broken from one that could not be read this time.
func (r *run) failed(f file, in *watched, err error) error {
	switch {
	case r.ctx.Err() != nil:
		return r.ctx.Err()
	case in.err != nil:
		return fmt.Errorf("read %s: %w", f.name, in.err)
	}
	return &brokenError{err}
}

// record keeps what a record says, or says what is wrong with it.
func (r *run) record(f file, c chunk, flaws *int) error {
	a, kept, err := record.Action{}, false, error(nil)
	switch {
	case c.problem != "":
		err = errors.New(c.problem)
	case r.options.Kind == CloudTrail:
		a, kept, err = r.fromTrail(c.data)
	default:
		a, kept, err = r.fromCluster(c.data)
	}
	if err != nil {
		if *flaws++; *flaws <= flawsPerFile {
			r.warn(record.Warning{
				Code: "bad_event", Subject: fmt.Sprintf("%s:%d", f.name, c.line), Detail: err.Error() + "; it was left out", Loss: true,
			})
		}
		return nil
	}
	if !kept {
		return nil
	}
	if a.At.After(r.now) {
		r.warn(record.Warning{Code: "future_date", Subject: fmt.Sprintf("%s:%d", f.name, c.line), Detail: a.At.Format(time.RFC3339) + " was taken for now"})
		a.At = r.now
	}
	a.At = a.At.UTC()
	r.cover(&a)
	if r.batch.Actions = append(r.batch.Actions, a); len(r.batch.Actions) >= actionsPerBatch {
		return r.flush()
	}
	return nil
}

func (r *run) warn(w record.Warning) { r.batch.Warnings = append(r.batch.Warnings, w) }

// cover widens the window of a system.
func (r *run) cover(a *record.Action) {
	c := r.systems[a.System]
	if c == nil {
		c = &record.Covered{Scope: a.System, From: a.At, To: a.At}
		r.systems[a.System] = c
	}
	c.Rows++
	if a.At.Before(c.From) {
		c.From = a.At
	}
	if a.At.After(c.To) {
		c.To = a.At
	}
}

func (r *run) covered() []record.Covered {
	var all []record.Covered
	for _, system := range slices.Sorted(maps.Keys(r.systems)) {
		all = append(all, *r.systems[system])
	}
	return all
}

// flush yields what came together, with the cursor: what it says is done is in this batch or an earlier one.
func (r *run) flush() error {
	text, err := r.cursor.write()
	if err != nil {
		return err
	}
	r.batch.Cursor = text
	calls := r.place.requests()
	r.batch.Requests, r.met0 = calls-r.met0, calls
	r.batch.Progress = record.Progress{Done: int64(r.files), Unit: "files"}
	if err := r.emit(r.batch); err != nil {
		return err
	}
	r.batch, r.unsaved = record.Batch{}, 0
	return nil
}
