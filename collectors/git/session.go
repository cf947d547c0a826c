package git

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"

	"github.com/baserate/baserate/record"
)

// session is one collection of one clone.
type session struct {
	clone    *clone
	scratch  *scratch
	name     string
	opts     Options
	emit     func(record.Batch) error
	warnings *warnings

	before, after position
	refs          clonedRefs
	boundary      map[oid]bool // commits whose parents are cut off
	shallow       string       // digest of boundary; "" when history is whole
	mailmap       string       // blob that names are read with; "" when there is none
	history       history
	commitOf      map[string]string // of the objects that refs point to or pointed to
	progress      record.Progress
	repository    *record.Repository // to be yielded with the next batch
}

// cutOff notes where a shallow clone's history ends.
func (s *session) cutOff(shallow []byte) error {
	s.boundary = map[oid]bool{}
	for line := range bytes.FieldsSeq(shallow) {
		id, err := parseOID(line)
		if err != nil {
			return fmt.Errorf("file shallow: %w", err)
		}
		s.boundary[id] = true
	}
	if len(s.boundary) > 0 {
		digest := sha256.Sum256(shallow)
		s.shallow = hex.EncodeToString(digest[:8])
	}
	return nil
}

// run collects in the order that lets it be broken off anywhere: the cursor says that a collection is finished
// only after everything that depends on where it started has been yielded.
func (s *session) run(ctx context.Context) error {
	if err := s.look(ctx); err != nil {
		return err
	}
	if s.unchanged() {
		return s.yield(record.Batch{})
	}
	if err := s.begin(ctx); err != nil {
		return err
	}
	for _, step := range []func(context.Context) error{s.commits, s.notes, s.placements} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return s.finish()
}

// begin describes the clone. The cursor names the states that facts are about to be read in before any is yielded.
func (s *session) begin(ctx context.Context) error {
	entered := s.after.enter(s.mailmap, s.shallow, s.refs.notes)
	if err := s.readHistory(ctx); err != nil {
		return err
	}
	r := s.describe()
	if chain := s.history.chainTo(s.history.tip); len(chain) > 0 {
		r.Root = s.hex(chain[0])
	}
	if err := s.sameHistory(r); err != nil {
		return err
	}
	if r != s.before.Repository {
		s.repository, s.after.Repository = &r, r
	}
	s.warnAboutClone()
	if !entered {
		return nil
	}
	return s.yieldWithCursor(record.Batch{})
}

// sameHistory refuses another repository under a name that is taken. A clone that moved keeps its root, and one whose
// history was rewritten from the root on is named by hand.
func (s *session) sameHistory(now record.Repository) error {
	was := s.before.Repository
	if was.Root == "" || now.Root == "" || was.Root == now.Root || was.Path == now.Path || was.Shallow || now.Shallow || s.opts.Name != "" {
		return nil
	}
	return fmt.Errorf("%w: %s has another first commit than %s, collected as %s before; name it: other/name=%s (or %s=%s, if it is the same repository rewritten)",
		ErrNameTaken, now.Path, was.Path, now.Name, now.Path, now.Name, now.Path)
}

// hex is the name of a commit.
func (s *session) hex(n node) string { return s.clone.format.hex(s.history.order[n]) }

// look reads what the clone says about itself now.
func (s *session) look(ctx context.Context) error {
	refs, err := s.clone.readRefs(ctx)
	if err != nil {
		return err
	}
	if s.refs, err = s.presentRefs(ctx, refs); err != nil {
		return err
	}
	s.mailmap, err = s.findMailmap(ctx)
	return err
}

// presentRefs leaves out refs whose object is missing or has no history, such as a public key under a tag.
func (s *session) presentRefs(ctx context.Context, refs clonedRefs) (clonedRefs, error) {
	commits, err := s.scratch.resolve(ctx, refs.history.tips())
	if err != nil {
		return refs, err
	}
	for _, name := range slices.Sorted(maps.Keys(refs.history)) {
		target := refs.history[name]
		if commits[target] != "" {
			continue
		}
		delete(refs.history, name)
		if there, err := s.scratch.exists(ctx, target); err != nil {
			return refs, err
		} else if !there {
			s.warnings.add(warnMissingRef, name, "its object %s is missing; the ref is left out until that is fetched", target)
		}
	}
	if _, found := refs.history[refs.branch]; !found {
		refs.branch = ""
	}
	return refs, nil
}

// describe is the repository but for its root.
func (s *session) describe() record.Repository {
	return record.Repository{
		Name: s.name, Path: s.clone.path, DefaultBranch: s.refs.branch,
		Shallow: len(s.boundary) > 0, Partial: s.clone.partial,
	}
}

// tip is the object that the default branch points to; "" when there is none.
func (s *session) tip() string { return s.refs.history[s.refs.branch] }

func (s *session) unchanged() bool {
	b, notes := &s.before, refSet{}
	for ref, states := range b.Notes {
		notes[ref] = states[len(states)-1]
	}
	described := s.describe()
	described.Root = b.Repository.Root
	return b.settled() && described == b.Repository && only(b.Mailmaps, s.mailmap) && only(b.Shallows, s.shallow) &&
		s.tip() == b.Tip && maps.Equal(s.refs.history, b.Refs) && maps.Equal(s.refs.notes, notes)
}

func (s *session) warnAboutClone() {
	if len(s.refs.history) == 0 {
		s.warnings.add(warnEmpty, s.name, "it has no branches or tags; nothing to collect until something is pushed and fetched")
	} else if s.refs.branch == "" {
		s.warnings.add(warnNoBranch, s.name, "no default branch was found, so no commit counts as landed; set HEAD to the default branch")
	}
	if len(s.boundary) > 0 {
		s.warnings.add(warnShallow, s.name,
			"history is cut off at %d commits, whose files are unknown; git fetch --unshallow brings the rest", len(s.boundary))
	}
	if s.clone.partial {
		s.warnings.add(warnPartial, s.name, "contents may be missing, which are never fetched here; files of such commits are marked unknown")
	}
}

// yield sends a batch with all that has gathered.
func (s *session) yield(b record.Batch) error {
	b.Repository, s.repository = s.repository, nil
	b.Warnings = s.warnings.take()
	b.Progress = s.progress
	return s.emit(b)
}

// yieldWithCursor is yield with how far the collection has come.
func (s *session) yieldWithCursor(b record.Batch) (err error) {
	if b.Cursor, err = writeCursor(s.after); err != nil {
		return err
	}
	return s.yield(b)
}

// finish yields the moved refs and the cursor from which the next collection starts.
func (s *session) finish() error {
	s.warnings.summarise(s.name)
	s.after = position{
		Version: positionVersion, Repository: s.after.Repository, Finished: true, Refs: s.refs.history, Tip: s.tip(),
		Mailmaps: []string{s.mailmap}, Shallows: []string{s.shallow}, Notes: map[string][]string{},
	}
	for ref, tip := range s.refs.notes {
		s.after.Notes[ref] = []string{tip}
	}
	return s.yieldWithCursor(record.Batch{RefUpdates: s.refUpdates()})
}
