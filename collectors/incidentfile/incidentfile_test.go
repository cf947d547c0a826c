package incidentfile_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/baserate/baserate/collectors/incidentfile"
	"github.com/baserate/baserate/record"
)

var now = time.Date(2026, 3, 10, 0, 0, 0, 0, time.UTC)

func at(text string) time.Time {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return t
}

// write makes a file in a new folder.
func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func open(t *testing.T, path string) *incidentfile.Source {
	t.Helper()
	s, err := incidentfile.New(incidentfile.Options{Path: path, Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// run collects and puts the batches together; the last cursor stands in the result.
func run(t *testing.T, s *incidentfile.Source, since record.Cursor) (record.Batch, error) {
	t.Helper()
	var all record.Batch
	for b, err := range s.Tasks()[0].Collect(context.Background(), since) {
		if err != nil {
			return all, err
		}
		all.Incidents = append(all.Incidents, b.Incidents...)
		all.Causes = append(all.Causes, b.Causes...)
		all.Warnings = append(all.Warnings, b.Warnings...)
		if b.Cursor != nil {
			all.Cursor = b.Cursor
		}
	}
	return all, nil
}

func must(t *testing.T, path string) (record.Batch, incidentfile.Result) {
	t.Helper()
	s := open(t, path)
	b, err := run(t, s, nil)
	if err != nil {
		t.Fatal(err)
	}
	return b, s.Results()[0]
}

var outageOne = record.Incident{
	Source: "pager", ID: "1", Title: "checkout down", Severity: 2, DeclaredAt: at("2026-03-01T11:00:00Z"), StartedAt: at("2026-03-01T10:50:00Z"),
	ResolvedAt: at("2026-03-01T13:00:00Z"), UpdatedAt: at("2026-03-02T00:00:00Z"), DetectedAt: at("2026-03-01T10:55:00Z"),
	AcknowledgedAt: at("2026-03-01T11:01:00Z"), MitigatedAt: at("2026-03-01T12:30:00Z"), Services: []string{"checkout", "cart"}, Repos: []string{"acme/shop"},
	URL: "https://x/1", CauseType: record.CauseConfig, Drill: true, Deleted: true, Status: "resolved", Environment: "production", Summary: "a, \"b\"\nc",
	PostmortemURL: "https://x/pm", Extra: map[string]string{"region": "eu"},
}

var outageOneCauses = []record.Cause{
	{Source: "pager", Incident: "1", Role: record.RoleCause, Kind: "commit", Repo: "acme/shop", Ref: "1f3c9d2", Method: "declared", Score: 1, StatedAt: outageOne.UpdatedAt},
	{Source: "pager", Incident: "1", Role: record.RoleCause, Kind: "pull_request", Repo: "acme/shop", Ref: "12", Method: "declared", Score: 1, StatedAt: outageOne.UpdatedAt},
	{
		Source: "pager", Incident: "1", Role: record.RoleFix, Kind: "pull_request", Repo: "acme/shop", Ref: "13", Method: "declared", Score: 1,
		StatedAt: outageOne.UpdatedAt, URL: "https://github.com/acme/shop/pull/13",
	},
}

// The same incident, in both forms.
var (
	asJSON = strings.ReplaceAll(`{"incident_id":"1","source":"pager","title":"checkout down","status":"resolved","severity":"sev2","declared_at":"2026-03-01T12:00:00+01:00",
"started_at":"2026-03-01T10:50:00Z","detected_at":"2026-03-01T10:55:00Z","acknowledged_at":"2026-03-01T11:01:00Z","mitigated_at":"2026-03-01T12:30:00Z",
"resolved_at":"2026-03-01T13:00:00Z","services":["checkout"," cart","cart"],"environment":"production","repos":["acme/shop"],"url":"https://x/1","summary":"a, \"b\"\nc",
"postmortem_url":"https://x/pm","is_drill":true,"deleted":true,"cause_type":"config","region":"eu","updated_at":"2026-03-02T00:00:00Z",
"causes":[{"kind":"commit","repo":"acme/shop","ref":"1f3c9d2"},{"kind":"pull_request","repo":"acme/shop","ref":"#12"}],
"fixes":[{"url":"https://github.com/acme/shop/pull/13"}]}`, "\n", "") + "\n"
	asCSV = `incident_id,source,title,status,severity,declared_at,started_at,detected_at,acknowledged_at,mitigated_at,resolved_at,services,environment,repos,url,summary,postmortem_url,is_drill,deleted,cause_type,region,updated_at,causes,fixes
1,pager,checkout down,resolved,sev2,2026-03-01T12:00:00+01:00,2026-03-01T10:50:00Z,2026-03-01T10:55:00Z,2026-03-01T11:01:00Z,2026-03-01T12:30:00Z,2026-03-01T13:00:00Z,checkout; cart;cart,production,acme/shop,https://x/1,"a, ""b""
c",https://x/pm,true,TRUE,config,eu,2026-03-02T00:00:00Z,commit:acme/shop@1f3c9d2;pull_request:acme/shop@12,https://github.com/acme/shop/pull/13
`
)

func TestBothFormsSayTheSame(t *testing.T) {
	for name, text := range map[string]string{
		"a.jsonl": asJSON, "b.csv": asCSV,
		"bom.jsonl": "\ufeff" + asJSON, "bom.csv": "\ufeff" + asCSV, "windows.jsonl": strings.ReplaceAll(asJSON, "\n", "\r\n"),
		"no line end.jsonl": strings.TrimSuffix(asJSON, "\n"), "empty lines.jsonl": "\n" + asJSON + "\n\n",
	} {
		t.Run(name, func(t *testing.T) {
			b, result := must(t, write(t, name, text))
			if diff := cmp.Diff([]record.Incident{outageOne}, b.Incidents); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(outageOneCauses, b.Causes); diff != "" {
				t.Error(diff)
			}
			if result.Accepted != 1 || result.Rejected != 0 || len(b.Warnings) != 0 || b.Cursor == nil {
				t.Errorf("%+v, warnings %v", result, b.Warnings)
			}
		})
	}
}

// Every line that is wrong is named with its line and field, and the others go in.
func TestFlawsNameLineAndField(t *testing.T) {
	const good = `"incident_id":"1","source":"s","title":"t","declared_at":"2026-03-01T12:00:00Z","updated_at":"2026-03-01T12:00:00Z"`
	for name, tc := range map[string]struct {
		line string
		want []string
	}{
		"not JSON":         {`{"incident_id":`, []string{"in:2: not a JSON object: unexpected EOF"}},
		"a list":           {`[1]`, []string{"in:2: not a JSON object"}},
		"two":              {`{` + good + `} {}`, []string{"in:2: more than one JSON value"}},
		"nothing required": {`{"title":""}`, []string{"in:2: incident_id: missing", "in:2: source: missing", "in:2: title: missing", "in:2: declared_at: missing", "in:2: updated_at: missing"}},
		"no zone":          {`{` + good + `,"started_at":"2026-03-01 12:00"}`, []string{`in:2: started_at: "2026-03-01 12:00" is no time with a zone`}},
		"year 0":           {`{` + good + `,"resolved_at":"0001-01-01T00:00:00Z"}`, []string{`in:2: resolved_at: "0001-01-01T00:00:00Z" is not a time of ours`}},
		"severity":         {`{` + good + `,"severity":"spicy"}`, []string{`in:2: severity: "spicy" is no severity`}},
		"a truth":          {`{` + good + `,"is_drill":"perhaps"}`, []string{"in:2: is_drill: must be true or false"}},
		"a list of what":   {`{` + good + `,"services":[1]}`, []string{"in:2: services: must be a list of texts"}},
		"cause type":       {`{` + good + `,"cause_type":"gremlins"}`, []string{`in:2: cause_type: "gremlins" is none of`}},
		"a cause's parts":  {`{` + good + `,"causes":[{"kind":"spell","ref":"x","confidence":2,"method":"hunch"}]}`, []string{"in:2: causes[0].kind:", "in:2: causes[0].method:", "in:2: causes[0].confidence:"}},
		"a cause's ref":    {`{` + good + `,"fixes":[{"kind":"commit"}]}`, []string{"in:2: fixes[0].ref: missing"}},
		"a cause in words": {`{` + good + `,"causes":"the deploy"}`, []string{`in:2: causes: "the deploy" names no change`}},
		"too long":         {`{` + good + `,"x":"` + strings.Repeat("y", 2<<20) + `"}`, []string{"in:2: longer than 1048576 bytes"}},
	} {
		t.Run(name, func(t *testing.T) {
			path := write(t, "in", "{"+good+"}\n"+tc.line+"\n{"+strings.Replace(good, `"1"`, `"2"`, 1)+"}\n")
			b, result := must(t, path)
			if len(b.Incidents) != 2 || result.Accepted != 2 || result.Rejected != 1 {
				t.Errorf("%d incidents, %+v", len(b.Incidents), result)
			}
			for i, want := range tc.want {
				if i >= len(result.Flaws) || !strings.HasPrefix(strings.TrimPrefix(result.Flaws[i].Error(), filepath.Dir(path)+"/"), want) {
					t.Errorf("flaws %v, want %q", result.Flaws, tc.want)
				}
			}
			if len(result.Flaws) != len(tc.want) || len(b.Warnings) != len(tc.want) || !b.Warnings[0].Loss {
				t.Errorf("flaws %v, warnings %v", result.Flaws, b.Warnings)
			}
		})
	}
}

func TestRowsThatAreWrong(t *testing.T) {
	head := "incident_id,source,title,declared_at,updated_at\n"
	row := func(id string) string { return id + ",s,t,2026-03-01T12:00:00Z,2026-03-01T12:00:00Z\n" }
	path := write(t, "in.csv", head+row("1")+"2,s,t\n"+"3,s,a \"quote,2026-03-01T12:00:00Z,2026-03-01T12:00:00Z\n"+row("4"))
	b, result := must(t, path)
	if len(b.Incidents) != 2 || b.Incidents[1].ID != "4" || result.Rejected != 2 {
		t.Fatalf("%+v, %+v", b.Incidents, result)
	}
	if got := result.Flaws[0].Error(); !strings.HasSuffix(got, "in.csv:3: 3 fields, but the header has 5") {
		t.Error(got)
	}
	if got := result.Flaws[1]; got.Line != 4 || !strings.Contains(got.What, "quote") {
		t.Error(got)
	}
	if _, err := run(t, open(t, write(t, "x.csv", "incident_id,title\n")), nil); err == nil || !strings.Contains(err.Error(), "x.csv:1: the header lacks source, declared_at, updated_at") {
		t.Error(err)
	}
}

// Rejected lines are kept beside the file, whole, and go when the file is mended.
func TestRejectedLinesAreKept(t *testing.T) {
	bad := strings.Replace(asJSON, "2026-03-02T00:00:00Z", "yesterday", 1)
	path := write(t, "in.jsonl", bad)
	_, result := must(t, path)
	kept, err := os.ReadFile(result.Aside)
	if err != nil || result.Aside != path+".rejected.jsonl" {
		t.Fatal(result.Aside, err)
	}
	for _, part := range []string{`"line":1`, "updated_at", "yesterday", "checkout down"} {
		if !strings.Contains(string(kept), part) {
			t.Errorf("%s lacks %s", kept, part)
		}
	}
	if err := os.WriteFile(path, []byte(asJSON), 0o600); err != nil {
		t.Fatal(err)
	}
	b, result := must(t, path)
	if _, err := os.Stat(path + ".rejected.jsonl"); !os.IsNotExist(err) || result.Aside != "" || len(b.Incidents) != 1 {
		t.Errorf("after mending: %v, %+v", err, result)
	}
}

// A file that did not change is not read again, one that did is, and a cause that it does not state any more is taken back.
func TestOnlyNewsIsRead(t *testing.T) {
	path := write(t, "in.jsonl", asJSON)
	s := open(t, path)
	first, err := run(t, s, nil)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := run(t, s, first.Cursor); err != nil || len(again.Incidents) != 0 {
		t.Errorf("read again: %+v, %v", again.Incidents, err)
	}
	mended := strings.Replace(strings.Replace(asJSON, `{"kind":"pull_request","repo":"acme/shop","ref":"#12"}`, "", 1), "},]", "}]", 1)
	if err := os.WriteFile(path, []byte(mended), 0o600); err != nil {
		t.Fatal(err)
	}
	second, err := run(t, s, first.Cursor)
	if err != nil {
		t.Fatal(err)
	}
	want := outageOneCauses[1]
	want.Score = 0
	taken := second.Causes[len(second.Causes)-1]
	if diff := cmp.Diff(want, taken); diff != "" || len(second.Incidents) != 1 {
		t.Errorf("taken back: %s", diff)
	}
}

// A folder is read file by file, and one that cannot be read stops no other.
func TestFolder(t *testing.T) {
	dir := filepath.Dir(write(t, "a.jsonl", asJSON))
	for name, text := range map[string]string{"b.csv": asCSV, "c.json": "what is this", "d.txt": "not ours", "a.jsonl.rejected.jsonl": "{}"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s := open(t, dir)
	b, err := run(t, s, nil)
	if err == nil || !strings.Contains(err.Error(), "c.json: not known what this is") {
		t.Error(err)
	}
	if len(b.Incidents) != 2 || len(s.Results()) != 2 {
		t.Errorf("%d incidents, %+v", len(b.Incidents), s.Results())
	}
}

func TestOptions(t *testing.T) {
	_, err := incidentfile.New(incidentfile.Options{Format: "xml"})
	if err == nil || !strings.Contains(err.Error(), "path: ") || !strings.Contains(err.Error(), `format: "xml" is none of jsonl, csv`) {
		t.Error(err)
	}
	if _, err := run(t, open(t, "nowhere.jsonl"), nil); err == nil || !strings.Contains(err.Error(), "nowhere.jsonl") {
		t.Error(err)
	}
}

// A last change in the future would win for ever, and an end before the beginning would give minutes below zero.
func TestTimesAreStraightened(t *testing.T) {
	text := strings.Replace(asJSON, "2026-03-02T00:00:00Z", "2036-03-02T00:00:00Z", 1)
	text = strings.Replace(text, "2026-03-01T13:00:00Z", "2026-03-01T03:00:00Z", 1)
	b, _ := must(t, write(t, "in.jsonl", text))
	want := outageOne
	want.UpdatedAt, want.ResolvedAt = now, want.StartedAt
	if diff := cmp.Diff([]record.Incident{want}, b.Incidents); diff != "" || len(b.Warnings) != 2 || b.Warnings[0].Loss {
		t.Errorf("%s, %v", diff, b.Warnings)
	}
}

var ignoreExtra = cmpopts.IgnoreFields(record.Incident{}, "Extra")
