package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/baserate/baserate/api"
	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/embedded"
	"github.com/baserate/baserate/store/storetest"
	"github.com/baserate/baserate/store/workbench"
)

// workshop is a server with a workbench on a fleet.
func workshop(t *testing.T, change ...func(*api.Options)) *api.Server {
	t.Helper()
	s, engine := storetest.OpenEngine(t)
	fill(t, s)
	desk := workbench.New(s, storetest.OpenAnalyst(t, engine))
	t.Cleanup(desk.Close)
	return on(t, s, append([]func(*api.Options){func(o *api.Options) { o.SQL = desk }}, change...)...)
}

// ask runs a statement and returns its id and all its events.
func ask(c *client, body string) (id, events string) {
	c.t.Helper()
	response, text := c.do(post("/api/v1/sql/queries", body))
	var started api.QueryStarted
	if err := json.Unmarshal(text, &started); response.StatusCode != http.StatusAccepted || err != nil {
		c.t.Fatalf("%s: %d %s", body, response.StatusCode, text)
	}
	response, text = c.do(httptest.NewRequest(http.MethodGet, "/api/v1/sql/queries/"+started.ID+"/events", nil))
	if kind := response.Header.Get("Content-Type"); kind != "text/event-stream" {
		c.t.Fatalf("%s %s", kind, text)
	}
	return started.ID, string(text)
}

func TestQueryEvents(t *testing.T) {
	c := newClient(t, workshop(t))
	id, events := ask(c, `{"sql": "SELECT {n:UInt64} + 1 AS more, count() > 0 AS some FROM changes", "params": {"n": "18446744073709551614"}}`)
	for _, want := range []string{
		"id: 1\nevent: meta\ndata: {\"columns\":[{\"name\":\"more\",\"type\":\"UInt64\"},{\"name\":\"some\",\"type\":\"UInt8\"}],\"id\":\"" + id + "\"}\n\n",
		"event: rows\ndata: {\"rows\":[[\"18446744073709551615\",1]]}\n\n",
		"event: done\ndata: {\"rows\":1,\"truncated\":false,\"limit\":10000,",
	} {
		if !strings.Contains(events, want) {
			t.Errorf("%q\nis not in\n%s", want, events)
		}
	}
	again := httptest.NewRequest(http.MethodGet, "/api/v1/sql/queries/"+id+"/events", nil)
	again.Header.Set("Last-Event-ID", "1")
	if _, rest := c.do(again); strings.Contains(string(rest), "event: meta") || !strings.Contains(string(rest), "event: done") {
		t.Errorf("after the first event: %s", rest)
	}
	if state := get[api.QueryState](c, "/api/v1/sql/queries/"+id); state.Status != "done" || state.Rows != 1 || state.Params["n"] == "" {
		t.Errorf("%+v", state)
	}
	if _, events := ask(c, `{"sql": "SELECT 1,\n FORM x y z"}`); !strings.Contains(events, `event: error`) || !strings.Contains(events, `"line":2,"col":9`) {
		t.Error(events)
	}
}

func TestQueryProblems(t *testing.T) {
	server := workshop(t)
	c := newClient(t, server)
	const unknown = "/api/v1/sql/queries/sql-aaaaaaaaaaaaaaaaaaaaaaaaaa"
	problem(c, post("/api/v1/sql/queries", `{"sql": "SELECT 1; SELECT 2"}`), "invalid_sql", "sql")
	problem(c, post("/api/v1/sql/plan", `{"sql": "-- nothing"}`), "invalid_sql", "sql")
	problem(c, post("/api/v1/sql/queries", `{"sql": "`+strings.Repeat("x", 50_001)+`"}`), "invalid_body", "")
	problem(c, post("/api/v1/sql/queries", `{"statement": 1}`), "invalid_body", "")
	for _, path := range []string{"", "/events", "/csv"} {
		problem(c, httptest.NewRequest(http.MethodGet, unknown+path, nil), "no_such_query", "id")
	}
	problem(c, httptest.NewRequest(http.MethodDelete, unknown, nil), "no_such_query", "id")
	problem(c, httptest.NewRequest(http.MethodGet, unknown+"/parquet", nil), "sql_off", "")
	problem(c, httptest.NewRequest(http.MethodGet, "/api/v1/sql/queries", nil), "method_not_allowed", "")
	foreign := post("/api/v1/sql/queries", `{"sql": "SELECT 1"}`)
	foreign.Header.Set("Sec-Fetch-Site", "cross-site")
	problem(c, foreign, "cross_origin", "Origin")

	id, _ := ask(c, `{"sql": "SELECT 1 SETTINGS max_threads = 1000"}`)
	problem(c, httptest.NewRequest(http.MethodGet, "/api/v1/sql/queries/"+id+"/csv", nil), "query_failed", "")
	none := newClient(t, serve(t))
	problem(none, post("/api/v1/sql/queries", `{"sql": "SELECT 1"}`), "sql_off", "")
}

// Cancelling answers when nothing runs any more, and who listened is told.
func TestCancelQuery(t *testing.T) {
	c := newClient(t, workshop(t))
	_, text := c.do(post("/api/v1/sql/queries", `{"sql": "SELECT count() FROM numbers(1e9) a, numbers(1e9) b WHERE a.number * b.number = 7"}`))
	var started api.QueryStarted
	if err := json.Unmarshal(text, &started); err != nil {
		t.Fatal(err)
	}
	path := "/api/v1/sql/queries/" + started.ID
	for range 200 {
		if get[api.QueryState](c, path).Progress.ReadRows > 0 {
			break
		}
		time.Sleep(25 * time.Millisecond)
	}
	response, text := c.do(httptest.NewRequest(http.MethodDelete, path, nil))
	if response.StatusCode != http.StatusOK || !strings.Contains(string(text), `"status":"cancelled"`) {
		t.Fatalf("%d %s", response.StatusCode, text)
	}
	if _, events := c.do(httptest.NewRequest(http.MethodGet, path+"/events", nil)); !strings.Contains(string(events), `"code":"cancelled"`) {
		t.Errorf("%s", events)
	}
}

func TestQueryCSV(t *testing.T) {
	c := newClient(t, workshop(t))
	id, _ := ask(c, `{"sql": "SELECT '=1+1' AS a, -1 AS b, NULL AS c, '' AS d, toInt64(number) AS e FROM numbers(12000)"}`)
	response, text := c.do(httptest.NewRequest(http.MethodGet, "/api/v1/sql/queries/"+id+"/csv", nil))
	if name := response.Header.Get("Content-Disposition"); !strings.Contains(name, id+"-complete.csv") {
		t.Error(name)
	}
	var rows []string
	for line := range strings.Lines(string(text)) {
		if !strings.HasPrefix(line, "#") {
			rows = append(rows, line)
		}
	}
	if len(rows) != 12001 || rows[0] != "a,b,c,d,e\n" || rows[12000] != "'=1+1,-1,\\N,,11999\n" {
		t.Errorf("%d rows, %q … %q", len(rows), rows[0], rows[len(rows)-1])
	}
	for _, want := range []string{"# statement: \"SELECT '=1+1'", "# rows: all", "# data to: ", "# definitions: "} {
		if !strings.Contains(string(text), want) {
			t.Errorf("%q is not in the file", want)
		}
	}
	response, text = c.do(httptest.NewRequest(http.MethodGet, "/api/v1/sql/queries/"+id+"/csv?first=10", nil))
	if name := response.Header.Get("Content-Disposition"); !strings.Contains(name, "-first-10.csv") || !strings.Contains(string(text), "# rows: the first 10") {
		t.Errorf("%s %.300s", name, text)
	}
}

// A file that cannot be whole breaks off: no client takes it for all there is.
func TestQueryCSVBreaksOff(t *testing.T) {
	workshop := workshop(t)
	server := httptest.NewServer(workshop)
	defer server.Close()
	c := newClient(t, workshop)
	id, _ := ask(c, `{"sql": "SELECT throwIf(number = 200000) FROM numbers(300000) SETTINGS max_block_size = 1000"}`)
	response, err := http.Get(server.URL + "/api/v1/sql/queries/" + id + "/csv")
	if err != nil {
		return // broken off before the client had the first byte
	}
	defer response.Body.Close()
	if n, err := io.Copy(io.Discard, response.Body); err == nil {
		t.Errorf("%d, %d bytes and no error", response.StatusCode, n)
	}
}

func TestQueryParquet(t *testing.T) {
	engine, err := embedded.Start(t.Context(), embedded.Options{Dir: t.TempDir(), AnalystDatabase: "default", HTTPPort: embedded.AnyPort, MemoryLimit: 4 << 30})
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	app, _ := storetest.OpenEngine(t)
	desk := workbench.New(app, app)
	defer desk.Close()
	c := newClient(t, on(t, app, func(o *api.Options) {
		o.SQL = desk
		o.Parquet = func(ctx context.Context, sql string, p store.Params) (io.ReadCloser, error) {
			encoded, err := p.Encoded()
			if err != nil {
				return nil, err
			}
			return engine.Endpoint().Parquet(ctx, sql, encoded)
		}
	}))
	for sql, whole := range map[string]bool{
		"SELECT number, toString(number) AS text FROM numbers({n:UInt32})": true,
		"SELECT number FROM numbers({n:UInt32}) FORMAT CSV":                false,
		"SELECT nope + {n:UInt32}":                                         false,
	} {
		body, err := json.Marshal(api.QueryRequest{SQL: sql, Params: &api.QueryParams{"n": "30000"}})
		if err != nil {
			t.Fatal(err)
		}
		id, _ := ask(c, string(body))
		response, file := c.do(httptest.NewRequest(http.MethodGet, "/api/v1/sql/queries/"+id+"/parquet", nil))
		is := response.StatusCode == http.StatusOK && bytes.HasPrefix(file, []byte("PAR1")) && bytes.HasSuffix(file, []byte("PAR1"))
		if is != whole {
			t.Errorf("%s: %d, %d bytes %.200s", sql, response.StatusCode, len(file), file)
		}
	}
}

func TestShelf(t *testing.T) {
	c := newClient(t, workshop(t))
	put := func(path, body string) *http.Request {
		r := post(path, body)
		r.Method = http.MethodPut
		return r
	}
	const at = "/api/v1/sql/saved/by-week"
	response, text := c.do(put(at, `{"name": "By week", "sql": "SELECT {n:UInt8}", "params": {"n": "1"}}`))
	if response.StatusCode != http.StatusOK {
		t.Fatalf("%d %s", response.StatusCode, text)
	}
	if saved := get[api.SavedQuery](c, at); saved.Name != "By week" || saved.Params["n"] != "1" {
		t.Errorf("%+v", saved)
	}
	if list := get[api.SavedQueries](c, "/api/v1/sql/saved"); len(list.Items) != 1 || !list.CanSave {
		t.Errorf("%+v", list)
	}
	problem(c, put("/api/v1/sql/saved/By_Week", `{"name": "x", "sql": "x"}`), "invalid_parameter", "slug")
	if response, _ := c.do(httptest.NewRequest(http.MethodDelete, at, nil)); response.StatusCode != http.StatusNoContent {
		t.Error(response.StatusCode)
	}
	problem(c, httptest.NewRequest(http.MethodGet, at, nil), "no_such_saved_query", "slug")
	problem(c, httptest.NewRequest(http.MethodDelete, at, nil), "no_such_saved_query", "slug")
}

// Where others can reach the server they may ask, but not leave anything there.
func TestSavingWhereOthersReach(t *testing.T) {
	c := newClient(t, workshop(t, func(o *api.Options) { o.Addr = "0.0.0.0:8080" }))
	if _, events := ask(c, `{"sql": "SELECT 1"}`); !strings.Contains(events, "event: done") {
		t.Error(events)
	}
	save := post("/api/v1/sql/saved/x", `{"name": "x", "sql": "SELECT 1"}`)
	save.Method = http.MethodPut
	problem(c, save, "saving_off", "")
	if list := get[api.SavedQueries](c, "/api/v1/sql/saved"); list.CanSave {
		t.Error("the list says that queries can be saved")
	}
}

func TestSQLSchemaPlanAndHistory(t *testing.T) {
	c := newClient(t, workshop(t))
	schema := get[api.SQLSchema](c, "/api/v1/sql/schema")
	if len(schema.Tables) < 8 || schema.Limits.Seconds != 30 || schema.Limits.ShownRows != workbench.ShownRows {
		t.Errorf("%d views, %+v", len(schema.Tables), schema.Limits)
	}
	if v := get[api.SQLVocabulary](c, "/api/v1/sql/vocabulary"); len(v.Functions) < 1000 || len(v.Keywords) < 200 {
		t.Errorf("%d functions, %d keywords", len(v.Functions), len(v.Keywords))
	}
	_, text := c.do(post("/api/v1/sql/plan", `{"sql": "SELECT count() FROM changes WHERE tier = 1"}`))
	var plan api.QueryPlan
	if err := json.Unmarshal(text, &plan); err != nil || plan.Rows == 0 || plan.Error != nil || len(plan.Parts) == 0 {
		t.Errorf("%s, %v", text, err)
	}
	id, _ := ask(c, `{"sql": "SELECT 7"}`)
	ask(c, `{"sql": "SELECT 8"}`)
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	for {
		history := get[api.SQLHistory](c, "/api/v1/sql/history?limit=1")
		if history.Truncated && len(history.Items) == 1 && history.Items[0].SQL == "SELECT 8" {
			break
		}
		if ctx.Err() != nil {
			t.Fatalf("%+v", history)
		}
		time.Sleep(20 * time.Millisecond)
	}
	if state := get[api.QueryState](c, "/api/v1/sql/queries/"+id); state.Status != "done" {
		t.Errorf("%+v", state)
	}
}
