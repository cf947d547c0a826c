package analysis

import (
	"context"
	"fmt"
	"net/url"
	"time"

	"github.com/baserate/baserate/analysis/stats"
	"github.com/baserate/baserate/store"
)

// adoptionWeek is one whole week.
type adoptionWeek struct {
	Week       time.Time `ch:"week"` // its Monday
	Open       time.Time `ch:"open"` // Monday of the first week that is not over
	Developers uint64    `ch:"developers"`
	Marked     uint64    `ch:"marked"` // with a mark of AI on a change
	Users      uint64    `ch:"users"`  // with a mark, or by reported usage
	Changes    uint64    `ch:"changes"`
	AIChanges  uint64    `ch:"ai_changes"`
}

// toolUse is who used one tool, over the weeks that decide.
type toolUse struct {
	Tool    string `ch:"tool"`
	Users   uint64 `ch:"users"`
	Changes uint64 `ch:"changes"`
}

// developers are those of the deciding weeks together, and how unevenly the changes with AI lie among them.
type developers struct {
	Developers uint64 `ch:"developers"`
	Users      uint64 `ch:"users"`       // with a mark of AI on a change
	Changes    uint64 `ch:"changes"`     // with AI
	TopChanges uint64 `ch:"top_changes"` // of the tenth of the users with the most
}

// decidingWeeks are the weeks that the answer rests on.
const decidingWeeks = 4

// adopted is all that adoption is answered from.
type adopted struct {
	weeks []adoptionWeek
	tools []toolUse
	all   developers
	usage bool // tools report their use
}

// adoption answers what share of developers uses AI in a week.
func adoption(ctx context.Context, in *inputs, d Definition) (Answer, error) {
	gates, err := in.gates(ctx, d)
	if err != nil {
		return Answer{}, err
	}
	h, err := in.holding(ctx)
	if err != nil {
		return Answer{}, err
	}
	labelled, err := MeasuredDetection()
	if err != nil {
		return Answer{}, err
	}
	got := adopted{usage: h.Usage}
	if got.weeks, err = ask[adoptionWeek](ctx, in.reader, "adoption_weeks", nil); err != nil {
		return Answer{}, err
	}
	if len(got.weeks) > 0 {
		from, to := decidingSpan(got.weeks)
		span := store.Params{"from": from, "to": to}
		if got.tools, err = ask[toolUse](ctx, in.reader, "adoption_tools", span); err != nil {
			return Answer{}, err
		}
		all, err := ask[developers](ctx, in.reader, "adoption_span", span)
		if err != nil {
			return Answer{}, err
		}
		got.all = all[0]
	}
	return d.adoptionAnswer(got, labelled, gates), nil
}

// decidingSpan is from the first day of the deciding weeks to the day after them.
func decidingSpan(weeks []adoptionWeek) (from, to time.Time) {
	to = weeks[0].Open
	return to.AddDate(0, 0, -7*decidingWeeks), to
}

// pooledWeeks adds up the deciding weeks, and says how many of them had developers.
func pooledWeeks(weeks []adoptionWeek) (sum adoptionWeek, n int) {
	for _, w := range weeks {
		if from, _ := decidingSpan(weeks); w.Week.Before(from) || w.Developers == 0 {
			continue
		}
		sum.Developers += w.Developers
		sum.Marked += w.Marked
		sum.Users += w.Users
		sum.Changes += w.Changes
		sum.AIChanges += w.AIChanges
		n++
	}
	return sum, n
}

func (d Definition) adoptionAnswer(got adopted, labelled Labelled, gates []Gate) Answer {
	a := Answer{Gates: gates}
	sum, n := pooledWeeks(got.weeks)
	if n < decidingWeeks || sum.Developers < stats.MinPeople*decidingWeeks {
		reason := fmt.Sprintf("%s in %d of the last %d whole weeks; shown from %d a week in all of them",
			plural(sum.Developers/uint64(max(n, 1)), "developer"), n, decidingWeeks, stats.MinPeople)
		a.speak(d.Kind, NoData, "There are not enough developers or weeks yet.", capital(reason)+".")
		return a
	}
	sensitivity, specificity := labelled.rates()
	share := stats.PrevalenceBand(float64(sum.Users), float64(sum.Developers), sensitivity, specificity)
	code := adoptionCode(share, d.Target, got.usage)
	from, to := decidingSpan(got.weeks)
	a.Tables = []Table{
		weeksTable(got.weeks, got.usage),
		breadthTable(sum, got.all, share, changesBetween(from, to)),
		toolsTable(got.tools, got.all.Developers),
	}
	a.speak(d.Kind, code, d.adoptionSentence(code, sum, got.usage), adoptionDetail(sum, share, from, got.usage))
	return a
}

// adoptionCode reads the target. Marks alone are a floor: that a floor lies below a target does not say that the share does.
func adoptionCode(share stats.Estimate, target float64, usage bool) Code {
	switch reading := stats.ReadTarget(share, target); {
	case reading == stats.TargetReached:
		return Supported
	case reading == stats.TargetNotReached && usage:
		return Contradicted
	case reading == stats.TargetUnknown:
		return NoData
	}
	return Undecided
}

func (d Definition) adoptionSentence(code Code, sum adoptionWeek, usage bool) string {
	share, target := percent(part(float64(sum.Users), float64(sum.Developers)).F), percent(d.Target)
	average := share + " of developers used AI in a week, on average over the last four."
	switch {
	case code == Supported:
		return fmt.Sprintf("The target of %s is reached: %s", target, average)
	case code == Contradicted:
		return fmt.Sprintf("The target of %s is not reached: %s", target, average)
	case usage:
		return fmt.Sprintf("Whether the target of %s is reached is undecided: %s", target, average)
	}
	return fmt.Sprintf("At least %s; whether %s did cannot be told, since what tools report of their use is not collected.",
		average[:len(average)-1], target)
}

func adoptionDetail(sum adoptionWeek, share stats.Estimate, from time.Time, usage bool) string {
	text := fmt.Sprintf("In the four weeks from %s, developers landed changes in %s weeks of their own, and used AI in %s of these.",
		from.Format("2 January 2006"), Count(sum.Developers), Count(sum.Users))
	if share.Low.OK() && share.High.OK() {
		text += fmt.Sprintf(" With the errors of detection as measured, the share lies between %s and %s.", percent(share.Low.F), percent(share.High.F))
	}
	text += fmt.Sprintf(" %s of the changes were made with AI.", percent(part(float64(sum.AIChanges), float64(sum.Changes)).Or(0)))
	if !usage {
		text += " This is a floor: completion in an editor leaves no mark on a change."
	}
	return text
}

// changesBetween is the query string of the changes with AI between two days.
func changesBetween(from, to time.Time) url.Values {
	return url.Values{"class": {"ai_agent,ai_assisted"}, "from": {from.Format(time.DateOnly)}, "to": {to.Format(time.DateOnly)}}
}
