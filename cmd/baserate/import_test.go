package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/store"
)

// printing returns what do prints, and its error.
func printing(t *testing.T, do func() error) (string, error) {
	t.Helper()
	var failed error
	text := stdout(t, func() error {
		failed = do()
		return nil
	})
	return string(text), failed
}

// incident is a line of a file, with the change that caused it.
func incident(t *testing.T, id, declared, sha string) string {
	t.Helper()
	line, err := json.Marshal(map[string]any{
		"incident_id": id, "source": "files", "title": "checkout is down", "severity": "sev2",
		"declared_at": declared, "updated_at": "2026-11-01T00:00:00Z", "resolved_at": "2026-10-30T00:00:00Z",
		"causes": []map[string]any{{"kind": "commit", "repo": "shop", "ref": sha, "method": "declared", "confidence": 1}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return string(line)
}

// collectedClone is a folder of data with the history of a clone, and the ids of its changes, the oldest first.
func collectedClone(t *testing.T) (data string, changes []string) {
	t.Helper()
	data = t.TempDir()
	held, err := (&database{Data: data, config: &config{}}).open(t.Context()) // the commands share its engine, as beside a serve
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { held.Close() })
	c := collectGit{database: database{Data: data}, Format: "text", Paths: []string{"shop=" + clone(t, 4)}}
	if out, err := printing(t, func() error { return c.Run(t.Context()) }); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return data, query(t, data, "SELECT change_id FROM baserate.changes ORDER BY landed_at, change_id")
}

// query returns the only column of a query, as text.
func query(t *testing.T, data, text string) []string {
	t.Helper()
	db, err := (&database{Data: data, config: &config{}}).open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := store.Select[struct {
		Text string `ch:"text"`
	}](context.Background(), db.Store, "SELECT toString(*) AS text FROM ("+text+")", nil)
	if err != nil {
		t.Fatal(err)
	}
	all := make([]string, len(rows))
	for i, r := range rows {
		all[i] = r.Text
	}
	return all
}

// The good lines go in, the bad ones are reported with file, line and field, and kept aside; a corrected file goes in too, and
// importing twice changes nothing. Then people say what caused what.
func TestImportAndLink(t *testing.T) {
	data, changes := collectedClone(t)
	_, sha, _ := strings.Cut(changes[0], "@")
	file := filepath.Join(t.TempDir(), "incidents.jsonl")
	write := func(lines ...string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	run := func() (string, error) {
		c := importIncidents{database: database{Data: data}, Files: []string{file}}
		return printing(t, func() error { return c.Run(t.Context()) })
	}
	good := incident(t, "INC-1", "2026-10-29T00:00:00Z", sha)
	write(good, strings.Replace(incident(t, "INC-2", "yesterday", sha), "sev2", "sev2", 1))
	out, err := run()
	if err == nil || !strings.Contains(err.Error(), "1 line was rejected") || !strings.Contains(out, "1 incidents, 1 rejected") ||
		!strings.Contains(out, file+":2: declared_at") || !strings.Contains(out, file+".rejected.jsonl") {
		t.Errorf("a bad line: %v\n%s", err, out)
	}
	if _, err := os.Stat(file + ".rejected.jsonl"); err != nil {
		t.Error(err)
	}
	incidents := func() []string { return query(t, data, "SELECT incident FROM baserate.incidents ORDER BY incident") }
	if diff := cmp.Diff([]string{"files:INC-1"}, incidents()); diff != "" {
		t.Error(diff)
	}
	write(good, incident(t, "INC-2", "2026-10-29T01:00:00Z", sha))
	for range 2 {
		if out, err := run(); err != nil {
			t.Fatalf("corrected: %v\n%s", err, out)
		}
	}
	if diff := cmp.Diff([]string{"files:INC-1", "files:INC-2"}, incidents()); diff != "" {
		t.Error(diff)
	}
	judge(t, data, changes)
}

func judge(t *testing.T, data string, changes []string) {
	t.Helper()
	say := func(confirmed bool, incident, change string) (string, error) {
		c := judgement{database: database{Data: data}, By: "ada", Incident: incident, Change: change}
		return printing(t, func() error { return c.keep(t.Context(), confirmed) })
	}
	for _, step := range []struct {
		confirmed        bool
		incident, change string
		want             string // in the output, or in the error
	}{
		{true, "INC-1", changes[0], "confirmed  " + changes[0]},
		{false, "files:INC-2", changes[1][:len(changes[1])-20], "rejected  " + changes[1]},
		{false, "INC-1", changes[0], "rejected  " + changes[0]},
		{true, "INC-9", changes[0], "there is no incident INC-9"},
		{true, "INC-1", "shop@none", "there is no change shop@none"},
		{true, "INC-1", "shop@", "the beginning of several changes"},
	} {
		out, err := say(step.confirmed, step.incident, step.change)
		if err != nil {
			out = err.Error()
		}
		if !strings.Contains(out, step.want) {
			t.Errorf("%+v: %s", step, out)
		}
	}
	got := query(t, data, "SELECT concat(incident, ' ', change, ' ', toString(confirmed)) FROM baserate_store.confirmations FINAL ORDER BY incident, change")
	want := []string{"INC-1 " + changes[0] + " false", "INC-2 " + changes[1] + " false"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the last word of each: %s", diff)
	}
}

// The doctor says what is wrong with the config and with each stream, and fails for it.
func TestDoctor(t *testing.T) {
	data, _ := collectedClone(t)
	gone := collectGit{database: database{Data: data}, Format: "text", Paths: []string{"/gone"}}
	if out, err := printing(t, func() error { return gone.Run(t.Context()) }); err == nil {
		t.Errorf("a clone that is none was collected: %s", out)
	}
	file := filepath.Join(t.TempDir(), "base.yaml")
	text := "pagerduty: [{name: acme, token: x}]\nstatuspage: {pages: [\"${BASERATE_NO_SUCH_PAGE}\"]}\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	c := doctor{database{Data: data, Config: file}}
	out, err := printing(t, func() error { return c.Run(t.Context()) })
	if err == nil {
		t.Error("the doctor finds nothing wrong")
	}
	for _, want := range []string{
		"WRONG  config     base.yaml:2: statuspage.pages[0]: the environment variable BASERATE_NO_SUCH_PAGE is not set",
		"ok     data       1 repositories, 4 commits, 4 changes",
		"ok     git        shop ok: last collected ", "WRONG  git        /gone failed: ",
		"lacks  pagerduty  incidents acme: never collected", "ok     accounts   git: the person of ",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("no line %q in\n%s", want, out)
		}
	}
}

func TestStreamOfManyScopes(t *testing.T) {
	group := store.Stream{Source: "github", Stream: "pull_requests", Scopes: 2000, Whole: 1990, Failed: 4, Absent: 6, Requests: 812}
	want := "pull_requests: 2000 scopes, 1990 whole, 4 failed, 6 not collected; never collected whole, 812 requests"
	if got := groupText(group); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	absent := scopeCheck(store.Source{Source: "github", Scope: "acme", Stream: "audit_log", Status: "absent", Error: "no such thing"})
	if got := fmt.Sprint(absent.text, absent.err); got != "audit_log acme: not collected: no such thing<nil>" {
		t.Error(got)
	}
}
