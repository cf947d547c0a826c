package analysis

import (
	"context"
	"fmt"
	"math"
	"strings"

	"github.com/baserate/baserate/analysis/stats"
)

// logRankSums is the log-rank test of an exposure within repository and quarter.
type logRankSums struct {
	Exposure string  `ch:"exposure"`
	Until    string  `ch:"until"`
	Observed float64 `ch:"observed"`
	Expected float64 `ch:"expected"`
	Variance float64 `ch:"variance"`
}

// rate is Peto's ratio of the rates at which the groups leave off waiting: below 1, the exposed wait longer.
func (l logRankSums) rate() stats.Number {
	if l.Variance <= 0 {
		return stats.Undefined(stats.NoVariance)
	}
	return stats.Num(math.Exp((l.Observed - l.Expected) / l.Variance))
}

// z is the standardised difference of observed and expected.
func (l logRankSums) z() float64 {
	if l.Variance <= 0 {
		return 0
	}
	return (l.Observed - l.Expected) / math.Sqrt(l.Variance)
}

// effortBin is proposals of one group that took equally many rounds or comments.
type effortBin struct {
	Class     string `ch:"class"`
	Kind      string `ch:"kind"` // "rounds" or "comments"
	Value     uint32 `ch:"value"`
	Proposals uint64 `ch:"proposals"`
}

// peopleOf is how many persons stand behind a group's proposals.
type peopleOf struct {
	Class  string `ch:"class"`
	People uint64 `ch:"people"`
}

// waited is all that the claim is answered from.
type waited struct {
	bins   []waitBin
	ranks  []logRankSums
	effort []effortBin
	people map[string]uint64
}

// slowdown answers whether proposals with AI wait longer for their merge.
func slowdown(ctx context.Context, in *inputs, d Definition) (Answer, error) {
	gates, err := in.gates(ctx, d)
	if err != nil {
		return Answer{}, err
	}
	got := waited{people: map[string]uint64{}}
	if got.bins, err = ask[waitBin](ctx, in.reader, "slowdown_waits", nil); err != nil {
		return Answer{}, err
	}
	if got.effort, err = ask[effortBin](ctx, in.reader, "slowdown_effort", nil); err != nil {
		return Answer{}, err
	}
	people, err := ask[peopleOf](ctx, in.reader, "slowdown_people", nil)
	if err != nil {
		return Answer{}, err
	}
	for _, p := range people {
		got.people[p.Class] = p.People
	}
	if got.ranks, err = ask[logRankSums](ctx, in.reader, "slowdown_logrank", nil); err != nil {
		return Answer{}, err
	}
	return d.slowdownAnswer(got, gates), nil
}

// wait is one exposure's waiting for a review or a merge, against no AI recorded.
type wait struct {
	exposure, until string
	waits           waits
	slower          slower
	rank            logRankSums
	people          [2]uint64
	code            Code
	why             string
}

func (got waited) wait(d Definition, exposure, until string) wait {
	w := wait{exposure: exposure, until: until, waits: waitsOf(got.bins, exposure, until)}
	w.slower = w.waits.slower(d.Alpha)
	for _, r := range got.ranks {
		if r.Exposure == exposure && r.Until == until {
			w.rank = r
		}
	}
	w.people[0] = got.people[noAI]
	for _, class := range members(exposure) {
		w.people[1] += got.people[class]
	}
	w.code, w.why = w.decide(d)
	return w
}

// decide reads the ratio of restricted means by its always-valid interval, and lets it stand only where the test within
// repository and quarter agrees: otherwise the difference lies between repositories and not in how they treat a proposal.
func (w wait) decide(d Definition) (Code, string) {
	s := w.slower
	fewest := uint64(math.Min(s.events[0], s.events[1]))
	switch {
	case min(w.people[0], w.people[1]) < stats.MinPeople:
		return NoData, tooFewPeople() + " in one group"
	case fewest < stats.MinGroupEvents:
		return NoData, fmt.Sprintf("%s in one group; shown from %d", plural(fewest, w.until), stats.MinGroupEvents)
	case s.blocks < stats.MinClusters:
		return NoData, fmt.Sprintf("pull requests in fewer than %d teams, or repositories and quarters", stats.MinClusters)
	}
	code := stats.Decide(stats.Case{
		OverlapEvents: s.events[0] + s.events[1], AIEvents: s.events[1], HumanEvents: s.events[0], AIPeople: w.people[1], HumanPeople: w.people[0],
		Log: s.log, SE: s.logSE, DF: stats.Num(float64(s.blocks - 1)), Margin: d.Margin, Alpha: d.Alpha,
	}).Code
	z, limit := w.rank.z(), normalQuantile(d.Alpha)
	rate := w.rank.rate().Or(1)
	agrees := true
	switch code {
	case More:
		agrees = z < -limit
	case Fewer:
		agrees = z > limit
	case Equivalent, NotMore:
		agrees = rate > 1/d.Margin && (rate < d.Margin || code == NotMore)
	}
	if !agrees {
		return Undecided, "within repository and quarter the waits do not differ in the same way"
	}
	return code, ""
}

// normalQuantile is the two-sided quantile of the normal distribution.
func normalQuantile(alpha float64) float64 { return math.Sqrt2 * math.Erfinv(1-alpha) }

func (d Definition) slowdownAnswer(got waited, gates []Gate) Answer {
	a := Answer{Gates: gates}
	var codes []Code
	var clauses, details []string
	var merges, reviews []wait
	for _, exposure := range d.Exposures {
		merge := got.wait(d, exposure, "merge")
		merges, reviews = append(merges, merge), append(reviews, got.wait(d, exposure, "review"))
		codes = append(codes, merge.code)
		clauses = append(clauses, capital(merge.clause())+".")
		details = append(details, merge.detail())
	}
	a.Tables = []Table{
		differenceTable(merges, reviews), waitTable("merge", "Hours from ready to merge", merges, d.Alpha),
		waitTable("review", "Hours from ready to the first review", reviews, d.Alpha), got.effortTable(d),
	}
	a.speak(d.Kind, gravest(codes), strings.Join(clauses, " "), strings.Join(details, " "))
	return a
}

// proposers name the exposures as pull requests in a sentence.
var proposers = map[string]string{"ai_assisted": "AI-assisted pull requests", "ai_agent": "pull requests by AI agents", "ai": "pull requests with AI"}

func (w wait) clause() string {
	who := proposers[w.exposure]
	switch w.code {
	case More:
		return who + " wait longer for their merge"
	case Fewer:
		return who + " wait less long for their merge"
	case NotMore:
		return who + " do not wait longer for their merge"
	case Equivalent:
		return who + " wait about as long for their merge"
	case Undecided:
		return "for " + who + " it is undecided"
	}
	return "for " + who + " there are not enough data yet"
}

// detail says the counts, the hours, the difference and what it leaves open.
func (w wait) detail() string {
	counts := fmt.Sprintf("%s %s were merged, and %s with no AI recorded", Count(uint64(w.slower.events[1])), proposers[w.exposure], Count(uint64(w.slower.events[0])))
	if w.code == NoData {
		return counts + ": " + w.why + "."
	}
	s := w.slower
	text := fmt.Sprintf("%s. Of their first 14 days, those with AI waited %.1f h and the others %.1f h: %s. That is %s times as long (%s to %s, however often one looks).",
		counts, s.hours[1], s.hours[0], hoursApart(s.difference), times(s.log.Then(math.Exp)), times(s.always.Low), times(s.always.High))
	if w.why != "" {
		text += " But " + w.why + "."
	}
	return text
}

func hoursApart(e stats.Estimate) string {
	return fmt.Sprintf("a difference of %+.1f h (%+.1f to %+.1f)", e.Value.F, e.Low.F, e.High.F)
}
