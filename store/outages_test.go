package store_test

import (
	"testing"
	"time"

	"github.com/baserate/baserate/store/storetest"
)

// An outage comes with the change that is taken for its cause, those that are not, and what sources state, each told apart.
func TestOutage(t *testing.T) {
	s := storetest.Open(t)
	began := time.Date(2026, 10, 1, 10, 0, 0, 0, time.UTC)
	landed := []time.Time{began.Add(-time.Hour), began.Add(-2 * time.Hour)}
	insert := func(into string, columns ...any) {
		t.Helper()
		if err := s.Insert(t.Context(), "INSERT INTO "+into, columns); err != nil {
			t.Fatal(err)
		}
	}
	insert("incidents (source, id, title, severity, started_at)", []string{"pd"}, []string{"o/r#7"}, []string{"Lock"}, []uint8{2}, []time.Time{began})
	insert("changes (change_id, repo, sha, title, landed_at, author_class, permission, review_state)", []string{"o/r@a", "o/r@b"}, []string{"o/r", "o/r"},
		[]string{"a", "b"}, []string{"Move", "Keep"}, landed, []string{"ai_agent", "human"}, []string{"operator", "write"}, []string{"none", "independent"})
	insert("candidates (repo, source, incident, sha, method, score, landed_at, started_at, rejected, version)", []string{"o/r", "o/r"}, []string{"pd", "pd"},
		[]string{"o/r#7", "o/r#7"}, []string{"a", "b"}, []string{"confirmed", "declared"}, []float32{1, 0.95}, landed, []time.Time{began, began}, []bool{false, true}, []uint64{1, 1})
	insert("causes (repo, source, incident, role, kind, ref, method, score, stated_at)", []string{"o/r"}, []string{"pd"}, []string{"o/r#7"}, []string{"cause"},
		[]string{"commit"}, []string{"b"}, []string{"declared"}, []float32{0.95}, []time.Time{began})

	d, found, err := s.Outage(t.Context(), "pd:o/r#7")
	if err != nil || !found {
		t.Fatal(found, err)
	}
	if o := d.Outage; o.ChangeID != "o/r@a" || o.Cause != "change" || o.Minutes != nil || o.Ended != nil || o.Severity != 2 || !o.LandedAt.Equal(landed[0]) {
		t.Errorf("%+v", o)
	}
	if len(d.Candidates) != 2 || len(d.Statements) != 1 {
		t.Fatalf("%+v", d)
	}
	if c := d.Candidates[0]; !c.Chosen || c.Decision != "confirmed" || c.Permission != "operator" || c.Score != 1 {
		t.Errorf("%+v", c)
	}
	if c := d.Candidates[1]; c.Chosen || c.Decision != "rejected" || c.ChangeID != "o/r@b" {
		t.Errorf("%+v", c)
	}
	if st := d.Statements[0]; st.Role != "cause" || st.Ref != "b" {
		t.Errorf("%+v", st)
	}
	// Nor does the view for analysts say how long one lasts that is still open.
	open, err := s.Table(t.Context(), "SELECT incident FROM baserate.incidents WHERE incident = 'pd:o/r#7' AND minutes IS NULL", nil)
	if err != nil || len(open.Rows) != 1 {
		t.Errorf("open incidents without minutes: %v, %v; want one", open.Rows, err)
	}
	if _, found, err := s.Outage(t.Context(), "pd:none"); found || err != nil {
		t.Error(found, err)
	}
}
