package stats_test

import (
	"fmt"
	"math"

	"github.com/baserate/baserate/analysis/stats"
)

// Two repositories: in each, changes with AI fail as often as the others, but AI is used mostly in the fragile one.
var simpson = []stats.Stratum{
	{A: 80, N1: 8000, C: 20, N0: 2000}, // fragile: 1 % either way
	{A: 2, N1: 2000, C: 8, N0: 8000},   // solid: 0.1 % either way
}

func ExampleConditionalRR() {
	crude := stats.TwoByTwo(stats.Crude(simpson), 0.05)
	within := stats.ConditionalRR(simpson, 0.05)
	fmt.Printf("crude RR %.2f\n", crude.RR.Value.F)
	fmt.Printf("within repositories RR %.2f (%.2f to %.2f), %g incidents\n",
		within.RR.Value.F, within.RR.Low.F, within.RR.High.F, within.RR.N)
	fmt.Printf("%g incidents with AI, %.1f expected from its share of the work\n", within.EventsAI, within.ExpectedAI.F)
	// Output:
	// crude RR 2.93
	// within repositories RR 1.00 (0.64 to 1.63), 110 incidents
	// 82 incidents with AI, 82.0 expected from its share of the work
}

func ExampleDecide() {
	answer := stats.Decide(stats.Case{
		OverlapEvents: 110, AIEvents: 82, HumanEvents: 28, AIPeople: 40, HumanPeople: 25,
		Log: stats.Num(0), SE: stats.Num(0.23), DF: stats.Num(24),
	})
	fmt.Printf("%s: compatible with %.2f to %.2f; could only have seen a ratio of %.2f or more\n",
		answer.Code, answer.CI95.Low.F, answer.CI95.High.F, answer.MDEUp.F)
	// Output:
	// undecided: compatible with 0.43 to 2.34; could only have seen a ratio of 1.96 or more
}

func ExampleCoincidence() {
	// Two incidents, both with AI, which made 30 % of the changes at risk.
	chance := stats.Coincidence([]stats.Stratum{{A: 1, N1: 300, C: 0, N0: 700}, {A: 1, N1: 60, C: 0, N0: 140}})
	fmt.Printf("by chance alone this happens %.0f %% of the time\n", 100*chance.AtLeast.F)
	// Output:
	// by chance alone this happens 9 % of the time
}

func ExampleNumber() {
	t := stats.TwoByTwo(stats.Stratum{A: 0, N1: 0, C: 9, N0: 12000}, 0.05)
	fmt.Println(t.RR.Value, t.RR.Value.OK())
	only := stats.TwoByTwo(stats.Stratum{A: 3, N1: 50, C: 0, N0: 40}, 0.05)
	fmt.Println(only.RR.Value, math.IsInf(only.RR.Value.F, 1))
	// Output:
	// (no AI changes) false
	// +Inf true
}

func ExampleClusterRR() {
	var cells []stats.Cell
	for team := range uint64(8) {
		bad := float64(team % 4) // some teams have their incidents in bunches
		cells = append(cells, stats.Cell{Cluster: team, Counts: stats.Stratum{A: 3 * bad, N1: 900, C: 4, N0: 900}})
	}
	c := stats.ClusterRR(cells)
	fmt.Printf("SE if incidents were independent %.2f, over teams %.2f, to report %.2f on %g degrees of freedom\n",
		c.SEModel.F, c.SEJack.F, c.SE().F, c.DF())
	fmt.Printf("effective number of incidents %.0f of %g\n", c.EffectiveEvents().F, c.Events)
	// Output:
	// SE if incidents were independent 0.24, over teams 0.28, to report 0.28 on 7 degrees of freedom
	// effective number of incidents 51 of 68
}

func ExampleEventsNeeded() {
	for _, ratio := range []float64{1.25, 1.5, 2} {
		fmt.Printf("RR %.2f at 30 %% AI: %.0f incidents\n", ratio, stats.EventsNeeded(0.3, ratio, 0.05, 0.8).F)
	}
	// Output:
	// RR 1.25 at 30 % AI: 751 incidents
	// RR 1.50 at 30 % AI: 227 incidents
	// RR 2.00 at 30 % AI: 78 incidents
}

func ExampleEValueOf() {
	e := stats.EValueOf(stats.Estimate{Value: stats.Num(3.9), Low: stats.Num(1.8), High: stats.Num(8.7)})
	fmt.Printf("to explain this away, a hidden factor needs a risk ratio of %.2f with both; for the limit, %.2f\n", e.Estimate.F, e.CI.F)
	// Output:
	// to explain this away, a hidden factor needs a risk ratio of 7.26 with both; for the limit, 3.00
}
