package analysis

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/baserate/baserate/store"
)

// Recorded is the answer to a claim as it was given in one week.
type Recorded struct {
	Claim      string
	Definition int       // version of the definition that it answers
	Week       time.Time // its Monday, UTC
	Code       Code
	Word       string
	Body       []byte // as it was encoded then, byte for byte
	AnsweredAt time.Time

	// Flipped says that the code is another than the week before's, or than the last recorded before that; Redefined that the
	// definition is. Only History sets them.
	Flipped, Redefined bool
}

var (
	// ErrNotRecorded says that no answer was recorded by the time asked for.
	ErrNotRecorded = errors.New("no answers were recorded by then")
	// ErrWeekClosed says that answers of a later week are recorded, so that this one may not change any more.
	ErrWeekClosed = errors.New("the week is closed: answers of a later one are recorded")
)

// recordedRow is a row of the answers.
type recordedRow struct {
	Claim      string    `ch:"claim"`
	Definition uint32    `ch:"definition"`
	Week       time.Time `ch:"week"`
	Code       string    `ch:"code"`
	Word       string    `ch:"word"`
	Body       string    `ch:"body"`
	AnsweredAt time.Time `ch:"answered_at"`
}

func (r recordedRow) recorded() Recorded {
	return Recorded{
		Claim: r.Claim, Definition: int(r.Definition), Week: r.Week, Code: Code(r.Code), Word: r.Word, Body: []byte(r.Body), AnsweredAt: r.AnsweredAt,
	}
}

// Record keeps the answers of this week, each encoded: the newest of a week replace those before, and once a later week is
// recorded they never change. It returns ErrWeekClosed when the clock has gone back to such a week.
func (l *Ledger) Record(ctx context.Context, encode func(Claim) ([]byte, error)) error {
	now := l.now()
	week := weekOf(now)
	newest, err := store.Select[struct {
		Week time.Time `ch:"week"`
	}](ctx, l.Store, query("newest_week"), nil)
	if err != nil {
		return fmt.Errorf("record answers: newest week: %w", err)
	}
	if len(newest) > 0 && newest[0].Week.After(week) {
		return fmt.Errorf("record answers of %s: %w", week.Format(time.DateOnly), ErrWeekClosed)
	}
	claims, err := l.Claims(ctx)
	if err != nil {
		return fmt.Errorf("record answers: %w", err)
	}
	bodies := make([]string, len(claims))
	for i, c := range claims {
		body, err := encode(c)
		if err != nil {
			return fmt.Errorf("record answers: encode claim %s: %w", c.ID, err)
		}
		bodies[i] = string(body)
	}
	if err := l.Store.Insert(ctx, query("insert_answers"), answerColumns(claims, bodies, week, now, l.Store.Version())); err != nil {
		return fmt.Errorf("record answers of %s: %w", week.Format(time.DateOnly), err)
	}
	return nil
}

// answerColumns are in the order of the query insert_answers.
func answerColumns(claims []Claim, bodies []string, week, now time.Time, version uint64) []any {
	return []any{
		store.Column(claims, func(c *Claim) string { return c.ID }),
		store.Column(claims, func(c *Claim) uint32 { return uint32(c.Version) }),
		store.Repeat(len(claims), week),
		store.Column(claims, func(c *Claim) string { return string(c.Answer.Code) }),
		store.Column(claims, func(c *Claim) string { return c.Answer.Word }),
		bodies,
		store.Repeat(len(claims), now),
		store.Repeat(len(claims), version),
	}
}

// AsOf returns for every claim its answer of the newest recorded week that began at or before a time, in the order of the
// ledger; claims that are no longer in it come last. It returns ErrNotRecorded when nothing was recorded by then.
func (l *Ledger) AsOf(ctx context.Context, at time.Time) ([]Recorded, error) {
	day := at.UTC().Format(time.DateOnly)
	rows, err := store.Select[recordedRow](ctx, l.Store, query("answers_as_of"), store.Params{"day": day})
	if err != nil {
		return nil, fmt.Errorf("answers as of %s: %w", day, err)
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("answers as of %s: %w", day, ErrNotRecorded)
	}
	definitions, err := Definitions()
	if err != nil {
		return nil, err
	}
	place := func(r Recorded) int {
		if i := slices.IndexFunc(definitions, func(d Definition) bool { return d.ID == r.Claim }); i >= 0 {
			return i
		}
		return len(definitions)
	}
	all := make([]Recorded, len(rows))
	for i, r := range rows {
		all[i] = r.recorded()
	}
	slices.SortStableFunc(all, func(x, y Recorded) int { return place(x) - place(y) })
	return all, nil
}

// History returns every recorded answer to a claim, oldest first, and says where it flipped. There may be two of one week:
// of two versions of the definition. A claim that was never recorded has none.
func (l *Ledger) History(ctx context.Context, claim string) ([]Recorded, error) {
	rows, err := store.Select[recordedRow](ctx, l.Store, query("answers_of_claim"), store.Params{"claim": claim})
	if err != nil {
		return nil, fmt.Errorf("history of claim %s: %w", claim, err)
	}
	all := make([]Recorded, len(rows))
	for i, r := range rows {
		all[i] = r.recorded()
	}
	markFlips(all)
	return all, nil
}

// markFlips compares each answer with the last of the weeks before it.
func markFlips(all []Recorded) {
	for i := range all {
		for j := i - 1; j >= 0; j-- {
			if before := all[j]; before.Week.Before(all[i].Week) {
				all[i].Flipped = before.Code != all[i].Code
				all[i].Redefined = before.Definition != all[i].Definition
				break
			}
		}
	}
}

// weekOf is the Monday of the ISO week of a time, UTC.
func weekOf(t time.Time) time.Time {
	day := t.UTC().Truncate(24 * time.Hour)
	return day.AddDate(0, 0, -(int(day.Weekday())+6)%7)
}

func (l *Ledger) now() time.Time {
	if l.Now != nil {
		return l.Now()
	}
	return time.Now()
}
