package analysis

import (
	"math"
	"slices"
	"time"

	"github.com/baserate/baserate/analysis/stats"
)

// waitBin is proposals of one group that waited equally long for their first review or their merge.
type waitBin struct {
	Class    string    `ch:"class"` // "none": no AI recorded
	Quarter  time.Time `ch:"quarter"`
	Block    uint8     `ch:"block"` // group of clusters that the jackknife leaves out together
	Until    string    `ch:"until"` // "review" or "merge"
	Bin      uint16    `ch:"bin"`
	Events   uint64    `ch:"events"`
	Censored uint64    `ch:"censored"`
}

// Times of waiting are restricted to 14 days: what waits longer has waited for the whole of them.
const (
	waitBlocks     = 16
	waitLimitHours = 14 * 24
	noAI           = "none"
)

// histogram is times by bin.
type histogram []stats.Time

func (h *histogram) add(bin uint16, events, censored uint64) {
	for len(*h) <= int(bin) {
		*h = append(*h, stats.Time{T: binMinutes(uint16(len(*h))) / 60})
	}
	(*h)[bin].Events += float64(events)
	(*h)[bin].Censored += float64(censored)
}

// without is the histogram less one that is a part of it.
func (h histogram) without(some histogram) histogram {
	rest := slices.Clone(h)
	for i, t := range some {
		rest[i].Events -= t.Events
		rest[i].Censored -= t.Censored
	}
	return rest
}

// blocked is a histogram with its blocks.
type blocked struct {
	all    histogram
	blocks [waitBlocks]histogram
}

// less is all but one block; a block of -1 leaves out none.
func (b *blocked) less(block int) histogram {
	if block < 0 || len(b.blocks[block]) == 0 {
		return b.all
	}
	return b.all.without(b.blocks[block])
}

// waits are the histograms of both groups of a comparison, by quarter and together: index 1 is the exposed.
type waits struct {
	quarters map[time.Time]*[2]blocked
	all      [2]histogram
}

// waitsOf picks what a comparison needs of the bins.
func waitsOf(bins []waitBin, exposure, until string) waits {
	w := waits{quarters: map[time.Time]*[2]blocked{}}
	exposed := members(exposure)
	for _, b := range bins {
		arm := 0
		switch {
		case b.Until != until:
			continue
		case slices.Contains(exposed, b.Class):
			arm = 1
		case b.Class != noAI:
			continue
		}
		if w.quarters[b.Quarter] == nil {
			w.quarters[b.Quarter] = &[2]blocked{}
		}
		q := &w.quarters[b.Quarter][arm]
		for _, h := range []*histogram{&q.all, &q.blocks[b.Block], &w.all[arm]} {
			h.add(b.Bin, b.Events, b.Censored)
		}
	}
	return w
}

// means are the restricted mean hours of both groups, with the quarters weighed alike in both (n1·n0/(n1+n0), as Mantel and
// Haenszel do), so that a slow quarter in which AI was common makes no difference; model variances, and what they rest on.
type means struct {
	hours, variance [2]float64
	events          [2]float64
	ok              bool // some quarter has proposals of both
}

// means standardises the restricted means, leaving out one block; a block of -1 leaves out none.
func (w waits) means(without int) means {
	var m means
	var total float64
	quarters := make([]time.Time, 0, len(w.quarters))
	for q := range w.quarters {
		quarters = append(quarters, q)
	}
	slices.SortFunc(quarters, time.Time.Compare) // sums in one order give the same digits each time
	for _, q := range quarters {
		var arm [2]stats.Survival
		for i := range arm {
			arm[i] = stats.KaplanMeier(w.quarters[q][i].less(without), 0, waitLimitHours, 0.05)
		}
		if arm[0].N == 0 || arm[1].N == 0 {
			continue
		}
		n := arm[0].N * arm[1].N / (arm[0].N + arm[1].N)
		total += n
		for i := range arm {
			m.hours[i] += n * arm[i].Mean.F
			m.variance[i] += n * n * arm[i].MeanSE.F * arm[i].MeanSE.F
			m.events[i] += arm[i].Events
		}
	}
	if m.ok = total > 0; !m.ok {
		return m
	}
	for i := range m.hours {
		m.hours[i] /= total
		m.variance[i] /= total * total
	}
	return m
}

// blocks are those with proposals in a quarter that has both groups.
func (w waits) blocks() []int {
	var used [waitBlocks]bool
	for _, arms := range w.quarters {
		if len(arms[0].all) == 0 || len(arms[1].all) == 0 {
			continue
		}
		for i := range waitBlocks {
			used[i] = used[i] || len(arms[0].blocks[i])+len(arms[1].blocks[i]) > 0
		}
	}
	var found []int
	for i, u := range used {
		if u {
			found = append(found, i)
		}
	}
	return found
}

// slower is how much longer the exposed wait: as a ratio of restricted means on the log scale, and as a difference in hours,
// each with the larger of the model's standard error and of the delete-a-group jackknife's (Kott 2001).
type slower struct {
	means
	log, logSE   stats.Number
	difference   stats.Estimate // hours
	blocks       int
	always       stats.Interval // of the ratio
	differenceSE stats.Number
}

func (w waits) slower(alpha float64) slower {
	s := slower{means: w.means(-1)}
	blocks := w.blocks()
	s.blocks = len(blocks)
	if !s.ok || s.hours[0] <= 0 || s.hours[1] <= 0 {
		none := stats.Undefined(stats.NoOverlap)
		s.log, s.logSE, s.differenceSE, s.always = none, none, none, undefined(stats.NoOverlap)
		s.difference = stats.Estimate{Value: none, Low: none, High: none}
		return s
	}
	log, hours := math.Log(s.hours[1]/s.hours[0]), s.hours[1]-s.hours[0]
	var logs, differences []float64
	for _, b := range blocks {
		m := w.means(b)
		logs, differences = append(logs, math.Log(m.hours[1]/m.hours[0])), append(differences, m.hours[1]-m.hours[0])
	}
	s.log = stats.Num(log)
	s.logSE = largerSE(math.Sqrt(s.variance[1]/s.hours[1]/s.hours[1]+s.variance[0]/s.hours[0]/s.hours[0]), log, logs)
	s.differenceSE = largerSE(math.Sqrt(s.variance[1]+s.variance[0]), hours, differences)
	s.difference, _ = stats.MeanDifference(
		stats.Survival{Mean: stats.Num(s.hours[1]), MeanSE: s.differenceSE, Events: s.events[1]},
		stats.Survival{Mean: stats.Num(s.hours[0]), MeanSE: stats.Num(0), Events: s.events[0]}, alpha)
	s.always = undefined(stats.NoVariance)
	if s.logSE.Finite() && s.logSE.F > 0 {
		s.always = stats.ConfidenceSequence(log, s.logSE.F, stats.DefaultPhi, alpha).Ratio
	}
	return s
}

// largerSE is the larger of a model's standard error and of the jackknife's; there is none where leaving out a block leaves
// nothing to compare.
func largerSE(model, full float64, leaveOut []float64) stats.Number {
	return stats.JackknifeSE(full, leaveOut).Then(func(se float64) float64 { return math.Max(se, model) })
}
