package api_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/storetest"
)

// BenchmarkFloor is the least that any answer costs: a query that reads nothing.
func BenchmarkFloor(b *testing.B) {
	s := storetest.Open(b)
	for b.Loop() {
		if _, err := store.Select[struct {
			One uint8 `ch:"one"`
		}](b.Context(), s, "SELECT 1 AS one", nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkClaims(b *testing.B)      { benchmark(b, "/api/v1/claims") }
func BenchmarkChangesPage(b *testing.B) { benchmark(b, "/api/v1/changes?class=ai_agent,ai_assisted") }
func BenchmarkCoverage(b *testing.B)    { benchmark(b, "/api/v1/coverage") }
func BenchmarkPages(b *testing.B)       { benchmark(b, "/changes") }

func benchmark(b *testing.B, path string) {
	server := serve(b)
	for b.Loop() {
		recorder := httptest.NewRecorder()
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.Host = "localhost"
		r.Header.Set("Accept", "text/html")
		server.ServeHTTP(recorder, r)
		if recorder.Code != http.StatusOK {
			b.Fatalf("%d %s", recorder.Code, recorder.Body)
		}
	}
}
