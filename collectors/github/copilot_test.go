package github

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/record"
)

const usageLine = `{"day":"2026-11-20","user_login":"Ada","user_initiated_interaction_count":3,"code_acceptance_activity_count":4,"loc_added_sum":50}`

// reports is a server of files that signed links lead to. It refuses whoever brings a token.
func reports(t *testing.T) *httptest.Server {
	files := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "" {
			t.Errorf("a signed link is given the token %q", r.Header.Get("Authorization"))
		}
		if r.URL.Query().Get("sig") != "s3cret" {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		if strings.Contains(r.URL.Path, "users") {
			fmt.Fprint(w, usageLine+"\n"+strings.ReplaceAll(usageLine, "Ada", "bea")+"\n")
			return
		}
		fmt.Fprint(w, `{"day":"2026-11-20"}`)
	}))
	t.Cleanup(files.Close)
	return files
}

func TestCopilotUsage(t *testing.T) {
	o, files := newOcto(t), reports(t)
	for _, report := range []string{"users-1-day", "organization-1-day", "repos-1-day"} {
		o.on("/orgs/acme/copilot/metrics/reports/"+report, func(w http.ResponseWriter, r *http.Request) any {
			switch r.URL.Query().Get("day") {
			case "2026-11-20":
				return map[string]any{"download_links": []string{files.URL + "/" + report + "?sig=s3cret"}, "report_day": "2026-11-20"}
			case "2026-11-22":
				refuse(w, http.StatusNotFound, "not ready")
			default:
				w.WriteHeader(http.StatusNoContent)
			}
			return nil
		})
	}
	since, _ := encode(copilotCursor{Until: "2026-11-18"})
	g := must(t, o.source().copilotUsage(), since)
	day := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	want := []record.Usage{
		{Account: human("ada"), Tool: "copilot", Day: day, Interactions: 7, Lines: 50},
		{Account: human("bea"), Tool: "copilot", Day: day, Interactions: 7, Lines: 50},
	}
	if diff := cmp.Diff(want, g.Usage); diff != "" {
		t.Error(diff)
	}
	if len(g.Payloads) != 2 || g.Payloads[1].Kind != "copilot repos-1-day" || len(g.Covered) != 1 || g.Covered[0].Rows != 2 {
		t.Errorf("%+v, %+v", g.Payloads, g.Covered)
	}
	if got := decode[copilotCursor](g.Cursor).Until; got != "2026-11-19" {
		t.Errorf("the last four days are asked for again, and the cursor stands at %s", got)
	}
	o.requests("")
	must(t, o.source().copilotUsage(), g.Cursor)
	if asked := o.requests("users-1-day"); len(asked) != 4 || !strings.Contains(asked[0], "day=2026-11-19") {
		t.Errorf("asked %q", asked)
	}
}

// The first runs share a year between them.
func TestCopilotFirstYear(t *testing.T) {
	o := newOcto(t)
	for _, report := range []string{"users-1-day", "organization-1-day", "repos-1-day"} {
		o.on("/orgs/acme/copilot/metrics/reports/"+report, func(w http.ResponseWriter, r *http.Request) any {
			w.WriteHeader(http.StatusNoContent)
			return nil
		})
	}
	asked := map[string]bool{}
	var cursor record.Cursor
	for n := range 5 {
		g := must(t, o.source().copilotUsage(), cursor)
		cursor = g.Cursor
		for _, a := range o.requests("users-1-day") {
			asked[a] = true
		}
		if n < 3 && g.batches != reportsARun {
			t.Errorf("run %d asked for %d days", n, g.batches)
		}
	}
	if len(asked) != reportsKept || decode[copilotCursor](cursor).Until != "2026-11-19" {
		t.Errorf("%d days, until %s", len(asked), cursor)
	}
}

func TestCopilotIsAbsent(t *testing.T) {
	for _, code := range []int{http.StatusForbidden, http.StatusNotFound} {
		o := newOcto(t)
		o.refuses("/orgs/acme/copilot/metrics/reports/users-1-day", code, "no")
		_, err := run(t, o.source().copilotUsage(), nil)
		wantAbsent(t, err)
		if n := len(o.requests("users-1-day")); n > reportsLate {
			t.Errorf("%d requests for nothing", n)
		}
		o.refuses("/orgs/acme/copilot/billing/seats", code, "no")
		_, err = run(t, o.source().copilotSeats(), nil)
		wantAbsent(t, err)
	}
}

// A link that does not work is an error, and nobody who reads it can use the link.
func TestCopilotLinkThatFails(t *testing.T) {
	o, files := newOcto(t), reports(t)
	for name, link := range map[string]string{"refused": files.URL + "/users?sig=wr0ng", "no server": "http://127.0.0.1:1/users?sig=wr0ng", "no address": ":wr0ng"} {
		o.always("/orgs/acme/copilot/metrics/reports/users-1-day", map[string]any{"download_links": []string{link}})
		since, _ := encode(copilotCursor{Until: "2026-11-18"})
		g, err := run(t, o.source().copilotUsage(), since)
		if err == nil || strings.Contains(err.Error(), "wr0ng") || len(g.Usage) != 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestUserReports(t *testing.T) {
	day := time.Date(2026, 3, 3, 0, 0, 0, 0, time.UTC)
	for text, want := range map[string]string{
		"":        "[]",
		usageLine: "[ada 2026-11-20 7 50]",
		`{"user_totals":[{"login":"x","loc_added_sum":-1,"code_acceptance_activity_count":1e12}]}`: "[x 2026-03-03 4294967295 0]",
		`{"day_totals":[` + usageLine + `]} ` + usageLine:                                          "[ada 2026-11-20 7 50 ada 2026-11-20 7 50]",
		`{"user_initiated_interaction_count":3}`:                                                   "[]",
		`{"user_login":"x"`:                                                                        "error",
		`{"user_login":"x","day":"20.11."}`:                                                        "error",
		`[1]`:                                                                                      "error",
	} {
		rows, err := parseUserReport([]byte(text), day)
		got := []string{}
		for _, r := range rows {
			got = append(got, fmt.Sprintf("%s %s %d %d", r.Account.Login, r.Day.Format(time.DateOnly), r.Interactions, r.Lines))
		}
		if s := fmt.Sprint(got); err != nil && want != "error" || err == nil && s != want {
			t.Errorf("%s: %s, %v", text, s, err)
		}
	}
}

func TestCopilotSamples(t *testing.T) {
	rows, err := parseUserReport(sample(t, "usage/copilot/organization-users-1-day-report.json"), today)
	if err != nil || len(rows) == 0 || rows[0].Account.Login != "hubot" || rows[0].Interactions != 48 || rows[0].Lines != 435 || rows[0].Day.Format(time.DateOnly) != "2026-04-25" {
		t.Errorf("%v, %+v", err, rows)
	}
	rows, err = parseUserReport(sample(t, "usage/copilot/enterprise-users-1-day-report.json"), today)
	if err != nil || len(rows) == 0 || rows[0].Account.Login != "octocat" || rows[0].Interactions != 56 || rows[0].Lines != 145 {
		t.Errorf("%v, %+v", err, rows)
	}
	seats, listed, total, err := parseSeats(sample(t, "usage/copilot/organization_seats.json"))
	if err != nil || listed != total || len(seats) != 9 || seats[0].Account.Login != "monalisa" || seats[0].Plan != "enterprise" {
		t.Errorf("%v, %d of %d, %+v", err, listed, total, seats)
	}
}

func TestCopilotSeats(t *testing.T) {
	o := newOcto(t)
	o.paged("/orgs/acme/copilot/billing/seats",
		`{"total_seats":3,"seats":[{"created_at":"2026-01-03T09:00:00Z","last_activity_at":"2026-11-01T12:00:00Z","plan_type":"business","assignee":{"login":"Ada","type":"User"}},{"assignee":null}]}`,
		`{"total_seats":3,"seats":[{"created_at":"2026-02-03T09:00:00Z","last_activity_at":null,"assignee":{"login":"bea","type":"User"}}]}`, "no such page")
	g := must(t, o.source().copilotSeats(), nil)
	at := func(s string) time.Time {
		v, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	want := []record.Seat{
		{Account: human("ada"), Tool: "copilot", Plan: "business", CreatedAt: at("2026-01-03T09:00:00Z"), LastActiveAt: at("2026-11-01T12:00:00Z"), SeenAt: today},
		{Account: human("bea"), Tool: "copilot", CreatedAt: at("2026-02-03T09:00:00Z"), SeenAt: today},
	}
	if diff := cmp.Diff(want, g.Seats); diff != "" {
		t.Error(diff)
	}
	if again := must(t, o.source().copilotSeats(), g.Cursor); again.batches != 0 {
		t.Error("it is taken twice a day")
	}
	o.paged("/orgs/acme/copilot/billing/seats", `{"total_seats":300,"seats":[]}`)
	if _, err := run(t, o.source().copilotSeats(), nil); err == nil || !strings.Contains(err.Error(), "0 of 300") {
		t.Errorf("seats that are not listed are none: %v", err)
	}
}
