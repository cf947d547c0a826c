package api

import (
	"cmp"

	"github.com/oapi-codegen/runtime/types"

	"github.com/baserate/baserate/analysis"
)

// ratios writes a ratio, or leaves it out where there is no answer to read from it: counts are shown, and what a few
// events or a failed check would make of them is not.
func ratios(code analysis.Code, reason, word string) func(analysis.Ratio) Ratio {
	if code == analysis.Gated || code == analysis.NoData {
		return func(analysis.Ratio) Ratio { return Ratio{Reason: optional(cmp.Or(reason, word))} }
	}
	return encodeRatio
}

// encodeComparison takes total and direct from the design that decides; the others are among the effects.
func encodeComparison(c analysis.Comparison) Comparison {
	deciding := c.Deciding()
	total := c.Effect(deciding.Design, analysis.Total)
	ratio := ratios(c.Code, c.Reason, c.Word)
	out := Comparison{
		Exposure: Exposure(c.Exposure), Outcome: Outcome(c.Outcome), Primary: c.Primary,
		Exposed: encodeArm(c.Exposed), Reference: encodeArm(c.Reference),
		Code: AnswerCode(c.Code), Word: c.Word, Reason: optional(c.Reason), Depends: c.Depends,
		Crude: ratio(c.Crude), Total: ratios(cmp.Or(total.Code, c.Code), total.Reason, total.Word)(total.Ratio), Direct: ratio(deciding.Ratio),
		Effects:       make([]Effect, len(c.Effects)),
		UnknownBounds: UnknownBounds{AllHuman: ratio(c.AllHuman), AllAi: ratio(c.AllAI)},
		Sensitivity: all(c.Sensitivity, func(v analysis.Variant) Variant {
			return Variant{ID: v.ID, Label: v.Label, Ratio: ratio(v.Ratio), Events: int64(v.Events)}
		}),
	}
	out.Crude.Strata = nil // it has none
	for i, e := range c.Effects {
		out.Effects[i] = encodeEffect(e)
		out.Effects[i].Deciding = i == 0
	}
	if c.Primary && c.Code != analysis.Gated && c.Code != analysis.NoData {
		d := c.Detection
		out.Detection = &Detection{Corrected: number(d.Corrected), Bounds: encodeInterval(d.Bounds), Tipping: number(d.Tipping)}
	}
	return out
}

// encodeEffect leaves out with the ratio what would give it away. A control that failed is shown: it is the reason.
func encodeEffect(e analysis.Effect) Effect {
	ratio := ratios(e.Code, e.Reason, e.Word)
	out := Effect{
		Design: EffectDesign(e.Design), Adjustment: EffectAdjustment(e.Adjustment), Ratio: ratio(e.Ratio), Code: AnswerCode(e.Code), Word: e.Word,
		Reason: optional(e.Reason), Events: int64(e.Events), Clusters: e.Clusters, DesignEffect: number(e.DesignEffect),
		EffectiveEvents: number(e.EffectiveEvents), EventShare: number(e.EventShare), ExposedShare: number(e.ExposedShare), ReferenceShare: number(e.ReferenceShare), SmallestSeen: number(e.SmallestSeen),
		LargestSeen: number(e.LargestSeen), EventsNeeded: number(e.EventsNeeded), ControlEvents: int64(e.ControlEvents),
		ControlFails: e.ControlFails, Independent: e.Independent, SQL: e.SQL, Params: e.Params,
	}
	if out.Params == nil {
		out.Params = map[string]any{}
	}
	if e.EnoughOn != nil {
		out.EnoughOn = &types.Date{Time: *e.EnoughOn}
	}
	if e.Code != analysis.Gated && e.Code != analysis.NoData {
		out.P, out.EValue, out.EValueLimit = number(e.P), number(e.EValue), number(e.EValueLimit)
	}
	if e.ControlEvents > 0 {
		control := encodeRatio(e.Control)
		out.Control = &control
	}
	return out
}
