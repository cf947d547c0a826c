package main

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/baserate/baserate/api"
)

// printTable writes measures one a line: label, value, interval and counts, each in a column as wide as it needs to be. A
// label that is too long for what is left goes on below.
func printTable(w io.Writer, t api.Table) {
	fmt.Fprintln(w)
	wrapped(w, "", t.Title)
	rows := make([][3]string, len(t.Measures))
	var width [3]int
	for i, m := range t.Measures {
		rows[i] = [3]string{amount(m.Value, m.Unit), interval(m), countsOf(m)}
		for k, cell := range rows[i] {
			width[k] = max(width[k], utf8.RuneCountInString(cell))
		}
	}
	label := 0
	for _, m := range t.Measures {
		label = max(label, utf8.RuneCountInString(labelOf(m)))
	}
	label = min(label, textWidth-2-6-width[0]-width[1]-width[2])
	for i, m := range t.Measures {
		lines := broken(labelOf(m), label)
		line := "  " + left(lines[0], label)
		for k, cell := range rows[i] {
			line += "  " + right(cell, width[k])
		}
		fmt.Fprintln(w, strings.TrimRight(line, " "))
		for _, rest := range lines[1:] {
			fmt.Fprintln(w, "    "+rest)
		}
	}
	if t.Note != "" {
		wrapped(w, "  ", t.Note+".")
	}
}

func labelOf(m api.Measure) string {
	if m.Value == nil && m.Reason != nil {
		return m.Label + " (" + *m.Reason + ")"
	}
	return m.Label
}

// amount writes a value in its unit, and a dash for one that is not there.
func amount(x *float64, unit api.MeasureUnit) string {
	if x == nil {
		return "–"
	}
	switch unit {
	case api.MeasureUnitShare:
		return percent(x)
	case api.MeasureUnitCount:
		return fmt.Sprintf("%.5g", *x)
	case api.MeasureUnitHours:
		return fmt.Sprintf("%.1f h", *x)
	case api.MeasureUnitMinutes:
		return fmt.Sprintf("%.4g min", *x)
	case api.MeasureUnitProbability:
		return fmt.Sprintf("%.3f", *x)
	}
	return decimal(x)
}

func interval(m api.Measure) string {
	if m.Interval == nil {
		return ""
	}
	return fmt.Sprintf("(%s to %s)", amount(m.Interval.Low, m.Unit), amount(m.Interval.High, m.Unit))
}

func countsOf(m api.Measure) string {
	switch {
	case m.Part != nil && m.Of != nil:
		return fmt.Sprintf("%d of %d", *m.Part, *m.Of)
	case m.Part != nil:
		return fmt.Sprint(*m.Part)
	}
	return ""
}

// broken parts a text into lines of at most so many characters, where its words let it; there is at least one.
func broken(text string, width int) []string {
	lines := []string{""}
	for word := range strings.FieldsSeq(text) {
		last := &lines[len(lines)-1]
		switch {
		case *last == "":
			*last = word
		case utf8.RuneCountInString(*last)+1+utf8.RuneCountInString(word) <= width:
			*last += " " + word
		default:
			lines = append(lines, word)
		}
	}
	return lines
}

func left(text string, width int) string {
	return text + strings.Repeat(" ", max(0, width-utf8.RuneCountInString(text)))
}

func right(text string, width int) string {
	return strings.Repeat(" ", max(0, width-utf8.RuneCountInString(text))) + text
}
