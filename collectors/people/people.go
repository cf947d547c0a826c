package people

import (
	"time"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/record"
)

// Options name the files that say who is who. Each may be left out.
type Options struct {
	File       string           // the people file: .csv, .yaml or .yml
	Mailmap    []string         // mailmaps of the whole organisation; those of a repository are read with its history
	CodeOwners []Owners         // CODEOWNERS files
	Profiles   []record.Profile // what is known of repositories besides; a team given here goes before CODEOWNERS
	Every      time.Duration    // of the schedule; an hour when zero
	Now        func() time.Time // time.Now when nil
}

// Owners is the CODEOWNERS file of a repository.
type Owners struct {
	Repo string // "owner/name", as its commits have it
	Path string
}

// Tasks are the streams that there is a file for: whose accounts are whose, and who owns what.
func (o Options) Tasks() []collectors.Task {
	if o.Every == 0 {
		o.Every = time.Hour
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	var tasks []collectors.Task
	add := func(stream string, c collectors.Collector) {
		tasks = append(tasks, collectors.Task{Source: "people", Scope: "files", Stream: stream, Collector: c, Every: o.Every, Timeout: 10 * time.Minute})
	}
	if o.File != "" || len(o.Mailmap) > 0 {
		add("accounts", roster{o})
	}
	if len(o.CodeOwners) > 0 || len(o.Profiles) > 0 {
		add("owners", owners{o})
	}
	return tasks
}
