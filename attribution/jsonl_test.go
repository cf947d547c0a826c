package attribution

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

func TestClassifyJSONL(t *testing.T) {
	in := strings.Join([]string{
		`{"sha":"a","author_name":"Ada","author_email":"ada@b.org","author_date":"2026-08-01T00:00:00Z","parents":1,"message":"x","repo":"r","on_default_branch":true}`,
		`{"sha":"b","message":"x\n\nCo-authored-by: Claude <noreply@anthropic.com>","committer_date":"2026-08-01T00:00:00+02:00","parents":["1","2"]}`,
		``,
		`{"sha":"c","message":7}`,
		`{"sha":"d"}`,
		`not JSON`,
		`{"sha":"e","message":"x","author_date":"yesterday"}`,
		`{"sha":"f","message":"x","notes":{"refs/notes/ai":"a.go\n  s_c9883b05a2487d::t_9f8e7d6c5b4a32 1-10"}}`,
		`{"sha":"g","message":"x","parents":{}}`,
	}, "\n")
	var out bytes.Buffer
	err := ClassifyJSONL(strings.NewReader(in), &out)
	if err == nil || !strings.Contains(err.Error(), `line 4: field "message": number where a string is expected (and 4 more lines`) {
		t.Errorf("error %v", err)
	}
	want := []string{
		`{"sha":"a","class":"unknown","tool":"none","autonomy":"none","confidence":0,"rule":"","evidence":""}`,
		`{"sha":"b","class":"ai_agent","tool":"claude-code","autonomy":"agent","confidence":0.97,"rule":"claude.noreply","evidence":"Co-authored-by: Claude <noreply@anthropic.com>"}`,
		`{"sha":"c","line":4,"error":"field \"message\": number where a string is expected"}`,
		`{"sha":"d","line":5,"error":"field \"message\": missing"}`,
		`{"line":6,"error":"not a JSON object: invalid character 'o' in literal null (expecting 'u')"}`,
		`{"sha":"e","line":7,"error":"field \"author_date\": \"yesterday\" is not a date such as 2026-01-31T12:00:00Z"}`,
		`{"sha":"f","class":"ai_assisted","tool":"unspecified","autonomy":"unknown","confidence":0.98,"rule":"notes.git-ai","evidence":"s_c9883b05a2487d::t_9f8e7d6c5b4a32 1-10"}`,
		`{"sha":"g","line":9,"error":"field \"parents\": neither a number nor a list of hashes"}`,
	}
	got := strings.Split(strings.TrimSpace(out.String()), "\n")
	for i := range want {
		if i >= len(got) || got[i] != want[i] {
			t.Fatalf("line %d:\n got %s\nwant %s", i+1, got[min(i, len(got)-1)], want[i])
		}
	}
}

// TestClassifyJSONLKeepsOrder over many blocks, with one line longer than any block.
func TestClassifyJSONLKeepsOrder(t *testing.T) {
	const lines = 5000
	var in, out bytes.Buffer
	for i := range lines {
		message := strings.Repeat("word ", i%400)
		if i == lines/2 {
			message = strings.Repeat("long ", 3<<20) + "\n\nCo-authored-by: Claude <noreply@anthropic.com>"
		}
		if err := json.NewEncoder(&in).Encode(map[string]any{"sha": fmt.Sprint(i), "message": message}); err != nil {
			t.Fatal(err)
		}
	}
	if err := ClassifyJSONL(&in, &out); err != nil {
		t.Fatal(err)
	}
	decoder := json.NewDecoder(&out)
	for i := range lines {
		var line outputLine
		if err := decoder.Decode(&line); err != nil {
			t.Fatal(err)
		}
		if line.SHA != fmt.Sprint(i) || (line.Class == AIAgent) != (i == lines/2) {
			t.Fatalf("line %d: %+v", i, line)
		}
	}
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, fmt.Errorf("disk full") }

func TestClassifyJSONLReportsWriteErrors(t *testing.T) {
	err := ClassifyJSONL(strings.NewReader(strings.Repeat("{\"sha\":\"a\",\"message\":\"x\"}\n", 50000)), brokenWriter{})
	if err == nil || !strings.Contains(err.Error(), "disk full") {
		t.Errorf("error %v", err)
	}
}
