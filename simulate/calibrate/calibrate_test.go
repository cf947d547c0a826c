package calibrate

import (
	"context"
	"testing"
)

// The seven properties that the answers must have, on fewer fleets than the page has: what a number may stray beyond its
// limit is three Monte Carlo errors.
func TestCalibration(t *testing.T) {
	fleets := 100
	if testing.Short() {
		fleets = 8
	}
	report, err := Run(context.Background(), Options{Fleets: fleets, Seed: 1, Slack: 3})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range report.Checks {
		for _, r := range c.Rows {
			t.Logf("%-12s %-60s %s  %s", c.ID, r.Label, r.Text(), r.Want())
			if !r.Passes() {
				t.Errorf("%s: %s is %s, must be %s", c.Title, r.Label, r.Text(), r.Want())
			}
		}
	}
}
