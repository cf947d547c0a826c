package derive_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/storetest"
)

// shown are the rows of a query as text.
func shown(t *testing.T, s *store.Store, sql string) []string {
	t.Helper()
	rows, err := store.Select[struct {
		Row string `ch:"row"`
	}](context.Background(), s, sql, nil)
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	all := []string{}
	for _, r := range rows {
		all = append(all, r.Row)
	}
	return all
}

// When everything is derived, no view names anybody, and each has something to say.
func TestDerivedViewsNameNobody(t *testing.T) {
	s := storetest.Open(t)
	h := workday("o/r")
	for i := range h.told.Reviews {
		h.told.Reviews[i].ID = "review-" + h.told.Reviews[i].ID
	}
	for i := range 5 {
		h.member(fmt.Sprint("p-user", i), "core", github(fmt.Sprint("user", i)))
		h.told.Usage = append(h.told.Usage, record.Usage{Account: github(fmt.Sprint("user", i)), Tool: "copilot", Day: start, Interactions: 1})
	}
	h.told.Actions = []record.Action{{Source: "cloudtrail", ID: "1", At: start, System: "aws:1", Actor: record.Account{Source: "aws", Login: "ada"}, Verb: "iam:DeleteUser", Resource: "arn:aws:iam::1:user/ada"}}
	save(t, s, h.repo, h.batch())
	run(t, s)
	names := []string{"ada", "bob", "eve", "merger", "example.org", "p-", "user0"}
	for _, view := range shown(t, s, "SELECT name AS row FROM system.tables WHERE database = 'baserate'") {
		all := shown(t, s, "SELECT toString(tuple(*)) AS row FROM baserate."+view)
		if len(all) == 0 && view != "links" && view != "ref_updates" && view != "strata" {
			t.Errorf("%s is empty", view)
		}
		for _, row := range all {
			for _, name := range names {
				if strings.Contains(row, name) {
					t.Errorf("%s shows %s: %s", view, name, row)
				}
			}
		}
	}
}

// What reviewers were to a change, and what could be done by how many.
func TestReviewersAndHoldersAreTold(t *testing.T) {
	s := storetest.Open(t)
	h := &history{repo: "o/r"}
	h.member("p-ada", "", git("ada@example.org"), github("ada"), github("ada-work"))
	h.land("a", 2, "do it")
	h.pull(1, "ada", "a", 0)
	h.review(1, "bob", record.ReviewApproved, "head", 1)
	h.review(1, "ada-work", record.ReviewApproved, "first", 1)
	h.review(1, "ci[bot]", record.ReviewCommented, "head", 3)
	h.review(1, "", record.ReviewApproved, "head", 1)
	for i := range 5 {
		h.told.Permissions = append(h.told.Permissions,
			record.Permission{Repo: h.repo, Account: github(fmt.Sprint("writer", i)), Level: record.LevelAdmin, SeenAt: hour(0)},
			record.Permission{Repo: h.repo, Account: github(fmt.Sprint("writer", i)), Level: record.LevelWrite, Grant: "team", SeenAt: hour(1)})
	}
	h.told.Permissions = append(h.told.Permissions,
		record.Permission{Repo: h.repo, Account: github("root"), Level: record.LevelAdmin, SeenAt: hour(1)},
		record.Permission{Repo: h.repo, Account: record.Account{Source: "github", Login: "deployer", Kind: record.KindApp}, Level: record.LevelWrite, Grant: "installation", SeenAt: hour(1)})
	save(t, s, h.repo, h.batch())
	run(t, s)
	reviews := shown(t, s, "SELECT toString((reviewer, before_merge, on_last_commit)) AS row FROM baserate.reviews ORDER BY id")
	if diff := cmp.Diff([]string{"('person',true,true)", "('maker',true,false)", "('bot',false,true)", "('unknown',true,true)"}, reviews); diff != "" {
		t.Error(diff)
	}
	rights := shown(t, s, "SELECT toString((kind, level, grant, accounts)) AS row FROM baserate.permissions ORDER BY row")
	if diff := cmp.Diff([]string{"('app','write','installation',1)", "('person','admin','',NULL)", "('person','write','team',5)"}, rights); diff != "" {
		t.Error(diff)
	}
}

// Which environments are production is said by their names, and by a table that goes before them.
func TestProductionIsATable(t *testing.T) {
	s := storetest.Open(t)
	h := &history{repo: "o/r"}
	h.land("a", 0, "a")
	names := []string{"production", "Production (blue)", "prod-eu", "live", "", "staging", "pre-production", "preprod", "123", "customers", "prod-sandbox"}
	for i, name := range names {
		h.deploy(fmt.Sprint(i), "a", 1, true).Environment = name
	}
	save(t, s, h.repo, h.batch())
	run(t, s)
	production := func() []string {
		return shown(t, s, "SELECT toString(environment) AS row FROM baserate.deployments WHERE production ORDER BY toUInt8(id)")
	}
	if diff := cmp.Diff(names[:5], production()[:5]); diff != "" || len(production()) != 6 {
		t.Errorf("%q: %s", production(), diff)
	}
	if err := s.Exec(context.Background(), "INSERT INTO environments VALUES ('customers', true, {v:UInt64}), ('prod-sandbox', false, {v:UInt64})", store.Params{"v": s.Version()}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"customers"}, production()[5:]); diff != "" {
		t.Error(diff)
	}
	if sum := run(t, s); sum.Repositories != 1 {
		t.Errorf("%d repositories derived after it was said", sum.Repositories)
	}
}
