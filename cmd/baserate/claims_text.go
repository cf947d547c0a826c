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
	wrapped(w, "", headline(c.Answer))
	wrapped(w, "  ", c.Answer.Detail)
	printLines(w, "To connect", c.Answer.Connect)
	printGates(w, c.Answer.Gates)
	printComparisons(w, c.Answer.Comparisons)
	for _, t := range c.Answer.Tables {
		printTable(w, t)
	}
	printShares(w, c.Answer)
	if c.Flips != "" {
		printLines(w, "What would change the answer", []string{c.Flips})
	}
	printLines(w, "To bear in mind", c.Caveats)
}

func printLines(w io.Writer, title string, lines []string) {
	if len(lines) == 0 {
		return
	}
	fmt.Fprintln(w, "\n"+title)
	for _, line := range lines {
		wrapped(w, "  ", line)
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

// headline is the answer's word and sentence; a sentence that begins with the word has said it.
func headline(a api.Answer) string {
	if strings.HasPrefix(a.Sentence, a.Word) {
		return a.Sentence
	}
	return a.Word + ": " + a.Sentence
}
