package github

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/record"
)

func moved(id int, kind string, at time.Time) string {
	return fmt.Sprintf(`{"id":%d,"before":"%s","after":"AB","ref":"refs/heads/main","timestamp":%q,"activity_type":%q,"actor":{"login":"Ada","type":"User"}}`,
		id, strings.Repeat("0", 40), at.Format(time.RFC3339), kind)
}

func TestActivity(t *testing.T) {
	o := newOcto(t, "acme/shop", "acme/quiet")
	o.repos[1].PushedAt = ago(days(50))
	o.paged("/repos/acme/shop/activity", "["+moved(3, "force_push", ago(time.Hour))+","+moved(2, "pr_merge", ago(days(2)))+"]", "["+moved(1, "branch_creation", ago(days(3)))+"]")
	o.always("/repos/acme/quiet/activity", "[]")
	first := must(t, o.source().activity(), nil)
	want := record.Activity{
		Source: "github", Repo: "acme/shop", ID: "3", Kind: "force_push", Actor: human("ada"), Ref: "refs/heads/main", After: "ab", At: ago(time.Hour),
	}
	if len(first.Activities) != 3 || cmp.Diff(want, first.Activities[0]) != "" {
		t.Errorf("%+v", first.Activities)
	}
	if len(first.Covered) != 1 || first.Covered[0].Rows != 3 || !first.Covered[0].From.Equal(ago(days(3))) {
		t.Errorf("ledger: %+v", first.Covered)
	}
	o.requests("")

	// An hour later nothing was pushed: nothing is asked. Then there is a push, and what is known is not read again.
	o.now = today.Add(2 * time.Hour)
	if g := must(t, o.source().activity(), first.Cursor); len(o.requests("/activity")) != 0 || g.Requests != 1 {
		t.Errorf("a repository without a push was asked: %d requests", g.Requests)
	}
	o.repos[0].PushedAt = o.now
	o.paged("/repos/acme/shop/activity", "["+moved(4, "push", o.now)+","+moved(3, "force_push", ago(time.Hour))+"]", "["+moved(2, "pr_merge", ago(days(2)))+"]")
	second := must(t, o.source().activity(), first.Cursor)
	if len(second.Activities) != 1 || len(o.requests("/activity")) != 1 {
		t.Errorf("%+v", second.Activities)
	}
	o.now = today.Add(days(2))
	must(t, o.source().activity(), second.Cursor)
	if len(o.requests("/activity")) != 2 {
		t.Error("once a day each is asked, pushed or not")
	}
}

// A walk that was cut short goes on from its page, or from the beginning when that page is refused.
func TestActivityResumes(t *testing.T) {
	o := newOcto(t, "acme/shop")
	var pages []string
	for p := range 15 {
		var page []string
		for i := range 100 {
			page = append(page, moved(1500-p*100-i, "push", ago(time.Duration(p*100+i)*time.Hour)))
		}
		pages = append(pages, "["+strings.Join(page, ",")+"]")
	}
	o.paged("/repos/acme/shop/activity", pages...)
	var cut gathered
	for b, err := range o.source().activity().Collect(t.Context(), nil) {
		if err != nil {
			t.Fatal(err)
		}
		cut.join(b)
		break
	}
	o.requests("")
	rest := must(t, o.source().activity(), cut.Cursor)
	if n := len(cut.Activities) + len(rest.Activities); n != 1500 || len(cut.Activities) < sweepRows || len(o.requests("/activity")) != 5 {
		t.Errorf("%d and %d", len(cut.Activities), len(rest.Activities))
	}
	served := 0
	o.on("/repos/acme/shop/activity", func(w http.ResponseWriter, r *http.Request) any {
		if r.URL.Query().Get("cursor") != "" {
			refuse(w, http.StatusUnprocessableEntity, "bad cursor")
			return nil
		}
		served++
		return "[" + moved(1, "push", ago(0)) + "]"
	})
	broken := must(t, o.source().activity(), cut.Cursor)
	if len(broken.Covered) != 1 || broken.Covered[0].Error == "" {
		t.Errorf("ledger: %+v", broken.Covered)
	}
	if g := must(t, o.source().activity(), broken.Cursor); served != 1 || len(g.Activities) != 1 {
		t.Errorf("it does not begin anew: %+v", g.Activities)
	}
}

func TestActivitySample(t *testing.T) {
	all, err := parseActivity(sample(t, "permissions/github-repo-activity.json"), "octocat/Hello-World")
	if err != nil || len(all) != 1 || all[0].Kind != "push" || all[0].Actor.Login != "octocat" || all[0].At.Year() != 2011 {
		t.Errorf("%v, %+v", err, all)
	}
}

// One repository that fails, and one that is not there, stop no other; a server that is down is not asked for each of them.
func TestSweepGoesOn(t *testing.T) {
	o := newOcto(t, "acme/a", "acme/b", "acme/c", "acme/d")
	o.always("/repos/acme/a/activity", `{"what":"is this"}`)
	o.always("/repos/acme/c/activity", "["+moved(1, "push", ago(time.Hour))+"]")
	o.refuses("/repos/acme/d/activity", http.StatusForbidden, "no")
	g := must(t, o.source().activity(), nil)
	if len(g.Activities) != 1 || len(g.Covered) != 4 {
		t.Fatalf("%+v", g.Covered)
	}
	if c := g.Covered; c[0].Error == "" || c[1].Absent == "" || c[2].Rows != 1 || c[3].Absent == "" {
		t.Errorf("ledger: %+v", c)
	}

	o = newOcto(t, "acme/a", "acme/b", "acme/c", "acme/d", "acme/e", "acme/f", "acme/g")
	_, err := run(t, o.source().activity(), nil)
	wantAbsent(t, err)
	if n := len(o.requests("/activity")); n != hopeless {
		t.Errorf("%d repositories were asked for what none has", n)
	}
	for _, r := range o.repos {
		o.always("/repos/"+r.FullName+"/activity", `{"what":"is this"}`)
	}
	g, err = run(t, o.source().activity(), nil)
	if err == nil || !strings.Contains(err.Error(), "5 repositories") || len(g.Covered) != hopeless {
		t.Errorf("%v; %+v", err, g.Covered)
	}
}
