package analysis

import (
	"math"
	"testing"
	"time"

	"github.com/baserate/baserate/analysis/stats"
)

func quarter(n int) time.Time { return time.Date(2025, time.Month(1+3*n), 1, 0, 0, 0, 0, time.UTC) }

// binOf is the bin of a wait in hours, as the query makes it.
func binOf(hours float64) uint16 { return uint16(16 * math.Log2(1+60*hours)) }

// spread puts n merges of one class after some hours into every one of the first blocks of a quarter.
func spread(class string, q, blocks int, hours float64, n uint64) []waitBin {
	var bins []waitBin
	for b := range blocks {
		bins = append(bins, waitBin{Class: class, Quarter: quarter(q), Block: uint8(b), Until: "merge", Bin: binOf(hours), Events: n})
	}
	return bins
}

func together(all ...[]waitBin) []waitBin {
	var bins []waitBin
	for _, b := range all {
		bins = append(bins, b...)
	}
	return bins
}

// A slow quarter in which AI is common makes crude means differ by half; each quarter by itself shows no difference.
func TestMeansWeighQuarters(t *testing.T) {
	w := waitsOf(together(
		spread("ai_agent", 0, 1, 10, 10), spread(noAI, 0, 1, 10, 90),
		spread("ai_agent", 1, 1, 100, 90), spread(noAI, 1, 1, 100, 10),
	), "ai_agent", "merge")
	m := w.means(-1)
	fast, slow := binMinutes(binOf(10))/60, binMinutes(binOf(100))/60
	want := (fast + slow) / 2 // 10·90/100 and 90·10/100 weigh the same
	if math.Abs(m.hours[0]-want) > 1e-9 || math.Abs(m.hours[1]-want) > 1e-9 {
		t.Errorf("means %v, want both %v", m.hours, want)
	}
	if crude := stats.KaplanMeier(w.all[0], 0, waitLimitHours, 0.05).Mean.F; crude > want*0.7 {
		t.Errorf("crude mean of the reference %v: the quarters do not mislead", crude)
	}
}

// Of ten, four are merged after an hour and six wait still at 14 days: the mean is 0.4·1 h + 0.6·336 h. The error is
// Greenwood's: √(A²·d/(n(n−d))) with A = 0.6·335 h, d = 4, n = 10.
func TestMeansCountThoseThatWait(t *testing.T) {
	one := binMinutes(binOf(1)) / 60
	bins := []waitBin{
		{Class: noAI, Quarter: quarter(0), Until: "merge", Bin: binOf(1), Events: 4},
		{Class: noAI, Quarter: quarter(0), Until: "merge", Bin: binOf(2000), Censored: 6},
		{Class: "ai_agent", Quarter: quarter(0), Until: "merge", Bin: binOf(1), Events: 1},
	}
	m := waitsOf(bins, "ai_agent", "merge").means(-1)
	if want := 0.4*one + 0.6*waitLimitHours; math.Abs(m.hours[0]-want) > 1e-9 {
		t.Errorf("mean %v, want %v", m.hours[0], want)
	}
	area := 0.6 * (waitLimitHours - one)
	if want := area * area * 4 / (10 * 6); math.Abs(m.variance[0]-want) > 1e-6 {
		t.Errorf("variance %v, want %v", m.variance[0], want)
	}
}

// agreeing is a log-rank test that points the way of z.
func agreeing(z float64) []logRankSums {
	return []logRankSums{{Exposure: "ai_agent", Until: "merge", Observed: 1000 + z*20, Expected: 1000, Variance: 400}}
}

func enough() map[string]uint64 { return map[string]uint64{"ai_agent": 20, noAI: 50} }

// mixed is a group with merges at a third, one and three times some hours, in all blocks.
func mixed(class string, hours float64, n uint64) []waitBin {
	return together(spread(class, 0, waitBlocks, hours/3, n), spread(class, 0, waitBlocks, hours, n), spread(class, 0, waitBlocks, 3*hours, n))
}

func TestSlowdownCodes(t *testing.T) {
	d := definitionOf(t, "slowdown")
	d.Exposures = []string{"ai_agent"}
	for name, c := range map[string]struct {
		agent, z float64
		want     Code
		says     string
	}{
		"slower":                            {40, -9, More, "Pull requests by AI agents wait longer for their merge."},
		"faster":                            {8, 9, Fewer, "Pull requests by AI agents wait less long for their merge."},
		"alike":                             {20, 0.5, Equivalent, "Pull requests by AI agents wait about as long for their merge."},
		"slower only between repositories":  {40, -0.3, Undecided, "For pull requests by AI agents it is undecided."},
		"the other way within repositories": {40, 9, Undecided, "it is undecided"},
		"alike, but not within":             {20, -9, Undecided, "it is undecided"},
	} {
		a := d.slowdownAnswer(waited{bins: together(mixed("ai_agent", c.agent, 200), mixed(noAI, 20, 400)), ranks: agreeing(c.z), people: enough()}, nil)
		if a.Code != c.want {
			t.Errorf("%s: %s, %+v", name, a.Code, measureOf(t, a, "difference", "ai_agent merge ratio"))
		}
		holds(t, a.Sentence, c.says)
	}
	a := d.slowdownAnswer(waited{bins: together(mixed("ai_agent", 40, 200), mixed(noAI, 20, 400)), ranks: agreeing(-9), people: enough()}, nil)
	ratio, hours := measureOf(t, a, "difference", "ai_agent merge ratio"), measureOf(t, a, "difference", "ai_agent merge difference")
	if ratio.Value.F < 1.9 || ratio.Value.F > 2.1 || hours.Value.F < 27 || hours.Value.F > 31 || hours.Interval.Low.F > hours.Value.F || a.Word != "Slower" {
		t.Errorf("ratio %v, hours %v in %v, %q", ratio.Value, hours.Value, hours.Interval, a.Word)
	}
	holds(t, a.Detail, "9 600 pull requests by AI agents were merged, and 19 200 with no AI recorded.", "times as long (", "however often one looks")
}

// The same merges, but each block has only one of three levels: blocks differ, and the interval knows.
func TestSlowdownAllowsForClusters(t *testing.T) {
	var bins []waitBin
	for b := range waitBlocks {
		level := []float64{2, 20, 200}[b%3]
		for class, n := range map[string]uint64{"ai_agent": uint64(10 + 40*(b%2)), noAI: uint64(50 - 40*(b%2))} {
			bins = append(bins, waitBin{Class: class, Quarter: quarter(0), Block: uint8(b), Until: "merge", Bin: binOf(level), Events: n})
		}
	}
	s := waitsOf(bins, "ai_agent", "merge").slower(0.05)
	model := math.Sqrt(s.variance[1]/s.hours[1]/s.hours[1] + s.variance[0]/s.hours[0]/s.hours[0])
	if s.logSE.F < 2*model {
		t.Errorf("standard error %v, the model's %v", s.logSE, model)
	}
}

func TestSlowdownNeedsEnough(t *testing.T) {
	d := definitionOf(t, "slowdown")
	d.Exposures = []string{"ai_agent"}
	some := together(mixed("ai_agent", 40, 200), mixed(noAI, 20, 400))
	for says, got := range map[string]waited{
		"fewer than 5 people in one group":                                             {bins: some, people: map[string]uint64{"ai_agent": 4, noAI: 50}},
		"9 merges in one group; shown from 10":                                         {bins: together(spread("ai_agent", 0, 9, 5, 1), mixed(noAI, 5, 9)), people: enough()},
		"pull requests in fewer than 5 teams, or repositories and quarters":            {bins: together(spread("ai_agent", 0, 4, 5, 20), spread(noAI, 0, 4, 5, 20)), people: enough()},
		"0 pull requests by AI agents were merged, and 0 with no AI recorded: 0 merge": {people: enough()},
	} {
		a := d.slowdownAnswer(got, nil)
		if a.Code != NoData || measureOf(t, a, "difference", "ai_agent merge ratio").Value.OK() {
			t.Errorf("%s: %s", says, a.Code)
		}
		holds(t, a.Detail, says)
	}
	a := d.slowdownAnswer(waited{bins: some, people: map[string]uint64{"ai_agent": 4, noAI: 50}}, nil)
	if m := measureOf(t, a, "merge", "ai_agent median"); !m.Suppress || m.Part != nil {
		t.Errorf("four people's median is shown: %+v", m)
	}
	if m := measureOf(t, a, "merge", " median"); m.Suppress || !m.Value.OK() || *m.Part != 16*1200 {
		t.Errorf("the reference's median: %+v", m)
	}
}

// With AI: 1, 1, 3 rounds; without: 1, 2. Of the six pairs 1·(0.5+0)·2 + (1+1) = 3 are greater, ties counting half.
func TestEffortIsAChance(t *testing.T) {
	got := waited{people: enough(), effort: []effortBin{
		{"ai_agent", "rounds", 1, 2}, {"ai_agent", "rounds", 3, 1}, {noAI, "rounds", 1, 1}, {noAI, "rounds", 2, 1}, {"ai_agent", "comments", 5, 1},
	}}
	m := got.effortMeasure("ai_agent", "rounds", 0.05)
	if m.Value.F != 0.5 || *m.Part != 3 || *m.Of != 5 {
		t.Errorf("%+v", m)
	}
	if m := got.effortMeasure("ai_agent", "comments", 0.05); m.Value.OK() || m.Reason == "" {
		t.Errorf("nothing to compare with: %+v", m)
	}
}
