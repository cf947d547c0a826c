package analysis

import (
	"net/url"
	"strings"

	"github.com/baserate/baserate/analysis/stats"
)

// fullCount is the number of changes from which a share of them is shown without an interval: it is a count of all there
// is, and chance says little about the next ones.
const fullCount = 1000

// portion is a measure of a share, with Wilson's interval where there are few to take a part of.
func portion(id, label, class string, share, of uint64, rows string) Measure {
	m := Measure{ID: id, Label: label, Class: class, Unit: UnitShare, Value: part(float64(share), float64(of)), Part: &share, Of: &of, Rows: rows}
	if of == 0 {
		m.Part, m.Reason, m.Rows = nil, "no such changes", ""
		return m
	}
	if of < fullCount {
		i := stats.Wilson(float64(share), float64(of), 0.05).Interval()
		m.Interval = &i
	}
	return m
}

// sampled is a portion with its interval however many there are, for a share that stands for more than was counted.
func sampled(m Measure) Measure {
	if m.Part != nil && m.Of != nil && *m.Of > 0 {
		i := stats.Wilson(float64(*m.Part), float64(*m.Of), 0.05).Interval()
		m.Interval = &i
	}
	return m
}

// number is a measure that is no share.
func number(id, label, class string, unit Unit, value stats.Number, interval *stats.Interval) Measure {
	m := Measure{ID: id, Label: label, Class: class, Unit: unit, Value: value, Interval: interval, Reason: string(value.Why)}
	if interval != nil && !interval.Low.OK() && !interval.High.OK() {
		m.Interval = nil
	}
	return m
}

// tally is a measure of how many there are.
func tally(id, label, class string, n uint64, rows string) Measure {
	return Measure{ID: id, Label: label, Class: class, Unit: UnitCount, Value: stats.Num(float64(n)), Rows: rows}
}

// hidden is a measure of a group that is too small to speak of, without its numbers.
func (m Measure) hidden() Measure {
	m.Suppress, m.Reason = true, tooFewPeople()
	m.Value, m.Interval, m.Part, m.Of, m.Rows = noNumber, nil, nil, nil, ""
	return m
}

// unless hides a measure of a group of fewer than five persons. A group without any change hides nobody.
func (m Measure) unless(people uint64) Measure {
	if empty := m.Of != nil && *m.Of == 0; people < stats.MinPeople && !empty {
		return m.hidden()
	}
	return m
}

// list is the query string of a list of changes, of pairs of a filter and its value.
func list(pairs ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		q.Set(pairs[i], pairs[i+1])
	}
	return q.Encode()
}

// classFilter is the author classes behind a group that is counted as one.
func classFilter(class string) string {
	switch class {
	case "no_ai":
		return strings.Join(reference, ",")
	case "any":
		return "ai_agent,ai_assisted,human,unknown"
	case "ai":
		return strings.Join(members("ai"), ",")
	}
	return class
}

// groupNames name author classes in a table.
var groupNames = map[string]string{
	"ai_agent": "Changes by AI agents", "ai_assisted": "AI-assisted changes", "no_ai": "Changes with no AI recorded",
	"human": "Changes by people, by evidence", "unknown": "Changes without a mark", "automation": "Changes by automation", "any": "All changes but automation",
}
