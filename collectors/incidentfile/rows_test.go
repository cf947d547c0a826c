package incidentfile_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/baserate/baserate/record"
)

const rowHead = "incident_id,source,title,declared_at,updated_at,repos,causes,fixes\n"

// row is a good row of rowHead but for what is put in.
func row(id, title, causes string) string {
	return id + ",s," + title + ",2026-03-01T12:00:00Z,2026-03-01T12:00:00Z,acme/shop," + causes + ",\n"
}

func names(is []record.Incident) string {
	var all []string
	for _, i := range is {
		all = append(all, i.ID)
	}
	return strings.Join(all, " ")
}

// A quote that is never closed, a line that is too long or not UTF-8 costs its own row, and is kept as it stood.
func TestRowsBesideBrokenOnes(t *testing.T) {
	endless := row("2", `"`+strings.Repeat(strings.Repeat("x", 99)+"\n", 12_000), "")
	for name, tc := range map[string]struct{ bad, what, kept string }{
		"open quote":     {row("2", `"never closed`, ""), `"`, `never closed`},
		"stray quote":    {row("2", `5" pipe`, ""), `bare "`, `5\" pipe`},
		"text after it":  {row("2", `"a" b`, ""), "quote", `\"a\" b`},
		"too few":        {"2,s\n", "2 fields, but the header has 8", `2,s`},
		"not UTF-8":      {row("2", "caf\xe9", ""), "not UTF-8", `caf`},
		"too long":       {row("2", strings.Repeat("x", 2<<20), ""), "longer than", `2,s,xxx`},
		"too many lines": {endless, "a quote is not closed", `2,s`},
	} {
		t.Run(name, func(t *testing.T) {
			path := write(t, "in.csv", rowHead+row("1", "a", "")+tc.bad+row("3", `"b, ""c"""`, "")+row("4", "\"two\r\nlines\"", ""))
			b, result := must(t, path)
			if got := names(b.Incidents); got != "1 3 4" {
				t.Errorf("incidents %s", got)
			}
			if first := result.Flaws[0]; first.Line != 3 || !strings.Contains(first.What, tc.what) {
				t.Errorf("flaws %v", result.Flaws[:1])
			}
			kept, err := os.ReadFile(result.Aside)
			if err != nil || !strings.Contains(string(kept), tc.kept) {
				t.Errorf("%v, kept %.300s", err, kept)
			}
		})
	}
}

func TestHeaders(t *testing.T) {
	for text, want := range map[string]string{
		"incident_id;source;title;declared_at;updated_at\n":       "commas, not semicolons",
		"incident_id,source,title,declared_at,updated_at,Title\n": `"title" twice`,
		"incident_id,\"source\n":                                  "header",
	} {
		if _, err := run(t, open(t, write(t, "in.csv", text)), nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
	for _, text := range []string{"", "\n\n", rowHead, "\ufeff" + rowHead} {
		if b, err := run(t, open(t, write(t, "in.csv", text)), nil); err != nil || len(b.Incidents) != 0 {
			t.Errorf("%q: %v, %v", text, err, b.Incidents)
		}
	}
}

// A change is found by what the row says of its repository, or the row is rejected: it would be lost otherwise.
func TestChangesArePlaced(t *testing.T) {
	for causes, want := range map[string]string{
		"commit:0A1B2C3D":                      "commit acme/shop 0a1b2c3d 1.0",
		"commit:acme/other@0a1b2c3d":           "commit acme/other 0a1b2c3d 1.0",
		"pull_request:acme/other#12":           "pull_request acme/other 12 1.0",
		"pull_request:#12; deployment:99":      "pull_request acme/shop 12 1.0, deployment acme/shop 99 1.0",
		"https://github.com/acme/other/pull/3": "pull_request acme/other 3 1.0",
		`"[{""kind"":""commit"",""ref"":""0a1b2c3d"",""method"":""time_window""}]"`:           "commit acme/shop 0a1b2c3d 0.3",
		`"[{""kind"":""commit"",""ref"":""0a1b2c3d"",""confidence"":0.25,""repo"":""a/b""}]"`: "commit a/b 0a1b2c3d 0.2",
		`"[{""url"":""https://github.com/acme/other/commit/0a1b2c3d"",""method"":""text""}]"`: "commit acme/other 0a1b2c3d 0.8",
		`"[{""kind"":""flag"",""ref"":""new-cart"",""confidence"":0}]"`:                       "flag acme/shop new-cart 0.0",
		"commit:main":         "! is no hash",
		"pull_request:twelve": "! is no number",
		"the deploy":          "! names no change",
		"spell:abc":           "! names no change",
	} {
		b, result := must(t, write(t, "in.csv", rowHead+row("1", "a", causes)))
		var all []string
		for _, c := range b.Causes {
			all = append(all, fmt.Sprintf("%s %s %s %.1f", c.Kind, c.Repo, c.Ref, c.Score))
		}
		if what, wrong := strings.CutPrefix(want, "! "); wrong {
			if len(b.Incidents) != 0 || result.Rejected != 1 || !strings.Contains(result.Flaws[0].Error(), "causes") || !strings.Contains(result.Flaws[0].Error(), what) {
				t.Errorf("%s: %+v", causes, result.Flaws)
			}
		} else if strings.Join(all, ", ") != want {
			t.Errorf("%s: %v, want %s; %v", causes, all, want, result.Flaws)
		}
	}
	_, result := must(t, write(t, "in.csv", "incident_id,source,title,declared_at,updated_at,causes\n1,s,t,2026-03-01T12:00:00Z,2026-03-01T12:00:00Z,commit:0a1b2c3d\n"))
	if result.Rejected != 1 || !strings.Contains(result.Flaws[0].What, "which repository") {
		t.Errorf("a hash of no repository: %+v", result)
	}
}

// Words of a title or summary are no cause, and those under fixes never are.
func TestWordsAreNoCauses(t *testing.T) {
	for _, summary := range []string{
		"We have deployed a fix", "reverted acme/shop#12", "caused by https://github.com/acme/shop/pull/12", "rolled back 0a1b2c3d", "root cause: a configuration change",
	} {
		text, err := json.Marshal(map[string]any{
			"incident_id": "1", "source": "s", "title": summary, "summary": summary, "declared_at": "2026-03-01T12:00:00Z", "updated_at": "2026-03-01T12:00:00Z",
			"repos": []string{"acme/shop"}, "fixes": []any{map[string]any{"kind": "pull_request", "ref": "13"}},
		})
		if err != nil {
			t.Fatal(err)
		}
		b, _ := must(t, write(t, "in.jsonl", string(text)))
		if len(b.Causes) != 1 || b.Causes[0].Role != record.RoleFix {
			t.Errorf("%s: %+v", summary, b.Causes)
		}
	}
}

// What a row does not speak of stays; an empty list says that there is none.
func TestSilenceTakesNothingBack(t *testing.T) {
	head, tail := `{"incident_id":"1","source":"s","title":"t","declared_at":"2026-03-01T12:00:00Z","updated_at":"2026-03-01T12:00:00Z"`, "}\n"
	path := write(t, "in.jsonl", head+`,"causes":[{"kind":"commit","repo":"a/b","ref":"0a1b2c3d"}],"fixes":[{"kind":"commit","repo":"a/b","ref":"1a1b2c3d"}]`+tail)
	s := open(t, path)
	b, err := run(t, s, nil)
	if err != nil || len(b.Causes) != 2 {
		t.Fatal(err, b.Causes)
	}
	for n, step := range []struct {
		rest string
		want int
	}{{`,"status":"closed"`, 0}, {`,"causes":[],"x":"1"`, 1}, {`,"causes":null,"fixes":null`, 1}, {``, 0}} {
		if err := os.WriteFile(path, []byte(head+step.rest+tail), 0o600); err != nil {
			t.Fatal(err)
		}
		if b, err = run(t, s, b.Cursor); err != nil || len(b.Causes) != step.want {
			t.Errorf("step %d: %v, %+v", n, err, b.Causes)
		}
	}
}

// Lines that are still rejected are said again at every run, though the file has not changed.
func TestRejectsAreNotForgotten(t *testing.T) {
	path := write(t, "in.jsonl", "{}\n")
	s := open(t, path)
	first, err := run(t, s, nil)
	if err != nil {
		t.Fatal(err)
	}
	second, err := run(t, s, first.Cursor)
	if err != nil || len(second.Warnings) != 1 || !second.Warnings[0].Loss || !strings.Contains(second.Warnings[0].Detail, "1 lines are still rejected") {
		t.Errorf("%v, %+v", err, second.Warnings)
	}
}

func TestDetection(t *testing.T) {
	own := strings.Replace(asJSON, `"region":"eu"`, `"tinyId":"7","shortlink":"x","incident_updates":[]`, 1)
	if b, result := must(t, write(t, "in.json", own)); result.Format != "jsonl" || len(b.Incidents) != 1 || b.Incidents[0].Extra["tinyId"] != "7" {
		t.Errorf("our own names with another's beside: %+v", result)
	}
	status := `{"id":"9632825","entry_id":"e","title":"Codespaces","url":"https://status.test/incidents/5jfkz8q1mlql","updated_at":"2022-03-26T03:35:00Z","status_sequence":["Resolved"],"started_at":"2022-03-26T01:43:00Z"}`
	if b, _ := must(t, write(t, "in.jsonl", status+"\n")); len(b.Incidents) != 1 || b.Incidents[0].Source != "statuspage" || b.Incidents[0].ID != "5jfkz8q1mlql" {
		t.Errorf("the key that the status page has: %+v", b.Incidents)
	}
}

// What came before the place where a document breaks is kept, and the run fails.
func TestBrokenDocument(t *testing.T) {
	one := `{"id": "1", "page_id": "p", "name": "n", "created_at": "2026-03-01T11:00:00Z", "updated_at": "2026-03-01T11:00:00Z"}`
	b, err := run(t, open(t, write(t, "in.json", `{"incidents": [`+one+",\n{\"id\": ")), nil)
	if err == nil || !strings.Contains(err.Error(), "in.json:") || names(b.Incidents) != "1" {
		t.Errorf("%v, %s", err, names(b.Incidents))
	}
}

func TestNotYet(t *testing.T) {
	_, result := must(t, write(t, "in.jsonl", strings.Replace(asJSON, "2026-03-01T10:50:00Z", "2027-03-01T10:50:00Z", 1)))
	if result.Rejected != 1 || result.Flaws[0].Field != "started_at" {
		t.Errorf("%+v", result)
	}
}

// However a file is spoilt, reading it ends, and every row that is whole goes in.
func TestSpoiltFiles(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for n := range 400 {
		whole := rowHead
		for id := range 12 {
			whole += row(fmt.Sprint(id), `"a ""b"", c"`, "commit:0a1b2c3d")
		}
		text := []byte(whole)
		spoilt := len(rowHead) + random.IntN(len(text)-len(rowHead))
		text[spoilt] = "\",;\n\r\x00\xff{"[random.IntN(8)]
		b, err := run(t, open(t, write(t, "in.csv", string(text))), nil)
		if err != nil || len(b.Incidents) < 10 {
			t.Fatalf("%d: %q at %d: %v, incidents %s", n, text[spoilt], spoilt, err, names(b.Incidents))
		}
	}
}
