package api

import (
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/baserate/baserate/store"
)

// truths say what the values are that a simulated fleet was made with.
var truths = map[string]string{
	"relative_risk":          "how many times the mistakes an agent makes, all else equal",
	"relative_risk_assisted": "how many times the mistakes a person with AI makes, all else equal",
	"relative_risk_operator": "the factor on top with operator permission",
	"relative_risk_control":  "the same of incidents that no change causes",
	"sensitivity":            "share of the changes with AI that carry a mark of it at landing",
	"specificity":            "share of the others that carry none",
	"misattributed":          "share of the incidents that are blamed on the wrong change",
}

// encodeSimulation is nil for a fleet that is none. Of the truth it takes the numbers that have a meaning here.
func encodeSimulation(s *store.Simulation) (*Simulation, error) {
	if s == nil {
		return nil, nil
	}
	var truth map[string]any
	if err := json.Unmarshal([]byte(s.Truth), &truth); err != nil {
		return nil, fmt.Errorf("truth of simulation %s: %w", s.Scenario, err)
	}
	line, _ := truth["line"].(string)
	out := &Simulation{
		Scenario: s.Scenario, Seed: strconv.FormatUint(s.Seed, 10), Changes: int64(s.Changes), Path: s.Path, MadeAt: s.MadeAt.UTC(), Line: line,
		Truth: map[string]Truth{},
	}
	for name, words := range truths {
		if value, ok := truth[name].(float64); ok {
			out.Truth[name] = Truth{Value: value, Words: words}
		}
	}
	return out, nil
}
