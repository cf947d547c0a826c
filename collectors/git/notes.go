package git

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/baserate/baserate/record"
)

// maxNote is the longest note that is kept.
const maxNote = 4 << 20

// noteEntry is a note in the tree of a notes ref; a zero blob is one that was removed.
type noteEntry struct {
	commit string
	blob   oid
}

// notes yields the notes that are new, changed or removed. A removed note has no text.
func (s *session) notes(ctx context.Context) error {
	for _, ref := range slices.Sorted(maps.Keys(s.after.Notes)) {
		states := s.after.Notes[ref]
		if len(states) == 1 {
			continue
		}
		entries, err := s.changedNotes(ctx, states)
		if err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			s.warnings.add(warnNote, ref, "its tree cannot be read; its notes are left out until it is fetched again: %v", err)
			continue
		}
		if err := s.readNotes(ctx, ref, entries); err != nil {
			return err
		}
	}
	return nil
}

// changedNotes lists what differs between the last state of a notes ref and any before. A state that is no longer
// there is like none: all notes differ from it.
func (s *session) changedNotes(ctx context.Context, states []string) ([]noteEntry, error) {
	known, err := s.scratch.resolve(ctx, states)
	if err != nil {
		return nil, err
	}
	now := states[len(states)-1]
	if now == "" {
		now = s.emptyTree()
	}
	changed := map[string]noteEntry{}
	for _, state := range states[:len(states)-1] {
		if known[state] == "" {
			state = s.emptyTree()
		}
		out, err := s.scratch.output(ctx, nil, "diff-tree", "-r", "-z", "--raw", "--no-renames", state, now)
		if err != nil {
			return nil, err
		}
		if err := s.addNotes(changed, out); err != nil {
			return nil, err
		}
	}
	return slices.SortedFunc(maps.Values(changed), func(a, b noteEntry) int {
		return strings.Compare(a.commit, b.commit)
	}), nil
}

// addNotes reads "(:modes names status NUL path NUL)*".
func (s *session) addNotes(changed map[string]noteEntry, out []byte) error {
	trees := treeReader{format: s.clone.format}
	tokens := bytes.Split(bytes.TrimSuffix(out, []byte{0}), []byte{0})
	for i := 0; i+1 < len(tokens); i += 2 {
		c, err := trees.parseChange(tokens[i])
		if err != nil {
			return err
		}
		// A tree of many notes is spread over folders named by the first digits, more of them as it grows: the
		// same note may go from one path and come at another.
		commit := strings.ReplaceAll(string(tokens[i+1]), "/", "")
		if _, err := parseOID([]byte(commit)); err != nil {
			continue
		}
		if known, found := changed[commit]; !found || known.blob.isZero() {
			changed[commit] = noteEntry{commit: commit, blob: c.new}
		}
	}
	return nil
}

// emptyTree is the tree without entries, which every git knows without having it.
func (s *session) emptyTree() string {
	if s.clone.format == formatSHA256 {
		return "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321"
	}
	return "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
}

func (s *session) readNotes(ctx context.Context, ref string, entries []noteEntry) (err error) {
	reader := blobCounter{dir: s.scratch.gitDir, format: s.clone.format}
	defer reader.close()
	for _, e := range entries {
		if !e.blob.isZero() {
			reader.pending = append(reader.pending, e.blob)
		}
	}
	if err := reader.request(ctx); err != nil {
		return err
	}
	var batch record.Batch
	size := 0
	for _, e := range entries {
		note := record.Note{Repo: s.name, Ref: ref, SHA: e.commit}
		if !e.blob.isZero() {
			var ok bool
			if note.Text, ok, err = s.noteText(ctx, &reader, e); err != nil {
				return err
			} else if !ok {
				continue
			}
		}
		batch.Notes = append(batch.Notes, note)
		if size += len(note.Text); len(batch.Notes) >= s.opts.BatchSize || size >= batchBytes {
			if err := s.yield(batch); err != nil {
				return err
			}
			batch, size = record.Batch{}, 0
		}
	}
	if len(batch.Notes) == 0 {
		return nil
	}
	return s.yield(batch)
}

// noteText reads the next pending note. It is not ok when there is nothing worth keeping.
func (s *session) noteText(ctx context.Context, reader *blobCounter, e noteEntry) (text string, ok bool, err error) {
	var content blob
	reader.pending = reader.pending[1:]
	err = reader.read(&content, e.blob)
	if err != nil {
		if ctx.Err() != nil || !brokenOff(err) {
			return "", false, errors.Join(ctx.Err(), err)
		}
		reader.close()
		if err := reader.request(ctx); err != nil {
			return "", false, err
		}
	}
	switch {
	case !content.readable:
		s.warnings.add(warnNote, e.commit, "its note's contents are missing or corrupt; the note is left out")
		return "", false, nil
	case content.large || len(content.data) > maxNote:
		s.warnings.add(warnNote, e.commit, "its note is longer than %d bytes; the note is left out", maxNote)
		return "", false, nil
	case !utf8.Valid(content.data):
		s.warnings.add(warnUTF8, e.commit, "its note is not UTF-8; each bad byte was replaced")
	}
	return validText(string(content.data)), true, nil
}
