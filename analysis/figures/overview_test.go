package figures_test

import (
	"testing"

	"github.com/baserate/baserate/analysis/figures"
)

// sized is changes of a class and size with mistakes among them.
func sized(class string, lines uint64, tier uint8, n, y int) []landing {
	all := repeat("red", class, 1, n, y)
	for i := range all {
		all[i].lines, all[i].tier = lines, tier
	}
	return all
}

// Agents do the small work. With the mix that each does they look better, in every kind of work they are worse: 4 % against 8.2 %, and
// on the same mix 0.2 × 2 % + 0.8 × 12 % = 10 % against 8.2 %.
func TestKindsOfWorkUndoTheMix(t *testing.T) {
	r := &figures.Reader{Store: told(t, join(
		sized("human", 50, 1, 60, 1), sized("unknown", 50, 1, 40, 0), sized("unknown", 51, 1, 400, 40),
		sized("ai_agent", 50, 1, 400, 8), sized("ai_agent", 51, 1, 100, 12), sized("ai_assisted", 51, 1, 100, 90),
	), monday(4))}
	lines := read(t, r, "kinds_of_work", figures.Filter{})
	if len(lines) != 4 {
		t.Fatalf("%d rows, not small, large, own and same", len(lines))
	}
	lines[0].holds(t, "small", line{"kind": "stratum", "size": "small", "tier": "high", "reference": 100, "reference_mistakes": 1, "agent": 400, "agent_mistakes": 8, "max_lines": 50, "min_lines": nil})
	lines[0].near(t, "small", map[string]float64{"reference_share": 0.2, "agent_share": 0.8, "reference_rate": 0.01, "agent_rate": 0.02, "difference": 0.01})
	lines[2].holds(t, "own", line{"kind": "own", "reference": nil, "agent": nil})
	lines[2].near(t, "own", map[string]float64{"reference_rate": 0.082, "agent_rate": 0.04, "ratio": 0.04 / 0.082, "difference": -0.042})
	lines[3].near(t, "same", map[string]float64{"reference_rate": 0.082, "agent_rate": 0.1, "ratio": 0.1 / 0.082, "difference": 0.018})
}

func TestKindsOfWorkHaveNoRateOfFewChanges(t *testing.T) {
	r := &figures.Reader{Store: told(t, join(sized("unknown", 50, 3, 99, 9), sized("ai_agent", 50, 3, 100, 10)), monday(4))}
	lines := read(t, r, "kinds_of_work", figures.Filter{})
	if len(lines) != 1 {
		t.Fatalf("%d rows: one kind of work has no mix", len(lines))
	}
	lines[0].holds(t, "99 changes", line{"reference": 99, "reference_rate": nil, "difference": nil, "tier": "low"})
	lines[0].near(t, "100 changes", map[string]float64{"agent_rate": 0.1})
}

func TestScopeChoicesAreWhatHasChanges(t *testing.T) {
	all := join(sized("unknown", 50, 2, 3, 0), sized("ai_agent", 50, 0, 2, 0))
	all[4].team, all[4].repo = "", "a/z"
	r := &figures.Reader{Store: told(t, all, monday(4))}
	want := []line{
		{"key": "repo", "value": "a/z", "changes": 1},
		{"key": "repo", "value": "o/r", "changes": 4},
		{"key": "team", "value": "red", "changes": 4},
		{"key": "tier", "value": "2", "changes": 3},
	}
	lines := read(t, r, "scope_choices", figures.Filter{})
	if len(lines) != len(want) {
		t.Fatalf("%d choices, not %d: %v", len(lines), len(want), lines)
	}
	for i := range want {
		lines[i].holds(t, "choice", want[i])
	}
}

func TestKindsOfWorkHaveNoRatioOfFewMistakes(t *testing.T) {
	few := join(sized("unknown", 50, 3, 100, 9), sized("unknown", 51, 3, 100, 0), sized("ai_agent", 50, 3, 100, 10), sized("ai_agent", 51, 3, 100, 5))
	lines := read(t, &figures.Reader{Store: told(t, few, monday(4))}, "kinds_of_work", figures.Filter{})
	if len(lines) != 4 {
		t.Fatalf("%d rows, not 4", len(lines))
	}
	for _, l := range lines[2:] {
		l.holds(t, "all", line{"ratio": nil, "low": nil, "high": nil})
	}
	lines[2].near(t, "own", map[string]float64{"agent_rate": 0.075, "reference_rate": 0.045})
}
