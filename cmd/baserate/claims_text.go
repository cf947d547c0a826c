package main

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"unicode/utf8"

	"github.com/baserate/baserate/api"
)

const textWidth = 100

// printClaims writes the claims for a terminal.
func printClaims(w io.Writer, list api.ClaimList) error {
	out := bufio.NewWriter(w)
	for i, c := range list.Claims {
		if i > 0 {
			fmt.Fprintf(out, "\n%s\n\n", strings.Repeat("─", textWidth))
		}
		printClaim(out, c)
	}
	return out.Flush()
}

func printClaim(w io.Writer, c api.Claim) {
	wrapped(w, "", fmt.Sprintf("“%s”", c.Sentence))
	wrapped(w, "", fmt.Sprintf("(%s; claim %s, version %d)", c.Source, c.ID, c.Version))
	fmt.Fprintln(w)
	wrapped(w, "", c.Answer.Sentence)
	wrapped(w, "  ", c.Answer.Detail)
	printGates(w, c.Answer.Gates)
	printComparisons(w, c.Answer.Comparisons)
	printShares(w, c.Answer)
	fmt.Fprintln(w, "\nTo bear in mind")
	for _, caveat := range c.Caveats {
		wrapped(w, "  ", caveat)
	}
}

func printGates(w io.Writer, gates []api.Gate) {
	if len(gates) == 0 {
		return
	}
	fmt.Fprintln(w, "\nChecks")
	for _, g := range gates {
		mark := "fails"
		switch {
		case g.Note != nil && *g.Note:
			mark = "note"
		case g.Passes:
			mark = "ok"
		}
		wrapped(w, fmt.Sprintf("  %-6s%-18s", mark, g.Label), g.Detail)
	}
}

// printComparisons writes the counts of every comparison in one table and its ratios in another: side by side they are
// wider than a terminal.
func printComparisons(w io.Writer, all []api.Comparison) {
	if len(all) == 0 {
		return
	}
	fmt.Fprintln(w, "\nCounts: changes with the outcome, of all whose 14 days are over")
	counts := table(w)
	fmt.Fprintln(counts, "  AI\toutcome\twith AI\tno AI recorded\tanswer")
	for _, c := range all {
		fmt.Fprintf(counts, "  %s\t%s\t%s\t%s\t%s\n", spoken(c.Exposure), spoken(c.Outcome), share(c.Exposed), share(c.Reference), c.Word)
	}
	counts.Flush()
	fmt.Fprintln(w, "\nRatios: how many times as often; [interval for one look] (however often one looks)")
	ratios := table(w)
	fmt.Fprintln(ratios, "  AI\toutcome\tcrude\tsame repository and quarter\tand size\tunknown: human … AI")
	for _, c := range all {
		fmt.Fprintf(ratios, "  %s\t%s\t%s\t%s\t%s\t%s … %s\n", spoken(c.Exposure), spoken(c.Outcome), decimal(c.Crude.Value),
			ratio(c.Total), decimal(c.Direct.Value), decimal(c.UnknownBounds.AllHuman.Value), decimal(c.UnknownBounds.AllAi.Value))
	}
	ratios.Flush()
	for _, c := range all {
		if c.Reason != nil {
			wrapped(w, "  ", fmt.Sprintf("No ratio of %s, %s: %s.", spoken(c.Exposure), spoken(c.Outcome), *c.Reason))
		}
	}
}

func printShares(w io.Writer, a api.Answer) {
	if len(a.Shares) == 0 {
		return
	}
	fmt.Fprintln(w, "\nShares")
	shares := table(w)
	fmt.Fprintln(shares, "  author class\tchanges\tof changes\tlines\tof lines")
	for _, s := range a.Shares {
		fmt.Fprintf(shares, "  %s\t%d\t%s\t%d\t%s\n", strings.Replace(string(s.Class), "ai_", "AI ", 1), s.Changes, percent(s.Share), s.Lines, percent(s.LineShare))
	}
	shares.Flush()
	if b := a.ShareBounds; b != nil {
		fmt.Fprintf(w, "  with AI: %s of changes if no unknown one had AI, %s if every one had\n", percent(b.Low), percent(b.High))
	}
}

func table(w io.Writer) *tabwriter.Writer { return tabwriter.NewWriter(w, 0, 0, 2, ' ', 0) }

// spoken are the names of classes and outcomes in a table.
func spoken[T ~string](name T) string {
	return strings.NewReplacer("ai_", "", "reverted_14d", "reverted ≤ 14 d", "hotfixed_72h", "hot-fixed ≤ 72 h", "mistake", "either").Replace(string(name))
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

// decimal writes a number to three digits or so, and a dash for one that is not known or has no end.
func decimal(n *float64) string {
	switch {
	case n == nil:
		return "–"
	case *n >= 1000:
		return "> 999"
	case *n >= 100:
		return fmt.Sprintf("%.0f", *n)
	}
	return fmt.Sprintf("%.2f", *n)
}

func percent(n *float64) string {
	if n == nil {
		return "–"
	}
	return fmt.Sprintf("%.1f %%", 100**n)
}

// wrapped writes a text in lines of at most textWidth characters. The first begins with what is given, such as a label
// or an indent, and the others are indented as far.
func wrapped(w io.Writer, first, text string) {
	line, indent := first, strings.Repeat(" ", utf8.RuneCountInString(first))
	empty := true
	for word := range strings.FieldsSeq(text) {
		if !empty && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > textWidth {
			fmt.Fprintln(w, line)
			line, empty = indent, true
		}
		if !empty {
			line += " "
		}
		line, empty = line+word, false
	}
	fmt.Fprintln(w, line)
}
