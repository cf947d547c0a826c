package calibrate

import (
	"fmt"
	"io"
	"strings"
)

// Write writes the report as the page docs/calibration.md.
func (r *Report) Write(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# Calibration\n\n<!-- Written by make calibrate. Do not edit. -->\n\n")
	fmt.Fprintf(&b, "How often are the answers right? On real data nobody knows. So %s changes were drawn, in fleets whose truth is known, and each\n", thousands(r.Changes))
	fmt.Fprintf(&b, "fleet was asked what the page asks. An interval that is said to hold in 95 of 100 cases must do so; a difference that is not there\nmust not be found, however often one looks; and one that is there must be. ")
	fmt.Fprintf(&b, "Beside each stands what a crude comparison of two rates\nsays of the same fleets, which fails where ours holds.\n\n")
	fmt.Fprintf(&b, "The worlds are described in the documentation of the package `simulate`. Up to %d fleets an experiment; ± is one Monte Carlo standard error.\n", r.Fleets)
	fmt.Fprintf(&b, "`make calibrate` draws them again, `baserate simulate` makes one to look at.\n")
	for _, c := range r.Checks {
		c.write(&b)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (c *Check) write(b *strings.Builder) {
	fmt.Fprintf(b, "\n## %s\n\n%s\n\n| | measured | must be | |\n|---|---|---|---|\n", c.Title, c.About)
	for _, r := range c.Rows {
		mark := ""
		if want := r.Want(); want != "" {
			mark = "holds"
			if !r.Passes() {
				mark = "**fails**"
			}
		}
		fmt.Fprintf(b, "| %s | %s | %s | %s |\n", r.Label, r.Text(), r.Want(), mark)
	}
}

func thousands(n int) string {
	text := fmt.Sprint(n)
	for at := len(text) - 3; at > 0; at -= 3 {
		text = text[:at] + "," + text[at:]
	}
	return text
}
