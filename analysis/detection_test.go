package analysis_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"testing"

	"github.com/baserate/baserate/analysis"
	"github.com/baserate/baserate/attribution"
)

// The counts in detection.yaml are those that attribution reaches on the commits labelled by hand.
func TestDetectionAsMeasured(t *testing.T) {
	commits, err := os.ReadFile("../../shared/data/attribution_dev.jsonl")
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("shared/data is absent: the labelled commits lie beside the project, not in it")
	}
	if err != nil {
		t.Fatal(err)
	}
	var verdicts bytes.Buffer
	if err := attribution.ClassifyJSONL(bytes.NewReader(commits), &verdicts); err != nil {
		t.Fatal(err)
	}
	var got analysis.Labelled
	labels, answers := json.NewDecoder(bytes.NewReader(commits)), json.NewDecoder(&verdicts)
	for labels.More() {
		var label struct{ Label string }
		var answer struct{ Class attribution.Class }
		if err := errors.Join(labels.Decode(&label), answers.Decode(&answer)); err != nil {
			t.Fatal(err)
		}
		count := &got.Other
		if label.Label == "ai" {
			count = &got.AI
		}
		count.Labelled++
		if answer.Class.AI() == (label.Label == "ai") {
			count.Found++
		}
	}
	want, err := analysis.MeasuredDetection()
	if err != nil || got != want {
		t.Errorf("counted %+v; detection.yaml says %+v, %v", got, want, err)
	}
}
