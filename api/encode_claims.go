package api

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/oapi-codegen/runtime/types"

	"github.com/baserate/baserate/analysis"
	"github.com/baserate/baserate/analysis/stats"
	"github.com/baserate/baserate/store"
)

// Context is what a list of claims says beside them.
type Context struct {
	DataTo      *time.Time // the newest landing that the answers know of; nil when there is none
	Definitions int        // version of the rules that changes are derived by
	Simulation  *store.Simulation
}

// EncodeClaims is the answer to GET /api/v1/claims. The command line prints the same.
func EncodeClaims(claims []analysis.Claim, c Context) (ClaimList, error) {
	simulated, err := encodeSimulation(c.Simulation)
	return ClaimList{
		Claims: all(claims, func(claim analysis.Claim) Claim { return encodeClaim(claim, c.DataTo) }), DataTo: c.DataTo, Definitions: c.Definitions,
		Simulated: simulated,
	}, err
}

// EncodeClaim is the answer to GET /api/v1/claims/{id}, as bytes to be kept: what is asked for as of a day is what was
// answered then.
func EncodeClaim(c analysis.Claim, dataTo *time.Time) ([]byte, error) {
	return json.Marshal(encodeClaim(c, dataTo))
}

// DecodeRecorded is the answer to GET /api/v1/claims?as_of=: claims as they were recorded by a day.
func DecodeRecorded(recorded []analysis.Recorded, day time.Time, c Context) (ClaimList, error) {
	list := ClaimList{AsOf: &types.Date{Time: day}, Definitions: c.Definitions}
	for _, r := range recorded {
		var claim Claim
		if err := json.Unmarshal(r.Body, &claim); err != nil {
			return list, fmt.Errorf("recorded claim %s: %w", r.Claim, err)
		}
		list.Claims = append(list.Claims, claim)
		list.DataTo = newest(list.DataTo, claim.DataTo)
	}
	var err error
	list.Simulated, err = encodeSimulation(c.Simulation)
	return list, err
}

// newest is the later of two times that may not be known.
func newest(x, y *time.Time) *time.Time {
	if x == nil || y != nil && y.After(*x) {
		return y
	}
	return x
}

func encodeClaim(c analysis.Claim, dataTo *time.Time) Claim {
	same := func(s string) string { return s }
	out := Claim{
		ID: c.ID, Version: c.Version, Kind: c.Kind, Sentence: c.Sentence, Source: c.Source, Question: c.Question,
		Needs: all(c.Needs, same), Exposures: all(c.Exposures, func(s string) Exposure { return Exposure(s) }), Outcome: optional(c.Outcome),
		WindowDays: optional(c.WindowDays), Margin: optional(c.Margin), MarginSet: optional(c.MarginSet), Alpha: optional(c.Alpha),
		Target: optional(c.Target), Clusters: optional(c.Clusters), Estimators: all(c.Estimators, same), Gates: all(c.Definition.Gates, same),
		Method: c.Method, Flips: c.Flips, Caveats: all(c.Caveats, same), DataTo: dataTo, Answer: encodeAnswer(c.Answer),
	}
	if len(c.Strata.Total)+len(c.Strata.Direct) > 0 {
		out.Strata = &Strata{Total: all(c.Strata.Total, same), Direct: all(c.Strata.Direct, same)}
	}
	return out
}

func encodeAnswer(a analysis.Answer) Answer {
	out := Answer{
		Code: AnswerCode(a.Code), Word: a.Word, Sentence: a.Sentence, Detail: a.Detail, Connect: all(a.Connect, func(s string) string { return s }),
		Gates: all(a.Gates, encodeGate), Comparisons: all(a.Comparisons, encodeComparison), Tables: all(a.Tables, encodeTable),
		Shares: all(a.Shares, encodeShare),
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
