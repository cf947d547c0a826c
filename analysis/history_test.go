package analysis_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/baserate/baserate/analysis"
	"github.com/baserate/baserate/store/storetest"
)

// asJSON encodes a claim with what tells one recording from another.
func asJSON(c analysis.Claim) ([]byte, error) { return json.Marshal(c.Answer) }

func recordedOf(t *testing.T, all []analysis.Recorded, claim string) analysis.Recorded {
	t.Helper()
	for _, r := range all {
		if r.Claim == claim {
			return r
		}
	}
	t.Fatalf("claim %s is not among %d recorded", claim, len(all))
	return analysis.Recorded{}
}

// Two weeks with new facts between them: the first keeps its bytes, the second is written again until it is over.
func TestHistory(t *testing.T) {
	ctx := context.Background()
	s := storetest.Open(t)
	ledger := analysis.New(s)
	monday := time.Date(2026, 11, 16, 0, 0, 0, 0, time.UTC)
	now := monday.Add(50 * time.Hour)
	ledger.Now = func() time.Time { return now }
	record := func() {
		t.Helper()
		if err := ledger.Record(ctx, asJSON); err != nil {
			t.Fatal(err)
		}
	}
	asOf := func(at time.Time) analysis.Recorded {
		t.Helper()
		all, err := ledger.AsOf(ctx, at)
		if err != nil {
			t.Fatal(err)
		}
		if all[0].Claim != "mistakes" {
			t.Errorf("the ledger begins with mistakes, not %s", all[0].Claim)
		}
		return recordedOf(t, all, "share")
	}

	if _, err := ledger.AsOf(ctx, now); !errors.Is(err, analysis.ErrNotRecorded) {
		t.Errorf("before anything was recorded: %v", err)
	}
	record()
	first := asOf(now)
	if first.Code != analysis.NoData || !first.Week.Equal(monday) || first.Word != "Not enough data" || first.Definition < 1 || !first.AnsweredAt.Equal(now) {
		t.Errorf("first week: %+v", first)
	}
	if _, err := ledger.AsOf(ctx, monday.Add(-time.Second)); !errors.Is(err, analysis.ErrNotRecorded) {
		t.Errorf("the week before the first: %v", err)
	}

	now = now.AddDate(0, 0, 7)
	var f fleet
	f.cell("o/r", 0, "ai_agent", 10, 25, 0)
	f.cell("o/r", 0, "unknown", 10, 75, 0)
	f.save(t, s)
	record()
	if again := asOf(monday.AddDate(0, 0, 6)); !bytes.Equal(again.Body, first.Body) || again.Code != first.Code {
		t.Errorf("the first week was %s, is %s", first.Body, again.Body)
	}
	second := asOf(now)
	if second.Code != analysis.Described || !second.Week.Equal(monday.AddDate(0, 0, 7)) || !bytes.Contains(second.Body, []byte("25.0")) {
		t.Errorf("second week: %+v", second)
	}

	now = now.Add(24 * time.Hour)
	f.cell("o/r", 0, "ai_agent", 10, 100, 0)
	f.save(t, s)
	record()
	if later := asOf(now); bytes.Equal(later.Body, second.Body) || !later.AnsweredAt.Equal(now) || !later.Week.Equal(second.Week) {
		t.Errorf("the newest of the week does not win: %s", later.Body)
	}
	weeks, err := ledger.History(ctx, "share")
	if err != nil || len(weeks) != 2 || weeks[0].Flipped || !weeks[1].Flipped || weeks[1].Redefined {
		t.Errorf("history: %+v, %v", weeks, err)
	}
	if none, err := ledger.History(ctx, "never asked"); err != nil || len(none) != 0 {
		t.Errorf("a claim without a history: %v, %v", none, err)
	}

	now = monday
	if err := ledger.Record(ctx, asJSON); !errors.Is(err, analysis.ErrWeekClosed) {
		t.Errorf("a clock that went back: %v", err)
	}
	if again := asOf(monday); !bytes.Equal(again.Body, first.Body) {
		t.Error("a closed week was written again")
	}
}

// What an older version of a definition answered stays, and is told from a flip.
func TestHistoryKeepsOldDefinitions(t *testing.T) {
	ctx := context.Background()
	s := storetest.Open(t)
	for _, old := range []struct{ week, code string }{{"2026-11-09", "described"}, {"2026-11-16", "described"}} {
		sql := fmt.Sprintf(`INSERT INTO answers (claim, definition, week, code, word, body, answered_at, version)
			VALUES ('share', 0, '%s', '%s', 'Counted', 'old %s', '%s 08:00:00', 1)`, old.week, old.code, old.week, old.week)
		if err := s.Exec(ctx, sql, nil); err != nil {
			t.Fatal(err)
		}
	}
	ledger := analysis.New(s)
	ledger.Now = func() time.Time { return time.Date(2026, 11, 22, 23, 59, 59, 0, time.UTC) }
	if err := ledger.Record(ctx, asJSON); err != nil {
		t.Fatal(err)
	}
	weeks, err := ledger.History(ctx, "share")
	if err != nil || len(weeks) != 3 {
		t.Fatalf("history: %+v, %v", weeks, err)
	}
	if string(weeks[1].Body) != "old 2026-11-16" || weeks[1].Flipped {
		t.Errorf("the old version's answer of the same week: %+v", weeks[1])
	}
	if last := weeks[2]; !last.Flipped || !last.Redefined || last.Definition == 0 {
		t.Errorf("the new version's: %+v", last)
	}
	all, err := ledger.AsOf(ctx, time.Date(2026, 11, 16, 0, 0, 0, 0, time.UTC))
	if err != nil || recordedOf(t, all, "share").Definition == 0 {
		t.Errorf("as of that week the later version answers: %v, %v", all, err)
	}
	if all, err = ledger.AsOf(ctx, time.Date(2026, 11, 15, 0, 0, 0, 0, time.UTC)); err != nil || len(all) != 1 || string(all[0].Body) != "old 2026-11-09" {
		t.Errorf("as of the week before: %+v, %v", all, err)
	}
}

func TestRecordSaysWhatCouldNotBeEncoded(t *testing.T) {
	s := storetest.Open(t)
	broken := errors.New("broken")
	err := analysis.New(s).Record(context.Background(), func(c analysis.Claim) ([]byte, error) {
		if c.ID == "share" {
			return nil, broken
		}
		return nil, nil
	})
	if !errors.Is(err, broken) || err.Error() != "record answers: encode claim share: broken" {
		t.Errorf("%v", err)
	}
	if _, err := analysis.New(s).AsOf(context.Background(), time.Now()); !errors.Is(err, analysis.ErrNotRecorded) {
		t.Errorf("something was recorded all the same: %v", err)
	}
}
