package analysis

import (
	"context"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/baserate/baserate/analysis/stats"
	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/storetest"
)

// facts opens a store with a collection that has just ended, and runs statements on it.
func facts(t *testing.T, statements ...string) *store.Store {
	t.Helper()
	ctx, s := context.Background(), storetest.Open(t)
	for _, sql := range append(statements,
		"INSERT INTO placements (repo, sha, landed_by) VALUES ('o/r', 'aa', 'aa')", "INSERT INTO verdicts (repo, sha, class) VALUES ('o/r', 'aa', 'unknown')") {
		if err := s.Exec(ctx, sql, nil); err != nil {
			t.Fatalf("%v in %s", err, sql)
		}
	}
	now := time.Now()
	ended := record.Collection{Source: "git", Scope: "o/r", Stream: "history", StartedAt: now, FinishedAt: now, Status: record.StatusOK, Rows: 1}
	if err := s.Save(ctx, record.Batch{}, ended); err != nil {
		t.Fatal(err)
	}
	return s
}

func answerOn(t *testing.T, s *store.Store, id string) Answer {
	t.Helper()
	c, found, err := New(s).Claim(context.Background(), id)
	if err != nil || !found {
		t.Fatalf("claim %s: found %t, %v", id, found, err)
	}
	return c.Answer
}

// Ten developers land a change in each of five weeks, four of them with AI; two more use it by what their editor reports, under
// an account that is written otherwise. Bots, a person without changes, and a clock in the next century change nothing.
func TestAdoptionOfAFleet(t *testing.T) {
	s := facts(t,
		`INSERT INTO members (source, account, person, from_at) SELECT 'github', concat('dev', toString(number)), concat('p', toString(number)), '2020-01-01 00:00:00' FROM numbers(11)`,
		`INSERT INTO changes (change_id, repo, sha, landed_at, author_class, tools, author, mature)
			SELECT toString(number), 'o/r', toString(number), toDateTime64('2024-01-02 12:00:00', 0, 'UTC') + INTERVAL intDiv(number, 10) WEEK + INTERVAL number % 10 SECOND,
				if(number % 10 < 4, 'ai_assisted', 'unknown'), if(number % 10 < 4, ['claude'], []), sipHash64Keyed((SELECT key FROM pseudonym), concat('p', toString(number % 10))), true
			FROM numbers(50)`,
		`INSERT INTO changes (change_id, repo, sha, landed_at, author_class, author) VALUES
			('open', 'o/r', 'open', '2024-02-06 00:00:00', 'ai_agent', 1), ('late', 'o/r', 'late', '2199-02-06 00:00:00', 'ai_agent', 2),
			('bot', 'o/r', 'bot', '2024-01-30 00:00:00', 'automation', 3), ('nobody', 'o/r', 'nobody', '2024-01-30 00:00:00', 'ai_agent', 0)`,
		`INSERT INTO usage (day, source, account, tool, interactions) SELECT toDate('2024-01-03') + INTERVAL intDiv(number, 3) WEEK, 'github', ['Dev4', 'dev5', 'dev10'][1 + number % 3], 'editor', 5 FROM numbers(15)`,
		`INSERT INTO usage (day, source, account, tool, interactions) VALUES ('2024-01-24', 'github', 'dev6', 'editor', 0)`)
	a := answerOn(t, s, "adoption")
	if a.Code != Contradicted {
		t.Errorf("%s: %s", a.Code, a.Sentence)
	}
	m := measureOf(t, a, "breadth", "breadth")
	if *m.Part != 24 || *m.Of != 40 || m.Rows != "" {
		t.Errorf("breadth: %d of %d, %s", *m.Part, *m.Of, m.Rows)
	}
	if m := measureOf(t, a, "breadth", "marked"); *m.Part != 16 {
		t.Errorf("by a mark: %d", *m.Part)
	}
	if m := measureOf(t, a, "breadth", "depth"); *m.Part != 17 || *m.Of != 41 {
		t.Errorf("depth counts what an agent did for nobody: %d of %d", *m.Part, *m.Of)
	}
	if n := len(a.Tables[0].Measures); n != 5 {
		t.Errorf("%d whole weeks", n)
	}
	for _, tool := range []string{"claude", "editor"} {
		if m := measureOf(t, a, "tools", tool); !m.Suppress {
			t.Errorf("%s has fewer than five users: %+v", tool, m)
		}
	}
}

// proposals of two classes in three repositories and two quarters: some reviewed, merged, closed or open, one repository
// whose reviews were not collected, and bots.
const proposals = `INSERT INTO proposals (repo, number, author_class, team, author, ready_at, first_review_at, merged_at, closed_at, rounds, comments, review_state)
	WITH toDateTime64('2025-01-10 00:00:00', 0, 'UTC') + INTERVAL (number % 120) DAY AS ready, 10 + number * 7919 % 30000 AS minutes
	SELECT concat('o/r', toString(number % 3)), number, ['ai_agent', 'unknown', 'human', 'ai_assisted', 'automation'][1 + number % 5], ['a', 'b', 'c', 'd', 'e', ''][1 + intDiv(number, 5) % 6], number % 40 + 1, ready,
		if(number % 7 = 0, NULL, ready + INTERVAL intDiv(minutes, 3) MINUTE), if(number % 11 = 0, NULL, ready + INTERVAL minutes MINUTE),
		if(number % 22 = 0, ready + INTERVAL minutes + 5 MINUTE, NULL), number % 4, number % 9, if(number % 3 = 2, 'not_collected', 'independent')
	FROM numbers(3000)`

// proposal is one of them, read back.
type proposal struct {
	Repo     string     `ch:"repo"`
	Class    string     `ch:"author_class"`
	State    string     `ch:"review_state"`
	Ready    time.Time  `ch:"ready_at"`
	Reviewed *time.Time `ch:"first_review_at"`
	Merged   *time.Time `ch:"merged_at"`
	Closed   *time.Time `ch:"closed_at"`
}

// until says when the waiting ended and whether by what was waited for, worked out here a second time.
func (p proposal) until(what string, end time.Time) (hours float64, happened bool) {
	left := end
	for _, t := range []*time.Time{p.Closed, p.Merged} {
		if t != nil {
			left = *t
		}
	}
	if what == "merge" {
		return left.Sub(p.Ready).Hours(), p.Merged != nil
	}
	if p.Reviewed != nil && !p.Reviewed.After(left) {
		return p.Reviewed.Sub(p.Ready).Hours(), true
	}
	return left.Sub(p.Ready).Hours(), false
}

// byHand makes the histograms of two groups by repository and quarter from single proposals.
func byHand(all []proposal, exposed []string, what string) [][2][]stats.Time {
	ends := map[string]time.Time{}
	for _, p := range all {
		for _, t := range []*time.Time{&p.Ready, p.Reviewed, p.Merged, p.Closed} {
			if t != nil && t.After(ends[p.Repo]) {
				ends[p.Repo] = *t
			}
		}
	}
	strata := map[[2]string]*[2][]stats.Time{}
	for _, p := range all {
		arm := 0
		switch {
		case slices.Contains(exposed, p.Class):
			arm = 1
		case p.Class != "human" && p.Class != "unknown":
			continue
		}
		if what == "review" && p.State == "not_collected" {
			continue
		}
		hours, happened := p.until(what, ends[p.Repo])
		bin := stats.Time{T: math.Floor(16 * math.Log2(1+hours*60)), Censored: 1}
		if happened {
			bin.Events, bin.Censored = 1, 0
		}
		key := [2]string{p.Repo, p.Ready.Format("2006-") + string('0'+rune((p.Ready.Month()-1)/3))}
		if strata[key] == nil {
			strata[key] = &[2][]stats.Time{}
		}
		strata[key][arm] = append(strata[key][arm], bin)
	}
	var pairs [][2][]stats.Time
	for _, s := range strata {
		pairs = append(pairs, *s)
	}
	return pairs
}

// What ClickHouse adds up is what the log-rank test of single proposals adds up, and the histograms hold every proposal once.
func TestWaitsOfAFleet(t *testing.T) {
	ctx := context.Background()
	s := facts(t, proposals, `INSERT INTO changes (change_id, repo, sha, landed_at, author_class) VALUES ('x', 'o/r0', 'x', '2025-01-01 00:00:00', 'unknown')`)
	all, err := store.Select[proposal](ctx, s, "SELECT repo, author_class, review_state, ready_at, first_review_at, merged_at, closed_at FROM proposals FINAL ORDER BY number", nil)
	if err != nil || len(all) != 3000 {
		t.Fatalf("%d proposals, %v", len(all), err)
	}
	r := newReader(s)
	bins, err := ask[waitBin](ctx, r, "slowdown_waits", nil)
	if err != nil {
		t.Fatal(err)
	}
	ranks, err := ask[logRankSums](ctx, r, "slowdown_logrank", nil)
	if err != nil || len(ranks) != 6 {
		t.Fatalf("%v, %v", ranks, err)
	}
	for _, rank := range ranks {
		strata := byHand(all, members(rank.Exposure), rank.Until)
		swapped := make([][2][]stats.Time, len(strata)) // there, the exposed come first
		for i, pair := range strata {
			swapped[i] = [2][]stats.Time{pair[1], pair[0]}
		}
		want := stats.CompareTimesStratified(swapped)
		if math.Abs(rank.Observed-want.Observed1.F) > 1e-9 || math.Abs(rank.Expected-want.Expected1.F) > 1e-6 || math.Abs(rank.Variance-want.Variance.F) > 1e-6 {
			t.Errorf("%+v, want %v %v %v", rank, want.Observed1, want.Expected1, want.Variance)
		}
		sameCounts(t, waitsOf(bins, rank.Exposure, rank.Until), strata)
	}
	a := answerOn(t, s, "slowdown")
	if a.Code == NoData || a.Code == Gated || !measureOf(t, a, "merge", "ai_agent median").Value.OK() || !measureOf(t, a, "effort", "ai_assisted rounds").Value.OK() {
		t.Errorf("%s: %s", a.Code, a.Detail)
	}
}

// sameCounts compares the medians and counts of both groups with those by hand.
func sameCounts(t *testing.T, w waits, strata [][2][]stats.Time) {
	t.Helper()
	for arm := range 2 {
		var times []stats.Time
		for _, s := range strata {
			for _, x := range s[arm] {
				x.T = binMinutes(uint16(x.T)) / 60
				times = append(times, x)
			}
		}
		want, got := stats.KaplanMeier(times, 24, waitLimitHours, 0.05), stats.KaplanMeier(w.all[arm], 24, waitLimitHours, 0.05)
		if got.N != want.N || got.Events != want.Events || got.Median.Value != want.Median.Value || math.Abs(got.Mean.F-want.Mean.F) > 1e-9 {
			t.Errorf("group %d: %+v, by hand %+v", arm, got, want)
		}
	}
}

// Twenty agents' changes and forty others caused an incident of an hour or two, in ten repositories; what was too late, too young,
// extrinsic or by a bot is left out, and one is not over.
func TestMinutesOfAFleet(t *testing.T) {
	const at = `toDateTime64('2025-02-01 00:00:00', 0, 'UTC')`
	s := facts(t,
		`INSERT INTO changes (change_id, repo, sha, landed_at, author_class, people, author, mature, incident_at, outage_minutes, severity)
			SELECT toString(number), concat('o/r', toString(number % 10)), toString(number), `+at+`, ['ai_agent', 'unknown', 'human', 'automation'][1 + intDiv(number, 10) % 4], [number % 9], number % 9, number < 1600,
				if(number < 80 OR number >= 1600, `+at+` + INTERVAL 1 DAY, if(number < 160, `+at+` + INTERVAL 15 DAY, NULL)), if(number < 160 OR number >= 1600, if(intDiv(number, 10) % 4 = 0, 120, 60), 0), 1 + number % 2
			FROM numbers(1700)`,
		`INSERT INTO candidates (repo, source, incident, sha, method, score, landed_at, started_at, resolved_at, severity, extrinsic)
			SELECT repo, 'pd', sha, sha, 'declared', 1, landed_at, assumeNotNull(incident_at), if(sha = '0', NULL, assumeNotNull(incident_at) + INTERVAL toUInt32(outage_minutes) MINUTE), severity, sha = '1'
			FROM changes FINAL WHERE isNotNull(incident_at)`,
		`INSERT INTO incidents (source, id, started_at, resolved_at, updated_at) SELECT source, incident, started_at, resolved_at, started_at + INTERVAL 9 HOUR FROM candidates FINAL`)
	in, err := New(s).inputs(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	strata, err := ask[outageStratum](context.Background(), in.reader, "limited_minutes", store.Params{"direct": false})
	if err != nil || len(strata) != 10 {
		t.Fatalf("%d strata, %v", len(strata), err)
	}
	if m := strata[0].minutes("ai"); m != (stats.Minutes{Sum1: 240, Squares1: 28800, N1: 40, Sum0: 240, Squares0: 14400, N0: 80}) {
		t.Errorf("sums of one repository: %+v", m)
	}
	a := answerOn(t, s, "limited")
	m := measureOf(t, a, "minutes", "ai_agent")
	if math.Abs(m.Value.F-2) > 1e-9 || *m.Part != 20 || *m.Of != 400 {
		t.Errorf("agents: %v, %d of %d", m.Value, *m.Part, *m.Of)
	}
	if m := measureOf(t, a, "durations", "median ai_agent"); *m.Part != 18 || *m.Of != 19 || math.Abs(m.Value.F/120-1) > 0.04 {
		t.Errorf("duration: %v, %d of %d", m.Value, *m.Part, *m.Of)
	}
	if m := measureOf(t, a, "durations", "median "); *m.Of != 40 || math.Abs(m.Value.F/60-1) > 0.04 {
		t.Errorf("duration of the others: %v of %d", m.Value, *m.Of)
	}
	if m := measureOf(t, a, "minutes", "ai_assisted"); m.Value.OK() || m.Reason == "" {
		t.Errorf("a class that never occurs: %+v", m)
	}
}

// Six teams over seven months: what the query counts is what the fit is given.
func TestPanelOfAFleet(t *testing.T) {
	s := facts(t,
		`INSERT INTO changes (change_id, repo, sha, landed_at, author_class, team, review_state, mature, reverted_at, hotfixed_at, incident_at, failed_at)
			WITH toDateTime64('2025-01-15 00:00:00', 0, 'UTC') + INTERVAL (intDiv(number, 6) % 7) MONTH AS at, cityHash64(number) AS dice
			SELECT toString(number), 'o/r', toString(number), at, if(dice % 100 < 10 * (number % 6) + 5 * (intDiv(number, 6) % 7), 'ai_agent', 'unknown'), ['a', 'b', 'c', 'd', 'e', 'f'][1 + number % 6],
				['independent', 'none', 'not_collected', 'self'][1 + intDiv(dice, 100) % 4], true, if(dice % 97 = 0, at + INTERVAL 14 DAY, if(dice % 91 = 0, at + INTERVAL 15 DAY, NULL)),
				if(dice % 89 = 0, at, NULL), if(dice % 83 = 0, at + INTERVAL 1 DAY, NULL), if(dice % 79 = 0, at + INTERVAL 2 DAY, NULL)
			FROM numbers(8400)`,
		`INSERT INTO changes (change_id, repo, sha, landed_at, author_class, team, mature, hotfixed_at) VALUES
			('bot', 'o/r', 'bot', '2025-01-15 00:00:00', 'automation', 'a', true, '2025-01-15 00:00:00'),
			('young', 'o/r', 'young', '2025-01-15 00:00:00', 'unknown', 'a', false, '2025-01-15 00:00:00'),
			('teamless', 'o/r', 'teamless', '2025-01-15 00:00:00', 'unknown', '', true, '2025-01-15 00:00:00')`)
	rows, err := ask[teamMonth](context.Background(), newReader(s), "mandate_panel", nil)
	if err != nil || len(rows) != 42 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	var sum teamMonth
	for _, r := range rows {
		sum.Changes, sum.Mistakes, sum.Reviewable, sum.Alone = sum.Changes+r.Changes, sum.Mistakes+r.Mistakes, sum.Reviewable+r.Reviewable, sum.Alone+r.Alone
	}
	want, err := store.Select[teamMonth](context.Background(), s, `SELECT count() AS changes, countIf(cityHash64(toUInt64(sha)) % 97 = 0 OR cityHash64(toUInt64(sha)) % 89 = 0 OR cityHash64(toUInt64(sha)) % 83 = 0 OR cityHash64(toUInt64(sha)) % 79 = 0) AS mistakes,
		countIf(review_state != 'not_collected') AS reviewable, countIf(review_state IN ('none', 'self')) AS alone FROM changes FINAL WHERE match(sha, '^[0-9]+$')`, nil)
	if err != nil || sum != want[0] || sum.Mistakes == 0 || sum.Alone == 0 {
		t.Errorf("counted %+v, want %+v, %v", sum, want[0], err)
	}
	a := answerOn(t, s, "mandate")
	if a.Code == NoData || a.Code == Gated || len(a.Gates) < 3 {
		t.Errorf("%s: %s, %+v", a.Code, a.Detail, a.Gates)
	}
	holds(t, a.Detail, "in 6 teams and 7 months")
}

// Where nobody says whose an account is, the account itself is the developer.
func TestUsageWithoutMembers(t *testing.T) {
	s := facts(t,
		`INSERT INTO changes (change_id, repo, sha, landed_at, author_class, author)
			SELECT toString(number), 'o/r', toString(number), toDateTime64('2024-01-02 12:00:00', 0, 'UTC') + INTERVAL intDiv(number, 6) WEEK, 'unknown', sipHash64Keyed((SELECT key FROM pseudonym), concat('github:dev', toString(number % 6))) FROM numbers(30)`,
		`INSERT INTO usage (day, source, account, tool, lines) SELECT toDate('2024-01-03') + INTERVAL intDiv(number, 6) WEEK, 'github', concat('Dev', toString(number % 6)), 'editor', 1 FROM numbers(30)`)
	a := answerOn(t, s, "adoption")
	if m := measureOf(t, a, "breadth", "breadth"); a.Code != Supported || m.Value.F != 1 || *m.Part != 24 {
		t.Errorf("%s: %+v", a.Code, m)
	}
	if m := measureOf(t, a, "tools", "editor"); m.Suppress || *m.Part != 6 || *m.Of != 6 {
		t.Errorf("editor: %+v", m)
	}
}
