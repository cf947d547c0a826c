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
	Gated:        "No verdict",
	NoData:       "Not enough data",
	Equivalent:   "No meaningful difference",
	More:         "More common",
	Fewer:        "Less common",
	NotMore:      "Not more common",
	Undecided:    "Undecided",
	Supported:    "Supported",
	Contradicted: "Contradicted",
	Described:    "Counted",
}

// subjects name the exposures in a sentence.
var subjects = map[string]string{"ai_assisted": "AI-assisted changes", "ai_agent": "changes by AI agents", "ai": "changes with AI"}

// happens and happened name the outcomes in a sentence, as what changes do and did.
var (
	happens = map[string]string{
		"mistake": "turn out to be mistakes", "incident": "cause incidents", "major": "cause severe incidents",
		"reverted_14d": "are reverted within 14 days", "hotfixed_72h": "are hot-fixed within 72 hours",
		"failed_deployment": "fail their deployment", "rework_21d": "are reworked within 21 days",
	}
	happened = map[string]string{
		"mistake": "turned out to be mistakes", "incident": "caused an incident", "major": "caused a severe incident",
		"reverted_14d": "were reverted within 14 days", "hotfixed_72h": "were hot-fixed within 72 hours",
		"failed_deployment": "failed their deployment", "rework_21d": "were reworked within 21 days",
	}
)

// within names what a design holds equal.
var within = map[Design]string{SameRepository: "in the same repository and quarter", SameDeveloper: "by the same developer"}

// order is which of several answers a claim takes as a whole: one group that does worse outweighs another that does not.
var order = []Code{More, Undecided, NotMore, Equivalent, Fewer, NoData, Gated}

// gravest is which of several answers stands for all.
func gravest(codes []Code) Code {
	if len(codes) == 0 {
		return NoData
	}
	return slices.MinFunc(codes, func(x, y Code) int { return slices.Index(order, x) - slices.Index(order, y) })
}

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
		codes := make([]Code, len(primary))
		for i, c := range primary {
			codes[i] = c.Code
		}
		a.Code = gravest(codes)
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
		alike := func(o Comparison) bool { return clause("", o) == clause("", c) }
		if slices.ContainsFunc(primary[:i], alike) {
			continue
		}
		var who []string
		for _, o := range primary[i:] {
			if alike(o) {
				who = append(who, subjects[o.Exposure])
			}
		}
		text := clause(strings.Join(who, " and "), c)
		clauses = append(clauses, strings.ToUpper(text[:1])+text[1:]+".")
	}
	return strings.Join(clauses, " ")
}

// clause says the direct effect, and the total effect where that is another answer.
func clause(who string, c Comparison) string {
	if c.Depends {
		return fmt.Sprintf("whether %s %s more often depends on the comparison: %s %s, %s %s", who, happens[c.Outcome],
			within[c.Effects[0].Design], lower(c.Effects[0].Word), within[c.Effects[2].Design], lower(c.Effects[2].Word))
	}
	text := plainly(who, c.Outcome, c.Code)
	if len(c.Effects) < 2 || c.Code == NoData || c.Code == Gated {
		return text
	}
	total := c.Effects[1].Code
	if total == c.Code || total == NoData || total == Gated {
		return text
	}
	unequal := plainly("they", c.Outcome, total)
	if total == Undecided {
		unequal = "it is undecided"
	}
	return text + " at equal size, permission and review; without holding these equal, " + unequal
}

func plainly(who, outcome string, code Code) string {
	does := happens[outcome]
	switch code {
	case More:
		return who + " " + does + " more often"
	case Fewer:
		return who + " " + does + " less often"
	case NotMore:
		return who + " do not " + strings.TrimPrefix(strings.Replace(does, "are ", "get ", 1), "do ") + " more often"
	case Equivalent:
		return who + " " + does + " about as often"
	case Undecided:
		return "for " + who + " it is undecided"
	case Gated:
		return "for " + who + " there is no verdict"
	}
	return "for " + who + " there are not enough data yet"
}

func lower(word string) string { return strings.ToLower(word[:1]) + word[1:] }

// detail says the counts, then the ratio and what it cannot rule out.
func (d Definition) detail(c Comparison) string {
	if c.Exposed.Changes == 0 {
		return fmt.Sprintf("There are no %s whose %d days are over.", subjects[c.Exposure], d.WindowDays)
	}
	counts := fmt.Sprintf("%s of %s %s %s, against %s of %s with no AI recorded.",
		Count(c.Exposed.Events), Count(c.Exposed.Changes), subjects[c.Exposure], happened[c.Outcome], Count(c.Reference.Events), Count(c.Reference.Changes))
	e := c.Deciding()
	switch {
	case e.Code == Gated:
		return counts
	case e.Code == NoData && e.SmallestSeen.Finite():
		return counts + fmt.Sprintf(" Only a rate %s times as high would have stood out.", times(e.SmallestSeen))
	case e.Code == NoData:
		return counts
	}
	always := e.Ratio.AlwaysValid
	text := fmt.Sprintf(" Compared %s, at equal permission, size and review, that is %s times as often (%s to %s, however often one looks)%s.",
		within[e.Design], times(e.Ratio.Value), times(always.Low), times(always.High), ruledOut(always, d.Margin))
	if e.Code == Undecided {
		text += fmt.Sprintf(" Only a rate %s times as high would have stood out.", times(e.SmallestSeen))
	}
	if e.Independent {
		text += " With so few events the interval takes them to be independent of one another."
	}
	return counts + text
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
