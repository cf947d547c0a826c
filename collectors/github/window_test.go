package github

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// A server that gives all issues whatever since says: what is older is not told again, and the next run begins where it should.
func TestTrap09IssuesSinceIgnored(t *testing.T) {
	o := newOcto(t, "acme/shop", "acme/till")
	all := []filed{{1, "incident", ago(days(9)), ""}, {2, "incident", ago(days(8)), ""}}
	for _, repo := range []string{"acme/shop", "acme/till"} {
		o.always("/repos/"+repo+"/issues", "["+all[0].text()+","+all[1].text()+"]")
	}
	first := must(t, o.source().issues(), nil)
	if len(first.Incidents) != 4 || len(first.Warnings) != 0 {
		t.Fatalf("%+v, %+v", first.Incidents, first.Warnings)
	}
	o.now = today.Add(time.Hour)
	all = append(all, filed{3, "incident", today.Add(time.Minute), ""})
	o.always("/repos/acme/shop/issues", "["+all[0].text()+","+all[1].text()+","+all[2].text()+"]")
	second := must(t, o.source().issues(), first.Cursor)
	if len(second.Incidents) != 1 || second.Incidents[0].ID != "3" {
		t.Errorf("%+v, want what is new alone", second.Incidents)
	}
	if codes(second.Warnings) != "filter_ignored" || second.Warnings[0].Loss || second.Warnings[0].Subject != "acme/shop" {
		t.Errorf("%+v, want that it is said once", second.Warnings)
	}
	for id, st := range decode[*sweep[issueState]](second.Cursor).Parts {
		if !st.Since["incident"].Equal(o.now.Add(-overlap)) {
			t.Errorf("repository %s: the next run asks from %v on, want %v", id, st.Since["incident"], o.now.Add(-overlap))
		}
	}
}

// Of a list that is longer than what is given of it, and begins with what was not asked for, the end cannot be had: an error says
// so, and the next run asks from the same time on.
func TestTrap09IssuesSinceIgnoredInALongList(t *testing.T) {
	o := newOcto(t, "acme/shop")
	calls := 0
	o.on("/repos/acme/shop/issues", func(w http.ResponseWriter, r *http.Request) any {
		calls++
		page := 1
		fmt.Sscan(r.URL.Query().Get("page"), &page)
		w.Header().Set("Link", fmt.Sprintf(`<%s/repos/acme/shop/issues?page=%d>; rel="next"`, o.URL, page+1))
		return "[" + filed{page, "incident", ago(days(90)).Add(time.Duration(page) * time.Second), ""}.text() + "]"
	})
	since := ago(days(1))
	cursor, _ := encode(&sweep[issueState]{Parts: map[string]issueState{"1": {Since: map[string]time.Time{"incident": since}}}})
	g := must(t, o.source().issues(), cursor)
	if len(g.Incidents) != 0 || calls > issuePages || len(g.Covered) != 1 || !strings.Contains(g.Covered[0].Error, "does not heed since=") {
		t.Errorf("%d calls, %d incidents, %+v", calls, len(g.Incidents), g.Covered)
	}
	if at := decode[*sweep[issueState]](g.Cursor).Parts["1"].Since["incident"]; !at.Equal(since) {
		t.Errorf("the watermark went from %v to %v", since, at)
	}
}

func TestTrap09AuditPhraseIgnored(t *testing.T) {
	o := newOcto(t, "acme/shop")
	o.paged("/orgs/acme/audit-log",
		"["+entry("1", "repo.destroy", ago(days(30)), `,"repo":"acme/old"`)+"]",
		"["+entry("2", "repo.destroy", ago(days(20)), `,"repo":"acme/older"`)+","+entry("3", "repo.destroy", ago(time.Minute), `,"repo":"acme/new"`)+"]")
	since, _ := encode(auditCursor{Until: ago(time.Hour)})
	g := must(t, o.source().audit(), since)
	if len(g.Actions) != 1 || g.Actions[0].ID != "3" || codes(g.Warnings) != "filter_ignored" {
		t.Errorf("%+v, %+v", g.Actions, g.Warnings)
	}
	if until := decode[auditCursor](g.Cursor).Until; !until.Equal(ago(time.Minute)) {
		t.Errorf("the watermark is at %v", until)
	}
}

func TestTrap09SuitePeriodIgnored(t *testing.T) {
	o := newOcto(t, "acme/shop")
	o.always("/orgs/acme/rulesets/rule-suites", "["+judged(1, 1, "pass", ago(days(9)))+","+judged(2, 1, "pass", ago(time.Minute))+"]")
	since, _ := encode(&sweep[descent]{Parts: map[string]descent{wholeList: {Until: ago(time.Hour)}}})
	g := must(t, o.source().suites(), since)
	if len(g.RuleSuites) != 1 || g.RuleSuites[0].ID != "2" || codes(g.Warnings) != "filter_ignored" {
		t.Errorf("%+v, %+v", g.RuleSuites, g.Warnings)
	}
	if d := decode[*sweep[descent]](g.Cursor).Parts[wholeList]; !d.Until.Equal(ago(overlap)) {
		t.Errorf("the watermark is at %v", d.Until)
	}
}

func TestTrap09AgentTasksSinceIgnored(t *testing.T) {
	o := newOcto(t, "acme/shop")
	o.always("/agents/repos/acme/shop/tasks", `{"tasks":[`+tasked("a", 1, `{"type":"pull","data":{"id":900}}`, ago(days(9)))+","+tasked("b", 1, "", ago(time.Minute))+`]}`)
	o.always("/user/1", `{"login":"Ada","type":"User"}`)
	since, _ := encode(&sweep[descent]{Parts: map[string]descent{"1": {Until: ago(time.Hour)}}})
	g := must(t, o.source().agentTasks(), since)
	if len(g.AgentTasks) != 2 || g.AgentTasks[0].ID != "b" || codes(g.Warnings) != "filter_ignored" { // of both lists, archived and not
		t.Errorf("%+v, %+v", g.AgentTasks, g.Warnings)
	}
	if asked := o.requests("/pulls"); len(asked) != 0 {
		t.Errorf("the pull request of a task that was not asked for was looked for: %q", asked)
	}
}

// A server that gives its newest report for every day: that is not what was asked for, and it is missing.
func TestTrap09ReportOfAnotherDay(t *testing.T) {
	o, files := newOcto(t), reports(t) // whose rows are of the 20th
	for name, named := range map[string]bool{"the answer names its day": true, "only the rows name it": false} {
		for _, report := range []string{"users-1-day", "organization-1-day", "repos-1-day"} {
			answer := map[string]any{"download_links": []string{files.URL + "/" + report + "?sig=s3cret"}}
			if named {
				answer["report_day"] = "2026-11-20"
			}
			o.always("/orgs/acme/copilot/metrics/reports/"+report, answer)
		}
		since, _ := encode(copilotCursor{Until: "2026-11-18"})
		g := must(t, o.source().copilotUsage(), since)
		if len(g.Usage) != 2 || g.Usage[0].Day.Day() != 20 || len(g.Covered) != 1 {
			t.Errorf("%s: %+v", name, g.Usage)
		}
		if len(g.Warnings) != 4 || codes(g.Warnings[:1]) != "filter_ignored" || !g.Warnings[0].Loss { // the 18th, 19th, 21st and 22nd
			t.Errorf("%s: %+v", name, g.Warnings)
		}
	}
}
