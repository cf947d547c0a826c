package actions

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"github.com/baserate/baserate/record"
)

//go:embed rules.yaml
var builtinRules []byte

// ruleFile is the form of rules.yaml.
type ruleFile struct {
	CloudTrail struct {
		Reads, Ignore, Sessions, Harmless, Destructive, Console, Shells []string
	} `yaml:"cloudtrail"`
	Kubernetes struct {
		Keep, Reads, Ignore, Harmless, Destructive []string
	} `yaml:"kubernetes"`
	Levels []struct {
		Level record.Level
		Names []string
	} `yaml:"levels"`
	Environments []string `yaml:"environments"`
	Approvals    struct {
		People, Tickets []string
	} `yaml:"approvals"`
}

// ruleSet holds the rules ready to be used. It is read-only, so one serves any number of goroutines.
type ruleSet struct {
	trail, cluster       verbRules
	sessions             patterns
	console, shells      patterns
	levels               named[record.Level]
	environments         named[string]
	environmentKeys      []string
	approvers, ticketing []string
}

// verbRules sort verbs.
type verbRules struct{ keep, reads, ignore, harmless, destructive patterns }

// sort says whether a verb in lower case only reads, or stands for nothing, and whether it destroys. The three answers of
// reads are the event's own: true, false, and nil where it does not say.
func (r *verbRules) sort(verb string, reads *bool) (kept, destructive bool) {
	switch {
	case r.keep.match(verb):
	case reads != nil && *reads, reads == nil && r.reads.match(verb), r.ignore.match(verb):
		return false, false
	}
	return true, !r.harmless.match(verb) && r.destructive.match(verb)
}

var builtin = sync.OnceValues(func() (*ruleSet, error) { return parseRules(builtinRules) })

// parseRules reads a file of rules. An unknown key is an error, and all errors are reported at once.
func parseRules(file []byte) (*ruleSet, error) {
	decoder := yaml.NewDecoder(bytes.NewReader(file))
	decoder.KnownFields(true)
	var f ruleFile
	if err := decoder.Decode(&f); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("parse rules of actions: %w", err)
	}
	if err := f.check(); err != nil {
		return nil, err
	}
	t, k := &f.CloudTrail, &f.Kubernetes
	r := &ruleSet{
		trail: verbRules{
			reads: newPatterns(t.Reads), ignore: newPatterns(t.Ignore), harmless: newPatterns(t.Harmless), destructive: newPatterns(t.Destructive),
		},
		cluster: verbRules{
			keep: newPatterns(k.Keep), reads: newPatterns(k.Reads), ignore: newPatterns(k.Ignore), harmless: newPatterns(k.Harmless),
			destructive: newPatterns(k.Destructive),
		},
		sessions: newPatterns(t.Sessions), console: newPatterns(t.Console), shells: newPatterns(t.Shells),
		environmentKeys: f.Environments, approvers: f.Approvals.People, ticketing: f.Approvals.Tickets,
	}
	for _, l := range f.Levels {
		for _, name := range l.Names {
			r.levels = r.levels.and(name, l.Level)
		}
	}
	return r, nil
}

func (f *ruleFile) check() error {
	var all []error
	t, k := &f.CloudTrail, &f.Kubernetes
	for key, list := range map[string][]string{
		"cloudtrail.reads": t.Reads, "cloudtrail.ignore": t.Ignore, "cloudtrail.sessions": t.Sessions, "cloudtrail.harmless": t.Harmless,
		"cloudtrail.destructive": t.Destructive, "kubernetes.keep": k.Keep, "kubernetes.reads": k.Reads, "kubernetes.ignore": k.Ignore,
		"kubernetes.harmless": k.Harmless, "kubernetes.destructive": k.Destructive,
	} {
		separator, form := ":", "service:Event"
		if strings.HasPrefix(key, "kubernetes") {
			separator, form = " ", "verb resource"
		}
		for _, text := range list {
			if !strings.Contains(text, separator) {
				all = append(all, fmt.Errorf("rules of actions: %s: %q is not written %q", key, text, form))
			}
		}
	}
	for i, l := range f.Levels {
		if !slices.Contains(levels, l.Level) {
			all = append(all, fmt.Errorf("rules of actions: levels: entry %d: %q is none of %v", i+1, l.Level, levels))
		}
	}
	slices.SortFunc(all, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return errors.Join(all...)
}

// with adds what the options say.
func (r *ruleSet) with(o Options) *ruleSet {
	own := *r
	own.environments = byLength(o.Environments)
	own.levels = append(byLength(o.Levels), r.levels...)
	return &own
}

// level is what the names of a right say, the first that says anything.
func (r *ruleSet) level(names ...string) record.Level {
	for _, name := range names {
		if level, ok := r.levels.find(strings.ToLower(name)); ok {
			return level
		}
	}
	return record.LevelUnknown
}

// environment is that of the first thing that has one.
func (r *ruleSet) environment(things ...string) string {
	for _, thing := range things {
		if name, ok := r.environments.find(strings.ToLower(thing)); ok && thing != "" {
			return name
		}
	}
	return ""
}
