package figures_test

import (
	"math"
	"net/url"
	"strings"
	"testing"

	"github.com/baserate/baserate/analysis/figures"
	"github.com/baserate/baserate/analysis/stats"
)

// group is changes of a team in a repository, n by an exposure with y mistakes among them, and as many without AI as told.
type group struct {
	repo, team    string
	tier          uint8
	a, n1, c, n0  int
	exposureClass string
}

func (g group) landings(author uint64) []landing {
	all := join(repeat(g.team, g.exposureClass, author, g.n1, g.a), repeat(g.team, "unknown", author, g.n0, g.c))
	for i := range all {
		all[i].repo, all[i].tier, all[i].lines = g.repo, g.tier, 30
	}
	return all
}

// Two tiers, each of two repositories that two teams share.
var fleet = []group{
	{"a/x", "red", 1, 9, 60, 4, 70, "ai_agent"},
	{"a/x", "blue", 1, 6, 50, 5, 90, "ai_agent"},
	{"a/y", "red", 1, 4, 30, 6, 80, "ai_agent"},
	{"b/x", "blue", 2, 5, 40, 8, 40, "ai_agent"},
	{"b/x", "green", 2, 7, 60, 9, 50, "ai_agent"},
	{"b/y", "green", 2, 2, 20, 3, 20, "ai_agent"},
}

func mistakesOf(t *testing.T, groups []group) *figures.Reader {
	t.Helper()
	var all []landing
	for i, g := range groups {
		all = append(all, g.landings(uint64(100*i+1))...)
	}
	return &figures.Reader{Store: told(t, all, monday(4))}
}

// expected is the ratio of some groups by way of their cells in memory.
func expected(groups []group, keep func(group) bool) (stats.Clustered, stats.Interval) {
	places, teams := map[string]uint64{}, map[string]uint64{}
	label := func(m map[string]uint64, name string) uint64 {
		if _, ok := m[name]; !ok {
			m[name] = uint64(len(m) + 1)
		}
		return m[name]
	}
	var cells []stats.Cell
	for _, g := range groups {
		if keep(g) {
			cells = append(cells, stats.Cell{
				Stratum: label(places, g.repo), Cluster: label(teams, g.team),
				Counts: stats.Stratum{A: float64(g.a), N1: float64(g.n1), C: float64(g.c), N0: float64(g.n0)},
			})
		}
	}
	found := stats.SumCells(cells).RiskRatio()
	return found, stats.ConfidenceSequence(found.LogRR.F, found.SE().F, stats.DefaultPhi, 0.05).Ratio
}

// near fails unless a row's numbers are these, up to the rounding of the sums.
func (l line) near(t *testing.T, where string, want map[string]float64) {
	t.Helper()
	for name, value := range want {
		if got, is := l[name].(float64); !is || math.Abs(got-value) > 1e-9 {
			t.Errorf("%s: %s is %v, not %v", where, name, l[name], value)
		}
	}
}

func level(t *testing.T, lines []line, exposure, dimension, level string) line {
	t.Helper()
	for _, l := range lines {
		if l["exposure"] == exposure && l["dimension"] == dimension && l["level"] == level {
			return l
		}
	}
	t.Fatalf("no row of %s, %s %s", exposure, dimension, level)
	return nil
}

func TestSubgroupsAreMantelHaenszelOverRepositoriesWithTeamsAsClusters(t *testing.T) {
	lines := read(t, mistakesOf(t, fleet), "mistakes_subgroups", figures.Filter{})
	var effects []stats.Effect
	for name, tier := range map[string]uint8{"1": 1, "2": 2} {
		found, interval := expected(fleet, func(g group) bool { return g.tier == tier })
		effects = append(effects, stats.Effect{Log: found.LogRR.F, SE: found.SE().F})
		l := level(t, lines, "ai_agent", "tier", name)
		l.near(t, "tier "+name, map[string]float64{"ratio": math.Exp(found.LogRR.F), "low": interval.Low.F, "high": interval.High.F})
	}
	one := level(t, lines, "ai_agent", "tier", "1")
	one.holds(t, "tier 1", line{"changes": 140, "mistakes": 19, "reference": 240, "reference_mistakes": 15, "hidden": ""})
	one.near(t, "tiers", map[string]float64{"differ": stats.Heterogeneity(effects).P.F})
	level(t, lines, "ai_agent", "size", "2").holds(t, "size", line{"changes": 260, "min_lines": "11", "max_lines": "50", "tier": nil, "differ": nil})
}

func TestSubgroupsWithFewMistakesHaveNoRatio(t *testing.T) {
	few := []group{{"a/x", "red", 1, 9, 60, 40, 70, "ai_agent"}, {"a/x", "red", 2, 10, 60, 40, 70, "ai_agent"}}
	lines := read(t, mistakesOf(t, few), "mistakes_subgroups", figures.Filter{})
	level(t, lines, "ai_agent", "tier", "1").holds(t, "nine mistakes", line{"ratio": nil, "low": nil, "mistakes": 9, "hidden": "9 mistakes in one group; shown from 10"})
	for _, l := range lines {
		if l["dimension"] == "tier" && l["differ"] != nil {
			t.Errorf("one ratio differs from none: %v", l)
		}
	}
}

func TestSubgroupsOfTeamsNeedPeopleAndMistakes(t *testing.T) {
	all := join(
		group{"a/x", "six", 1, 12, 60, 12, 70, "ai_agent"}.landings(1),
		group{"a/y", "six", 1, 5, 60, 6, 70, "ai_agent"}.landings(1),
		group{"a/x", "few mistakes", 1, 2, 60, 3, 70, "ai_agent"}.landings(50),
	)
	small := group{"a/x", "four people", 1, 12, 60, 12, 70, "ai_agent"}.landings(90)
	for i := range small {
		small[i].author = 90 + uint64(i%4)
	}
	lines := read(t, &figures.Reader{Store: told(t, join(all, small), monday(4))}, "mistakes_subgroups", figures.Filter{})
	var teams []any
	for _, l := range lines {
		if l["dimension"] == "team" {
			teams = append(teams, l["level"])
		}
	}
	if len(teams) != 1 || teams[0] != "six" {
		t.Errorf("teams shown: %v; only six has ten mistakes and five people", teams)
	}
}

func TestListsBehindSubgroupsAreNarrowedByTheirLevelAlone(t *testing.T) {
	r := mistakesOf(t, fleet)
	d, _ := figures.Find("mistakes_subgroups")
	a, err := r.Read(t.Context(), d, figures.Filter{Repos: []string{"a/x", "a/y"}})
	if err != nil {
		t.Fatal(err)
	}
	for i := range d.Columns {
		if d.Columns[i].Name != "reference_mistakes" {
			continue
		}
		link := a.Link(&d.Columns[i], a.Filter, a.Rows[0])
		path, query, _ := strings.Cut(link, "?")
		got, err := url.ParseQuery(query)
		if want := "class=human%2Cunknown&mature=true&outcome=mistake&repo=a%2Fx%2Ca%2Fy&tier=1"; err != nil || path != "/changes" || got.Encode() != want {
			t.Errorf("the list is at %s, not %s", link, want)
		}
	}
}

func TestMonthsCompareWithinAMonth(t *testing.T) {
	all := []group{
		{"a/x", "red", 1, 12, 60, 14, 170, "ai_assisted"},
		{"a/y", "blue", 1, 16, 90, 15, 100, "ai_assisted"},
		{"a/y", "red", 1, 11, 50, 10, 90, "ai_assisted"},
	}
	var landings []landing
	for i, g := range all {
		landings = append(landings, g.landings(uint64(100*i))...)
	}
	later := group{"a/x", "red", 1, 3, 30, 40, 90, "ai_assisted"}.landings(1)
	for i := range later {
		later[i].at = later[i].at.AddDate(0, 1, 0)
	}
	lines := read(t, &figures.Reader{Store: told(t, join(landings, later), monday(12))}, "mistakes_months", figures.Filter{})
	var of []line
	for _, l := range lines {
		if l["exposure"] == "ai_assisted" {
			of = append(of, l)
		}
	}
	if len(of) != 2 {
		t.Fatalf("%d months, not 2", len(of))
	}
	found, interval := expected(all, func(group) bool { return true })
	of[0].near(t, "first month", map[string]float64{"ratio": math.Exp(found.LogRR.F), "low": interval.Low.F, "high": interval.High.F})
	of[1].holds(t, "second month", line{"changes": 30, "mistakes": 3, "reference_mistakes": 40, "ratio": nil, "hidden": "3 mistakes in one group; shown from 10"})
}
