package github

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/record"
)

//go:embed query/protection.graphql
var protectionQuery string

// rulesCursor remembers the rules that there were, so that one that was taken away can be told from one that never was.
type rulesCursor struct {
	snapshot
	Rules map[string][]seenRule `json:"rules,omitempty"` // by number of the repository; "" those of the organisation
}

// rules takes a daily snapshot of the sets of rules and of the protection of branches, of the organisation and of each
// repository.
func (s *Source) rules() collectors.Task {
	return s.stream("rules", 24*time.Hour, func(ctx context.Context, p *pass, since record.Cursor) error {
		cursor := decode[rulesCursor](since)
		if !cursor.begin(s.now()) {
			return nil
		}
		repos, err := s.repositories(ctx)
		if err != nil {
			return err
		}
		if cursor.Rules == nil {
			cursor.Rules = map[string][]seenRule{}
		}
		repos = cursor.rest(repos)
		r := &rulesReader{
			source: s, cursor: &cursor, sets: map[string]bool{},
			first: &ahead[repositoryProtection]{source: s, query: protectionQuery, size: 25, repos: repos},
		}
		if err := r.organisation(ctx, p); err != nil {
			return err
		}
		return snapshotOver(ctx, p, &cursor.snapshot, repos, func() (record.Cursor, error) { return encode(cursor) }, r.read)
	})
}

// repositoryProtection is what GraphQL says of one repository.
type repositoryProtection struct {
	ViewerCanAdminister bool
	Rulesets            *struct{ TotalCount int }
	Protection          *struct {
		TotalCount int
		Nodes      []json.RawMessage
	} `json:"branchProtectionRules"`
}

// rulesReader reads rules, one repository after the other.
type rulesReader struct {
	source *Source
	cursor *rulesCursor
	first  *ahead[repositoryProtection]
	sets   map[string]bool // kinds of warnings that were given: one says enough
}

// organisation reads the sets of rules that hold for many repositories.
func (r *rulesReader) organisation(ctx context.Context, p *pass) error {
	org := r.source.opts.Org
	if org == "" || r.cursor.After != "" {
		return nil
	}
	var b record.Batch
	found, err := r.rulesets(ctx, "orgs/"+org+"/rulesets", "?per_page=100", org)
	var absent collectors.Absent
	switch err = r.source.absent(err); {
	case errors.As(err, &absent):
		b.Warnings = append(b.Warnings, record.Warning{Code: "organisation_rules", Subject: org, Detail: absent.Why, Loss: true})
	case err != nil:
		return err
	default:
		r.note(&b, "", found)
	}
	return p.send(b)
}

// note adds rules to a batch, and those that were there before and are not any more.
func (r *rulesReader) note(b *record.Batch, part string, found []record.Rule) {
	at := r.source.now()
	before := r.cursor.Rules[part]
	now := make([]seenRule, len(found))
	for i := range found {
		found[i].SeenAt = at
		now[i] = seenRule{found[i].Scope, found[i].Kind, found[i].ID, found[i].Name}
		if found[i].Kind == "ruleset" && found[i].Bypass == nil && !r.sets["bypass"] {
			r.sets["bypass"] = true
			b.Warnings = append(b.Warnings, record.Warning{
				Code: "bypass_hidden", Subject: found[i].Scope,
				Detail: "GitHub does not say to this account who may bypass sets of rules: that needs the right to administer them", Loss: true,
			})
		}
	}
	b.Rules = append(b.Rules, found...)
	for _, old := range before {
		if !slices.ContainsFunc(now, func(n seenRule) bool { return n.Scope == old.Scope && n.Kind == old.Kind && n.ID == old.ID }) {
			rule, stone := gone(old, at)
			b.Rules, b.Tombstones = append(b.Rules, rule), append(b.Tombstones, stone)
		}
	}
	if r.cursor.Rules[part] = now; len(now) == 0 {
		delete(r.cursor.Rules, part)
	}
}

func (r *rulesReader) read(ctx context.Context, pt *part[struct{}]) error {
	found, err := r.repository(ctx, pt)
	if err != nil { // what was found all the same holds, and nothing is known to be gone
		at := r.source.now()
		for i := range found {
			found[i].SeenAt = at
		}
		pt.batch.Rules = append(pt.batch.Rules, found...)
		return err
	}
	r.note(&pt.batch, pt.Repo.ID, found)
	return nil
}

func (r *rulesReader) repository(ctx context.Context, pt *part[struct{}]) ([]record.Rule, error) {
	repo := pt.Repo.Name
	seen, err := r.first.of(ctx, pt.Repo)
	if err != nil && !errors.Is(err, errNoGraphQL) {
		return nil, err
	}
	var sets, protection []record.Rule
	if seen == nil || seen.Rulesets == nil || seen.Rulesets.TotalCount > 0 {
		sets, err = r.rulesets(ctx, "repos/"+repo+"/rulesets", "?includes_parents=false&per_page=100", repo)
	} else {
		err = nil
	}
	var other error
	if seen != nil {
		protection, other = r.protection(pt, seen)
	} else {
		protection, other = r.protectionREST(ctx, repo)
	}
	return append(sets, protection...), worse(r.source.absent(err), r.source.absent(other))
}

// worse is the one of two errors that says more: a failure before something that is not shown.
func worse(a, b error) error {
	if a == nil || b != nil && errors.As(a, new(collectors.Absent)) && !errors.As(b, new(collectors.Absent)) {
		return b
	}
	return a
}

// rulesets reads the sets of rules of one scope, each whole.
func (r *rulesReader) rulesets(ctx context.Context, path, query, scope string) ([]record.Rule, error) {
	listed, err := all[struct{ ID int64 }](ctx, r.source, path+query)
	if err != nil {
		return nil, err
	}
	var found []record.Rule
	for _, one := range listed {
		var body json.RawMessage
		if _, err := r.source.get(ctx, fmt.Sprintf("%s/%d", path, one.ID), &body); err != nil {
			if status(err) == http.StatusNotFound { // taken away just now
				continue
			}
			return nil, err
		}
		rule, err := parseRuleset(body, scope)
		if err != nil {
			return nil, fmt.Errorf("ruleset %d of %s: %w", one.ID, scope, err)
		}
		found = append(found, rule)
	}
	return found, nil
}

// protection takes what GraphQL said. To those who may not administer a repository it gives an empty list, which is not none.
func (r *rulesReader) protection(pt *part[struct{}], seen *repositoryProtection) ([]record.Rule, error) {
	if seen.Protection == nil || len(seen.Protection.Nodes) == 0 && !seen.ViewerCanAdminister {
		return nil, collectors.Absent{Why: "GitHub does not show the protection of branches to this account: that needs the right to administer"}
	}
	var found []record.Rule
	for _, body := range seen.Protection.Nodes {
		rule, err := parseProtection(body, pt.Repo.Name)
		if err != nil {
			return nil, fmt.Errorf("branch protection: %w", err)
		}
		found = append(found, rule)
	}
	if missing := seen.Protection.TotalCount - len(found); missing > 0 {
		pt.warn(record.Warning{
			Code: "branch_protection", Subject: pt.Repo.Name, Detail: fmt.Sprintf("%d rules for branches over the first %d are not read", missing, len(found)), Loss: true,
		})
	}
	return found, nil
}
