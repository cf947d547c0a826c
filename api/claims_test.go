package api_test

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/analysis"
	"github.com/baserate/baserate/api"
	"github.com/baserate/baserate/derive"
	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/store"
)

// raw asks for a page and returns its bytes.
func raw(c *client, path string) []byte {
	c.t.Helper()
	response, body := c.do(httptest.NewRequest(http.MethodGet, path, nil))
	if response.StatusCode != http.StatusOK {
		c.t.Fatalf("GET %s: %d %s", path, response.StatusCode, body)
	}
	return body
}

// What was recorded is answered byte for byte, whatever came since, and a day before there were records says since when.
func answersAsOfADay(t *testing.T, c *client, s *store.Store) {
	ctx := context.Background()
	problem(c, httptest.NewRequest(http.MethodGet, "/api/v1/claims?as_of=2026-01-05", nil), "nothing_recorded", "as_of")
	if past := get[api.ClaimHistory](c, "/api/v1/claims/mistakes/history"); len(past.Items) != 0 {
		t.Errorf("a history before anything was recorded: %+v", past)
	}
	monday := time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)
	ledger := analysis.New(s)
	recordAt := func(now time.Time) {
		t.Helper()
		ledger.Now = func() time.Time { return now }
		encode := func(c analysis.Claim) ([]byte, error) { return api.EncodeClaim(c, &monday) }
		if err := ledger.Record(ctx, encode); err != nil {
			t.Fatal(err)
		}
	}
	recordAt(monday.Add(30 * time.Hour))
	first := raw(c, "/api/v1/claims?as_of=2026-01-08")
	one := raw(c, "/api/v1/claims/share?as_of=2026-01-05")

	b := (&history{repo: "acme/new", seed: 9})
	b.land(1, "somebody", "a change more")
	now := time.Now()
	news := record.Collection{Source: "git", Scope: b.repo, Stream: "history", StartedAt: now, FinishedAt: now, Status: record.StatusOK, Rows: 1}
	if err := s.Save(ctx, b.batch(), news); err != nil {
		t.Fatal(err)
	}
	recordAt(monday.AddDate(0, 0, 8))
	if again := raw(c, "/api/v1/claims?as_of=2026-01-11"); !bytes.Equal(bytes.Replace(again, []byte("2026-01-11"), []byte("2026-01-08"), 1), first) {
		t.Error("the answers of a closed week changed")
	}
	if again := raw(c, "/api/v1/claims/share?as_of=2026-01-11"); !bytes.Equal(again, one) {
		t.Errorf("an answer of a closed week changed:\n%s\n%s", again, one)
	}

	problem(c, httptest.NewRequest(http.MethodGet, "/api/v1/claims?as_of=2025-12-31", nil), "nothing_recorded", "as_of")
	problem(c, httptest.NewRequest(http.MethodGet, "/api/v1/claims?as_of=2200-01-01", nil), "invalid_parameter", "as_of")
	problem(c, httptest.NewRequest(http.MethodGet, "/api/v1/claims/nothing_such?as_of=2026-01-08", nil), "no_such_claim", "id")
	problem(c, httptest.NewRequest(http.MethodGet, "/api/v1/claims/nothing_such/history", nil), "no_such_claim", "id")

	past := get[api.ClaimHistory](c, "/api/v1/claims/share/history").Items
	if len(past) != 2 || past[0].Week.Format(time.DateOnly) != "2026-01-12" || past[1].Code != "described" || past[0].Flipped {
		t.Errorf("history: %+v", past)
	}
	digests(t, c)
	kept, err := ledger.AsOf(ctx, monday)
	if err != nil {
		t.Fatal(err)
	}
	decoded, err := api.DecodeRecorded(kept, monday, api.Context{Definitions: derive.Definitions})
	if err != nil {
		t.Fatal(err)
	}
	served := get[api.ClaimList](c, "/api/v1/claims?as_of=2026-01-05")
	if diff := cmp.Diff(served.Claims, decoded.Claims); diff != "" {
		t.Errorf("the API and the command line differ on a past week:\n%s", diff)
	}
}

// digests are of the two weeks that answersAsOfADay recorded.
func digests(t *testing.T, c *client) {
	newest, first := get[api.Digest](c, "/api/v1/digests/newest"), get[api.Digest](c, "/api/v1/digests/2026-W02")
	if newest.Week != "2026-W03" || newest.First || !newest.Over || newest.Before == nil || *newest.Before != "2026-W02" || newest.After != nil {
		t.Errorf("the newest digest: %+v", newest)
	}
	if first.Week != "2026-W02" || !first.First || first.Before != nil || first.After == nil || *first.After != "2026-W03" || len(first.Sections) < 3 {
		t.Errorf("the first digest: %+v", first)
	}
	text := raw(c, "/api/v1/digests/2026-W02/markdown")
	if !bytes.HasPrefix(text, []byte("# baserate, week 2026-W02 (from 5 Jan 2026)")) || !bytes.Contains(text, []byte("/claims/mistakes)")) {
		t.Errorf("the text: %s", text)
	}
	for week, code := range map[string]string{"2025-W53": "invalid_parameter", "2020-W01": "nothing_recorded", "2199-W01": "invalid_parameter", "last": "invalid_parameter"} {
		problem(c, httptest.NewRequest(http.MethodGet, "/api/v1/digests/"+week, nil), code, "week")
	}
}
