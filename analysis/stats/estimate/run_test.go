package estimate

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

// one runs a single case and returns its outcome.
func one(t *testing.T, estimator, inputs string) Outcome {
	t.Helper()
	document := `{"cases": [{"id": "x", "estimator": "` + estimator + `", "inputs": ` + inputs + `}]}`
	var out bytes.Buffer
	if err := Run(strings.NewReader(document), &out); err != nil {
		t.Fatal(err)
	}
	var results struct{ Results []Outcome }
	if err := json.Unmarshal(out.Bytes(), &results); err != nil || len(results.Results) != 1 {
		t.Fatalf("%s: %v", out.Bytes(), err)
	}
	return results.Results[0]
}

func TestBadInputIsNamed(t *testing.T) {
	for _, c := range []struct{ estimator, inputs, want string }{
		{"guess", `{}`, `unknown estimator "guess"; known are attributable, cluster_rr,`},
		{"two_by_two", `{"a": 1, "n1": 2, "c": 3}`, "inputs.n0 is missing"},
		{"two_by_two", `{"a": 1, "n1": 2, "c": 3, "n0": 4, "alfa": 0.1}`, "inputs.alfa is not an input of this estimator"},
		{"two_by_two", `{"a": 3, "n1": 2, "c": 3, "n0": 4}`, "inputs.a is 3, more than n1 (2)"},
		{"two_by_two", `{"a": "three", "n1": 2, "c": 3, "n0": 4}`, "cannot unmarshal string"},
		{"two_by_two", `{"a": 1, "n1": 2, "c": 3, "n0": 4, "alpha": 1.2}`, "alpha and conf must lie between 0 and 1"},
		{"two_by_two", `{"a": 1, "n1": 2, "c": 3, "n0": 4, "alpha": 0.1, "conf": 0.9}`, "say the same thing"},
		{"two_by_two", `[1, 2, 3, 4]`, "inputs: want an object"},
		{"mh", `{"strata": [[1, 2, 3]]}`, "[1, 2, 3] is not [a, n1, c, n0]: want 4 numbers"},
		{"mh", `{"strata": [[1, 2, 3, 4], [5, 2, 3, 4]]}`, "a is 5, more than n1 (2)"},
		{"cluster_rr", `{"cells": [[0, 1, 5, 9, 3, 0]]}`, "a is 9, more than n1 (5)"},
		{"cluster_rr", `{"cells": [[0, 1, 5]]}`, "is not [stratum, cluster, n1, a, n0, c]"},
		{"single_proportion", `{"x": 5, "n": 4}`, "inputs.x is 5: it must lie between 0 and 4"},
		{"tail_binomial", `{"k": 1, "n": 4, "p": 1.5}`, "inputs.p is 1.5"},
		{"tail_hypergeom", `{"k": 1, "N": 4, "K": 5, "n": 1}`, "inputs.K is 5"},
		{"tail_poisbinom", `{"k": 1, "blocks": [[1, 2]]}`, "a share between 0 and 1"},
		{"cs_share", `{"k": 1, "n": 2, "prior_a": 1, "prior_b": 1}`, "inputs.share is missing; give it, or n1 and n0"},
		{"multiplicity", `{}`, "inputs.p is missing"},
		{"multiplicity", `{"p": [1.5]}`, "inputs.p is 1.5"},
		{"survival", `{"arms": {"ai": [[1, 1, 0]]}}`, `arm "ai" is neither "1" (with AI) nor "0"`},
		{"minutes_ratio", `{"strata": [[1, 2]]}`, "is not [sum1, squares1, n1, sum0, squares0, n0]"},
	} {
		got := one(t, c.estimator, c.inputs)
		if !strings.Contains(got.Error, c.want) || got.Result != nil {
			t.Errorf("%s %s: error %q, want %q", c.estimator, c.inputs, got.Error, c.want)
		}
	}
}

func TestOneBadCaseLeavesTheOthers(t *testing.T) {
	document := `{"cases": [
		{"id": "bad", "estimator": "mh", "inputs": {}},
		{"id": "good", "estimator": "evalue", "inputs": {"rr": 3.9, "lo": 1.8, "hi": "inf"}}]}`
	var out bytes.Buffer
	if err := Run(strings.NewReader(document), &out); err != nil {
		t.Fatal(err)
	}
	if got := out.String(); !strings.Contains(got, "inputs.strata is missing") || !strings.Contains(got, "7.263034344160") {
		t.Errorf("output %s", got)
	}
}

func TestNullsHaveReasons(t *testing.T) {
	got := one(t, "two_by_two", `{"a": 0, "n1": 0, "c": 9, "n0": 12000}`)
	if got.Result["rr"] != nil || got.Reasons["rr"] != "no AI changes" {
		t.Errorf("rr = %v, reason %q", got.Result["rr"], got.Reasons["rr"])
	}
	if _, ok := got.Reasons["risk0"]; ok || got.Result["risk0"] == nil {
		t.Errorf("risk0 = %v with reason %q", got.Result["risk0"], got.Reasons["risk0"])
	}
	infinite := one(t, "two_by_two", `{"a": 3, "n1": 10, "c": 0, "n0": 12000}`)
	if infinite.Result["rr"] != "inf" {
		t.Errorf("rr = %v, want inf", infinite.Result["rr"])
	}
}

// TestLevelIsHeard: conf 0.9 and alpha 0.1 are the same, and narrower than the default.
func TestLevelIsHeard(t *testing.T) {
	plain := one(t, "single_proportion", `{"x": 17, "n": 40}`)
	conf := one(t, "single_proportion", `{"x": 17, "n": 40, "conf": 0.9}`)
	alpha := one(t, "single_proportion", `{"x": 17, "n": 40, "alpha": 0.1}`)
	low := func(o Outcome) float64 { return o.Result["wilson_lo"].(float64) }
	if d := low(conf) - low(alpha); d > 1e-15 || d < -1e-15 || low(conf) <= low(plain) {
		t.Errorf("lower ends: default %g, conf %g, alpha %g", low(plain), low(conf), low(alpha))
	}
}

// TestClusterLabelsMayBeWords: labels are compared, not calculated with.
func TestClusterLabelsMayBeWords(t *testing.T) {
	numbers := one(t, "cluster_rr", `{"cells": [[0, 0, 90, 2, 80, 1], [0, 1, 70, 1, 60, 3], [1, 0, 40, 1, 60, 2], [1, 1, 30, 2, 40, 1]]}`)
	words := one(t, "cluster_rr", `{"cells": [["r", "x", 90, 2, 80, 1], ["r", "y", 70, 1, 60, 3], ["s", "x", 40, 1, 60, 2], ["s", "y", 30, 2, 40, 1]]}`)
	if numbers.Result["mh_se_jack"] == nil || numbers.Result["mh_se_jack"] != words.Result["mh_se_jack"] {
		t.Errorf("jackknife %v and %v", numbers.Result["mh_se_jack"], words.Result["mh_se_jack"])
	}
}

func TestRunRefusesOtherDocuments(t *testing.T) {
	if err := Run(strings.NewReader(`[`), &bytes.Buffer{}); err == nil || !strings.Contains(err.Error(), `want {"cases"`) {
		t.Errorf("error %v", err)
	}
}

// FuzzRun feeds the inputs of the reference cases, bent, to all estimators: an answer or an error, and always JSON.
func FuzzRun(f *testing.F) {
	raw, err := readFile()
	if err != nil {
		f.Fatal(err)
	}
	var document struct{ Cases []testCase }
	if err := json.Unmarshal(raw, &document); err != nil {
		f.Fatal(err)
	}
	names := Names()
	for _, c := range document.Cases {
		if len(c.Inputs) < 2000 {
			for i, name := range names {
				if name == c.Estimator {
					f.Add(uint8(i), []byte(c.Inputs))
				}
			}
		}
	}
	f.Fuzz(func(t *testing.T, which uint8, inputs []byte) {
		if !json.Valid(inputs) {
			return // not JSON
		}
		outcome := run(testCase{ID: "x", Estimator: names[int(which)%len(names)], Inputs: inputs})
		if _, err := json.Marshal(outcome); err != nil {
			t.Fatalf("%s %s: %v", names[int(which)%len(names)], inputs, err)
		}
		if (outcome.Error == "") == (outcome.Result == nil) {
			t.Fatalf("neither a result nor an error, or both: %+v", outcome)
		}
	})
}
