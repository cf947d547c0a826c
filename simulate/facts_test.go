package simulate_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/attribution"
	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/simulate"
)

// told is a whole fleet as facts.
type told struct {
	*simulate.Fleet
	record.Batch
	repositories []record.Repository
}

func tell(t testing.TB, name string, changes int) told {
	t.Helper()
	f := told{Fleet: simulate.New(named(t, name), simulate.Options{Changes: changes, Seed: 9})}
	for b := range f.Facts() {
		f.Commits = append(f.Commits, b.Commits...)
		f.Placements = append(f.Placements, b.Placements...)
		f.PullRequests = append(f.PullRequests, b.PullRequests...)
		f.Reviews = append(f.Reviews, b.Reviews...)
		f.Permissions = append(f.Permissions, b.Permissions...)
		f.Deployments = append(f.Deployments, b.Deployments...)
		f.Incidents = append(f.Incidents, b.Incidents...)
		f.Causes = append(f.Causes, b.Causes...)
		f.Usage = append(f.Usage, b.Usage...)
		f.Members = append(f.Members, b.Members...)
		f.Profiles = append(f.Profiles, b.Profiles...)
		if b.Repository != nil {
			f.repositories = append(f.repositories, *b.Repository)
		} else if len(f.repositories) > 0 && len(b.Commits) > 0 {
			t.Error("commits after the repositories")
		}
		f.Progress = b.Progress
	}
	return f
}

func TestFactsAreTheSameTwice(t *testing.T) {
	if diff := cmp.Diff(tell(t, "demo", 3000).Batch, tell(t, "demo", 3000).Batch); diff != "" {
		t.Error(diff)
	}
}

// A reader that has enough is not given more.
func TestFactsMayBeCutOff(t *testing.T) {
	for enough := 1; enough < 6; enough++ {
		n := 0
		for range simulate.New(named(t, "demo"), simulate.Options{Changes: 10_000, Seed: 1}).Facts() {
			if n++; n == enough {
				break
			}
		}
	}
}

// In every world the history of each repository is one chain in the order of time, and every fact is about something that
// another fact has told, at a time when it was so.
func TestFactsAreConsistent(t *testing.T) {
	for _, s := range simulate.Scenarios() {
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			f := tell(t, s.Name, 8_000)
			if f.Progress != (record.Progress{Done: 8_000, Total: 8_000, Unit: "changes"}) {
				t.Errorf("progress %+v", f.Progress)
			}
			landings := checkChains(t, f)
			pulls := checkPulls(t, f, landings)
			checkReviews(t, f, pulls)
			checkPermissions(t, f, pulls)
			checkOutages(t, f, landings)
			checkPeople(t, f)
		})
	}
}

type ref struct{ repo, name string }

func checkChains(t *testing.T, f told) map[ref]time.Time {
	t.Helper()
	heads, positions, landings := map[string]string{}, map[string]uint32{}, map[ref]time.Time{}
	roots := map[string]string{}
	for i, c := range f.Commits {
		p := f.Placements[i]
		positions[c.Repo]++
		if p.Repo != c.Repo || p.SHA != c.SHA || p.LandedBy != c.SHA || !p.Reachable || p.Position != positions[c.Repo] {
			t.Fatalf("commit %s at %d has the placement %+v", c.SHA, positions[c.Repo], p)
		}
		if parent := heads[c.Repo]; parent != "" {
			if !slices.Equal(c.Parents, []string{parent}) || c.CommittedAt.Before(landings[ref{c.Repo, parent}]) {
				t.Fatalf("commit %+v after %s of %s", c, parent, landings[ref{c.Repo, parent}])
			}
		} else if roots[c.Repo] = c.SHA; len(c.Parents) > 0 {
			t.Fatalf("the first commit has parents: %+v", c)
		}
		if _, twice := landings[ref{c.Repo, c.SHA}]; twice || !hexadecimal.MatchString(c.SHA) {
			t.Fatalf("hash %q", c.SHA)
		}
		if c.CommittedAt.Before(f.Start()) || !c.CommittedAt.Before(f.Options.End) || len(c.Files) == 0 || c.Author.Email == "" {
			t.Fatalf("commit %+v", c)
		}
		heads[c.Repo], landings[ref{c.Repo, c.SHA}] = c.SHA, c.CommittedAt
	}
	for _, r := range f.repositories {
		if r.Root != roots[r.Name] || r.Root == "" {
			t.Errorf("repository %+v, whose root is %s", r, roots[r.Name])
		}
	}
	if len(f.repositories) != len(roots) || len(f.Placements) != len(f.Commits) {
		t.Errorf("%d repositories and %d placements for histories of %d and %d commits", len(f.repositories), len(f.Placements), len(roots), len(f.Commits))
	}
	return landings
}

var hexadecimal = regexp.MustCompile(`^[0-9a-f]{40}$`)

// checkPulls returns the merged ones by number.
func checkPulls(t *testing.T, f told, landings map[ref]time.Time) map[ref]record.PullRequest {
	t.Helper()
	messages := map[ref]string{}
	for _, c := range f.Commits {
		messages[ref{c.Repo, c.SHA}] = c.Message
	}
	all, merged := map[ref]record.PullRequest{}, 0
	for _, p := range f.PullRequests {
		at := ref{p.Repo, fmt.Sprint(p.Number)}
		if _, twice := all[at]; twice || !p.ReviewsComplete || p.UpdatedAt.Before(p.CreatedAt) || p.Commits[len(p.Commits)-1] != p.HeadSHA {
			t.Fatalf("pull request %+v", p)
		}
		all[at] = p
		if p.MergedAt.IsZero() {
			continue
		}
		merged++
		subject, _, _ := strings.Cut(messages[ref{p.Repo, p.MergeSHA}], "\n")
		if landed, ok := landings[ref{p.Repo, p.MergeSHA}]; !ok || !landed.Equal(p.MergedAt) || !p.CreatedAt.Before(landed) ||
			subject != fmt.Sprintf("%s (#%d)", p.Title, p.Number) {
			t.Fatalf("pull request %+v landed at %s as %q", p, landed, subject)
		}
		for _, l := range p.Labels {
			if !l.At.After(p.MergedAt) || f.Name != "late-labels" {
				t.Errorf("label %+v on %+v", l, p)
			}
		}
	}
	if merged != len(f.Commits) {
		t.Errorf("%d merged pull requests for %d commits", merged, len(f.Commits))
	}
	return all
}

// checkReviews holds that an approval by a second person, before the merge and of the last commit, stands for a review in
// every world but the demo, where every state is to be found.
func checkReviews(t *testing.T, f told, pulls map[ref]record.PullRequest) {
	t.Helper()
	ids, kinds := map[string]bool{}, map[string]int{}
	for _, r := range f.Reviews {
		p, ok := pulls[ref{r.Repo, fmt.Sprint(r.Number)}]
		if !ok || ids[r.Repo+r.ID] || r.SubmittedAt.Before(p.CreatedAt) || !r.SubmittedAt.Before(f.Options.End) || !slices.Contains(p.Commits, r.SHA) {
			t.Fatalf("review %+v of %+v", r, p)
		}
		ids[r.Repo+r.ID] = true
		switch {
		case r.Author.Kind == record.KindBot:
			kinds["machine"]++
		case r.Author == p.Author:
			kinds["self"]++
		case !p.MergedAt.IsZero() && r.SubmittedAt.After(p.MergedAt):
			kinds["after merge"]++
		case r.SHA != p.HeadSHA:
			kinds["stale"]++
		case r.State == record.ReviewApproved:
			kinds["independent"]++
		default:
			kinds["changes requested"]++
		}
	}
	want := []string{"independent"}
	if f.Mixed {
		want = []string{"after merge", "changes requested", "independent", "machine", "self", "stale"}
	}
	var got []string
	for kind := range kinds {
		got = append(got, kind)
	}
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("reviews: %v", kinds)
	}
}

// checkPermissions holds that the newest snapshot before a landing is that of the change, and no snapshot says what the one
// before it said.
func checkPermissions(t *testing.T, f told, pulls map[ref]record.PullRequest) {
	t.Helper()
	type at struct{ repo, login string }
	seen := map[at]record.Permission{}
	levels := map[record.Level]int{}
	for _, p := range f.Permissions {
		last, known := seen[at{p.Repo, p.Account.Login}]
		if known && (last.Level == p.Level || p.SeenAt.Before(last.SeenAt)) {
			t.Fatalf("permission %+v after %+v", p, last)
		}
		seen[at{p.Repo, p.Account.Login}] = p
		levels[p.Level]++
	}
	for _, p := range pulls {
		if _, known := seen[at{p.Repo, p.MergedBy.Login}]; !known && !p.MergedAt.IsZero() {
			t.Fatalf("no permission for %+v", p)
		}
	}
	if levels[record.LevelWrite] == 0 || levels[record.LevelMaintain] == 0 || levels[record.LevelOperator] == 0 || len(levels) != 3 {
		t.Errorf("levels %v", levels)
	}
}

// checkOutages holds that every cause and deployment is about something that landed before.
func checkOutages(t *testing.T, f told, landings map[ref]time.Time) {
	t.Helper()
	deployed, started, failed := map[ref]time.Time{}, map[string]record.Incident{}, 0
	for _, d := range f.Deployments {
		landed, ok := landings[ref{d.Repo, d.SHA}]
		if !ok || d.CreatedAt.Before(landed) || (!d.FinishedAt.IsZero() && d.FinishedAt.Before(d.CreatedAt)) || (d.Failed && d.FinishedAt.IsZero()) {
			t.Fatalf("deployment %+v", d)
		}
		if deployed[ref{d.Repo, d.ID}] = landed; d.Failed {
			failed++
		}
	}
	for _, i := range f.Incidents {
		if _, twice := started[i.ID]; twice || i.Severity == 0 || !i.StartedAt.Before(f.Options.End) || (!i.ResolvedAt.IsZero() && !i.ResolvedAt.After(i.StartedAt)) {
			t.Fatalf("incident %+v", i)
		}
		started[i.ID] = i
	}
	causes := map[string]int{}
	for _, c := range f.Causes {
		i := started[c.Incident]
		extrinsic := i.CauseType != record.CauseChange
		landed, ok := landings[ref{c.Repo, c.Ref}]
		if c.Kind == "deployment" {
			landed, ok = deployed[ref{c.Repo, c.Ref}]
		}
		if c.Role == record.RoleFix {
			continue
		}
		if !ok || !i.StartedAt.After(landed) || i.StartedAt.Sub(landed) > 14*24*time.Hour || extrinsic != (c.Method == "deploy_window") || !slices.Contains(i.Repos, c.Repo) {
			t.Fatalf("cause %+v of %+v, landed at %s", c, i, landed)
		}
		causes[c.Incident]++
	}
	if len(causes) != len(started) || (failed > 0) != f.Mixed {
		t.Errorf("%d of %d incidents have a cause; %d deployments failed", len(causes), len(started), failed)
	}
}

func checkPeople(t *testing.T, f told) {
	t.Helper()
	members := map[record.Account]bool{}
	for _, m := range f.Members {
		if members[m.Account] || m.Team == "" || m.From.After(f.Start()) {
			t.Fatalf("member %+v", m)
		}
		members[m.Account] = true
	}
	for _, c := range f.Commits {
		if !members[record.Account{Source: "git", Login: c.Author.Email, Kind: record.KindPerson}] {
			t.Fatalf("nobody knows %+v", c.Author)
		}
	}
	for i, u := range f.Usage {
		if !members[u.Account] || u.Interactions == 0 || !u.Day.Equal(u.Day.Truncate(24*time.Hour)) || (i > 0 && u.Day.Before(f.Usage[i-1].Day)) {
			t.Fatalf("usage %+v", u)
		}
	}
	if len(f.Profiles) != f.Repositories || len(f.Members) != 2*f.Authors || len(f.Usage) == 0 {
		t.Errorf("%d profiles, %d members, %d days of usage", len(f.Profiles), len(f.Members), len(f.Usage))
	}
}

// What the facts say is what the changes are, to the line.
func TestFactsAreTheChanges(t *testing.T) {
	f := tell(t, "late-labels", 5000)
	for i, c := range all(f.Fleet) {
		commit, pull := f.Commits[i], f.PullRequests[i]
		var added, deleted uint32
		for _, file := range commit.Files {
			added, deleted = added+file.Additions, deleted+file.Deletions
		}
		if added+deleted != uint32(c.Lines) || deleted != c.Deletions() || len(commit.Files) != c.Files() || commit.Repo != f.RepoName(int(c.Repo)) {
			t.Fatalf("%+v of %+v", commit.Files, c)
		}
		if pull.Number != c.Number() || pull.MergedBy.Login != simulate.PersonName(int(c.Author)) || !commit.CommittedAt.Equal(f.Start().Add(time.Duration(c.At)*time.Second)) {
			t.Fatalf("%+v of %+v", pull, c)
		}
		if late := len(pull.Labels) > 0; late != f.Known(c).LateLabel {
			t.Fatalf("%+v of %+v", pull.Labels, c)
		}
	}
}

// Attribution reads in every commit and pull request what the fleet meant to say.
func TestAttributionReadsTheClasses(t *testing.T) {
	classify := attribution.Default()
	f := tell(t, "demo", 2000)
	f.Scenario = named(t, "demo")
	labels := map[string]simulate.Change{}
	for _, c := range all(f.Fleet) {
		labels[fmt.Sprintf("%s#%d", f.RepoName(int(c.Repo)), c.Number())] = c
	}
	number := regexp.MustCompile(`#(\d+)\)$`)
	seen := map[attribution.Class]int{}
	for _, c := range f.Commits {
		v := classify.Classify(attribution.Commit{
			AuthorName: c.Author.Name, AuthorEmail: c.Author.Email, CommitterName: c.Committer.Name, CommitterEmail: c.Committer.Email,
			Message: c.Message, AuthoredAt: c.AuthoredAt, CommittedAt: c.CommittedAt, Parents: len(c.Parents),
		})
		seen[v.Class]++
		subject, _, _ := strings.Cut(c.Message, "\n")
		if change, ours := labels[c.Repo+"#"+number.FindStringSubmatch(subject)[1]]; ours && v.Class != meant(change) {
			t.Errorf("%q is read as %s, meant as %s", c.Message, v.Class, meant(change))
		}
	}
	for _, p := range f.PullRequests {
		if p.MergedAt.IsZero() {
			v := classify.ClassifyPullRequest(attribution.PullRequest{AuthorLogin: p.Author.Login, HeadRef: p.Branch, Body: p.Body, OpenedAt: p.CreatedAt})
			seen["proposed "+v.Class]++
		}
	}
	for _, class := range []attribution.Class{"ai_agent", "ai_assisted", "human", "unknown", "proposed ai_agent", "proposed ai_assisted", "proposed unknown"} {
		if seen[class] < 10 {
			t.Errorf("%d %s of %v", seen[class], class, seen)
		}
	}
	if seen[attribution.Automation] > 0 {
		t.Errorf("%v", seen)
	}
}

func meant(c simulate.Change) attribution.Class {
	switch {
	case c.Label == simulate.Agent:
		return attribution.AIAgent
	case c.Label == simulate.Assisted:
		return attribution.AIAssisted
	case c.Denied:
		return attribution.Human
	}
	return attribution.Unknown
}

// The demo has what its pages are there to show: reverts that name their target, fixes of the same files, proposals that were
// turned down or are open.
func TestDemoHasEverything(t *testing.T) {
	f := tell(t, "demo", 20_000)
	shas := map[ref]bool{}
	count := map[string]int{}
	reverted := regexp.MustCompile(`This reverts commit ([0-9a-f]{40})\.`)
	for _, c := range f.Commits {
		if m := reverted.FindStringSubmatch(c.Message); m != nil {
			count["reverts"]++
			if !shas[ref{c.Repo, m[1]}] || !strings.HasPrefix(c.Message, `Revert "`) {
				t.Errorf("a revert of what had not landed: %q", c.Message)
			}
		}
		if strings.HasPrefix(c.Message, "Fix: ") {
			count["fixes"]++
		}
		shas[ref{c.Repo, c.SHA}] = true
	}
	for _, p := range f.PullRequests {
		switch {
		case p.ClosedAt.IsZero():
			count["open"]++
		case p.MergedAt.IsZero():
			count["turned down"]++
		}
	}
	for _, i := range f.Incidents {
		count[string(i.CauseType)]++
	}
	for _, c := range f.Causes {
		count[string(c.Role)]++
	}
	for _, what := range []string{"reverts", "fixes", "open", "turned down", "change", "capacity", "dependency", "hardware", "cause", "fix"} {
		if count[what] < 5 {
			t.Errorf("%d %s", count[what], what)
		}
	}
}
