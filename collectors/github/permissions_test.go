package github

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/record"
)

func edge(login, permission string, sources ...map[string]any) map[string]any {
	return map[string]any{"permission": permission, "permissionSources": sources, "node": map[string]any{"__typename": "User", "login": login}}
}

func from(kind, slug, permission, role string) map[string]any {
	return map[string]any{"permission": permission, "roleName": role, "source": map[string]any{"__typename": kind, "slug": slug}}
}

func collaborators(next string, edges ...map[string]any) any {
	return map[string]any{"collaborators": map[string]any{
		"pageInfo": map[string]any{"hasNextPage": next != "", "endCursor": next}, "edges": edges,
	}}
}

// rights is what a snapshot says: "repository login level grant".
func rights(ps []record.Permission) []string {
	var all []string
	for _, p := range ps {
		all = append(all, fmt.Sprintf("%s %s %s %s", p.Repo, p.Account.Login, p.Level, p.Grant))
	}
	return all
}

func TestPermissionsByGraphQL(t *testing.T) {
	o := newOcto(t, "acme/shop", "acme/vault")
	o.always("/orgs/acme/members", `[{"login":"Olga","type":"User"}]`)
	o.nodesBy("Collaborators", func(id string, vars map[string]any) any {
		if id == "R_2" {
			return collaborators("", edge("ada", "READ", from("Organization", "", "READ", "")))
		}
		if vars["after"] != nil {
			return collaborators("", edge("dot", "TRIAGE", from("Repository", "", "READ", "triage")))
		}
		return collaborators("p2",
			edge("Ada", "WRITE", from("Team", "platform", "WRITE", "write"), from("Organization", "", "READ", "read")),
			edge("bea", "MAINTAIN", from("Repository", "", "WRITE", "maintain")),
			edge("cy", "ADMIN", from("Team", "b", "ADMIN", ""), from("Team", "a", "ADMIN", "")))
	})
	g := must(t, o.source().permissions(), nil)
	want := []string{
		"acme/shop ada write team platform", "acme/shop bea maintain repository", "acme/shop cy admin team a, team b",
		"acme/shop dot triage repository", "acme/shop olga admin organisation owner",
		"acme/vault ada read organisation", "acme/vault olga admin organisation owner",
	}
	if diff := cmp.Diff(want, rights(g.Permissions)); diff != "" {
		t.Error(diff)
	}
	for _, p := range g.Permissions {
		if !p.SeenAt.Equal(today) || p.Account.Source != "github" {
			t.Errorf("%+v", p)
		}
	}
	if len(g.Covered) != 2 {
		t.Errorf("each repository was read whole, the ledger has %+v", g.Covered)
	}
}

func TestPermissionsByREST(t *testing.T) {
	o := newOcto(t, "acme/shop")
	o.refuses("/orgs/acme/members", http.StatusForbidden, "no")
	o.paged("/repos/acme/shop/collaborators",
		`[{"login":"ada","type":"User","role_name":"maintain","permissions":{"admin":false,"maintain":true,"push":true,"triage":true,"pull":true}},
		  {"login":"bea","type":"User","role_name":"triage","permissions":{"triage":true,"pull":true}}]`,
		`[{"login":"cy","type":"User","role_name":"release captain","permissions":{"maintain":true,"push":true,"pull":true}},
		  {"login":"dot","type":"User","permissions":{"push":true,"pull":true}},
		  {"login":"eve","type":"User"}]`)
	g := must(t, o.source().permissions(), nil)
	want := []string{
		"acme/shop ada maintain role maintain", "acme/shop bea triage role triage", "acme/shop cy maintain role release captain",
		"acme/shop dot write role write", "acme/shop eve unknown role unknown",
	}
	if diff := cmp.Diff(want, rights(g.Permissions)); diff != "" {
		t.Error(diff)
	}
}

// Who is not listed any more has no right from then on; a right is never said of the time before the first snapshot.
func TestPermissionsThatWereLost(t *testing.T) {
	o := newOcto(t, "acme/shop", "acme/vault")
	listed := `[{"login":"ada","type":"User","role_name":"admin"},{"login":"bea","type":"User","role_name":"write"}]`
	for _, repo := range []string{"shop", "vault"} {
		o.on("/repos/acme/"+repo+"/collaborators", func(http.ResponseWriter, *http.Request) any { return listed })
	}
	first := must(t, o.source().permissions(), nil)
	o.now = today.Add(snapshotAge / 2)
	o.requests("")
	if again := must(t, o.source().permissions(), first.Cursor); again.batches != 0 || len(o.requests("")) != 0 {
		t.Errorf("it was asked again after half a day: %+v", again)
	}
	o.now = today.Add(days(1))
	listed = `[{"login":"bea","type":"User","role_name":"read"}]`
	second := must(t, o.source().permissions(), first.Cursor)
	want := []string{"acme/shop bea read role read", "acme/shop ada none ", "acme/vault bea read role read", "acme/vault ada none "}
	if diff := cmp.Diff(want, rights(second.Permissions)); diff != "" {
		t.Error(diff)
	}
	if p := second.Permissions[1]; !p.SeenAt.Equal(o.now) || p.Account.Source != "github" {
		t.Errorf("%+v", p)
	}
	o.now = today.Add(days(2))
	if third := must(t, o.source().permissions(), second.Cursor); len(third.Permissions) != 2 {
		t.Errorf("what was lost is said once: %v", rights(third.Permissions))
	}
}

// One repository that does not show who may do what is absent; that is not a repository where nobody may.
func TestPermissionsThatAreHidden(t *testing.T) {
	o := newOcto(t, "acme/shop", "acme/vault")
	o.onQuery("Collaborators", func(map[string]any) any {
		return graphErrors{
			map[string]any{"nodes": []any{collaborators("", edge("ada", "WRITE")), map[string]any{"collaborators": nil}}},
			[]map[string]any{{"type": "FORBIDDEN", "path": []any{"nodes", 1, "collaborators"}, "message": "You must have push access"}},
		}
	})
	g := must(t, o.source().permissions(), nil)
	if diff := cmp.Diff([]string{"acme/shop ada write "}, rights(g.Permissions)); diff != "" {
		t.Error(diff)
	}
	if len(g.Covered) != 2 || g.Covered[1].Absent == "" || g.Covered[0].Absent != "" {
		t.Errorf("ledger: %+v", g.Covered)
	}

	o = newOcto(t, "acme/vault")
	o.refuses("/repos/acme/vault/collaborators", http.StatusForbidden, "Must have push access")
	_, err := run(t, o.source().permissions(), nil)
	wantAbsent(t, err)

	o.always("/orgs/acme/members", `[{"login":"olga"}]`) // owners may do everything, shown or not
	g, err = run(t, o.source().permissions(), nil)
	wantAbsent(t, err)
	if diff := cmp.Diff([]string{"acme/vault olga admin organisation owner"}, rights(g.Permissions)); diff != "" {
		t.Error(diff)
	}
}

// A snapshot that was cut short goes on with the repositories that it lacks.
func TestSnapshotGoesOn(t *testing.T) {
	var repos []record.HostedRepository
	for _, id := range []string{"10", "9", "2", "30"} {
		repos = append(repos, record.HostedRepository{ID: id})
	}
	sn := snapshot{}
	if !sn.begin(today) {
		t.Fatal("the first is due")
	}
	all := sn.rest(repos)
	sn.After = all[1].ID
	if rest := sn.rest(repos); len(rest) != 2 || rest[0].ID != all[2].ID {
		t.Errorf("the rest of %v after %s is %v", all, sn.After, rest)
	}
	if sn.begin(today.Add(snapshotAge)); sn.After != "" || !sn.Began.Equal(today.Add(snapshotAge)) {
		t.Errorf("one from yesterday is not gone on with: %+v", sn)
	}
	sn.end()
	sn.end()
	if sn.begin(today.Add(snapshotAge+1)) || !sn.begin(today.Add(2*snapshotAge)) {
		t.Errorf("due at the wrong time: %+v", sn)
	}
	future := snapshot{Seen: today.Add(days(400))}
	if !future.begin(today) {
		t.Error("a cursor from a clock that was wrong stops the stream for a year")
	}
}

func TestHolders(t *testing.T) {
	var h holders
	if gone := h.set("1", []string{"ada", "bea"}); gone != nil {
		t.Errorf("first: %v", gone)
	}
	h.set("2", []string{"bea", "cy"})
	cursor, err := encode(h)
	if err != nil {
		t.Fatal(err)
	}
	h = decode[holders](cursor)
	if gone := h.set("1", []string{"cy"}); cmp.Diff([]string{"ada", "bea"}, gone) != "" {
		t.Errorf("gone: %v", gone)
	}
	if gone := h.set("2", nil); cmp.Diff([]string{"bea", "cy"}, gone) != "" || len(h.Names) != 3 {
		t.Errorf("gone: %v, names %v", gone, h.Names)
	}
}

func TestCollaboratorSample(t *testing.T) {
	var one restCollaborator // the answer about one of them, which has the role beside the user
	body := sample(t, "permissions/github-collaborator-permission.json")
	all, err := parseCollaborators([]byte("[" + string(body) + "]"))
	if err != nil || len(all) != 0 || one.level() != record.LevelUnknown {
		t.Errorf("somebody without a login is nobody: %+v, %v", all, err)
	}
}

func TestInstallations(t *testing.T) {
	o := newOcto(t, "acme/shop", "acme/vault")
	app := func(id int, slug, permissions, more string) string {
		return fmt.Sprintf(`{"id":%d,"app_slug":%q,"repository_selection":"all","permissions":{%s}%s}`, id, slug, permissions, more)
	}
	o.always("/orgs/acme/installations", `{"total_count":6,"installations":[`+
		app(1, "Writer", `"contents":"write"`, "")+","+app(2, "ruler", `"administration":"write","contents":"read"`, "")+","+
		app(3, "looker", `"contents":"read","metadata":"read"`, "")+","+app(4, "checker", `"checks":"write"`, "")+","+
		app(5, "asleep", `"contents":"write"`, `,"suspended_at":"2026-01-01T00:00:00Z"`)+","+
		app(6, "picky", `"contents":"write"`, `,"repository_selection":"selected"`)+`]}`)
	first := must(t, o.source().installations(), nil)
	want := []string{"writer[bot] write", "ruler[bot] admin", "looker[bot] read", "checker[bot] none", "asleep[bot] none"}
	var got []string
	for _, p := range first.Permissions {
		if p.Account.Kind != record.KindApp {
			t.Errorf("%+v", p)
		}
		if p.Repo == "acme/vault" {
			got = append(got, p.Account.Login+" "+string(p.Level))
		}
	}
	if diff := cmp.Diff(want, got); diff != "" || len(first.Permissions) != 10 {
		t.Errorf("%d rows: %s", len(first.Permissions), diff)
	}
	if len(first.Rules) != 6 || first.Rules[0].Scope != "acme" || first.Rules[4].Enforcement != "disabled" || codes(first.Warnings) != "selected_repositories" {
		t.Errorf("rules %+v, warnings %+v", first.Rules, first.Warnings)
	}

	o.now = today.Add(days(1))
	o.always("/orgs/acme/installations", `{"total_count":1,"installations":[`+app(1, "writer", `"contents":"write"`, "")+`]}`)
	second := must(t, o.source().installations(), first.Cursor)
	if len(second.Tombstones) != 5 || len(second.Permissions) != 12 {
		t.Errorf("%d are gone, %d rows", len(second.Tombstones), len(second.Permissions))
	}
	o.refuses("/orgs/acme/installations", http.StatusForbidden, "owners only")
	_, err := run(t, o.source().installations(), nil)
	wantAbsent(t, err)
}

func TestInstallationSample(t *testing.T) {
	body := sample(t, "permissions/github-installation.json")
	apps, total, err := parseInstallations([]byte(`{"total_count":1,"installations":[` + string(body) + `]}`))
	if err != nil || total != 1 || apps[0].level() != record.LevelRead || apps[0].account().Login != "github-actions[bot]" {
		t.Errorf("%+v, %v", apps, err)
	}
}
