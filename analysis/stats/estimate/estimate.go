package estimate

import (
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"

	"github.com/baserate/baserate/analysis/stats"
)

type testCase struct {
	ID        string          `json:"id"`
	Estimator string          `json:"estimator"`
	Inputs    json.RawMessage `json:"inputs"`
}

// Outcome is what became of one case.
type Outcome struct {
	ID      string                  `json:"id"`
	Result  Fields                  `json:"result,omitempty"`
	Reasons map[string]stats.Reason `json:"reasons,omitempty"` // why a field of the result is null
	Error   string                  `json:"error,omitempty"`   // why there is no result
}

// Fields is a result by field name. Values are stats.Number, numbers, strings, truth values or slices of these.
type Fields map[string]any

// Run reads cases from r and writes their results to w. It fails only if r is not a document of cases or w refuses.
func Run(r io.Reader, w io.Writer) error {
	var document struct {
		Cases []testCase `json:"cases"`
	}
	if err := json.NewDecoder(r).Decode(&document); err != nil {
		return fmt.Errorf("estimate: read cases: want {\"cases\": [{\"id\", \"estimator\", \"inputs\"}]}: %w", err)
	}
	outcomes := make([]Outcome, 0, len(document.Cases))
	for _, c := range document.Cases {
		outcomes = append(outcomes, run(c))
	}
	e := json.NewEncoder(w)
	e.SetIndent("", " ")
	if err := e.Encode(map[string]any{"results": outcomes}); err != nil {
		return fmt.Errorf("estimate: write results: %w", err)
	}
	return nil
}

func run(c testCase) Outcome {
	estimator, known := estimators[c.Estimator]
	if !known {
		return Outcome{ID: c.ID, Error: fmt.Sprintf("unknown estimator %q; known are %s", c.Estimator, strings.Join(Names(), ", "))}
	}
	result, err := estimator(c.Inputs)
	if err != nil {
		return Outcome{ID: c.ID, Error: fmt.Sprintf("%s: %v", c.Estimator, err)}
	}
	return Outcome{ID: c.ID, Result: result, Reasons: reasons(result)}
}

// Names are the estimators, sorted.
func Names() []string {
	names := make([]string, 0, len(estimators))
	for name := range estimators {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func reasons(f Fields) map[string]stats.Reason {
	why := map[string]stats.Reason{}
	for name, v := range f {
		if x, ok := v.(stats.Number); ok && !x.OK() {
			why[name] = x.Why
		}
	}
	return why
}

// estimator turns the inputs of a case into its result.
type estimator func(inputs json.RawMessage) (Fields, error)

// with decodes inputs into T before calling f. Members of T without "omitempty" in their tag must be there; members that
// T does not have are refused, so that a misspelt option is not silently left out.
func with[T any](f func(T) (Fields, error)) estimator {
	return func(inputs json.RawMessage) (Fields, error) {
		var in T
		if err := decode(inputs, &in); err != nil {
			return nil, err
		}
		return f(in)
	}
}

func decode(inputs json.RawMessage, into any) error {
	var present map[string]json.RawMessage
	if err := json.Unmarshal(inputs, &present); err != nil {
		return fmt.Errorf("inputs: want an object: %w", err)
	}
	known := members(reflect.TypeOf(into).Elem())
	for name, required := range known {
		if _, ok := present[name]; required && !ok {
			return fmt.Errorf("inputs.%s is missing", name)
		}
	}
	for name := range present {
		if _, ok := known[name]; !ok {
			return fmt.Errorf("inputs.%s is not an input of this estimator", name)
		}
	}
	if err := json.Unmarshal(inputs, into); err != nil {
		return fmt.Errorf("inputs: %w", err)
	}
	return nil
}

// members are the JSON names of a struct's fields, embedded ones included, and whether they are required.
func members(t reflect.Type) map[string]bool {
	names := map[string]bool{}
	for _, f := range reflect.VisibleFields(t) {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name != "" {
			names[name] = options != "omitempty"
		}
	}
	return names
}
