package calibrate

import (
	"fmt"
	"math"
)

// Report is the whole calibration.
type Report struct {
	Fleets  int // per experiment, unless one says otherwise
	Changes int // drawn in all
	Checks  []Check
}

// Passes reports whether every check does.
func (r *Report) Passes() bool {
	for _, c := range r.Checks {
		if !c.Passes() {
			return false
		}
	}
	return true
}

// Check is one property that the answers must have, measured.
type Check struct {
	ID, Title string
	About     string // what was drawn, and what would be wrong
	Rows      []Row
}

// Passes reports whether every number is where it must be.
func (c *Check) Passes() bool {
	for _, r := range c.Rows {
		if !r.Passes() {
			return false
		}
	}
	return true
}

// Row is one measured number.
type Row struct {
	Label string
	Value float64
	Error float64 // Monte Carlo standard error
	Share bool    // of fleets, shown in percent
	// Low and High are what it must lie between; NaN where it need not.
	Low, High float64
	Slack     float64 // how many Monte Carlo errors beyond are forgiven: 0 with the full number of fleets
}

// Passes reports whether the number is where it must be.
func (r Row) Passes() bool {
	slack := r.Slack * r.Error
	return !(r.Value < r.Low-slack) && !(r.Value > r.High+slack)
}

// Want says what the number must be, "" where it is shown for comparison.
func (r Row) Want() string {
	low, high := !math.IsNaN(r.Low), !math.IsNaN(r.High)
	switch {
	case low && high:
		return r.text(r.Low) + " to " + r.text(r.High)
	case low:
		return "≥ " + r.text(r.Low)
	case high:
		return "≤ " + r.text(r.High)
	}
	return ""
}

// Text is the number with its error.
func (r Row) Text() string { return fmt.Sprintf("%s ± %s", r.text(r.Value), r.text(r.Error)) }

func (r Row) text(x float64) string {
	if r.Share {
		return fmt.Sprintf("%.1f %%", 100*x)
	}
	return fmt.Sprintf("%.3f", x)
}

var free = math.NaN()

// share is a share of fleets with its Monte Carlo error, that of a share of one half of one fleet at least: none of two
// hundred is not exactly never.
func share(label string, hits []bool, low, high float64) Row {
	n := float64(len(hits))
	var k float64
	for _, h := range hits {
		if h {
			k++
		}
	}
	smooth := (k + .5) / (n + 1)
	return Row{Label: label, Value: k / n, Error: math.Sqrt(smooth * (1 - smooth) / n), Share: true, Low: low, High: high}
}

// mean is an average over fleets with its Monte Carlo error.
func mean(label string, values []float64, low, high float64) Row {
	n := float64(len(values))
	var sum, squares float64
	for _, v := range values {
		sum += v
	}
	m := sum / n
	for _, v := range values {
		squares += (v - m) * (v - m)
	}
	return Row{Label: label, Value: m, Error: math.Sqrt(squares / (n - 1) / n), Low: low, High: high}
}
