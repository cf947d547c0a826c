package analysis_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/baserate/baserate/analysis"
	"github.com/baserate/baserate/analysis/stats"
	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/storetest"
)

// work is n alike changes, the first of them with an incident, by seven authors in turn.
type work struct {
	n, incidents            int
	repo, class, tool, team string
	permission, usual       string
	review                  string
	lines                   uint64
	severity                uint8
	authors                 int           // 7 when 0
	open                    time.Duration // from opening to landing, 0: not known
}

// one is a change of a piece of work.
type one struct {
	work
	sha        string
	number     uint32
	landed     time.Time
	incident   *time.Time
	opened     *time.Time
	person     uint64
	incidentID string
}

// spread numbers the changes of all pieces of work. They land an hour apart.
func spread(all []work) []one {
	var rows []one
	for _, w := range all {
		if w.authors == 0 {
			w.authors = 7
		}
		for i := range w.n {
			at := time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC).Add(time.Duration(len(rows)) * time.Minute)
			r := one{work: w, sha: fmt.Sprintf("%040d", len(rows)), number: uint32(len(rows) + 1), landed: at, person: uint64(1 + i%w.authors)}
			if i < w.incidents {
				later := at.Add(24 * time.Hour)
				r.incident, r.incidentID = &later, fmt.Sprint("pager:", len(rows))
			}
			if w.open > 0 {
				before := at.Add(-w.open)
				r.opened = &before
			}
			rows = append(rows, r)
		}
	}
	return rows
}

// saveWork writes changes with all that is known of them, with the incidents that they caused, and what the gates look at.
func saveWork(t *testing.T, s *store.Store, rows []one) {
	t.Helper()
	ctx := context.Background()
	insert := func(table, names string, columns ...any) {
		t.Helper()
		if err := s.Insert(ctx, "INSERT INTO "+table+" ("+names+")", columns); err != nil {
			t.Fatal(err)
		}
	}
	text := func(get func(*one) string) []string { return store.Column(rows, get) }
	insert("changes", "change_id, repo, sha, pr_number, landed_at, author_class, tool, team, permission, usual_permission, review_state, additions, "+
		"size_known, opened_at, incident, incident_at, incident_score, severity, author, people, mature, followed_days",
		text(func(r *one) string { return r.repo + "@" + r.sha }), text(func(r *one) string { return r.repo }), text(func(r *one) string { return r.sha }),
		store.Column(rows, func(r *one) uint32 { return r.number }),
		store.Column(rows, func(r *one) time.Time { return r.landed }),
		text(func(r *one) string { return r.class }), text(func(r *one) string { return r.tool }), text(func(r *one) string { return r.team }),
		text(func(r *one) string { return r.permission }), text(func(r *one) string { return r.usual }), text(func(r *one) string { return r.review }),
		store.Column(rows, func(r *one) uint64 { return r.lines }),
		store.Repeat(len(rows), true),
		store.Column(rows, func(r *one) *time.Time { return r.opened }),
		text(func(r *one) string { return r.incidentID }),
		store.Column(rows, func(r *one) *time.Time { return r.incident }),
		store.Repeat(len(rows), float32(1)),
		store.Column(rows, func(r *one) uint8 { return r.severity }),
		store.Column(rows, func(r *one) uint64 { return r.person }),
		store.Column(rows, func(r *one) []uint64 { return []uint64{r.person} }),
		store.Repeat(len(rows), true),
		store.Repeat(len(rows), uint16(60)))
	insert("incidents", "source, id, severity, cause_type", []string{"pager"}, []string{"0"}, []uint8{1}, []string{"capacity"})
	insert("placements", "repo, sha, landed_by", []string{"o/r"}, []string{"aa"}, []string{"aa"})
	insert("verdicts", "repo, sha, class", []string{"o/r"}, []string{"aa"}, []string{"unknown"})
	now := time.Now()
	if err := s.Save(ctx, record.Batch{}, record.Collection{
		Source: "git", Scope: "o/r", Stream: "history", StartedAt: now, FinishedAt: now, Status: record.StatusOK, Rows: 1,
	}); err != nil {
		t.Fatal(err)
	}
}

// answerOn answers a claim on some work.
func answerOn(t *testing.T, id string, all ...work) analysis.Answer {
	t.Helper()
	s := storetest.Open(t)
	saveWork(t, s, spread(all))
	return answerFrom(t, s, id)
}

func answerFrom(t *testing.T, s *store.Store, id string) analysis.Answer {
	t.Helper()
	c, found, err := analysis.New(s).Claim(context.Background(), id)
	if err != nil || !found {
		t.Fatalf("claim %s: found %v, %v", id, found, err)
	}
	return c.Answer
}

// measure returns a measure of an answer by the ids of its table and of itself.
func measure(t *testing.T, a analysis.Answer, table, id string) analysis.Measure {
	t.Helper()
	for _, x := range a.Tables {
		for _, m := range x.Measures {
			if x.ID == table && m.ID == id {
				return m
			}
		}
	}
	t.Fatalf("no measure %s in table %s of %+v", id, table, a)
	return analysis.Measure{}
}

func TestSecondPersonOnAStore(t *testing.T) {
	a := answerOn(t, "second_person",
		work{n: 60, incidents: 2, repo: "o/r", class: "ai_agent", team: "a", permission: "write", review: "independent"},
		work{n: 30, incidents: 3, repo: "o/r", class: "ai_agent", team: "a", permission: "operator", review: "none"},
		work{n: 10, repo: "o/r", class: "ai_agent", team: "b", permission: "write", review: "ai_only"},
		work{n: 40, repo: "o/r", class: "ai_agent", team: "b", permission: "write", review: "not_collected"},
		work{n: 90, repo: "o/r", class: "unknown", team: "c", permission: "write", review: "independent"},
		work{n: 10, repo: "o/r", class: "human", team: "c", permission: "write", review: "self"},
		work{n: 20, repo: "o/r", class: "ai_assisted", team: "d", permission: "write", review: "none", authors: 4},
		work{n: 5, repo: "o/r", class: "automation", permission: "write", review: "none"},
	)
	if a.Code != analysis.Supported {
		t.Errorf("40 of 100 unseen: %s", a.Code)
	}
	mustContain(t, a.Sentence, "40.0 % of changes by AI agents landed without a second person")
	mustContain(t, a.Detail, "40 of 100 changes by AI agents (40.0 %)", "10 of 100 changes with no AI recorded (10.0 %)", "full count", "Another 40 changes are left out", "of AI-assisted changes nothing is said")
	if m := measure(t, a, "unseen", "unseen ai_agent"); m.Value.F != 0.4 || *m.Part != 40 || *m.Of != 100 || m.Interval == nil {
		t.Errorf("agents: %+v", m)
	}
	if m := measure(t, a, "unseen", "unseen ai_assisted"); !m.Suppress || m.Part != nil || m.Value.OK() {
		t.Errorf("four people are shown: %+v", m)
	}
	if m := measure(t, a, "reasons", "none ai_agent"); m.Value.F != 0.3 || m.Rows != "class=ai_agent&review=none" {
		t.Errorf("reason: %+v", m)
	}
	if m := measure(t, a, "unseen_permission", "unseen ai_agent operator"); m.Value.F != 1 {
		t.Errorf("operator: %+v", m)
	}
	if m := measure(t, a, "unseen_team", "unseen d"); !m.Suppress {
		t.Errorf("a team of four is shown: %+v", m)
	}
	if m := measure(t, a, "unseen_team", "unseen b"); !m.Suppress {
		t.Errorf("the smallest other team gives the hidden one away: %+v", m)
	}
	if m := measure(t, a, "unseen", "not_collected ai_agent"); m.Value.F != 40 {
		t.Errorf("not collected: %+v", m)
	}
}

// Six teams, each with the same risk with and without a second person but at operator level, where it is threefold without.
func TestSecondPersonRisk(t *testing.T) {
	var all []work
	for i := range 6 {
		team, repo := fmt.Sprint("team", i), fmt.Sprint("o/r", i)
		all = append(all,
			work{n: 300, incidents: 30, repo: repo, class: "unknown", team: team, permission: "operator", review: "independent"},
			work{n: 100, incidents: 30, repo: repo, class: "unknown", team: team, permission: "operator", review: "none"})
	}
	a := answerOn(t, "second_person", all...)
	m := measure(t, a, "risk", "risk any")
	if m.Value.F < 2.999 || m.Value.F > 3.001 || *m.Part != 180 || *m.Of != 360 || m.Interval.Low.F < 1 {
		t.Errorf("a tenth with, three tenths without: %+v", m)
	}
	if m := measure(t, a, "risk", "risk ai_agent"); m.Value.OK() || !m.Suppress {
		t.Errorf("there are no agents: %+v", m)
	}
	if a.Code != analysis.NoData {
		t.Errorf("without agents: %s", a.Code)
	}
	mustContain(t, a.Detail, "3.00 times as often")
}

func TestAuthorisedOnAStore(t *testing.T) {
	s := storetest.Open(t)
	rows := spread([]work{
		{n: 50, repo: "o/r", class: "ai_agent", tool: "claude_code", permission: "write", review: "independent"},
		{n: 10, repo: "o/r", class: "ai_agent", tool: "claude_code", permission: "write", review: "self"},
		{n: 10, repo: "o/r", class: "ai_agent", tool: "copilot", permission: "write", review: "stale"},
		{n: 30, repo: "o/r", class: "ai_agent", tool: "copilot", permission: "operator", review: "none"},
		{n: 20, repo: "o/r", class: "ai_agent", tool: "copilot", permission: "write", review: "not_collected"},
	})
	saveWork(t, s, rows)
	at := rows[70].landed
	pull := func(number uint32, author, kind, by, byKind string) record.PullRequest {
		return record.PullRequest{
			Source: "github", Repo: "o/r", Number: number, CreatedAt: at, ReadyAt: at, MergedAt: at, UpdatedAt: at,
			Author: record.Account{Source: "github", Login: author, Kind: record.AccountKind(kind)}, MergedBy: record.Account{Source: "github", Login: by, Kind: record.AccountKind(byKind)},
		}
	}
	// Of the unreviewed ones: merged by another person, by the proposer's own account, by a machine, and twice by nobody known.
	batch := record.Batch{PullRequests: []record.PullRequest{
		pull(71, "copilot", "bot", "ada", "person"), pull(72, "ada", "person", "ada", "person"), pull(73, "ada", "person", "merge-queue", "bot"), pull(74, "ada", "person", "", ""),
	}}
	now := time.Now()
	if err := s.Save(context.Background(), batch, record.Collection{Source: "github", Scope: "o/r", Stream: "pulls", StartedAt: now, FinishedAt: now, Status: record.StatusOK, Rows: 4}); err != nil {
		t.Fatal(err)
	}
	a := answerFrom(t, s, "authorised")
	if a.Code != analysis.Contradicted {
		t.Errorf("71 of 100: %s", a.Code)
	}
	mustContain(t, a.Detail, "71 of 100 changes by AI agents were approved by a person before they landed: 70 in a review, 1 by a merge alone", "against the 99.0 %", "Another 20 changes")
	if m := measure(t, a, "authorised", "merged"); *m.Part != 1 || m.Interval == nil {
		t.Errorf("merged: %+v", m)
	}
	if m := measure(t, a, "tools", "tool claude_code"); m.Value.F != 1 || *m.Of != 60 {
		t.Errorf("tool: %+v", m)
	}
	if m := measure(t, a, "permissions", "permission operator"); *m.Part != 1 || *m.Of != 30 {
		t.Errorf("permission: %+v", m)
	}
}

func TestPermissionsOnAStore(t *testing.T) {
	a := answerOn(t, "permissions",
		work{n: 80, repo: "o/r", class: "ai_agent", permission: "write", usual: "write"},
		work{n: 15, incidents: 2, severity: 1, repo: "o/r", class: "ai_agent", permission: "operator", usual: "write"},
		work{n: 5, incidents: 5, severity: 3, repo: "o/r", class: "ai_agent", permission: "operator", usual: "unknown"},
		work{n: 190, repo: "o/r", class: "unknown", permission: "write", usual: "maintain"},
		work{n: 10, incidents: 1, severity: 2, repo: "o/r", class: "human", permission: "admin", usual: "write"},
		work{n: 7, repo: "o/r", class: "unknown", permission: "unknown", usual: "unknown"},
	)
	if a.Code != analysis.Described {
		t.Errorf("%s", a.Code)
	}
	mustContain(t, a.Sentence, "operator permission in 20.0 % of cases, and with more permission than usual in 15.8 %")
	mustContain(t, a.Detail, "15 of 95 changes by AI agents, 10 of 200 changes with no AI recorded", "Of all of these 3 caused a severe incident", "For 7 changes no snapshot")
	if m := measure(t, a, "levels", "operator ai_agent"); *m.Part != 20 || *m.Of != 100 {
		t.Errorf("level: %+v", m)
	}
	if m := measure(t, a, "raised", "ratio ai_agent"); m.Value.F < 3.157 || m.Value.F > 3.159 || m.Interval.Low.F < 1 { // 15/95 over 10/200
		t.Errorf("ratio: %+v", m)
	}
	var listed analysis.Table
	for _, x := range a.Tables {
		if x.ID == "incidents" {
			listed = x
		}
	}
	if len(listed.Measures) != 3 || listed.Measures[0].Class != "human" {
		t.Fatalf("the newest first, of three: %+v", listed.Measures)
	}
	mustContain(t, listed.Measures[0].Label, "landed with admin, usually write; incident of severity 2 on 2026-01-0")
	if m := listed.Measures[0]; m.Rows != "change=o%2Fr%40"+m.ID[len("o/r@"):] {
		t.Errorf("rows %q of %s", m.Rows, m.ID)
	}
}

func TestForeseeableOnAStore(t *testing.T) {
	a := answerOn(t, "foreseeable",
		work{n: 100, incidents: 5, repo: "o/r", class: "unknown", permission: "write", usual: "write", review: "none", open: time.Hour},
		work{n: 100, incidents: 3, repo: "o/r", class: "ai_agent", permission: "operator", usual: "write", review: "ai_only", open: 30 * time.Second, lines: 2000},
		work{n: 800, incidents: 2, repo: "o/r", class: "human", permission: "write", usual: "write", review: "independent", open: time.Hour},
		work{n: 50, incidents: 1, repo: "o/r", class: "unknown", permission: "unknown", usual: "unknown", review: "not_collected"},
	)
	if a.Code != analysis.Described {
		t.Errorf("%s", a.Code)
	}
	mustContain(t, a.Sentence, "Of 11 changes that caused an incident 8 carried a warning; so did 192 of 1 039 that did not: one flagged change in 25 caused one.")
	for id, want := range map[string][4]uint64{ // recall part, recall of, precision of, of all
		"unseen": {5, 10, 100, 1000}, "ai_only": {3, 10, 100, 1000}, "raised": {3, 10, 100, 1000}, "operator": {3, 10, 100, 1000},
		"instant": {3, 10, 100, 1000}, "large": {3, 11, 100, 1050}, "agent": {3, 11, 100, 1050}, "any": {8, 11, 200, 1050},
	} {
		recall, precision, flagged := measure(t, a, id, "recall"), measure(t, a, id, "precision"), measure(t, a, id, "flagged")
		if got := [4]uint64{*recall.Part, *recall.Of, *precision.Of, *flagged.Of}; got != want {
			t.Errorf("%s: %v, want %v", id, got, want)
		}
	}
}

// Agents get operator permission four times as often, where every tenth change is a mistake whoever made it: it is access.
func TestAccessOnAStore(t *testing.T) {
	fleet := func(agentOperatorIncidents int) []work {
		var all []work
		for i := range 8 {
			team, repo := fmt.Sprint("team", i), fmt.Sprint("o/r", i)
			all = append(all,
				work{n: 500, incidents: 5, repo: repo, class: "ai_agent", team: team, permission: "write", review: "independent"},
				work{n: 400, incidents: agentOperatorIncidents, repo: repo, class: "ai_agent", team: team, permission: "operator", review: "independent"},
				work{n: 900, incidents: 9, repo: repo, class: "unknown", team: team, permission: "write", review: "independent"},
				work{n: 100, incidents: 10, repo: repo, class: "unknown", team: team, permission: "operator", review: "independent"},
				work{n: 20, incidents: 10, repo: repo, class: "unknown", team: team, permission: "operator", review: "none"})
		}
		return append(all, work{n: 30, repo: "o/r0", class: "ai_agent", team: "team0", permission: "unknown", review: "none"})
	}
	a := answerOn(t, "access", fleet(40)...)
	direct, indirect, total := measure(t, a, "path_ai_agent", "direct ai_agent"), measure(t, a, "path_ai_agent", "indirect ai_agent"), measure(t, a, "path_ai_agent", "total ai_agent")
	// All strata that compare: 900 of agents at risks .01 and .1, 1000 others likewise. 45/900 over 19/1000.
	if !near(direct.Value.F, 1) || !near(total.Value.F, 0.05/0.019) || !near(indirect.Value.F, 0.05/0.019) || indirect.Interval.Low.F < 1 {
		t.Errorf("direct %v, indirect %v, total %v", direct.Value, indirect.Value, total.Value)
	}
	if left := measure(t, a, "path_ai_agent", "left_out ai_agent"); left.Value.F != 30 {
		t.Errorf("left out: %+v", left)
	}
	if dropped := measure(t, a, "path_ai_agent", "dropped_reference ai_agent"); *dropped.Part != 160 || *dropped.Of != 8160 {
		t.Errorf("dropped: %+v", dropped)
	}
	if a.Code != analysis.Supported && a.Code != analysis.Undecided {
		t.Errorf("%s", a.Code)
	}
	worse := answerOn(t, "access", fleet(160)...)
	if worse.Code != analysis.Contradicted {
		t.Errorf("agents with four times the mistakes at operator level: %s", worse.Code)
	}
	if m := measure(t, worse, "levels_ai_agent", "rr ai_agent operator"); !near(m.Value.F, 4) {
		t.Errorf("operator: %+v", m)
	}
	if m := measure(t, worse, "levels_ai_agent", "rr ai_agent write"); !near(m.Value.F, 1) {
		t.Errorf("write: %+v", m)
	}
	if m := measure(t, worse, "levels_ai_agent", "interaction ai_agent"); !near(m.Value.F, 4) {
		t.Errorf("operator against the rest: %+v", m)
	}
	// 10 of 100 approved and 10 of 20 others: with approval 10 + 20·0.1 = 12 a repository, and the agents' 160 as they are.
	if m := measure(t, worse, "approval", "approved any"); !near(m.Value.F, 8*(160+12)) {
		t.Errorf("approved: %+v", m)
	}
	mustContain(t, worse.Detail, "1376.0 mistakes would be expected instead of 1 440")
}

// Twenty teams of twice the size are enough to call it access.
func TestAccessSupported(t *testing.T) {
	var all []work
	for i := range 20 {
		team, repo := fmt.Sprint("team", i), fmt.Sprint("o/r", i)
		for _, class := range []string{"ai_agent", "ai_assisted"} {
			all = append(all,
				work{n: 200, incidents: 20, repo: repo, class: class, team: team, permission: "write", review: "independent"},
				work{n: 200, incidents: 60, repo: repo, class: class, team: team, permission: "operator", review: "independent"})
		}
		all = append(all,
			work{n: 400, incidents: 40, repo: repo, class: "unknown", team: team, permission: "write", review: "independent"},
			work{n: 100, incidents: 30, repo: repo, class: "unknown", team: team, permission: "operator", review: "independent"})
	}
	a := answerOn(t, "access", all...)
	if a.Code != analysis.Supported {
		t.Errorf("%s: %s %s", a.Code, a.Sentence, a.Detail)
	}
	mustContain(t, a.Sentence, "For changes by AI agents it is access")
}

// The sums that the database makes are those of the cells, added up in memory: of odd pieces of work in three
// repositories and six teams.
func TestMatchedAsCells(t *testing.T) {
	var all []work
	var cells []stats.Cell
	for i := range 36 {
		team := (7*i + i/12) % 6
		w := work{
			n: 40 + 7*i, incidents: 3 + i%5, repo: fmt.Sprint("o/r", i%3), class: []string{"unknown", "ai_agent", "human"}[i%3], team: fmt.Sprint("team", team),
			permission: []string{"write", "operator"}[i/3%2], lines: uint64(40 * (i / 6 % 2)), review: []string{"independent", "none", "self"}[i/12],
		}
		all = append(all, w)
		c := stats.Cell{Stratum: uint64(i % 12), Cluster: uint64(team), Counts: stats.Stratum{A: float64(w.incidents), N1: float64(w.n)}}
		if w.review == "independent" {
			c.Counts = stats.Stratum{C: float64(w.incidents), N0: float64(w.n)}
		}
		cells = append(cells, c)
	}
	sums := stats.SumCells(cells)
	want := analysis.Definition{Alpha: 0.05}.RatioOf(analysis.Sums{Sums: sums})
	m := measure(t, answerOn(t, "second_person", all...), "risk", "risk any")
	if !want.AlwaysValid.Low.OK() || !near(m.Value.F, want.Value.F) || m.Interval == nil || !near(m.Interval.Low.F, want.AlwaysValid.Low.F) || !near(m.Interval.High.F, want.AlwaysValid.High.F) {
		t.Errorf("%+v %+v, want %+v", m, m.Interval, want)
	}
	if float64(*m.Of) != sums.Overlap() {
		t.Errorf("%d events, want %v", *m.Of, sums.Overlap())
	}
}

func near(x, y float64) bool { return x-y < 1e-9 && y-x < 1e-9 }

func TestCoincidenceOnAStore(t *testing.T) {
	s := storetest.Open(t)
	rows := spread([]work{
		{n: 300, incidents: 6, severity: 1, repo: "o/r", class: "ai_agent", permission: "write", review: "none"},
		{n: 700, incidents: 4, severity: 2, repo: "o/r", class: "unknown", permission: "write", review: "none"},
		{n: 10, incidents: 2, severity: 1, repo: "o/only", class: "ai_assisted", permission: "write", review: "none"},
	})
	saveWork(t, s, rows)
	if err := s.Insert(context.Background(), "INSERT INTO strata_live (repo, version)", []any{[]string{"o/r", "o/only"}, []uint64{0, 0}}); err != nil {
		t.Fatal(err)
	}
	for _, outcome := range []string{"major", "incident"} {
		err := s.Insert(context.Background(), "INSERT INTO strata (outcome, design, adjustment, repo, stratum, cluster, leads, agent_changes, agent_events, assisted_changes, assisted_events, unknown_changes, unknown_events, rest_agent_changes, rest_agent_events, rest_unknown_changes, rest_unknown_events)", []any{
			[]string{outcome, outcome, outcome},
			[]string{"repository", "repository", "repository"},
			[]string{"direct", "direct", "direct"},
			[]string{"o/r", "o/r", "o/only"},
			[]uint64{1, 1, 2},
			[]uint64{1, 2, 1},
			[]bool{true, false, true},
			[]uint32{300, 0, 0},
			[]uint32{6, 0, 0},
			[]uint32{0, 0, 10},
			[]uint32{0, 0, 2},
			[]uint32{0, 700, 0},
			[]uint32{0, 4, 0},
			[]uint32{0, 300, 0},
			[]uint32{0, 6, 0},
			[]uint32{700, 0, 0},
			[]uint32{4, 0, 0},
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	a := answerFrom(t, s, "coincidence")
	if a.Code != analysis.Undecided {
		t.Errorf("%s", a.Code)
	}
	// 10·0.3 and two that are certain; Binomial(10, 0.3): P(X ≥ 6) = 0.047349, P(X = 6) = 0.036757.
	if m := measure(t, a, "major", "at_least"); m.Value.F < 0.0289 || m.Value.F > 0.0290 {
		t.Errorf("chance: %+v", m)
	}
	mustContain(t, a.Detail, "Of 12 changes that caused a severe incident, 8 came with AI", "5.0 were to be expected", "that many or more happen in 3 of 100 such fleets", "For 2 of them chance had no part")
	if m := measure(t, a, "major", "crude_share"); !near(m.Value.F, 310./1010) {
		t.Errorf("crude share: %+v", m)
	}
}
