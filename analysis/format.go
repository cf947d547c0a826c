package analysis

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/baserate/baserate/analysis/stats"
)

// narrow is the space inside a number and before a percent sign, which does not break a line.
const narrow = "\u202f"

// Count writes a whole number with its thousands apart: 12 345.
func Count(n uint64) string {
	digits := strconv.FormatUint(n, 10)
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(narrow)
		}
		b.WriteRune(d)
	}
	return b.String()
}

// percent writes a share with one decimal, with two where one would say almost nothing.
func percent(share float64) string {
	decimals := 1
	if share > 0 && share < 0.01 {
		decimals = 2
	}
	return strconv.FormatFloat(100*share, 'f', decimals, 64) + narrow + "%"
}

// times writes a ratio with two decimals, or a dash where there is none.
func times(n stats.Number) string {
	if !n.Finite() {
		return "–"
	}
	return fmt.Sprintf("%.2f", n.F)
}

// plural writes "1 event", "2 events".
func plural(n uint64, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return Count(n) + " " + one + "s"
}
