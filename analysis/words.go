package analysis

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/baserate/baserate/analysis/stats"
)

// words are the answers as the page's table says them.
var words = map[Code]string{
	Gated:      "No verdict",
	NoData:     "Not enough data",
	Equivalent: "No meaningful difference",
	More:       "More common",
	Fewer:      "Less common",
	NotMore:    "Not more common",
	Undecided:  "Undecided",
	Described:  "Counted",
}

// subjects name the exposures in a sentence.
var subjects = map[string]string{"ai_assisted": "AI-assisted changes", "ai_agent": "changes by AI agents"}

// happened names the outcomes in a sentence, as what happens to changes.
var happened = map[string]string{
	"reverted_14d": "reverted within 14 days",
	"hotfixed_72h": "hot-fixed within 72 hours",
	"mistake":      "reverted or hot-fixed",
}

// order is which of several answers a claim takes as a whole: one group that does worse outweighs another that does not.
var order = []Code{More, Undecided, NotMore, Equivalent, Fewer, NoData, Gated}

// conclude gives a claim its answer from the comparisons of its primary outcome.
func (d Definition) conclude(a *Answer) {
	var primary []Comparison
	for _, c := range a.Comparisons {
		if c.Primary {
			primary = append(primary, c)
		}
	}
	a.Code = Gated
	if !failed(a.Gates) {
		a.Code = slices.MinFunc(primary, func(x, y Comparison) int {
			return slices.Index(order, x.Code) - slices.Index(order, y.Code)
		}).Code
	}
	a.Word = words[a.Code]
	a.Sentence = sentence(a, primary)
	var details []string
	for _, c := range primary {
		details = append(details, d.detail(c))
	}
	a.Detail = strings.Join(details, " ")
}

// sentence says the answer for every exposure, those with the same answer together.
func sentence(a *Answer, primary []Comparison) string {
	if names := failures(a.Gates); len(names) > 0 {
		return "No verdict: the check of " + strings.Join(names, " and of ") + " fails."
	}
	var clauses []string
	for i, c := range primary {
		if slices.ContainsFunc(primary[:i], func(o Comparison) bool { return o.Code == c.Code }) {
			continue
		}
		var who []string
		for _, o := range primary[i:] {
			if o.Code == c.Code {
				who = append(who, subjects[o.Exposure])
			}
		}
		clauses = append(clauses, clause(strings.Join(who, " and "), c))
	}
	for i := range clauses {
		clauses[i] = strings.ToUpper(clauses[i][:1]) + clauses[i][1:] + "."
	}
	return strings.Join(clauses, " ")
}

func clause(who string, c Comparison) string {
	was := happened[c.Outcome]
	switch c.Code {
	case More:
		return who + " are " + was + " more often"
	case Fewer:
		return who + " are " + was + " less often"
	case NotMore:
		return who + " are not " + was + " more often"
	case Equivalent:
		return who + " are " + was + " about as often"
	case Undecided:
		return "for " + who + " it is undecided"
	case Gated:
		return "for " + who + " there is no verdict"
	}
	return "for " + who + " there are not enough data yet"
}

// detail says the counts, then the ratio and what it cannot rule out.
func (d Definition) detail(c Comparison) string {
	if c.Exposed.Changes == 0 {
		return fmt.Sprintf("There are no %s whose %d days are over.", subjects[c.Exposure], d.WindowDays)
	}
	subject := subjects[c.Exposure]
	counts := fmt.Sprintf("%s of %s %s were %s, against %s of %s with no AI recorded.",
		Count(c.Exposed.Events), Count(c.Exposed.Changes), subject, happened[c.Outcome], Count(c.Reference.Events), Count(c.Reference.Changes))
	switch c.Code {
	case NoData:
		if c.SmallestSeen.Finite() {
			return counts + fmt.Sprintf(" Only a rate %s times as high would have stood out.", times(c.SmallestSeen))
		}
		return counts
	case Gated:
		return counts
	}
	always := c.Total.AlwaysValid
	return counts + fmt.Sprintf(" Compared within the same repository and quarter that is %s times as often (%s to %s, however often one looks)%s.",
		times(c.Total.Value), times(always.Low), times(always.High), ruledOut(always, d.Margin))
}

// ruledOut says what the interval leaves open, in the direction that the claim denies.
func ruledOut(i stats.Interval, margin float64) string {
	switch {
	case !i.High.Finite():
		return "; no rate, however high, can be ruled out"
	case i.High.F <= margin:
		return fmt.Sprintf("; all of that lies below the margin of %.2f", margin)
	case i.High.F > 1:
		return fmt.Sprintf("; a rate %.0f%s%% higher cannot be ruled out", math.Round(100*(i.High.F-1)), narrow)
	}
	return ""
}

func join(values []string) string { return strings.Join(values, ",") }
