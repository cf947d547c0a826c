package api

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/oapi-codegen/runtime/types"

	"github.com/baserate/baserate/analysis"
)

func (h *handlers) GetDigest(c echo.Context, week string) error {
	d, err := h.digest(c.Request().Context(), week)
	if err != nil {
		return err
	}
	return respond(c, d)
}

func (h *handlers) GetDigestMarkdown(c echo.Context, week string) error {
	d, err := h.digest(c.Request().Context(), week)
	if err != nil {
		return err
	}
	path, _, _ := strings.Cut(c.Request().RequestURI, "/api/v1/") // of the demo fleet's pages too
	text := []byte(d.markdown(c.Scheme() + "://" + c.Request().Host + path))
	return answer(c, "text/markdown; charset=utf-8", tagOf(text), askAgain, text)
}

// newestWeek stands for the newest week with recorded answers.
const newestWeek = "newest"

// digest tells what a week brought. What is over does not change any more: it is made of recorded answers alone.
func (h *handlers) digest(ctx context.Context, week string) (Digest, error) {
	past, weeks, err := h.histories(ctx)
	if err != nil {
		return Digest{}, err
	}
	if week == newestWeek && len(weeks) > 0 {
		week = weekOf(weeks[len(weeks)-1])
	} else if week == newestWeek {
		week = weekOf(time.Now())
	}
	begins, ok := mondayOf(week)
	if !ok {
		return Digest{}, &problem{code: invalidParameter, field: "week", detail: fmt.Sprintf("There is no week %q. ISO weeks are written 2026-W40.", week)}
	}
	recorded, err := h.recorded(ctx, types.Date{Time: begins})
	if known := (*problem)(nil); errors.As(err, &known) {
		known.field = "week"
	}
	if err != nil {
		return Digest{}, err
	}
	list, err := DecodeRecorded(recorded, begins, Context{})
	if err != nil {
		return Digest{}, err
	}
	d := digestOf(list.Claims, past, begins)
	d.Over = !time.Now().Before(begins.AddDate(0, 0, 7))
	d.Before, d.After = besides(weeks, begins)
	return d, nil
}

// histories are the recorded answers of every claim, oldest first, and the Mondays of the weeks that have any.
func (h *handlers) histories(ctx context.Context) (map[string][]analysis.Recorded, []time.Time, error) {
	definitions, err := analysis.Definitions()
	if err != nil {
		return nil, nil, err
	}
	past := make(map[string][]analysis.Recorded, len(definitions))
	var weeks []time.Time
	for _, d := range definitions {
		if past[d.ID], err = h.options.Ledger.History(ctx, d.ID); err != nil {
			return nil, nil, err
		}
		for _, r := range past[d.ID] {
			weeks = append(weeks, r.Week)
		}
	}
	slices.SortFunc(weeks, time.Time.Compare)
	return past, slices.CompactFunc(weeks, time.Time.Equal), nil
}

// besides are the nearest recorded weeks before and after one.
func besides(weeks []time.Time, monday time.Time) (before, after *string) {
	for _, w := range weeks {
		switch {
		case w.Before(monday):
			before = optional(weekOf(w))
		case w.After(monday) && after == nil:
			after = optional(weekOf(w))
		}
	}
	return before, after
}

// digestOf sorts the answers of the week that begins on a Monday. A change is told in the week that it came, and in no other.
func digestOf(claims []Claim, past map[string][]analysis.Recorded, begins time.Time) Digest {
	d := Digest{Week: weekOf(begins), From: types.Date{Time: begins}, First: true}
	told := map[DigestSectionID][]DigestItem{}
	for _, claim := range claims {
		now, before := around(past[claim.ID], begins)
		d.First = d.First && before == nil
		id := sectionOf(claim, now)
		told[id] = append(told[id], digestItem(claim, now, before))
		switch claim.ID {
		case "adoption":
			told[SectionAdoption] = append(told[SectionAdoption], digestItem(claim, nil, nil))
		case "second_person":
			told[SectionReviews] = append(told[SectionReviews], digestItem(claim, nil, nil))
		}
	}
	for _, s := range digestSections {
		if items := told[s.ID]; len(items) > 0 || s.always {
			d.Sections = append(d.Sections, DigestSection{ID: s.ID, Title: s.title(d.First), Items: append([]DigestItem{}, items...)})
		}
	}
	d.Headline = headline(d.First, len(told[SectionChanged])+len(told[SectionLimits]))
	return d
}

// around are the answer of a week, and the last one of the weeks before.
func around(past []analysis.Recorded, begins time.Time) (now, before *analysis.Recorded) {
	for i := range past {
		switch {
		case past[i].Week.Equal(begins):
			now = &past[i]
		case past[i].Week.Before(begins):
			before = &past[i]
		}
	}
	return now, before
}

func sectionOf(claim Claim, now *analysis.Recorded) DigestSectionID {
	switch {
	case now != nil && now.Redefined:
		return SectionRedefined
	case now != nil && now.Flipped && claim.Target != nil:
		return SectionLimits
	case now != nil && now.Flipped:
		return SectionChanged
	}
	return SectionSame
}

func digestItem(claim Claim, now, before *analysis.Recorded) DigestItem {
	i := DigestItem{
		Claim: claim.ID, Question: claim.Question, Code: claim.Answer.Code, Word: claim.Answer.Word,
		Sentence: claim.Answer.Sentence, Detail: claim.Answer.Detail,
	}
	if now != nil && before != nil && (now.Flipped || now.Redefined) {
		i.Before = &DigestBefore{Code: AnswerCode(before.Code), Word: before.Word}
	}
	return i
}

func headline(first bool, changed int) string {
	switch {
	case first:
		return "These are the first answers."
	case changed == 0:
		return "No answer changed."
	case changed == 1:
		return "1 answer changed."
	}
	return fmt.Sprintf("%d answers changed.", changed)
}
