package people

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"os"
	"reflect"
	"slices"
	"strings"

	"github.com/baserate/baserate/record"
)

// owners collects which team owns a repository, and what else is known of it.
type owners struct{ Options }

// Collect yields the profiles that are other than the last time.
func (o owners) Collect(_ context.Context, since record.Cursor) iter.Seq2[record.Batch, error] {
	return func(yield func(record.Batch, error) bool) {
		batch, err := o.compare(since)
		yield(batch, err)
	}
}

func (o owners) compare(since record.Cursor) (record.Batch, error) {
	before := map[string]record.Profile{}
	if since != nil {
		if err := json.Unmarshal(since, &before); err != nil {
			return record.Batch{}, fmt.Errorf("read cursor of owners: %w", err)
		}
	}
	now, warnings, err := o.read()
	batch := record.Batch{Warnings: warnings, Progress: record.Progress{Done: int64(len(now)), Total: int64(len(now)), Unit: "repositories"}}
	for repo, profile := range now {
		if was, had := before[repo]; !had || !reflect.DeepEqual(was, profile) {
			batch.Profiles = append(batch.Profiles, profile)
		}
	}
	for repo := range before {
		if _, still := now[repo]; !still && err == nil {
			batch.Profiles = append(batch.Profiles, record.Profile{Repo: repo})
		}
	}
	if err != nil || since != nil && len(batch.Profiles) == 0 {
		return batch, err
	}
	slices.SortFunc(batch.Profiles, func(a, b record.Profile) int { return cmp.Compare(a.Repo, b.Repo) })
	batch.Cursor, err = json.Marshal(now)
	return batch, err
}

// read gives what is configured of every repository, with the team of its CODEOWNERS where none is configured.
func (o owners) read() (map[string]record.Profile, []record.Warning, error) {
	all := map[string]record.Profile{}
	for _, p := range o.Profiles {
		all[p.Repo] = p
	}
	var warnings []record.Warning
	var problems []error
	for _, file := range o.CodeOwners {
		body, err := os.ReadFile(file.Path)
		if err != nil {
			problems = append(problems, fmt.Errorf("read owners of %s: %w", file.Repo, err))
			continue
		}
		p := all[file.Repo]
		p.Repo = file.Repo
		if team := ownerOf(string(body)); p.Team == "" {
			if p.Team = team; team == "" {
				warnings = append(warnings, record.Warning{Code: "no_owner", Subject: file.Repo, Detail: file.Path + " names no team for the whole repository"})
			}
		}
		all[file.Repo] = p
	}
	return all, warnings, errors.Join(problems...)
}

// ownerOf is the first team of a CODEOWNERS file's last rule for everything, without its organisation; "" when there is none:
// a rule without owners takes back the ones before it, and a person is no team.
func ownerOf(file string) string {
	var team string
	for _, line := range strings.Split(file, "\n") {
		if at := strings.Index(line, " #"); at >= 0 {
			line = line[:at]
		}
		words := strings.Fields(line)
		if len(words) == 0 || !slices.Contains([]string{"*", "**", "/**", "**/*"}, words[0]) {
			continue
		}
		team = ""
		for _, name := range words[1:] {
			if _, slug, is := strings.Cut(name, "/"); is && strings.HasPrefix(name, "@") && team == "" {
				team = slug
			}
		}
	}
	return team
}
