package analysis

import (
	"bytes"
	_ "embed"
	"fmt"
	"sync"

	"go.yaml.in/yaml/v3"

	"github.com/baserate/baserate/analysis/stats"
)

//go:embed detection.yaml
var detectionFile []byte

// Recognised is how many commits were labelled by hand, and how many of them attribution put on the right side.
type Recognised struct {
	Labelled, Found float64
}

// Labelled is how attribution did on commits labelled as AI's and on others.
type Labelled struct {
	AI, Other Recognised
}

// MeasuredDetection returns the counts that the correction for errors of detection rests on.
func MeasuredDetection() (Labelled, error) { return measuredDetection() }

var measuredDetection = sync.OnceValues(func() (l Labelled, err error) {
	decoder := yaml.NewDecoder(bytes.NewReader(detectionFile))
	decoder.KnownFields(true)
	if err := decoder.Decode(&l); err != nil {
		return l, fmt.Errorf("detection.yaml: %w", err)
	}
	return l, nil
})

// rates are the measured sensitivity and specificity, each with its Wilson interval at 95 %.
func (l Labelled) rates() (sensitivity, specificity stats.Estimate) {
	return stats.Wilson(l.AI.Found, l.AI.Labelled, 0.05), stats.Wilson(l.Other.Found, l.Other.Labelled, 0.05)
}

// detection says what errors in recognising AI do to a ratio.
func detection(s stats.Sums) (Detection, error) {
	labelled, err := MeasuredDetection()
	if err != nil {
		return Detection{}, err
	}
	sensitivity, specificity := labelled.rates()
	band := s.Band(sensitivity, specificity)
	se, sp := sensitivity.Value.Or(1), specificity.Value.Or(1)
	return Detection{
		Corrected: band.Middle, Bounds: stats.Interval{Low: band.Low, High: band.High},
		Tipping: s.Tipping(stats.Detection{SeCase: se, SpCase: sp, SeNoncase: se, SpNoncase: sp}, 1),
	}, nil
}
