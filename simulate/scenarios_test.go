package simulate_test

import (
	"math"
	"strings"
	"testing"

	"github.com/baserate/baserate/simulate"
)

// arms are a stratum: events and changes with AI and without.
type arms struct{ a, n1, c, n0 float64 }

func (x *arms) add(struck, ai bool) {
	event := 0.
	if struck {
		event = 1
	}
	if ai {
		x.a, x.n1 = x.a+event, x.n1+1
	} else {
		x.c, x.n0 = x.c+event, x.n0+1
	}
}

// mantelHaenszel is the logarithm of the risk ratio over strata, and its standard error by Greenland & Robins (1985).
func mantelHaenszel[K comparable](strata map[K]*arms) (log, se float64) {
	var r, s, v float64
	for _, x := range strata {
		if n := x.n1 + x.n0; x.n1 > 0 && x.n0 > 0 {
			r += x.a * x.n0 / n
			s += x.c * x.n1 / n
			v += ((x.a+x.c)*x.n1*x.n0 - x.a*x.c*n) / (n * n)
		}
	}
	return math.Log(r / s), math.Sqrt(v / (r * s))
}

// compared is one fleet, compared in the ways that its scenario is about.
type compared struct {
	incidents                                   int
	crude, crudeSE                              float64
	total, direct, late, control, controlWithin float64
	byPermission                                [3]float64
}

type key struct{ repo, quarter, permission, size, reviewed int }

// compare compares changes labelled as AI with the others: crudely, within repository and quarter (total), and within
// permission, size and review as well (direct).
func compare(changes []simulate.Change) compared {
	crude, control := map[int]*arms{}, map[int]*arms{}
	total, late, controlWithin, direct := map[key]*arms{}, map[key]*arms{}, map[key]*arms{}, map[key]*arms{}
	permissions := [3]map[key]*arms{{}, {}, {}}
	var out compared
	for i := range changes {
		c := &changes[i]
		struck, ai := c.Mistake != simulate.NoMistake, c.Label != simulate.NoAI
		context := key{repo: int(c.Repo), quarter: int(c.At / (91 * 86400))}
		path := context
		path.permission, path.size = int(c.Permission), int(c.Size)
		if c.Reviewed {
			path.reviewed = 1
		}
		stratum(crude, 0).add(struck, ai)
		stratum(total, context).add(struck, ai)
		stratum(direct, path).add(struck, ai)
		stratum(permissions[c.Permission], path).add(struck, ai)
		stratum(late, context).add(struck, ai || c.LateLabel)
		stratum(control, 0).add(c.ControlAfter > 0, ai)
		stratum(controlWithin, context).add(c.ControlAfter > 0, ai)
		if struck {
			out.incidents++
		}
	}
	out.crude, out.crudeSE = mantelHaenszel(crude)
	out.total, _ = mantelHaenszel(total)
	out.direct, _ = mantelHaenszel(direct)
	out.late, _ = mantelHaenszel(late)
	out.control, _ = mantelHaenszel(control)
	out.controlWithin, _ = mantelHaenszel(controlWithin)
	for p := range out.byPermission {
		out.byPermission[p], _ = mantelHaenszel(permissions[p])
	}
	return out
}

func stratum[K comparable](strata map[K]*arms, k K) *arms {
	x := strata[k]
	if x == nil {
		x = &arms{}
		strata[k] = x
	}
	return x
}

const fleets = 6 // of 200,000 changes, for every scenario

// averages are the risk ratios over some fleets of a scenario, and their Monte Carlo error on the log scale.
type averages struct {
	ratio, se map[string]float64
}

func average(t *testing.T, name string) averages {
	sum, squares := map[string]float64{}, map[string]float64{}
	for seed := range uint64(fleets) {
		c := compare(all(simulate.New(named(t, name), simulate.Options{Changes: 200_000, Seed: 100 + seed})))
		rejected := 0.
		if math.Abs(c.crude) > 1.96*c.crudeSE {
			rejected = 1
		}
		for what, value := range map[string]float64{
			"crude": c.crude, "total": c.total, "direct": c.direct, "late": c.late, "control": c.control, "control within": c.controlWithin,
			"write": c.byPermission[0], "operator": c.byPermission[2], "incidents": math.Log(float64(c.incidents)), "rejected": rejected,
		} {
			sum[what] += value
			squares[what] += value * value
		}
	}
	out := averages{map[string]float64{}, map[string]float64{}}
	for what, s := range sum {
		mean := s / fleets
		out.ratio[what] = math.Exp(mean)
		out.se[what] = math.Sqrt(max(squares[what]/fleets-mean*mean, 0) / (fleets - 1))
	}
	return out
}

// Every scenario shows what it is there to show: the numbers of the simulations that the method was chosen by (design of the
// statistics, section 9.2), within four Monte Carlo errors and the 4 % by which a choice of parameters can miss them.
func TestScenariosHaveTheirEffects(t *testing.T) {
	for name, want := range map[string]map[string]float64{
		"null":              {"crude": 1, "total": 1, "direct": 1, "control": 1, "incidents": 1340},
		"worse":             {"crude": 1.5, "total": 1.5, "direct": 1.5},
		"simpson-a":         {"crude": 2.08, "direct": 1, "control within": 1},
		"simpson-b":         {"crude": .63, "direct": 1.4, "control within": 1},
		"access-only":       {"total": 1.59, "direct": 1},
		"operator-autonomy": {"write": 1, "operator": 3},
		"size-mediator":     {"total": 1.23, "direct": 1},
		"rare":              {"incidents": 67, "total": 1},
		"heavy-clusters":    {"direct": 1},
		"misattributed":     {"total": 1.63},
		"late-labels":       {"total": 1, "late": 1.68},
		"fragile-repos":     {"crude": 1.69, "control": 1.7, "total": 1, "control within": 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := average(t, name)
			for what, ratio := range want {
				if off := math.Abs(math.Log(got.ratio[what] / ratio)); off > .04+4*got.se[what] {
					t.Errorf("%s %.3f (Monte Carlo error %.3f), want %.3f", what, got.ratio[what], got.se[what], ratio)
				}
			}
		})
	}
}

// Where authors differ greatly, the test that takes changes for independent rejects a truth far more often than it says.
func TestHeavyClustersDeceiveTheNaiveTest(t *testing.T) {
	const runs = 24
	rejected := 0
	for seed := range uint64(runs) {
		crude := map[int]*arms{}
		for _, c := range all(simulate.New(named(t, "heavy-clusters"), simulate.Options{Changes: 200_000, Seed: seed})) {
			stratum(crude, 0).add(c.Mistake != simulate.NoMistake, c.Label != simulate.NoAI)
		}
		if log, se := mantelHaenszel(crude); math.Abs(log) > 1.96*se {
			rejected++
		}
	}
	if rejected < runs/4 {
		t.Errorf("%d of %d rejected, want about 57 %%", rejected, runs)
	}
}

// The demo's adoption rises from a twentieth to three fifths, of agents and assistants alike; every kind of mistake is there,
// and the union of them has the stated effects.
func TestDemo(t *testing.T) {
	s := named(t, "demo")
	changes := drawn(s, 400_000)
	isAI := func(c *simulate.Change) bool { return c.AI != simulate.NoAI }
	for _, tc := range []struct {
		week uint32
		want float64
	}{{0, .05}, {77, .6}} {
		in := func(c *simulate.Change) bool { return c.At/(7*86400) == tc.week }
		if got, _ := share(changes, in, isAI); math.Abs(got-tc.want) > .03 {
			t.Errorf("week %d: %.3f by AI, want about %.2f", tc.week, got, tc.want)
		}
	}
	isShare(t, "agents among AI", changes, isAI, func(c *simulate.Change) bool { return c.AI == simulate.Agent }, .5)
	for kind := simulate.Incident; kind <= simulate.FailedDeployment; kind++ {
		if got, _ := share(changes, func(c *simulate.Change) bool { return c.Mistake != simulate.NoMistake }, func(c *simulate.Change) bool { return c.Mistake == kind }); got < .1 {
			t.Errorf("kind %d is %.3f of the mistakes", kind, got)
		}
	}
	for class, want := range map[simulate.Class]float64{simulate.Agent: 1.3, simulate.Assisted: 1} {
		var part []simulate.Change
		for _, c := range changes {
			if c.AI == class || c.AI == simulate.NoAI {
				part = append(part, c)
			}
		}
		if got := compare(part).direct; math.Abs(got-math.Log(want)) > .12 {
			t.Errorf("class %d: direct risk ratio %.3f, want %.1f", class, math.Exp(got), want)
		}
	}
}

func TestTruth(t *testing.T) {
	f := simulate.New(named(t, "operator-autonomy"), simulate.Options{Changes: 10, Seed: 5})
	got := f.Truth("fast")
	if got.Scenario != "operator-autonomy" || got.RR != 1 || got.RROperator != 3 || got.Path != "fast" || got.From != "2025-12-31" || got.End != "2026-07-01" ||
		got.Seed != 5 || got.Changes != 10 || got.Repositories != 200 {
		t.Errorf("%+v", got)
	}
	names := map[string]bool{}
	for _, s := range simulate.Scenarios() {
		if names[s.Name] || !strings.HasSuffix(s.Line, ".") {
			t.Errorf("scenario %q: %q", s.Name, s.Line)
		}
		names[s.Name] = true
	}
	if _, ok := simulate.Named("nil"); ok || len(names) != 13 {
		t.Errorf("%d scenarios", len(names))
	}
}
