package analysis

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"

	"go.yaml.in/yaml/v3"
)

//go:embed claims.yaml
var claimsFile []byte

// Definition is a claim as it was fixed before the data were seen.
type Definition struct {
	ID         string   `yaml:"id"`
	Version    int      `yaml:"version"`
	Kind       string   `yaml:"kind"`     // which analysis answers it
	Sentence   string   `yaml:"sentence"` // the public sentence that is tested
	Source     string   `yaml:"source"`
	Question   string   `yaml:"question"`
	Needs      []string `yaml:"needs"`     // the facts that it cannot do without
	Exposures  []string `yaml:"exposures"` // author classes that are set against "no AI recorded"; ai is both
	Outcome    string   `yaml:"outcome"`   // the one that decides
	Secondary  []string `yaml:"secondary"` // shown beside it, never deciding
	WindowDays int      `yaml:"window_days"`
	Margin     float64  `yaml:"margin"` // risk ratio up to which a difference does not matter
	MarginSet  string   `yaml:"margin_set"`
	Alpha      float64  `yaml:"alpha"`
	Target     float64  `yaml:"target"` // share that the sentence speaks of
	Strata     Strata   `yaml:"strata"`
	Clusters   string   `yaml:"clusters"`
	Estimators []string `yaml:"estimators"` // by the numbers of the method
	Gates      []string `yaml:"gates"`      // the checks that can withhold the answer
	Method     string   `yaml:"method"`
	Flips      string   `yaml:"flips"` // what would change the answer
	Caveats    []string `yaml:"caveats"`
}

// Strata are the two adjustment sets, both always shown.
type Strata struct {
	Total  []string `yaml:"total"`  // context: the total effect of using AI
	Direct []string `yaml:"direct"` // context and path: the effect at equal size, permission and review
}

// Definitions returns the ledger, which callers must not change.
func Definitions() ([]Definition, error) { return definitions() }

// definitions reads the ledger once: it is part of the binary.
var definitions = sync.OnceValues(func() ([]Definition, error) { return parse(claimsFile) })

// parse reads a ledger and reports all that is wrong with it at once.
func parse(text []byte) ([]Definition, error) {
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	var defs []Definition
	if err := decoder.Decode(&defs); err != nil {
		return nil, fmt.Errorf("claims.yaml: %w", err)
	}
	var wrong []error
	seen := map[string]bool{}
	for i, d := range defs {
		if seen[d.ID] {
			wrong = append(wrong, fmt.Errorf("claims.yaml: claim %d: id %q is taken", i+1, d.ID))
		}
		seen[d.ID] = true
		wrong = append(wrong, d.check(i+1)...)
	}
	return defs, errors.Join(wrong...)
}

func (d *Definition) check(place int) []error {
	var wrong []error
	require := func(ok bool, field, want string) {
		if !ok {
			wrong = append(wrong, fmt.Errorf("claims.yaml: claim %d (%s): %s must be %s", place, d.ID, field, want))
		}
	}
	require(d.ID != "", "id", "given")
	require(d.Version > 0, "version", "1 or more")
	require(d.Sentence != "" && d.Question != "" && d.Source != "", "sentence, question and source", "given")
	require(d.Method != "" && len(d.Caveats) > 0, "method and caveats", "given")
	require(answerers[d.Kind] != nil, "kind "+d.Kind, fmt.Sprintf("one of %v", slices.Sorted(maps.Keys(answerers))))
	oneOf := func(field string, values, known []string) {
		for _, v := range values {
			require(slices.Contains(known, v), field+" "+v, fmt.Sprintf("one of %v", known))
		}
	}
	oneOf("needs", d.Needs, needs)
	oneOf("gates", d.Gates, gateIDs)
	oneOf("exposures", d.Exposures, []string{"ai_assisted", "ai_agent", "ai"})
	if d.Outcome == "" {
		return wrong
	}
	require(d.Margin == 0 || d.Margin > 1, "margin", "a risk ratio above 1")
	require(d.Margin == 0 || d.MarginSet != "", "margin_set", "given: when and by whom")
	require(d.Alpha > 0 && d.Alpha < 0.5, "alpha", "between 0 and 0.5")
	oneOf("outcome", append(slices.Clone(d.Secondary), d.Outcome), outcomes)
	return wrong
}

// outcomes are those that the store keeps strata of.
var outcomes = []string{
	"mistake", "incident", "major", "reverted_14d", "hotfixed_72h", "failed_deployment", "rework_21d", "control",
	"mistake_3d", "mistake_7d", "mistake_30d", "mistake_sure",
}
