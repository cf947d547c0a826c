package calibrate

import "github.com/baserate/baserate/simulate"

// experiments are all checks, in the order of the page.
var experiments = []experiment{
	{coverageNull, func(n int) int { return n * 100_000 }},
	{coverageHeavy, func(n int) int { return n * 100_000 }},
	{simpsonA, func(n int) int { return n / 2 * 300_000 }},
	{simpsonB, func(n int) int { return n / 2 * 300_000 }},
	{peeking, func(n int) int { return n * 100_000 }},
	{margin, func(n int) int { return n * 300_000 }},
	{small, func(n int) int { return n * 20_000 }},
	{access, func(n int) int { return n / 4 * 200_000 }},
	{lateLabels, func(n int) int { return n / 4 * 200_000 }},
	{fragile, func(n int) int { return n / 4 * 200_000 }},
	{scenarios, func(n int) int { return 12 * (n / 10) * 200_000 }},
}

// named returns a scenario that there is.
func named(name string) simulate.Scenario {
	s, ok := simulate.Named(name)
	if !ok {
		panic("no scenario " + name)
	}
	return s
}
