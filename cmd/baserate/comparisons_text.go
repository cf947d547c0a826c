package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/baserate/baserate/api"
)

// printComparisons writes the counts of every comparison in one table and its ratios in another: side by side they are
// wider than a terminal. What the primary ones rest on comes after.
func printComparisons(w io.Writer, all []api.Comparison) {
	if len(all) == 0 {
		return
	}
	fmt.Fprintln(w, "\nCounts: changes with the outcome, of all that are old enough to tell")
	counts := table(w)
	fmt.Fprintln(counts, "  AI\toutcome\twith AI\tno AI recorded\tanswer")
	for _, c := range all {
		fmt.Fprintf(counts, "  %s\t%s\t%s\t%s\t%s\n", spoken(c.Exposure), spoken(c.Outcome), share(c.Exposed), share(c.Reference), c.Word)
	}
	counts.Flush()
	fmt.Fprintln(w, "\nRatios: how many times as often; [interval for one look] (however often one looks)")
	ratios := table(w)
	fmt.Fprintln(ratios, "  AI\toutcome\tcrude\tdirect effect\ttotal\tunknown: human … AI")
	for _, c := range all {
		fmt.Fprintf(ratios, "  %s\t%s\t%s\t%s\t%s\t%s … %s\n", spoken(c.Exposure), spoken(c.Outcome), decimal(c.Crude.Value),
			ratio(c.Direct), decimal(c.Total.Value), decimal(c.UnknownBounds.AllHuman.Value), decimal(c.UnknownBounds.AllAi.Value))
	}
	ratios.Flush()
	for _, c := range all {
		if c.Reason != nil && c.Exposed.Changes > 0 {
			wrapped(w, "  ", fmt.Sprintf("No ratio of %s, %s: %s.", spoken(c.Exposure), spoken(c.Outcome), *c.Reason))
		}
	}
	for _, c := range all {
		if c.Primary && c.Exposed.Changes > 0 && len(c.Effects) > 0 {
			printEffects(w, c)
			printDoubts(w, c)
		}
	}
}

// printEffects writes both designs with both adjustment sets: what each found, and then what it rests on. Widened is the
// design effect, seen from the smallest ratio that would have been seen 8 times in 10, needs the events for the margin.
func printEffects(w io.Writer, c api.Comparison) {
	fmt.Fprintf(w, "\nFour ways to compare, %s, %s; the first decides\n", spoken(c.Exposure), spoken(c.Outcome))
	found := table(w)
	fmt.Fprintln(found, "  within the same\teffect\tratio [one look] (however often)\tevents\tanswer")
	for _, e := range c.Effects {
		fmt.Fprintf(found, "  %s\t%s\t%s\t%d\t%s\n", e.Design, e.Adjustment, ratio(e.Ratio), e.Events, e.Word)
	}
	found.Flush()
	if c.Depends {
		wrapped(w, "  ", "The two designs contradict one another: there is no answer.")
	}
	rests := table(w)
	fmt.Fprintln(rests, "  \t\tclusters\twidened\tseen from\tneeds\tE-value, limit\tcontrol")
	for _, e := range c.Effects {
		control := "–"
		if e.Control != nil {
			control = decimal(e.Control.Value)
			if a := e.Control.AlwaysValid; a != nil {
				control += fmt.Sprintf(" (%s–%s)", decimal(a.Low), decimal(a.High))
			}
		}
		fmt.Fprintf(rests, "  %s\t%s\t%d\t%s\t%s\t%s\t%s, %s\t%s\n", e.Design, e.Adjustment, e.Clusters, decimal(e.DesignEffect),
			decimal(e.SmallestSeen), whole(e.EventsNeeded), decimal(e.EValue), decimal(e.EValueLimit), control)
	}
	rests.Flush()
	if d := c.Effects[0]; d.EventShare != nil && d.ExposedShare != nil && d.ReferenceShare != nil {
		wrapped(w, "  ", fmt.Sprintf("The first has something to compare with for %s of the events, %s of the changes with AI and %s of the others.",
			percent(d.EventShare), percent(d.ExposedShare), percent(d.ReferenceShare)))
	}
	if on := c.Effects; on[0].EnoughOn != nil {
		wrapped(w, "  ", fmt.Sprintf("At the present pace there are as many events as the margin needs on %s.", on[0].EnoughOn))
	}
}

// printDoubts writes the deciding ratio under other definitions.
func printDoubts(w io.Writer, c api.Comparison) {
	if c.Direct.Value == nil {
		return
	}
	fmt.Fprintf(w, "\nWhat else it could be, %s, %s\n", spoken(c.Exposure), spoken(c.Outcome))
	doubts := table(w)
	line := func(label string, r api.Ratio, events string) {
		fmt.Fprintf(doubts, "  %s\t%s\t%s\n", label, ratio(r), events)
	}
	line("if every unknown change were human", c.UnknownBounds.AllHuman, "")
	line("if every unknown change were AI", c.UnknownBounds.AllAi, "")
	for _, v := range c.Sensitivity {
		line(v.Label, v.Ratio, fmt.Sprintf("%d events", v.Events))
	}
	if d := c.Detection; d != nil {
		fmt.Fprintf(doubts, "  corrected for errors of attribution\t%s (%s–%s)\t\n", decimal(d.Corrected), decimal(d.Bounds.Low), decimal(d.Bounds.High))
		if d.Tipping != nil {
			fmt.Fprintf(doubts, "  nothing left of it at a sensitivity of\t%s\t\n", percent(d.Tipping))
		}
	}
	doubts.Flush()
}

// spoken are the names of classes and outcomes in a table.
func spoken[T ~string](name T) string {
	for _, known := range [][2]string{
		{"mistake", "any mistake"},
		{"reverted_14d", "reverted ≤ 14 d"},
		{"hotfixed_72h", "hot-fixed ≤ 72 h"},
		{"rework_21d", "reworked ≤ 21 d"},
		{"major", "severe incident"},
		{"failed_deployment", "failed deploy"},
		{"ai", "with AI"},
	} {
		if string(name) == known[0] {
			return known[1]
		}
	}
	return strings.TrimPrefix(string(name), "ai_")
}

func share(a api.Arm) string {
	if a.Changes == 0 {
		return "0/0"
	}
	return fmt.Sprintf("%d/%d %.1f %%", a.Events, a.Changes, 100*float64(a.Events)/float64(a.Changes))
}

func ratio(r api.Ratio) string {
	text := decimal(r.Value)
	if r.Fixed.Low != nil || r.Fixed.High != nil {
		text += fmt.Sprintf(" [%s–%s]", decimal(r.Fixed.Low), decimal(r.Fixed.High))
	}
	if a := r.AlwaysValid; a != nil {
		text += fmt.Sprintf(" (%s–%s)", decimal(a.Low), decimal(a.High))
	}
	return text
}

func whole(n *float64) string {
	if n == nil {
		return "–"
	}
	return fmt.Sprintf("%.0f", *n)
}
