package analysis

import (
	"math"
	"testing"
	"time"

	"github.com/baserate/baserate/analysis/stats"
)

// scattered are teams and months in which both sides go up and down without a pattern, from a multiplicative sequence.
func scattered(teams, months int) []teamMonth {
	state := uint64(7)
	next := func(n uint64) uint64 {
		state = state * 48271 % 2147483647
		return state % n
	}
	var rows []teamMonth
	for team := range teams {
		for month := range months {
			r := teamMonth{Team: uint64(100 + team), Month: time.Date(2026, time.Month(1+month), 1, 0, 0, 0, 0, time.UTC), Changes: 80 + next(60)}
			r.AIChanges = next(r.Changes)
			r.Mistakes = 1 + next(9) + r.AIChanges/20
			r.Reviewable, r.Alone = r.Changes-5, next(30)
			rows = append(rows, r)
		}
	}
	return rows
}

func cellsOf(rows []teamMonth) []panelCell {
	var cells []panelCell
	for _, r := range rows {
		cells = append(cells, panelCell{
			key: [2]uint64{r.Team, uint64(r.Month.Unix())}, n: float64(r.Changes), y: float64(r.Mistakes), x: r.tens(),
		})
	}
	return cells
}

// full is the same model with a column for every team and month but the first.
func full(rows []teamMonth, teams, months int) stats.RobustRegression {
	var all []stats.Row
	for i, r := range rows {
		x := make([]float64, 2+teams-1+months-1)
		x[0], x[1] = 1, r.tens()
		if team := i / months; team > 0 {
			x[1+team] = 1
		}
		if month := i % months; month > 0 {
			x[teams+month] = 1
		}
		all = append(all, stats.Row{X: x, N: float64(r.Changes), Y: float64(r.Mistakes), Cluster: r.Team})
	}
	return stats.ModifiedPoisson(all)
}

// Profiling the constants out gives the ratio and the standard error of the model that has a column for each.
func TestPanelIsTheFullModel(t *testing.T) {
	for _, size := range [][2]int{{5, 6}, {6, 6}, {8, 12}} {
		rows := scattered(size[0], size[1])
		want := full(rows, size[0], size[1])
		if want.Why != "" {
			t.Fatalf("the full model: %s", want.Why)
		}
		log, se := newPanel(cellsOf(rows)).fit()
		if math.Abs(log.F-want.Beta[1].F) > 1e-8 || math.Abs(se.F-want.CR1[1].F) > 1e-8 {
			t.Errorf("%v: %v (%v), full model %v (%v)", size, log, se, want.Beta[1], want.CR1[1])
		}
	}
}

// The rate doubles with every ten points in a panel without noise: the ratio is 2, whatever the teams' and months' levels.
func TestPanelFindsAnExactRatio(t *testing.T) {
	var cells []panelCell
	for team := range 50 { // more constants than a matrix of covariates would hold
		for month := range 8 {
			x := float64((team*3+month*month)%5) / 2
			cells = append(cells, panelCell{key: [2]uint64{uint64(team), uint64(month)}, n: 1000, x: x, y: (1 + float64(team)) * (2 + float64(month%3)) * math.Exp2(x)})
		}
	}
	log, se := newPanel(cells).fit()
	if math.Abs(log.F-math.Ln2) > 1e-9 || se.F > 1e-9 {
		t.Errorf("log ratio %v (%v), want ln 2", log, se)
	}
}

func TestPanelDropsWhatSaysNothing(t *testing.T) {
	rows := scattered(6, 6)
	want, _ := newPanel(cellsOf(rows)).fit()
	for month := range 6 { // a team without an event
		rows = append(rows, teamMonth{Team: 999, Month: rows[month].Month, Changes: 500, AIChanges: uint64(80 * month)})
	}
	p := newPanel(cellsOf(rows))
	if got, _ := p.fit(); p.sizes[0] != 6 || math.Abs(got.F-want.F) > 1e-9 {
		t.Errorf("%d teams, %v, want 6 and %v", p.sizes[0], got, want)
	}
}

// Adoption that rises alike in every team cannot be told from the months.
func TestPanelWithoutVariation(t *testing.T) {
	rows := scattered(6, 6)
	for i := range rows {
		rows[i].Changes, rows[i].AIChanges = 100, uint64(10*(i%6))
	}
	if log, _ := newPanel(cellsOf(rows)).fit(); log.Why != stats.Collinear {
		t.Errorf("%v", log)
	}
	a := definitionOf(t, "mandate").mandateAnswer(rows, nil)
	if a.Code != NoData {
		t.Errorf("%s", a.Code)
	}
}

// steady is a fleet whose mistakes rise by a factor for every ten points of adoption, in large numbers.
func steady(factor float64) []teamMonth {
	var rows []teamMonth
	for team := range 12 {
		for month := range 9 {
			r := teamMonth{Team: uint64(team), Month: time.Date(2026, time.Month(1+month), 1, 0, 0, 0, 0, time.UTC), Changes: 20000, Reviewable: 20000}
			r.AIChanges = uint64(2000 * ((team*5 + month*month) % 8))
			r.Mistakes = uint64(math.Round(float64(300+20*team+10*month) * math.Pow(factor, r.tens())))
			r.Alone = 1000
			rows = append(rows, r)
		}
	}
	return rows
}

func TestMandateReadsTheInterval(t *testing.T) {
	d := definitionOf(t, "mandate")
	for factor, want := range map[float64]Code{1: Equivalent, 1.3: More, 0.7: Fewer} {
		a := d.mandateAnswer(steady(factor), nil)
		if a.Code != want {
			t.Errorf("factor %v: %s", factor, a.Code)
		}
		m := measureOf(t, a, "slopes", "mistake")
		if math.Abs(m.Value.F/factor-1) > 0.01 || m.Interval.Low.F > m.Value.F || m.Interval.High.F < m.Value.F {
			t.Errorf("factor %v: %v in %v", factor, m.Value, m.Interval)
		}
	}
	a := d.mandateAnswer(steady(1.3), nil)
	holds(t, a.Sentence, "Where a team's use of AI rises, mistakes become more common.")
	holds(t, a.Detail, "in 12 teams and 9 months: for ten points more adoption, 1.30 times as common")
	if a.Word != "Rising with adoption" {
		t.Errorf("word %q", a.Word)
	}
}

func TestMandateNeedsTeamsAndMonths(t *testing.T) {
	d := definitionOf(t, "mandate")
	for name, c := range map[string]struct {
		rows []teamMonth
		says string
	}{
		"four teams":      {scattered(4, 8), "4 teams with any; shown from 5"},
		"five months":     {scattered(8, 5), "5 months with any; shown from 6"},
		"nothing at all":  {nil, "none is known"},
		"no known review": {nil, "0 changes without a second person of 0: none is known"},
	} {
		a := d.mandateAnswer(c.rows, nil)
		if a.Code != NoData || measureOf(t, a, "slopes", "mistake").Value.OK() {
			t.Errorf("%s: %s", name, a.Code)
		}
		holds(t, a.Detail, c.says)
	}
}

// With few teams the jackknife's error is used where it is the larger; with fifty the sandwich's is.
func TestPanelOfFewTeams(t *testing.T) {
	rows := scattered(6, 8)
	p := newPanel(cellsOf(rows))
	log, sandwich := p.fit()
	again, se := p.estimate()
	var leaveOut []float64
	for team := range 6 {
		var rest []teamMonth
		for _, r := range rows {
			if r.Team != uint64(100+team) {
				rest = append(rest, r)
			}
		}
		leaveOut = append(leaveOut, full(rest, 5, 8).Beta[1].F)
	}
	want := stats.JackknifeSE(log.F, leaveOut)
	if again != log || math.Abs(se.F-math.Max(want.F, sandwich.F)) > 1e-8 || want.F <= sandwich.F {
		t.Errorf("%v (%v), jackknife over full models %v, sandwich %v", again, se, want, sandwich)
	}
	many := newPanel(cellsOf(scattered(manyTeams, 6)))
	_, sandwich = many.fit()
	if _, se := many.estimate(); se != sandwich {
		t.Errorf("fifty teams: %v, sandwich %v", se, sandwich)
	}
}
