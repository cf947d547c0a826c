package figures_test

import (
	"testing"
	"time"

	"github.com/baserate/baserate/analysis"
	"github.com/baserate/baserate/analysis/figures"
	"github.com/baserate/baserate/store/storetest"
)

func rights() []released {
	return batch(
		many(6, released{class: "ai_agent", level: "operator", usual: "write", review: "none"}), many(2, released{class: "ai_agent", level: "operator", usual: "operator"}),
		many(4, released{class: "ai_agent", level: "write", usual: "admin"}), many(3, released{class: "ai_agent", level: "unknown", usual: "write"}),
		many(1, released{class: "ai_agent", level: "operator", review: "not_collected"}),
		many(10, released{class: "unknown", level: "admin", usual: "write"}), many(2, released{class: "ai_assisted", level: "operator", people: 4}),
	)
}

// What could not be collected is in no share, and the limit stands beside the share that it is for.
func TestPermissionsByClass(t *testing.T) {
	s := storetest.Open(t)
	release(t, s, rights())
	rows := read(t, &figures.Reader{Store: s}, "permissions_classes", figures.Filter{})
	if len(rows) != 4 {
		t.Fatal(rows)
	}
	rows[1].holds(t, "agents", line{
		"written_by": "ai_agent", "known": 13, "operator": 9, "operator_collected": 8, "operator_skipped": 6, "skipped_share": 0.75, "limit": 0.05,
		"usual_known": 12, "raised": 6, "raised_share": 0.5, "unknown": 3, "hidden": "",
	})
	rows[2].holds(t, "assisted", line{"known": nil, "operator": nil, "operator_share": nil, "raised": nil, "hidden": "fewer than five people stand behind them"})
	rows[3].holds(t, "no AI", line{"written_by": "no_ai", "operator": 0, "operator_collected": 0, "skipped_share": nil, "raised": 10, "raised_share": 1.0})
}

// The numbers are those of the claims permissions and second_person.
func TestPermissionsAgreeWithTheClaims(t *testing.T) {
	s := storetest.Open(t)
	release(t, s, rights())
	claims := []analysis.Claim{claimOf(t, s, "permissions"), claimOf(t, s, "second_person")}
	rows := read(t, &figures.Reader{Store: s}, "permissions_classes", figures.Filter{})
	rows[1].holds(t, "operator", line{"operator": *measure(t, claims, "permissions", "levels", "operator ai_agent").Part})
	rows[1].holds(t, "unknown", line{"unknown": *measure(t, claims, "permissions", "levels", "unknown ai_agent").Part})
	for place, class := range map[int]string{1: "ai_agent", 3: "no_ai"} {
		raised := measure(t, claims, "permissions", "raised", "raised "+class)
		rows[place].holds(t, class, line{"raised": *raised.Part, "usual_known": *raised.Of})
	}
	unseen := measure(t, claims, "second_person", "unseen_permission", "unseen ai_agent operator")
	rows[1].holds(t, "unseen", line{"operator_skipped": *unseen.Part, "operator_collected": *unseen.Of})
}

// A cell of 99 changes has no rate. Cells are of changes with AI, or of the classes that are asked for; all lie in one.
func TestPermissionsByReview(t *testing.T) {
	s := storetest.Open(t)
	hour := time.Hour
	release(t, s, batch(
		many(3, released{class: "ai_agent", incident: hour}), many(97, released{class: "ai_assisted"}), many(99, released{class: "ai_agent", review: "stale"}),
		many(60, released{class: "ai_agent", review: "none", level: "operator"}), many(60, released{class: "ai_agent", review: "bypassed", level: "operator", incident: hour}),
		many(200, released{class: "human", incident: hour}), many(5, released{class: "ai_agent", review: "not_collected"}), many(5, released{class: "ai_agent", level: "unknown"}),
	))
	r := &figures.Reader{Store: s}
	rows := read(t, r, "permissions_reviews", figures.Filter{})
	if len(rows) != 3 {
		t.Fatal(rows)
	}
	rows[0].holds(t, "approved", line{"permission": "write", "review": "independent", "changes": 100, "few": false, "mistakes": 3, "per_1000": 30.0})
	rows[1].holds(t, "stale", line{"review": "another_state", "changes": 99, "few": true, "mistakes": nil, "per_1000": nil})
	rows[2].holds(t, "operator", line{"permission": "operator", "review": "none", "changes": 120, "mistakes": 60, "per_1000": 500.0})
	human := read(t, r, "permissions_reviews", figures.Filter{Classes: []string{"human"}})
	if len(human) != 1 {
		t.Fatal(human)
	}
	human[0].holds(t, "human", line{"changes": 200, "per_1000": 1000.0, "ratio": 1.0})
}

// A ratio is to the changes of the same permission that a second person approved, of ten mistakes or more on both sides.
func TestPermissionsRatios(t *testing.T) {
	s := storetest.Open(t)
	hour := time.Hour
	release(t, s, batch(
		many(10, released{class: "ai_agent", incident: hour}), many(90, released{class: "ai_agent"}),
		many(30, released{class: "ai_agent", review: "none", incident: hour}), many(70, released{class: "ai_agent", review: "none"}),
		many(9, released{class: "ai_agent", review: "self", incident: hour}), many(91, released{class: "ai_agent", review: "self"}),
		many(100, released{class: "ai_agent", review: "none", level: "operator", incident: hour}),
	))
	rows := read(t, &figures.Reader{Store: s}, "permissions_reviews", figures.Filter{})
	for i, want := range []any{1.0, nil, 3.0, nil} {
		if rows[i]["ratio"] != want {
			t.Errorf("row %d: %v, want a ratio of %v", i, rows[i], want)
		}
	}
}

// The counts of a week add up to its changes of known permission; lists are of what they say.
func TestPermissionsLists(t *testing.T) {
	s := storetest.Open(t)
	release(t, s, rights())
	r := &figures.Reader{Store: s}
	for _, row := range read(t, r, "permissions_weeks", figures.Filter{}) {
		var sum uint64
		for _, level := range []string{"reading", "write", "maintain", "admin", "operator"} {
			sum += row[level].(uint64)
		}
		if row["known"] != sum || row["written_by"] == "ai_assisted" {
			t.Errorf("%v", row)
		}
	}
	if raised := read(t, r, "permissions_raised", figures.Filter{Classes: []string{"ai_agent"}}); len(raised) != 6 || raised[0]["usual"] != "write" || raised[0]["permission"] != "operator" {
		t.Errorf("%v", raised)
	}
	repos := read(t, r, "permissions_repos", figures.Filter{})
	if len(repos) != 1 {
		t.Fatal(repos)
	}
	repos[0].holds(t, "repository", line{"repo": "o/r", "operator": 9, "known": 13, "skipped": 6})
}

// An override is listed with its change, or without one where none is found.
func TestBypasses(t *testing.T) {
	s := storetest.Open(t)
	release(t, s, []released{{class: "ai_agent", review: "bypassed"}})
	err := s.Insert(t.Context(), "INSERT INTO bypasses (repo, source, id, sha, at, rules, asks_review, version)", []any{
		[]string{"o/r", "o/r"},
		[]string{"github", "github"},
		[]string{"1", "2"},
		[]string{"0000000000000000000000000000000000000000", ""},
		[]time.Time{monday(1), monday(2)},
		[][]string{{"pull_request"}, {}},
		[]bool{true, true},
		[]uint64{1, 1},
	})
	if err != nil {
		t.Fatal(err)
	}
	r := &figures.Reader{Store: s}
	rows := read(t, r, "permissions_bypasses", figures.Filter{})
	if len(rows) != 2 {
		t.Fatal(rows)
	}
	rows[0].holds(t, "without a change", line{"at": monday(2), "change_id": nil, "class": nil, "review_state": nil})
	rows[1].holds(t, "with one", line{"class": "ai_agent", "review_state": "bypassed", "asks_review": true})
	if some := read(t, r, "permissions_bypasses", figures.Filter{Classes: []string{"human"}}); len(some) != 0 {
		t.Errorf("%v", some)
	}
}
