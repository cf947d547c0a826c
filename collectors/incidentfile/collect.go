package incidentfile

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"os"
	"time"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/collectors/outage"
	"github.com/baserate/baserate/record"
)

// perBatch is how many incidents are saved at once.
const perBatch = 1000

// position is the cursor: which state of each file was read, and what was said of causes, so that what a file does not say any
// more can be taken back.
type position struct {
	Files map[string]state         `json:"files"`
	Told  map[string]outage.Recent `json:"told,omitempty"` // by source
}

// state tells one content of a file from the next.
type state struct {
	Size     int64     `json:"size"`
	Modified time.Time `json:"modified"`
	Rejected int       `json:"rejected,omitempty"` // lines that are kept aside
}

// Collect reads the files that are new or have changed.
func (s *Source) Collect(ctx context.Context, since record.Cursor) iter.Seq2[record.Batch, error] {
	return collectors.Emit(func(emit func(record.Batch) error) error {
		s.begin()
		return s.collect(ctx, since, func(b record.Batch) error { return errors.Join(emit(b), ctx.Err()) })
	})
}

func (s *Source) collect(ctx context.Context, since record.Cursor, emit func(record.Batch) error) error {
	at := position{Files: map[string]state{}, Told: map[string]outage.Recent{}}
	if since != nil {
		if err := json.Unmarshal(since, &at); err != nil {
			return fmt.Errorf("cursor of %s: %w", s.options.Path, err)
		}
	}
	if at.Told == nil { // left out of a cursor when nobody stated a cause
		at.Told = map[string]outage.Recent{}
	}
	paths, err := s.files(ctx)
	if err != nil {
		return err
	}
	var failed []error
	for i, path := range paths {
		progress := record.Progress{Done: int64(i + 1), Total: int64(len(paths)), Unit: "files"}
		if err := s.file(path, &at, progress, emit); errors.Is(err, collectors.ErrStopped) || ctx.Err() != nil {
			return err
		} else if err != nil {
			failed = append(failed, err)
		}
	}
	return errors.Join(failed...)
}

// file reads one file if it is new or has changed, and saves its state with its last incidents.
func (s *Source) file(path string, at *position, progress record.Progress, emit func(record.Batch) error) error {
	found, err := os.Stat(path)
	if err != nil {
		return err
	}
	now := state{Size: found.Size(), Modified: found.ModTime().UTC()}
	before := at.Files[path]
	if now.Rejected = before.Rejected; before == now && !s.options.Again {
		return s.remind(path, before, emit)
	}
	r, err := s.open(path)
	if err != nil {
		return err
	}
	defer r.close()
	batch := record.Batch{Progress: progress}
	for line := range r.lines {
		s.take(r, line, at, &batch)
		if len(batch.Incidents) >= perBatch {
			if err := emit(batch); err != nil {
				return err
			}
			batch = record.Batch{Progress: progress}
		}
	}
	result, wrong := r.finish()
	s.note(result)
	if now.Rejected = result.Rejected; wrong == nil {
		at.Files[path] = now // what could not be read to its end is read again
	}
	if batch.Cursor, err = json.Marshal(at); err != nil {
		return err
	}
	batch.Warnings = append(batch.Warnings, warnings(result)...)
	if err := emit(batch); err != nil {
		return err
	}
	return wrong
}

// remind says of a file that has not changed that lines of it are still missing.
func (s *Source) remind(path string, was state, emit func(record.Batch) error) error {
	if was.Rejected == 0 {
		return nil
	}
	return emit(record.Batch{Warnings: []record.Warning{{
		Code: "rejected_line", Subject: path, Loss: true, Detail: fmt.Sprintf("%d lines are still rejected, see %s", was.Rejected, path+aside),
	}}})
}

// take reads a line into the batch, or sets it aside.
func (s *Source) take(r *reader, l line, at *position, b *record.Batch) {
	asked := map[record.CauseRole]bool{record.RoleCause: l.has("causes"), record.RoleFix: l.has("fixes")}
	incident, causes, flaws := parse(l, s.options.Services, s.options.Now())
	if len(flaws) > 0 {
		r.reject(l, flaws)
		return
	}
	r.result.Accepted++
	b.Warnings = append(b.Warnings, outage.Straighten(&incident, s.options.Now())...)
	b.Incidents = append(b.Incidents, incident)
	told := at.Told[incident.Source]
	if told == nil {
		told = outage.Recent{}
	}
	before := told[incident.ID]
	stated, news := told.News(incident, causes, func(role record.CauseRole, _ string) bool { return !asked[role] })
	if !news {
		return // as told before, or older than that
	}
	if len(told[incident.ID].Causes) == 0 && len(before.Causes) == 0 {
		delete(told, incident.ID) // nothing to take back
	}
	if len(told) > 0 {
		at.Told[incident.Source] = told
	}
	b.Causes = append(b.Causes, stated...)
}

// mostWarnings of a file go to the ledger; all stand in the file of rejected lines.
const mostWarnings = 20

func warnings(r Result) []record.Warning {
	var all []record.Warning
	for _, f := range r.Flaws[:min(mostWarnings, len(r.Flaws))] {
		all = append(all, record.Warning{Code: "rejected_line", Subject: fmt.Sprintf("%s:%d", f.File, f.Line), Detail: f.Error(), Loss: true})
	}
	if more := len(r.Flaws) - len(all); more > 0 {
		all = append(all, record.Warning{Code: "rejected_line", Subject: r.File, Detail: fmt.Sprintf("and %d more, see %s", more, r.Aside), Loss: true})
	}
	return all
}
