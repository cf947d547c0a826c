package estimate

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"testing"
)

// reference is a case with the values it must give, computed with 40 digits and checked by other programs.
type reference struct {
	testCase
	Expected  map[string]json.RawMessage `json:"expected"`
	Tolerance struct {
		tolerance
		Fields map[string]tolerance `json:"fields"`
	} `json:"tolerance"`
}

type tolerance struct {
	Relative float64 `json:"rtol"`
	Absolute float64 `json:"atol"`
}

func (t tolerance) close(got, want float64) bool {
	return got == want || math.Abs(got-want) <= t.Absolute+t.Relative*math.Abs(want)
}

func readFile() ([]byte, error) { return os.ReadFile("../testdata/statistics_cases.json") }

func readReferences(t *testing.T) (raw []byte, cases []reference) {
	t.Helper()
	raw, err := readFile()
	if err != nil {
		t.Fatal(err)
	}
	var document struct {
		Cases []reference `json:"cases"`
	}
	if err := json.Unmarshal(raw, &document); err != nil {
		t.Fatal(err)
	}
	return raw, document.Cases
}

// TestReferenceCases sends every reference case through the command's own path and compares every expected field.
func TestReferenceCases(t *testing.T) {
	raw, cases := readReferences(t)
	var out bytes.Buffer
	if err := Run(bytes.NewReader(raw), &out); err != nil {
		t.Fatal(err)
	}
	var document struct {
		Results []struct {
			ID     string                     `json:"id"`
			Result map[string]json.RawMessage `json:"result"`
			Error  string                     `json:"error"`
		} `json:"results"`
	}
	if err := json.Unmarshal(out.Bytes(), &document); err != nil {
		t.Fatal(err)
	}
	if len(document.Results) != len(cases) || len(cases) != 131 {
		t.Fatalf("%d results of %d cases, want 131", len(document.Results), len(cases))
	}
	for i, c := range cases {
		t.Run(c.ID, func(t *testing.T) {
			got := document.Results[i]
			if got.ID != c.ID || got.Error != "" {
				t.Fatalf("id %q, error %q", got.ID, got.Error)
			}
			for field, want := range c.Expected {
				within := c.Tolerance.tolerance
				if special, ok := c.Tolerance.Fields[field]; ok {
					within = special
				}
				value, ok := got.Result[field]
				if !ok {
					t.Errorf("%s: no such field in the result", field)
				} else if !same(value, want, within) {
					t.Errorf("%s = %s, want %s within %+v", field, value, want, within)
				}
			}
		})
	}
}

// same compares two JSON values: numbers within the tolerance, all else exactly, arrays element by element.
func same(got, want json.RawMessage, within tolerance) bool {
	var x, y float64
	if string(want) != "null" && json.Unmarshal(want, &y) == nil {
		return json.Unmarshal(got, &x) == nil && string(got) != "null" && within.close(x, y)
	}
	var xs, ys []json.RawMessage
	if string(want) != "null" && json.Unmarshal(want, &ys) == nil {
		if json.Unmarshal(got, &xs) != nil || len(xs) != len(ys) {
			return false
		}
		for i := range ys {
			if !same(xs[i], ys[i], within) {
				return false
			}
		}
		return true
	}
	return string(got) == string(want)
}
