package api

import "github.com/baserate/baserate/analysis"

func encodeTable(t analysis.Table) Table {
	return Table{ID: t.ID, Title: t.Title, Note: t.Note, Measures: all(t.Measures, encodeMeasure)}
}

// encodeMeasure leaves out all that a group too small to speak of has.
func encodeMeasure(m analysis.Measure) Measure {
	out := Measure{ID: m.ID, Label: m.Label, Class: optional(m.Class), Unit: MeasureUnit(m.Unit), Suppressed: m.Suppress}
	if m.Suppress {
		out.Reason = optional("too few people to speak of")
		return out
	}
	out.Value, out.Part, out.Of, out.Rows = number(m.Value), integer[uint64, int64](m.Part), integer[uint64, int64](m.Of), optional(m.Rows)
	out.Reason = optional(m.Reason)
	switch {
	case out.Reason == nil && !m.Value.OK():
		out.Reason = optional(string(m.Value.Why))
	case out.Reason == nil && !m.Value.Finite():
		out.Reason = optional("without limit")
	}
	if m.Interval != nil {
		interval := encodeInterval(*m.Interval)
		out.Interval = &interval
	}
	return out
}
