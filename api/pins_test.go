package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"github.com/baserate/baserate/api"
	"github.com/baserate/baserate/attribution"
	"github.com/baserate/baserate/derive"
	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/store/storetest"
)

// A pinned answer keeps its bytes when the data change, in whatever order the keys of its address stand.
func TestPinnedAnswersStay(t *testing.T) {
	s := storetest.Open(t)
	fill(t, s)
	c := newClient(t, on(t, s))
	const figure, list = "/api/v1/figures/changes_weeks?from=2020-01-01&tier=0", "/api/v1/changes?class=unknown&limit=5"
	before := raw(c, figure)
	response, body := c.do(post("/api/v1/pins", `{"addresses": ["`+figure+`", "`+list+`"]}`))
	if response.StatusCode != http.StatusCreated {
		t.Fatalf("%d %s", response.StatusCode, body)
	}
	var pins api.Pins
	if err := json.Unmarshal(body, &pins); err != nil {
		t.Fatal(err)
	}
	asOf := "&as_of=" + url.QueryEscape(pins.AsOf.Format(time.RFC3339Nano))

	b := &history{repo: "acme/new", seed: 9}
	b.land(1, "somebody", "a change more")
	now := time.Now()
	news := record.Collection{Source: "git", Scope: b.repo, Stream: "history", StartedAt: now, FinishedAt: now, Status: record.StatusOK, Rows: 1}
	if err := s.Save(context.Background(), b.batch(), news); err != nil {
		t.Fatal(err)
	}
	deriver := derive.Deriver{Store: s, Classifier: attribution.Default()}
	if _, err := deriver.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(raw(c, figure), before) {
		t.Error("the figure did not change with the data: the test shows nothing")
	}
	if got := raw(c, "/api/v1/figures/changes_weeks?tier=0&from=2020-01-01"+asOf); !bytes.Equal(got, before) {
		t.Errorf("pinned: %s\nwant: %s", got, before)
	}
	if list := get[api.ChangeList](c, list+asOf); list.Limit != 5 {
		t.Errorf("%+v", list)
	}
	problem(c, httptest.NewRequest(http.MethodGet, "/api/v1/figures/changes_weeks?as_of=2026-01-01T00:00:00Z", nil), "nothing_recorded", "as_of")
	problem(c, httptest.NewRequest(http.MethodGet, "/api/v1/mix?as_of=Tuesday", nil), "invalid_parameter", "as_of")
}

func TestWhatCannotBePinned(t *testing.T) {
	c := newClient(t, serve(t))
	for _, address := range []string{"/metrics", "https://elsewhere/api/v1/mix", "/api/v1/changes.csv", "/api/v1/figures/none", "/api/v1/sql/history"} {
		problem(c, post("/api/v1/pins", `{"addresses": ["`+address+`"]}`), "invalid_body", "addresses")
	}
	problem(c, post("/api/v1/pins", `{"addresses": []}`), "invalid_body", "")
	foreign := post("/api/v1/pins", `{"addresses": ["/api/v1/mix"]}`)
	foreign.Header.Set("Sec-Fetch-Site", "cross-site")
	problem(c, foreign, "cross_origin", "Origin")
}
