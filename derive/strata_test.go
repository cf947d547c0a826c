package derive_test

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/analysis/stats"
	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/storetest"
)

// counted is a change as far as it enters strata. Days are from landing to the outcome, negative for none.
type counted struct {
	repo, sha                         string
	landed                            time.Time
	class, permission, review, team   string
	tier, severity                    uint8
	author, lines                     uint64
	sizeKnown, mature                 bool
	incident, revert, hotfix, failure float64
	rework, control                   float64
	incidentScore, hotfixScore        float32
	followed                          uint16
}

const insertCounted = `INSERT INTO changes (repo, sha, landed_at, author_class, permission, review_state, team, tier, severity, author,
	additions, size_known, mature, incident_at, reverted_at, hotfixed_at, failed_at, reworked_at, control_at, incident_score, hotfix_score,
	followed_days, version)`

// land saves changes, as the step changes would have made them.
func land(t *testing.T, s *store.Store, version uint64, cs []counted) {
	t.Helper()
	text := func(of func(*counted) string) []string { return store.Column(cs, of) }
	after := func(of func(*counted) float64) []*time.Time {
		return store.Column(cs, func(c *counted) *time.Time {
			days := of(c)
			if days < 0 {
				return nil
			}
			at := c.landed.Add(time.Duration(days * 24 * float64(time.Hour))).Truncate(time.Second)
			return &at
		})
	}
	err := s.Insert(context.Background(), insertCounted, []any{
		text(func(c *counted) string { return c.repo }), text(func(c *counted) string { return c.sha }),
		store.Column(cs, func(c *counted) time.Time { return c.landed }),
		text(func(c *counted) string { return c.class }), text(func(c *counted) string { return c.permission }),
		text(func(c *counted) string { return c.review }), text(func(c *counted) string { return c.team }),
		store.Column(cs, func(c *counted) uint8 { return c.tier }), store.Column(cs, func(c *counted) uint8 { return c.severity }),
		store.Column(cs, func(c *counted) uint64 { return c.author }), store.Column(cs, func(c *counted) uint64 { return c.lines }),
		store.Column(cs, func(c *counted) bool { return c.sizeKnown }), store.Column(cs, func(c *counted) bool { return c.mature }),
		after(func(c *counted) float64 { return c.incident }), after(func(c *counted) float64 { return c.revert }),
		after(func(c *counted) float64 { return c.hotfix }), after(func(c *counted) float64 { return c.failure }),
		after(func(c *counted) float64 { return c.rework }), after(func(c *counted) float64 { return c.control }),
		store.Column(cs, func(c *counted) float32 { return c.incidentScore }), store.Column(cs, func(c *counted) float32 { return c.hotfixScore }),
		store.Column(cs, func(c *counted) uint16 { return c.followed }), store.Repeat(len(cs), version),
	})
	if err != nil {
		t.Fatal(err)
	}
}

// count runs the steps that make strata, one piece of repositories after the other.
func count(t *testing.T, s *store.Store, pieces ...[]string) {
	t.Helper()
	step := func(name string, p store.Params) {
		text, err := os.ReadFile("step/" + name + ".sql")
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Exec(context.Background(), string(text), p); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	for _, repos := range pieces {
		p := store.Params{"repos": repos, "version": s.Version()}
		step("strata", p)
		step("live_strata", p)
		step("retire_strata", p)
	}
	step("developer_strata", store.Params{"version": s.Version()})
}

func pick[T any](r *rand.Rand, from ...T) T { return from[r.IntN(len(from))] }

// seldom is a number of days up to most in a share of cases, else negative. Every fourth is a whole number, where limits are.
func seldom(r *rand.Rand, share, most float64) float64 {
	if r.Float64() > share {
		return -1
	}
	days := r.Float64() * most
	if r.IntN(4) == 0 {
		days = math.Round(days)
	}
	return days
}

// fleet is n random changes in few strata, so that every kind of overlap occurs. A person moves from team to team.
func fleet(seed uint64, n int) []counted {
	r := rand.New(rand.NewPCG(seed, 1))
	cs := make([]counted, n)
	for i := range cs {
		cs[i] = counted{
			repo: pick(r, "o/a", "o/b", "o/c", "o/d"), sha: fmt.Sprintf("%08x", i),
			landed:     time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(r.IntN(400*24*60)) * time.Minute),
			class:      pick(r, "ai_agent", "ai_agent", "ai_assisted", "human", "human", "unknown", "automation", "odd"),
			permission: pick(r, "write", "write", "admin"), review: pick(r, "independent", "none"), team: pick(r, "", "red", "green", "blue"),
			tier: uint8(1 + r.IntN(2)), severity: uint8(r.IntN(5)), author: uint64(r.IntN(12)),
			lines: pick[uint64](r, 0, 10, 11, 50, 51, 250, 251, 1000, 1001), sizeKnown: r.IntN(10) > 0, mature: r.IntN(10) > 0,
			incident: seldom(r, 0.04, 40), revert: seldom(r, 0.04, 40), hotfix: seldom(r, 0.03, 3), failure: seldom(r, 0.03, 40),
			rework: seldom(r, 0.05, 21), control: seldom(r, 0.03, 20),
			incidentScore: pick[float32](r, 0.5, 0.8, 0.95), hotfixScore: pick[float32](r, 0.5, 0.8, 0.95),
			followed: uint16(14 + r.IntN(30)),
		}
	}
	return cs
}

func within(day, limit float64) bool { return day >= 0 && day <= limit }

// mistake is the union, with another limit on the parts that have one.
func (c *counted) mistake(limit float64) bool {
	return within(c.incident, limit) || within(c.revert, limit) || within(c.failure, limit) || c.hotfix >= 0
}

// happened says whether an outcome did, and whether the change was followed long enough to say so.
func (c *counted) happened(outcome string) (event, followed bool) {
	switch outcome {
	case "incident":
		return within(c.incident, 14), true
	case "major":
		return within(c.incident, 14) && (c.severity == 1 || c.severity == 2), true
	case "reverted_14d":
		return within(c.revert, 14), true
	case "hotfixed_72h":
		return c.hotfix >= 0, true
	case "failed_deployment":
		return within(c.failure, 14), true
	case "mistake":
		return c.mistake(14), true
	case "rework_21d":
		return c.rework >= 0, c.followed >= 21
	case "control":
		return within(c.control, 14), true
	case "mistake_3d":
		return c.mistake(3), true
	case "mistake_7d":
		return c.mistake(7), true
	case "mistake_30d":
		return c.mistake(30), c.followed >= 30
	case "mistake_sure":
		return within(c.incident, 14) && c.incidentScore >= 0.8 || within(c.revert, 14) || within(c.failure, 14) ||
			c.hotfix >= 0 && c.hotfixScore >= 0.8, true
	}
	panic(outcome)
}

// arm is 1 for exposed, 0 for the reference and -1 for neither.
func (c *counted) arm(exposure, side string) int {
	switch {
	case c.class == exposure, exposure == "ai" && (c.class == "ai_agent" || c.class == "ai_assisted"), c.class == "unknown" && side == "unknown_ai":
		return 1
	case c.class == "human", c.class == "unknown", c.class == "automation" && side == "bots":
		return 0
	}
	return -1
}

func (c *counted) bucket() int {
	if !c.sizeKnown {
		return 6
	}
	n, _ := slices.BinarySearch([]uint64{10, 50, 250, 1000}, c.lines)
	return 1 + n
}

func (c *counted) place() string {
	return fmt.Sprint(c.repo, c.landed.Year(), (c.landed.Month()-1)/3)
}

func (c *counted) stratum(q store.SumsQuery) string {
	key := c.place()
	if q.Design == "developer" {
		key = fmt.Sprint("person ", c.author, " tier ", c.tier)
	}
	if q.Adjustment == "direct" {
		key += fmt.Sprint(" ", c.permission, c.bucket(), c.review)
	}
	return key
}

// cells counts in Go what the steps count in SQL, over strata with an event only. Labels are numbers in order of appearance.
func cells(cs []counted, q store.SumsQuery) []stats.Cell {
	type key struct{ stratum, cluster uint64 }
	labels := map[string]uint64{}
	label := func(name string) uint64 {
		if _, ok := labels[name]; !ok {
			labels[name] = uint64(len(labels) + 1)
		}
		return labels[name]
	}
	counts, events := map[key]stats.Stratum{}, map[uint64]float64{}
	for i := range cs {
		c := &cs[i]
		event, followed := c.happened(q.Outcome)
		arm := c.arm(q.Exposure, q.Side)
		if !c.mature || !followed || arm < 0 || q.Design == "developer" && c.author == 0 {
			continue
		}
		cluster := "team " + c.team
		if c.team == "" {
			cluster = c.place()
		}
		k := key{label(c.stratum(q)), label(cluster)}
		n, hit := counts[k], 0.0
		if event {
			hit = 1
		}
		if arm == 1 {
			n.N1, n.A = n.N1+1, n.A+hit
		} else {
			n.N0, n.C = n.N0+1, n.C+hit
		}
		counts[k], events[k.stratum] = n, events[k.stratum]+hit
	}
	var all []stats.Cell
	for k, n := range counts {
		if events[k.stratum] > 0 {
			all = append(all, stats.Cell{Stratum: k.stratum, Cluster: k.cluster, Counts: n})
		}
	}
	return all
}

// unlabelled forgets which cluster is which, since labels here are not those of the store.
func unlabelled(s stats.Sums) stats.Sums {
	s.Clusters = slices.Clone(s.Clusters)
	for i := range s.Clusters {
		s.Clusters[i].Cluster = 0
	}
	slices.SortFunc(s.Clusters, func(x, y stats.ClusterSums) int {
		return cmp.Or(cmp.Compare(round(x.R), round(y.R)), cmp.Compare(round(x.S), round(y.S)))
	})
	return s
}

func round(x float64) float64 { return math.Round(x * 1e7) }

func fromStore(s store.StrataSums) stats.Sums {
	out := stats.Sums{A: s.A, N1: s.N1, C: s.C, N0: s.N0, OverlapA: s.OverlapA, OverlapC: s.OverlapC, Strata: s.Strata, R: s.R, S: s.S, V: s.V, AA: s.AA, AM: s.AM, MM: s.MM}
	for _, c := range s.Clusters {
		out.Clusters = append(out.Clusters, stats.ClusterSums(c))
	}
	return out
}

var near = gocmp.Comparer(func(x, y float64) bool { return math.Abs(x-y) <= 2e-9*(1+math.Abs(x)) })

// questions calls ask with every question there is, or, with a step of 5, 7 or 11, with a part in which every outcome, design,
// adjustment, exposure and side occurs.
func questions(step int, ask func(store.SumsQuery)) {
	n := 0
	for _, outcome := range []string{
		"incident", "major", "reverted_14d", "hotfixed_72h", "failed_deployment", "mistake", "rework_21d", "control",
		"mistake_3d", "mistake_7d", "mistake_30d", "mistake_sure",
	} {
		for _, design := range []string{"repository", "developer"} {
			for _, adjustment := range []string{"total", "direct"} {
				for _, exposure := range []string{"ai_agent", "ai_assisted", "ai"} {
					for _, side := range []string{"reference", "bots", "unknown_ai"} {
						if n++; n%step == 0 {
							ask(store.SumsQuery{Outcome: outcome, Design: design, Adjustment: adjustment, Exposure: exposure, Side: side})
						}
					}
				}
			}
		}
	}
}

// compare asks every step-th question and counts how many found events in both arms.
func compare(t *testing.T, s *store.Store, cs []counted, step int) (informed int) {
	t.Helper()
	questions(step, func(q store.SumsQuery) {
		got, _, _, err := s.Sums(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		want := stats.SumCells(cells(cs, q))
		if diff := gocmp.Diff(unlabelled(want), unlabelled(fromStore(got)), near); diff != "" {
			t.Errorf("%v (-counted in Go +by the store):\n%s", q, diff)
		}
		if got.R > 0 && got.S > 0 && len(got.Clusters) > 1 {
			informed++
		}
	})
	return informed
}

var pieces = [][]string{{"o/a", "o/b"}, {"o/c", "o/d"}}

// Every outcome, design, adjustment, exposure and side: what the steps and sums.sql make equals a count in Go.
func TestStrataAreWhatACountGives(t *testing.T) {
	s := storetest.Open(t)
	cs := fleet(1, 4000)
	land(t, s, 1, cs)
	count(t, s, pieces...)
	step := 1
	if testing.Short() {
		step = 5
	}
	if informed := compare(t, s, cs, step); informed < 400/step {
		t.Errorf("only %d of %d questions found events in both arms: too little is tested", informed, 432/step)
	}
}

// The cells are what the sums are of, and the changes themselves give the same to the last bit.
func TestCellsAndRawRowsGiveTheSameSums(t *testing.T) {
	ctx, s := context.Background(), storetest.Open(t)
	land(t, s, 1, fleet(2, 3000))
	count(t, s, pieces...)
	questions(11, func(q store.SumsQuery) {
		sums, _, _, err := s.Sums(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		found, _, _, err := s.StrataCells(ctx, q, 1_000_000)
		if err != nil {
			t.Fatal(err)
		}
		all := store.Column(found, func(c *store.StrataCell) stats.Cell {
			return stats.Cell{Stratum: c.Stratum, Cluster: c.Cluster, Counts: stats.Stratum{A: float64(c.A), N1: float64(c.N1), C: float64(c.C), N0: float64(c.N0)}}
		})
		if diff := gocmp.Diff(stats.SumCells(all), fromStore(sums), near); diff != "" {
			t.Errorf("%v (-cells +sums):\n%s", q, diff)
		}
		raw, _, _, err := s.RawSums(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		if diff := gocmp.Diff(raw, sums); diff != "" {
			t.Errorf("%v (-raw +sums):\n%s", q, diff)
		}
	})
}

// Derived again under other outcomes, the strata follow: some appear, some go, and of a repository that lost its changes
// none is left.
func TestStrataFollowTheChanges(t *testing.T) {
	s := storetest.Open(t)
	cs := fleet(3, 3000)
	land(t, s, 1, cs)
	count(t, s, pieces...)

	other := fleet(4, 3000) // other outcomes of the same changes of o/a; o/b is gone
	var gone, now []counted
	for i, c := range cs {
		switch c.repo {
		case "o/a":
			c.class, c.team, c.revert, c.incident, c.hotfix, c.failure = other[i].class, other[i].team, other[i].revert, -1, -1, -1
			now = append(now, c)
		case "o/b":
			c.mature = false
			gone = append(gone, c)
		default:
			now = append(now, c)
		}
	}
	land(t, s, 2, slices.DeleteFunc(slices.Clone(now), func(c counted) bool { return c.repo != "o/a" }))
	land(t, s, 2, gone)
	count(t, s, []string{"o/a"}, []string{"o/b"})
	compare(t, s, now, 7)

	count(t, s) // nothing new
	compare(t, s, now, 7)
}

// A person's stratum lies in two repositories. The mistake is in one, the changes it is compared with are in the other;
// whichever is derived first, and whichever is derived again.
func TestDeveloperStratumOverTwoRepositories(t *testing.T) {
	at := time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)
	change := func(repo, class string, n int) (cs []counted) {
		for i := range n {
			cs = append(cs, counted{
				repo: repo, sha: fmt.Sprint(class, i), landed: at.Add(time.Duration(i) * time.Hour), class: class, author: 7, tier: 1, team: "red",
				sizeKnown: true, mature: true, incident: -1, revert: -1, hotfix: -1, failure: -1, rework: -1, control: -1, followed: 40,
			})
		}
		return cs
	}
	ai, human := change("o/z", "ai_agent", 6), change("o/a", "human", 10)
	ai[0].revert = 1
	q := store.SumsQuery{Outcome: "reverted_14d", Design: "developer", Adjustment: "direct", Exposure: "ai_agent", Side: "reference"}
	want := store.StrataSums{A: 1, N1: 6, N0: 10, OverlapA: 1, Strata: 1, R: 0.625, V: 60. / 256, AA: 1. / 16, AM: 1. / 16, MM: 1. / 16}
	for name, order := range map[string][][]string{
		"event last":  {{"o/a"}, {"o/z"}},
		"event first": {{"o/z"}, {"o/a"}},
		"apart":       {{"o/z"}, nil, {"o/a"}},
		"and again":   {{"o/a", "o/z"}, nil, {"o/a"}, nil, {"o/z"}},
	} {
		s := storetest.Open(t)
		land(t, s, 1, slices.Concat(ai, human))
		var run [][]string
		for _, repos := range append(order, nil) {
			if repos != nil {
				run = append(run, repos)
				continue
			}
			count(t, s, run...)
			run = nil
		}
		got, _, _, err := s.Sums(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Clusters) != 1 || got.Clusters[0].R != 0.625 {
			t.Errorf("%s: clusters %+v, want one that holds all", name, got.Clusters)
		}
		got.Clusters = nil
		if diff := gocmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// Where no team is known, the changes of a repository and quarter are a cluster of their own.
func TestClustersWithoutTeams(t *testing.T) {
	s := storetest.Open(t)
	cs := fleet(5, 2000)
	quarters := map[string]bool{}
	for i := range cs {
		cs[i].team = ""
		quarters[cs[i].place()] = true
	}
	land(t, s, 1, cs)
	count(t, s, pieces...)
	q := store.SumsQuery{Outcome: "mistake", Design: "developer", Adjustment: "total", Exposure: "ai", Side: "reference"}
	got, _, _, err := s.Sums(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Clusters) != len(quarters) {
		t.Errorf("%d clusters, want %d repositories and quarters", len(got.Clusters), len(quarters))
	}
}

// The bytes do not depend on the parts that rows lie in, nor on how many threads read them, nor on the way they came.
func TestSumsAreTheSameHoweverStored(t *testing.T) {
	ctx, s := context.Background(), storetest.Open(t)
	land(t, s, 1, fleet(6, 3000))
	ask := func() (all []store.StrataSums) {
		questions(35, func(q store.SumsQuery) {
			sums, _, _, err := s.Sums(ctx, q)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, sums)
		})
		return all
	}
	count(t, s, []string{"o/d"}, []string{"o/b"}, []string{"o/a"}, []string{"o/c"})
	want := ask()
	count(t, s, pieces...)
	if diff := gocmp.Diff(want, ask()); diff != "" {
		t.Errorf("counted again: %s", diff)
	}
	if err := s.Exec(ctx, "OPTIMIZE TABLE strata FINAL", nil); err != nil {
		t.Fatal(err)
	}
	if diff := gocmp.Diff(want, ask()); diff != "" {
		t.Errorf("merged: %s", diff)
	}
	text, err := os.ReadFile("../store/query/sums.sql")
	if err != nil {
		t.Fatal(err)
	}
	params := store.Params{"outcome": "mistake", "design": "developer", "adjustment": "direct", "exposure": "ai", "side": "reference"}
	type row struct {
		Row string `ch:"row"`
	}
	var answers [][]row
	for _, setting := range []string{"max_threads = 1", "max_threads = 7", "max_threads = 3, max_block_size = 11"} {
		rows, err := store.Select[row](ctx, s, "SELECT toString(tuple(*)) AS row FROM ("+string(text)+") SETTINGS "+setting, params)
		if err != nil {
			t.Fatal(err)
		}
		answers = append(answers, rows)
	}
	if len(answers[0]) < 4 || !slices.Equal(answers[0], answers[1]) || !slices.Equal(answers[0], answers[2]) {
		t.Errorf("answers by threads: %v", answers)
	}
}

// Overlap counts every mature change of either arm, event or not.
func TestOverlapCountsAllStrata(t *testing.T) {
	s := storetest.Open(t)
	cs := fleet(7, 400)
	land(t, s, 1, cs)
	for _, q := range []store.SumsQuery{
		{Design: "repository", Adjustment: "direct", Exposure: "ai_assisted"},
		{Design: "repository", Adjustment: "total", Exposure: "ai"},
		{Design: "developer", Adjustment: "direct", Exposure: "ai_agent"},
		{Design: "developer", Adjustment: "total", Exposure: "ai"},
	} {
		arms := map[string][2]uint64{}
		for i := range cs {
			c := &cs[i]
			arm := c.arm(q.Exposure, "reference")
			if !c.mature || arm < 0 || q.Design == "developer" && c.author == 0 {
				continue
			}
			n := arms[c.stratum(q)]
			n[arm]++
			arms[c.stratum(q)] = n
		}
		var want store.StrataOverlap
		for _, n := range arms {
			want.Reference += n[0]
			want.Exposed += n[1]
			if n[0] > 0 && n[1] > 0 {
				want.ReferenceCompared += n[0]
				want.ExposedCompared += n[1]
			}
		}
		got, err := s.Overlap(context.Background(), q.Design, q.Adjustment, q.Exposure)
		if err != nil {
			t.Fatal(err)
		}
		if got != want || want.ExposedCompared == 0 {
			t.Errorf("%+v: %+v, want %+v", q, got, want)
		}
	}
}
