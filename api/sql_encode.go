package api

import (
	"github.com/baserate/baserate/store/workbench"
)

func encodeRun(r *workbench.Run) QueryState {
	o := r.Outcome()
	return QueryState{
		ID: r.ID, SQL: r.Question.SQL, Params: encodeParams(r.Question.Params), Status: QueryStateStatus(o.Status), StartedAt: r.StartedAt,
		Rows: o.Rows, Truncated: o.Truncated, Error: encodeFailure(o.Error),
		Progress: QueryProgress{
			ReadRows: int64(o.Progress.ReadRows), TotalRows: int64(o.Progress.TotalRows), ReadBytes: int64(o.Progress.ReadBytes),
			MemoryBytes: int64(o.Progress.MemoryBytes), ElapsedMs: o.Progress.Millis,
		},
	}
}

func encodePastQuery(p workbench.Past) QueryState {
	state := QueryState{
		ID: p.ID, SQL: p.SQL, Params: encodeParams(p.Params), Status: QueryStateStatus(p.Status), StartedAt: p.StartedAt.UTC(),
		Rows: int(p.Rows), Truncated: p.Truncated,
		Progress: QueryProgress{ReadRows: int64(p.ReadRows), ReadBytes: int64(p.ReadBytes), ElapsedMs: int64(p.Millis)},
	}
	if p.Error != "" {
		state.Error = &QueryError{Code: QueryErrorCode(p.ErrorCode), Message: p.Error}
	}
	return state
}

func encodeParams(p map[string]string) QueryParams {
	if p == nil {
		return QueryParams{}
	}
	return p
}

func encodeFailure(f *workbench.Failure) *QueryError {
	if f == nil {
		return nil
	}
	return &QueryError{Code: QueryErrorCode(f.Code), Message: f.Message, Line: f.Line, Col: f.Col, Number: f.Number}
}

func encodeLimits(l workbench.Limits) SQLLimits {
	return SQLLimits{
		Seconds: l.Seconds, MemoryBytes: int64(l.MemoryBytes), ResultRows: int64(l.ResultRows), ReadRows: int64(l.ReadRows),
		ShownRows: workbench.ShownRows,
	}
}

func encodeSaved(s workbench.Saved) SavedQuery {
	return SavedQuery{Slug: s.Slug, Name: s.Name, SQL: s.SQL, Params: encodeParams(s.Params), SavedAt: s.SavedAt.UTC()}
}

// orZero is what a parameter holds, or nothing.
func orZero[T int](v *T) T {
	if v == nil {
		return 0
	}
	return *v
}
