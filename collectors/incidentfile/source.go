package incidentfile

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/collectors/outage"
)

// Options say what is read.
type Options struct {
	Path     string           // a file, or a folder of which every .jsonl, .json and .csv is read
	Format   string           // one of Formats; found by looking at the file when empty
	Services outage.Services  // the repositories of services, beside those that the file names
	Again    bool             // read files that have not changed since too
	Now      func() time.Time // time.Now when nil
}

// Source is a file of incidents, or a folder of them.
type Source struct {
	options Options

	mu      sync.Mutex
	results []Result
}

// Result says what became of a file.
type Result struct {
	File     string
	Format   string
	Accepted int
	Flaws    []Flaw // of lines that were rejected
	Rejected int    // lines
	Aside    string // file with the rejected lines; "" when there are none
}

// Flaw is what is wrong with a line, and what to do.
type Flaw struct {
	File  string
	Line  int
	Field string // "" when it is the line as a whole
	What  string
}

// Error is the flaw in one line: file:line: field: what.
func (f Flaw) Error() string {
	if f.Field == "" {
		return fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.What)
	}
	return fmt.Sprintf("%s:%d: %s: %s", f.File, f.Line, f.Field, f.What)
}

// New checks the options, and reports all that is wrong with them.
func New(o Options) (*Source, error) {
	var errs []error
	if o.Path == "" {
		errs = append(errs, errors.New("path: name a file or a folder of incidents"))
	}
	if o.Format != "" && !slices.Contains(Formats, o.Format) {
		errs = append(errs, fmt.Errorf("format: %q is none of %s", o.Format, strings.Join(Formats, ", ")))
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Source{options: o}, errors.Join(errs...)
}

// Tasks is the one thing to collect.
func (s *Source) Tasks() []collectors.Task {
	return []collectors.Task{{Source: "file", Scope: s.options.Path, Stream: "incidents", Collector: s, Every: 10 * time.Minute}}
}

// Results say what became of each file that the last run read.
func (s *Source) Results() []Result {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.results)
}

func (s *Source) note(r Result) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.results = append(s.results, r)
}

func (s *Source) begin() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.results = nil
}

// aside ends the name of a file with rejected lines.
const aside = ".rejected.jsonl"

// files lists what there is to read, in order.
func (s *Source) files(ctx context.Context) ([]string, error) {
	found, err := os.Stat(s.options.Path)
	if err != nil {
		return nil, fmt.Errorf("%w: put the file there or correct the path", err)
	}
	if !found.IsDir() {
		return []string{s.options.Path}, nil
	}
	var all []string
	err = filepath.WalkDir(s.options.Path, func(path string, entry fs.DirEntry, err error) error {
		known := slices.Contains([]string{".jsonl", ".json", ".csv"}, filepath.Ext(path))
		if err == nil && entry.Type().IsRegular() && known && !strings.HasSuffix(path, aside) {
			all = append(all, path)
		}
		return errors.Join(err, ctx.Err())
	})
	return all, err
}
