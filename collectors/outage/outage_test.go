package outage_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/baserate/baserate/collectors/outage"
	"github.com/baserate/baserate/record"
	"github.com/google/go-cmp/cmp"
)

func TestSeverity(t *testing.T) {
	for word, want := range map[string]uint8{
		"SEV1": 1, "sev-2": 2, "Sev 3": 3, "P4": 4, "p5": 5, "S1": 1, "1 - Critical": 1, "3": 3, "sev0": 1, "P9": 5, " Critical ": 1, "major": 2, "High": 2,
		"warning": 3, "minor": 3, "none": 4, "Lowest": 5,
	} {
		if got, known := outage.Severity(word); got != want || !known {
			t.Errorf("%q: %d, %v, want %d", word, got, known, want)
		}
	}
	for _, word := range []string{"", "banana", "Significant impact", "12 apples", "p", "sev"} {
		if got, known := outage.Severity(word); got != 0 || known {
			t.Errorf("%q: %d, %v", word, got, known)
		}
	}
}

func show(refs []outage.Ref) string {
	var all []string
	for _, r := range refs {
		all = append(all, r.Kind+" "+r.Repo+" "+r.Ref)
	}
	return strings.Join(all, ", ")
}

func TestLink(t *testing.T) {
	for href, want := range map[string]string{
		"https://github.com/acme/shop/commit/0A1B2C3D":                                   "commit acme/shop 0a1b2c3d",
		"https://github.com/acme/shop/pull/12":                                           "pull_request acme/shop 12",
		"https://github.com/acme/shop/pull/12/files#diff-1":                              "pull_request acme/shop 12",
		"https://github.com/acme/shop/pull/12/commits/0a1b2c3d4":                         "commit acme/shop 0a1b2c3d4",
		"https://www.github.com/acme/shop/deployments/42?x=1":                            "deployment acme/shop 42",
		"https://github.com/acme/shop/releases/tag/v1.2":                                 "release acme/shop v1.2",
		"https://api.github.com/repos/acme/shop/pulls/12":                                "pull_request acme/shop 12",
		"https://git.acme.test/team/sub/shop/-/merge_requests/7":                         "pull_request git.acme.test/team/sub/shop 7",
		"https://gitlab.com/acme/shop/-/commit/6dcb09b5b57875f334f61aebed695e2e4193db5e": "commit gitlab.com/acme/shop 6dcb09b5b57875f334f61aebed695e2e4193db5e",
		"https://bitbucket.org/acme/shop/pull-requests/3":                                "pull_request bitbucket.org/acme/shop 3",
	} {
		ref, ok := outage.Link(href)
		if got := show([]outage.Ref{ref}); !ok || got != want {
			t.Errorf("%s: %s, want %s", href, got, want)
		}
	}
	for _, href := range []string{
		"", "#12", "acme/shop#12", "https://github.com/acme/shop", "https://github.com/acme/shop/issues/12", "https://github.com/acme/shop/pull/new",
		"https://github.com/acme/shop/commit/main", "https://github.com/acme/shop/deployments/production", "ftp://github.com/acme/shop/pull/12",
		"https://github.com/commit/0a1b2c3d", "https://github.com/acme/shop/actions/runs/12", "://",
	} {
		if ref, ok := outage.Link(href); ok {
			t.Errorf("%s: %+v", href, ref)
		}
	}
}

// Only what a text states to be the cause is one.
func TestStated(t *testing.T) {
	one := []string{"acme/shop"}
	for text, want := range map[string]string{
		"The outage was caused by #12.":                                         "pull_request acme/shop 12",
		"Caused by commit 0a1b2c3d, which we reverted in #13":                   "commit acme/shop 0a1b2c3d",
		"root cause: acme/other@6dcb09b5b57875f3":                               "commit acme/other 6dcb09b5b57875f3",
		"Root-cause: the pull request acme/other#7":                             "pull_request acme/other 7",
		"introduced by (https://github.com/acme/other/pull/9).":                 "pull_request acme/other 9",
		"This regression, triggered by `0a1b2c3d`, is over":                     "commit acme/shop 0a1b2c3d",
		"caused by #12, #14 and acme/other#3; fixed by #15":                     "pull_request acme/shop 12, pull_request acme/shop 14, pull_request acme/other 3",
		"caused by [#12](https://github.com/acme/shop/pull/12)":                 "pull_request acme/shop 12",
		"It was not the network. It was caused by #12.":                         "pull_request acme/shop 12",
		"broken by this change https://github.com/acme/shop/commit/0a1b2c3d":    "commit acme/shop 0a1b2c3d",
		"culprit: 6dcb09b5b57875f334f61aebed695e2e4193db5e":                     "commit acme/shop 6dcb09b5b57875f334f61aebed695e2e4193db5e",
		"caused by 6dcb09b5b57875f334f61aebed695e2e4193db5e and nothing else":   "commit acme/shop 6dcb09b5b57875f334f61aebed695e2e4193db5e",
		"CAUSED BY #12\n\nFixed by #13":                                         "pull_request acme/shop 12",
		"We found that errors were introduced by #12 while deploying #13 there": "pull_request acme/shop 12",
	} {
		if got := show(outage.Stated(text, one)); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
	for _, text := range []string{
		"We have deployed a fix (#12).", "Fixed by #12", "We reverted #12 and are monitoring.", "A rollback of 0a1b2c3d is under way.",
		"The configuration change has been rolled back, see https://github.com/acme/shop/pull/12", "This was caused by a deployment.",
		"This was not caused by #12.", "It wasn't caused by #12", "may have been caused by #12", "We suspect it was caused by #12", "Was it caused by #12?",
		"We ruled out that it was caused by #12", "caused by 1234567 requests", "caused by defaced pages", "caused by #twelve", "caused by a change; see #12",
		"resolved by the revert, caused by: unknown", "caused by 0a1b2c", "", "caused by",
	} {
		if got := outage.Stated(text, one); len(got) != 0 {
			t.Errorf("%q: %s", text, show(got))
		}
	}
	if got := outage.Stated("caused by #12", []string{"a/b", "c/d"}); len(got) != 0 {
		t.Errorf("a number of one of two repositories: %s", show(got))
	}
	if got := show(outage.Stated("caused by 0a1b2c3d", []string{"a/b", "c/d"})); got != "commit a/b 0a1b2c3d, commit c/d 0a1b2c3d" {
		t.Errorf("a hash of one of two repositories: %s", got)
	}
}

func TestNamed(t *testing.T) {
	for name, c := range map[string]struct {
		values map[string]string
		repos  []string
		want   string
	}{
		"with its repository": {map[string]string{"repo": "acme/shop", "sha": "0a1b2c3d"}, nil, "commit acme/shop 0a1b2c3d"},
		"by service":          {map[string]string{"git.commit": "0a1b2c3d"}, []string{"a/b", "c/d"}, "commit a/b 0a1b2c3d, commit c/d 0a1b2c3d"},
		"by a link":           {map[string]string{"deployment_url": "https://github.com/acme/shop/deployments/4", "commit": "0a1b2c3d"}, []string{"a/b"}, "deployment acme/shop 4, commit acme/shop 0a1b2c3d"},
		"by repository's url": {map[string]string{"repository_url": "https://github.com/acme/shop.git", "PR-Number": "12"}, nil, "pull_request acme/shop 12"},
		"version":             {map[string]string{"version": "v1.2.3", "image_tag": "1234567"}, []string{"a/b"}, ""},
		"version is a hash":   {map[string]string{"version": "0a1b2c3d"}, []string{"a/b"}, "commit a/b 0a1b2c3d"},
		"no repository":       {map[string]string{"commit": "0a1b2c3d", "pr": "1"}, nil, ""},
		"other names":         {map[string]string{"runbook": "https://github.com/acme/shop/pull/1", "title": "0a1b2c3d"}, []string{"a/b"}, ""},
		"deployment":          {map[string]string{"deployment_id": "99"}, []string{"a/b"}, "deployment a/b 99"},
		"not a deployment id": {map[string]string{"deployment": "checkout-7f9c"}, []string{"a/b"}, ""},
	} {
		if got := show(outage.Named(c.values, c.repos)); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestServices(t *testing.T) {
	s := outage.Services{"checkout": {"a/b", "c/d"}, "mail": {"a/b"}}
	if got := s.Repos([]string{"Mail", "CHECKOUT", "other"}); !slices.Equal(got, []string{"a/b", "c/d"}) {
		t.Error(got)
	}
	if got := s.Repos([]string{"other"}); got != nil {
		t.Error(got)
	}
}

// What is told twice is no news; what is said no more is withdrawn, once; what was not asked about stays.
func TestRecent(t *testing.T) {
	at := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	recent := outage.Recent{}
	incident := record.Incident{Source: "s", ID: "1", UpdatedAt: at}
	cause := func(ref, method string) record.Cause {
		return record.Cause{Source: "s", Incident: "1", Role: record.RoleCause, Kind: "commit", Repo: "a/b", Ref: ref, Method: method, Score: 0.9}
	}
	tell := func(causes ...record.Cause) string {
		told, news := recent.News(incident, causes, func(_ record.CauseRole, method string) bool { return method == "unseen" })
		text, err := json.Marshal(recent) // as a cursor keeps it
		if err != nil {
			t.Fatal(err)
		}
		recent = nil
		if err := json.Unmarshal(text, &recent); err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, c := range told {
			all = append(all, fmt.Sprintf("%s %.1f", c.Ref, c.Score))
		}
		return fmt.Sprint(news, all)
	}
	deployment := cause("x", "text")
	deployment.Kind = "deployment"
	for n, step := range []struct {
		causes []record.Cause
		want   string
	}{
		{[]record.Cause{cause("x", "text"), cause("y", "unseen")}, "true [x 0.9 y 0.9]"},
		{[]record.Cause{cause("x", "text"), cause("y", "unseen")}, "false []"},
		{[]record.Cause{cause("z", "text")}, "true [z 0.9 x 0.0]"},
		{[]record.Cause{cause("z", "text")}, "false []"},
		{nil, "true [z 0.0]"},
		{[]record.Cause{cause("x", "text")}, "true [x 0.9]"},
		{[]record.Cause{deployment}, "true [x 0.9]"}, // the same row of the store
	} {
		if got := tell(step.causes...); got != step.want {
			t.Errorf("step %d: %s, want %s", n, got, step.want)
		}
	}
	incident.UpdatedAt = at.Add(-time.Hour)
	if got := tell(); got != "false []" {
		t.Errorf("an older version: %s", got)
	}
	recent.Forget(at.Add(time.Hour))
	if len(recent) != 1 {
		t.Error("an open incident is forgotten")
	}
	incident.UpdatedAt, incident.ResolvedAt = at.Add(time.Hour), at.Add(time.Hour)
	tell()
	recent.Forget(at.Add(2 * time.Hour))
	if len(recent) != 0 {
		t.Error("an incident that is over is not forgotten")
	}
}

func TestStraighten(t *testing.T) {
	now := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	i := record.Incident{Source: "s", ID: "1", DeclaredAt: now.Add(-time.Hour), ResolvedAt: now.Add(-2 * time.Hour), UpdatedAt: now.AddDate(1, 0, 0)}
	warnings := outage.Straighten(&i, now)
	if !i.UpdatedAt.Equal(now) || !i.ResolvedAt.Equal(i.DeclaredAt) || len(warnings) != 2 || warnings[0].Code != "future_date" || warnings[1].Code != "ends_before_start" {
		t.Errorf("%+v, %+v", i, warnings)
	}
	whole := record.Incident{DeclaredAt: now.Add(-time.Hour), UpdatedAt: now}
	before := whole
	if warnings := outage.Straighten(&whole, now); warnings != nil || cmp.Diff(before, whole) != "" {
		t.Errorf("%+v, %+v", whole, warnings)
	}
}
