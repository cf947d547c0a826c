package actions

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/record"
)

// collected is what runs brought, with the cursor that they left.
type collected struct {
	ids      []string
	warnings []string
	covered  []record.Covered
	cursor   record.Cursor
	batches  int
	requests uint64
}

// collect runs a source once, from a cursor on.
func collect(t *testing.T, s *Source, since record.Cursor) collected {
	t.Helper()
	got := collected{cursor: since}
	for b, err := range s.Collect(t.Context(), since) {
		if err != nil {
			t.Fatal(err)
		}
		got.add(b)
	}
	return got
}

func (c *collected) add(b record.Batch) {
	for _, a := range b.Actions {
		c.ids = append(c.ids, a.ID)
	}
	for _, w := range b.Warnings {
		c.warnings = append(c.warnings, fmt.Sprintf("%s %s %v", w.Code, w.Subject, w.Loss))
	}
	c.covered = append(c.covered, b.Covered...)
	c.requests += b.Requests
	c.batches++
	if b.Cursor != nil {
		c.cursor = b.Cursor
	}
}

func wants(t *testing.T, what string, got, want []string) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s: %s", what, diff)
	}
}

// logs is a folder of audit logs.
type logs struct {
	*testing.T
	dir string
	now time.Time
}

func newLogs(t *testing.T) *logs {
	return &logs{t, t.TempDir(), time.Date(2026, 11, 23, 11, 0, 0, 0, time.UTC)}
}

// write writes a file anew, a minute later than the last.
func (l *logs) write(name, text string) {
	l.Helper()
	path := filepath.Join(l.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		l.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		l.Fatal(err)
	}
	l.touch(name)
}

func (l *logs) touch(name string) {
	l.Helper()
	l.now = l.now.Add(time.Minute)
	if err := os.Chtimes(filepath.Join(l.dir, name), l.now, l.now); err != nil {
		l.Fatal(err)
	}
}

// add writes more to a file.
func (l *logs) add(name, text string) {
	l.Helper()
	f, err := os.OpenFile(filepath.Join(l.dir, name), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		l.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteString(text); err != nil {
		l.Fatal(err)
	}
	l.touch(name)
}

// event is a record with an id, and a line of a cluster's log.
func event(id string) string {
	return strings.Replace(trailed(user, ""), `"e-1"`, `"`+id+`"`, 1)
}

func line(id string) string {
	return strings.Replace(audited(agent, "delete", deployment, ""), `"a-1"`, `"`+id+`"`, 1) + "\n"
}

// A folder is read once, and then what is new or has changed, in whatever form it is.
func TestFolders(t *testing.T) {
	l := newLogs(t)
	l.write("2026/11/20/one.json", `{"Records":[`+event("a")+`,`+event("b")+`]}`)
	l.write("2026/11/21/two.json.gz", zipped(`{"Records":[`+event("c")+`]}`))
	l.write("2026/11/22/three.jsonl", event("d")+"\n"+event("e")+"\n")
	l.write("CloudTrail-Digest/x.json", `{"digestStartTime":"x"}`)
	l.write("notes.txt", "nothing")
	s := source(t, Options{Kind: CloudTrail, Path: l.dir})
	first := collect(t, s, nil)
	wants(t, "first", first.ids, []string{"a", "b", "c", "d", "e"})
	wants(t, "flaws", first.warnings, nil)
	if c := first.covered; len(c) != 1 || c[0].Scope != "aws:111111111111/eu-west-1" || c[0].Rows != 5 || c[0].From != c[0].To || c[0].From.IsZero() {
		t.Errorf("covered: %+v", c)
	}
	again := collect(t, s, first.cursor)
	wants(t, "again", again.ids, nil)
	if string(again.cursor) != string(first.cursor) {
		t.Error("the cursor moved without news")
	}
	l.write("2026/11/20/one.json", `{"Records":[`+event("a")+`,`+event("b")+`,`+event("f")+`]}`)
	l.write("2026/11/23/four.json", `{"Records":[`+event("g")+`]}`)
	l.touch("2026/11/21/two.json.gz")
	news := collect(t, s, first.cursor)
	wants(t, "news", news.ids, []string{"a", "b", "f", "c", "g"})
	if err := os.RemoveAll(filepath.Join(l.dir, "2026/11/20")); err != nil {
		t.Fatal(err)
	}
	less := collect(t, s, news.cursor)
	if len(less.cursor) >= len(news.cursor) {
		t.Error("files that are gone are remembered for ever")
	}
	single := collect(t, source(t, Options{Kind: CloudTrail, Path: filepath.Join(l.dir, "2026/11/22/three.jsonl")}), nil)
	wants(t, "one file", single.ids, []string{"d", "e"})
}

// A log that is written to is read on from its last whole line, also when rotation gave it another name.
func TestGrowingLogs(t *testing.T) {
	l := newLogs(t)
	half := line("c")
	l.write("audit.log", line("a")+line("b")+half[:40])
	s := source(t, Options{Kind: Kubernetes, Path: l.dir, Cluster: "blue"})
	got := collect(t, s, nil)
	wants(t, "half a line", got.ids, []string{"a", "b"})
	wants(t, "half a line is no flaw", got.warnings, nil)
	l.add("audit.log", half[40:]+"not json\n"+line("d"))
	got = collect(t, s, got.cursor)
	wants(t, "the other half", got.ids, []string{"c", "d"})
	wants(t, "its flaw", got.warnings, []string{"bad_event audit.log:4 true"})
	l.add("audit.log", line("e"))
	if err := os.Rename(filepath.Join(l.dir, "audit.log"), filepath.Join(l.dir, "audit-2026-11-23T11-00-00.000.log")); err != nil {
		t.Fatal(err)
	}
	l.write("audit.log", line("f"))
	got = collect(t, s, got.cursor)
	wants(t, "after rotation", got.ids, []string{"e", "f"})
	l.write("audit.log", line("g")+line("h")) // another log under the same name
	got = collect(t, s, got.cursor)
	wants(t, "another log", got.ids, []string{"g", "h"})
	wants(t, "at rest", collect(t, s, got.cursor).ids, nil)
}

// What cannot be read is said with file and line, and the others go on; a file that is broken is said for as long as it is there.
func TestFlaws(t *testing.T) {
	l := newLogs(t)
	l.write("1.jsonl", "{}\n"+event("a")+"\n"+strings.Repeat("bad\n", 25)+event("b")+"\n")
	l.write("2.json.gz", zipped(`{"Records":[` + event("c") + `]}`)[:60])
	l.write("3.json", `{"Records":[`+event("d")+`,{"eventName":`)
	l.write("4.json", `{"Records":[`+strings.Replace(event("e"), "2026-11-20", "2027-01-01", 1)+`]}`)
	s := source(t, Options{Kind: CloudTrail, Path: l.dir})
	got := collect(t, s, nil)
	wants(t, "the others", got.ids, []string{"a", "b", "d", "e"})
	damage := []string{"damaged_file 2.json.gz true", "damaged_file 3.json true"}
	want := []string{"bad_event 1.jsonl:1 true"}
	for n := 3; n <= 21; n++ {
		want = append(want, fmt.Sprintf("bad_event 1.jsonl:%d true", n))
	}
	wants(t, "flaws", got.warnings, slices.Concat(want, []string{"bad_event 1.jsonl true"}, damage, []string{"future_date 4.json:1 false"}))
	again := collect(t, s, got.cursor)
	wants(t, "again", again.ids, nil)
	wants(t, "flaws again", again.warnings, damage)
	l.write("3.json", `{"Records":[`+event("d")+`,`+event("f")+`]}`)
	mended := collect(t, s, again.cursor)
	wants(t, "mended", mended.ids, []string{"d", "f"})
	wants(t, "flaws mended", mended.warnings, damage[:1])
}

// A run that is cut off anywhere leaves a cursor from which the next brings the rest: nothing is lost, whatever is repeated.
func TestCutOff(t *testing.T) {
	l := newLogs(t)
	var all []string
	for i := range 4 {
		var text strings.Builder
		for j := range actionsPerBatch + 500 {
			id := fmt.Sprintf("%d-%d", i, j)
			all = append(all, id)
			text.WriteString(event(id) + "\n")
		}
		l.write(fmt.Sprintf("%d.jsonl", i), text.String())
	}
	s := source(t, Options{Kind: CloudTrail, Path: l.dir})
	whole := collect(t, s, nil)
	wants(t, "whole", whole.ids, all)
	for stop := 1; stop < whole.batches; stop++ {
		var got collected
		for b, err := range s.Collect(t.Context(), nil) {
			if err != nil {
				t.Fatal(err)
			}
			if got.add(b); got.batches == stop {
				break
			}
		}
		rest := collect(t, s, got.cursor)
		ids := slices.Concat(got.ids, rest.ids)
		slices.Sort(ids)
		sorted := slices.Sorted(slices.Values(all))
		wants(t, fmt.Sprintf("stopped after %d batches", stop), slices.Compact(ids), sorted)
		if string(rest.cursor) != string(whole.cursor) {
			t.Errorf("stopped after %d batches: the cursor is another in the end", stop)
		}
	}
}

func TestStoppedRunsEnd(t *testing.T) {
	l := newLogs(t)
	l.write("1.jsonl", event("a")+"\n")
	ctx, stop := context.WithCancel(t.Context())
	stop()
	var last error
	for _, err := range source(t, Options{Kind: CloudTrail, Path: l.dir}).Collect(ctx, nil) {
		last = err
	}
	if last == nil {
		t.Error("no error")
	}
	for _, err := range source(t, Options{Kind: CloudTrail, Path: l.dir}).Collect(t.Context(), record.Cursor("{")) {
		if err == nil || !strings.Contains(err.Error(), "remove it to read everything again") {
			t.Errorf("a broken cursor: %v", err)
		}
	}
	if c, err := readCursor(record.Cursor(`{"v":9,"done":"AAAA"}`)); err != nil || len(c.Done) != 0 || c.Version != cursorVersion {
		t.Errorf("a cursor of another version: %+v, %v", c, err)
	}
}
