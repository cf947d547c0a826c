package api

import (
	"cmp"
	"time"

	"github.com/baserate/baserate/analysis"
	"github.com/baserate/baserate/analysis/stats"
)

// EncodeClaims is the answer to GET /api/v1/claims: the claims with their answers, the newest landing that the answers
// know of (nil when there is none), and the version of the rules that changes are derived by. The command line prints
// the same.
func EncodeClaims(claims []analysis.Claim, dataTo *time.Time, definitions int) ClaimList {
	return ClaimList{Claims: all(claims, encodeClaim), DataTo: dataTo, Definitions: definitions}
}

func encodeClaim(c analysis.Claim) Claim {
	return Claim{
		ID: c.ID, Version: c.Version, Sentence: c.Sentence, Source: c.Source, Question: c.Question,
		WindowDays: optional(c.WindowDays), Margin: optional(c.Margin), MarginSet: optional(c.MarginSet), Alpha: optional(c.Alpha),
		Method: c.Method, Caveats: all(c.Caveats, func(s string) string { return s }), Answer: encodeAnswer(c.Answer),
	}
}

func encodeAnswer(a analysis.Answer) Answer {
	out := Answer{
		Code: AnswerCode(a.Code), Word: a.Word, Sentence: a.Sentence, Detail: a.Detail,
		Gates: all(a.Gates, encodeGate), Comparisons: all(a.Comparisons, encodeComparison), Shares: all(a.Shares, encodeShare),
	}
	if b := a.ShareBounds; b != nil {
		out.ShareBounds = &ShareBounds{Low: number(b.Low), High: number(b.High)}
	}
	return out
}

func encodeGate(g analysis.Gate) Gate {
	return Gate{
		ID: g.ID, Label: g.Label, Passes: g.Passes, Note: optional(g.Note), Detail: g.Detail,
		Threshold: optional(g.Threshold), Rows: optional(g.Rows),
	}
}

// encodeComparison leaves the ratios out where there is no answer to read from them: counts are shown, and what a few
// events or a failed check would make of them is not.
func encodeComparison(c analysis.Comparison) Comparison {
	encodeRatio := encodeRatio
	if c.Code == analysis.Gated || c.Code == analysis.NoData {
		encodeRatio = func(analysis.Ratio) Ratio { return Ratio{Reason: optional(cmp.Or(c.Reason, c.Word))} }
	}
	crude := encodeRatio(c.Crude)
	crude.Strata = nil // it has none
	return Comparison{
		Exposure: AuthorClass(c.Exposure), Outcome: Outcome(c.Outcome), Primary: c.Primary,
		Exposed: encodeArm(c.Exposed), Reference: encodeArm(c.Reference),
		Code: AnswerCode(c.Code), Word: c.Word, Reason: optional(c.Reason),
		Crude: crude, Total: encodeRatio(c.Total), Direct: encodeRatio(c.Direct),
		UnknownBounds: UnknownBounds{AllHuman: encodeRatio(c.AllHuman), AllAi: encodeRatio(c.AllAI)},
		SmallestSeen:  number(c.SmallestSeen), OverlapEvents: int64(c.OverlapEvents), EValue: number(c.EValue), SQL: c.SQL,
	}
}

func encodeArm(a analysis.Arm) Arm {
	return Arm{Events: int64(a.Events), Changes: int64(a.Changes), Rows: a.Rows}
}

func encodeRatio(r analysis.Ratio) Ratio {
	out := Ratio{Value: number(r.Value), Fixed: encodeInterval(r.Fixed), Strata: &r.Strata}
	if r.AlwaysValid.Low.OK() || r.AlwaysValid.High.OK() {
		always := encodeInterval(r.AlwaysValid)
		out.AlwaysValid = &always
	}
	switch {
	case !r.Value.OK():
		out.Reason = optional(string(r.Value.Why))
	case !r.Value.Finite():
		out.Reason = optional("no events in the group that it is compared with")
	}
	return out
}

func encodeInterval(i stats.Interval) Interval {
	return Interval{Low: number(i.Low), High: number(i.High)}
}

func encodeShare(s analysis.Share) Share {
	return Share{
		Class: AuthorClass(s.Class), Changes: int64(s.Changes), Lines: int64(s.Lines),
		Share: number(s.Share), LineShare: number(s.LineShare), Rows: s.Rows,
	}
}

// number is null where there is no value and where it is infinite, which JSON cannot say.
func number(n stats.Number) *float64 {
	if !n.Finite() {
		return nil
	}
	return &n.F
}
