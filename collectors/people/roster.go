package people

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"time"

	"github.com/baserate/baserate/record"
)

// roster collects whose accounts are whose and who was in which team.
type roster struct{ Options }

// known is the cursor: what the files said the last time.
type known struct {
	Owners  map[string]string // person by account
	Members []record.Member   // in order
}

// Collect compares the files with what they said the last time, and yields what is new.
func (r roster) Collect(_ context.Context, since record.Cursor) iter.Seq2[record.Batch, error] {
	return func(yield func(record.Batch, error) bool) {
		batch, err := r.compare(since)
		yield(batch, err)
	}
}

func (r roster) compare(since record.Cursor) (record.Batch, error) {
	var before known
	if since != nil {
		if err := json.Unmarshal(since, &before); err != nil {
			return record.Batch{}, fmt.Errorf("read cursor of people: %w", err)
		}
	}
	all, warnings, err := r.read()
	if err != nil {
		return record.Batch{}, err
	}
	if len(all.owner) == 0 && len(before.Owners) > 0 {
		return record.Batch{}, fmt.Errorf("the people files name no account any more, and named %d: nothing was changed; delete a person by deleting the row", len(before.Owners))
	}
	batch := record.Batch{Warnings: warnings}
	batch.Identities = all.journal(before.Owners, r.Now().UTC().Truncate(time.Millisecond))
	now := known{Owners: map[string]string{}, Members: all.memberRows()}
	for k, o := range all.owner {
		now.Owners[k] = o.person
	}
	batch.Members = changed(before.Members, now.Members)
	batch.Progress = record.Progress{Done: int64(len(all.owner)), Total: int64(len(all.owner)), Unit: "accounts"}
	if since != nil && batch.Rows() == 0 {
		return batch, nil
	}
	cursor, err := json.Marshal(now)
	batch.Cursor = cursor
	return batch, err
}

func (r roster) read() (who, []record.Warning, error) {
	all := who{owner: map[string]owner{}}
	var problems []error
	if r.File != "" {
		var err error
		if all, err = readFile(r.File); err != nil {
			problems = append(problems, err)
		}
	}
	warnings := all.lonely(r.File)
	for _, path := range r.Mailmap {
		more, err := all.readMailmap(path)
		if err != nil {
			problems = append(problems, err)
		}
		warnings = append(warnings, more...)
	}
	return all, warnings, errors.Join(problems...)
}

// lonely warns of memberships of persons without an account.
func (w *who) lonely(path string) []record.Warning {
	accounts := w.accountsOf()
	var all []record.Warning
	for _, m := range w.members {
		if len(accounts[m.person]) == 0 {
			all = append(all, record.Warning{Code: "no_account", Subject: fmt.Sprintf("%s:%d", path, m.line), Detail: "a person in a team who has no account: no work can be theirs", Loss: true})
		}
	}
	return all
}

// journal is what changed of whose accounts are whose, in order of the accounts.
func (w *who) journal(before map[string]string, at time.Time) []record.Identity {
	var all []record.Identity
	keys := map[string]bool{}
	for k := range before {
		keys[k] = true
	}
	for k := range w.owner {
		keys[k] = true
	}
	for _, k := range slices.Sorted(maps.Keys(keys)) {
		was, is := before[k], w.owner[k]
		if was == is.person {
			continue
		}
		if was != "" {
			all = append(all, record.Identity{Account: accountOf(k), Person: was, Parted: true, Origin: "people", At: at})
		}
		if is.person != "" {
			all = append(all, record.Identity{Account: accountOf(k), Person: is.person, Origin: is.origin, At: at})
		}
	}
	return all
}

// memberRows are the memberships of every account of a person, in order and each once.
func (w *who) memberRows() []record.Member {
	var all []record.Member
	accounts := w.accountsOf()
	for _, m := range w.members {
		for _, k := range accounts[m.person] {
			if w.owner[k].origin == "people" {
				all = append(all, record.Member{Account: accountOf(k), Person: m.person, Team: m.team, From: m.from, To: m.to})
			}
		}
	}
	slices.SortStableFunc(all, compareMembers)
	return slices.CompactFunc(all, func(a, b record.Member) bool { return compareMembers(a, b) == 0 })
}
