package api

import (
	"github.com/oapi-codegen/runtime/types"

	"github.com/baserate/baserate/store"
)

// all encodes a list; an empty one is [], never null.
func all[T, U any](in []T, encode func(T) U) []U {
	out := make([]U, len(in))
	for i, v := range in {
		out[i] = encode(v)
	}
	return out
}

// optional is a field that is left out when it is empty.
func optional[T comparable](v T) *T {
	var empty T
	if v == empty {
		return nil
	}
	return &v
}

// integer is a count that may not be known.
func integer[T uint8 | uint32 | uint64, U int | int64](n *T) *U {
	if n == nil {
		return nil
	}
	v := U(*n)
	return &v
}

func encodeChange(c store.Change) Change {
	out := Change{
		ChangeID: c.ChangeID, Kind: ChangeKind(c.Kind), Method: ChangeMethod(c.Method), Repo: c.Repo, Sha: c.SHA,
		PrNumber: integer[uint32, int](c.PRNumber), Title: c.Title, LandedAt: c.LandedAt,
		AuthorClass: AuthorClass(c.AuthorClass), Tool: c.Tool, Autonomy: ChangeAutonomy(c.Autonomy), ReviewState: ReviewState(c.ReviewState),
		Approvals: int(c.Approvals), Permission: Permission(c.Permission), UsualPermission: Permission(c.UsualPermission), Team: c.Team,
		Commits: int(c.Commits), SizeLines: integer[uint64, int64](c.SizeLines), Files: integer[uint32, int](c.Files),
		Reverted: c.Reverted, RevertedAt: c.RevertedAt, Hotfixed: c.Hotfixed, HotfixedAt: c.HotfixedAt, ReworkedAt: c.ReworkedAt,
		FailedAt: c.FailedAt, Mistake: c.Mistake, ControlAt: c.ControlAt, FollowedDays: int(c.FollowedDays), Mature: c.Mature,
	}
	if c.Tier > 0 {
		out.Tier = new(int(c.Tier))
	}
	if c.OpenedAt != nil {
		out.OpenedAt, out.FirstReviewAt = c.OpenedAt, c.FirstReviewAt
		out.ReviewRounds, out.ReviewComments = new(int(c.ReviewRounds)), new(int(c.ReviewComments))
	}
	if c.Incident != "" {
		out.Incident, out.IncidentAt, out.IncidentMethod, out.IncidentScore = &c.Incident, c.IncidentAt, &c.IncidentMethod, &c.IncidentScore
		out.Severity, out.OutageMinutes = integer[uint8, int](c.Severity), &c.OutageMinutes
	}
	return out
}

func encodeDetail(d store.ChangeDetail) ChangeDetail {
	return ChangeDetail{
		Change: encodeChange(d.Change),
		Attributions: all(d.Attributions, func(a store.Attribution) Attribution {
			return Attribution{Subject: a.Subject, Rule: a.Rule, Tool: a.Tool, Mode: a.Mode, Evidence: a.Evidence, Confidence: a.Confidence}
		}),
		Links: all(d.Links, func(l store.Link) Link {
			return Link{Relation: LinkRelation(l.Relation), ChangeID: l.ChangeID, Method: l.Method, Effective: l.Effective, At: l.At}
		}),
	}
}

// encodeMix marks the month that the data end in, which is the last: it is not over.
func encodeMix(months []store.Month) Mix {
	mix := Mix{Items: all(months, func(m store.Month) Month {
		return Month{
			Month: types.Date{Time: m.Month}, Complete: true, AiAgent: int64(m.AIAgent), AiAssisted: int64(m.AIAssisted),
			Human: int64(m.Human), Automation: int64(m.Automation), Unknown: int64(m.Unknown),
		}
	})}
	if n := len(mix.Items); n > 0 {
		mix.Items[n-1].Complete = false
	}
	return mix
}
