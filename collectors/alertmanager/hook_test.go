package alertmanager_test

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/baserate/baserate/collectors/alertmanager"
	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

const (
	token  = "a-token-of-some-length"
	secret = "a-secret-of-some-length"
)

// hook serves a hook on loopback that saves into a real store; clock is what time it is there.
func hook(t *testing.T, s *store.Store, clock *time.Time) string {
	t.Helper()
	h, err := alertmanager.New(alertmanager.Options{Token: token, Secret: secret, Sink: s, Now: func() time.Time { return *clock }})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return server.URL + "/hooks/alertmanager"
}

// post sends a body, and returns the status and the ids of the answer.
func post(t *testing.T, url string, body []byte, headers ...string) (int, []string) {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, _ := io.ReadAll(answer.Body)
	var said struct {
		Error     string
		Incidents []string
	}
	if err := json.Unmarshal(text, &said); err != nil || answer.Header.Get("Content-Type") != "application/json" {
		t.Errorf("answer %q: %v", text, err)
	}
	if (answer.StatusCode == http.StatusOK) == (said.Error != "") {
		t.Errorf("answer %d with error %q", answer.StatusCode, said.Error)
	}
	return answer.StatusCode, said.Incidents
}

func sign(body []byte, key string) string {
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write(body)
	return "sha256=" + hex.EncodeToString(mac.Sum(nil))
}

type row struct {
	ID       string     `ch:"id"`
	Title    string     `ch:"title"`
	Severity uint8      `ch:"severity"`
	Started  time.Time  `ch:"started_at"`
	Resolved *time.Time `ch:"resolved_at"`
}

// stored are the incidents as the store has them, in words.
func stored(t *testing.T, s *store.Store) []string {
	t.Helper()
	rows, err := store.Select[row](context.Background(), s,
		"SELECT id, title, severity, started_at, resolved_at FROM incidents FINAL WHERE source = 'alertmanager' ORDER BY started_at", nil)
	if err != nil {
		t.Fatal(err)
	}
	return store.Column(rows, func(r *row) string {
		end := "…"
		if r.Resolved != nil {
			end = r.Resolved.UTC().Format("15:04")
		}
		return fmt.Sprintf("%s–%s sev%d %s", r.Started.UTC().Format("15:04"), end, r.Severity, r.Title)
	})
}

// A group's incident goes on while alerts of it come and go, ends when all have, and the next firing is another one. Notifications
// may come twice and late.
func TestEpisodes(t *testing.T) {
	s, clock := storetest.Open(t), now
	url := hook(t, s, &clock)
	send := func(want int, body []byte) string {
		t.Helper()
		status, ids := post(t, url, body, "Authorization", "Bearer "+token)
		if status != want || len(ids) != 1 {
			t.Fatalf("%d, %v", status, ids)
		}
		return ids[0]
	}
	a, b := alert("a", 0, 0, nil), alert("b", 5, 0, map[string]string{"severity": "critical"})
	first := send(200, notification("g", a))
	both := send(200, notification("g", a, b))
	moved := send(200, notification("g", alert("a", 0, 8, nil), b)) // a has ended, and is not named again
	alone := send(200, notification("g", b))
	end := send(200, notification("g", alert("b", 5, 20, map[string]string{"severity": "critical"})))
	late := send(200, notification("g", a, b)) // once more, from another server
	if ids := []string{both, moved, alone, end, late}; slices.ContainsFunc(ids, func(id string) bool { return id != first }) {
		t.Errorf("one incident, %s, has the ids %v", first, ids)
	}
	if got := stored(t, s); !slices.Equal(got, []string{"09:00–09:20 sev1 too many errors"}) {
		t.Errorf("after its end: %v", got)
	}
	again := send(200, notification("g", alert("a", 60, 0, nil)))
	other := send(200, notification("h", alert("a", 60, 0, nil)))
	if again == first || other == again || other == first {
		t.Errorf("ids of other incidents: %s, %s, %s", first, again, other)
	}
	clock = clock.AddDate(0, 0, 8) // the end of g was never told
	if anew := send(200, notification("g", alert("a", 8*24*60, 0, nil))); anew == again {
		t.Error("a group that was silent for a week goes on")
	}
	if got := stored(t, s); len(got) != 4 {
		t.Errorf("in the end: %v", got)
	}
}

// The same notifications in any order leave the same facts.
func TestOrder(t *testing.T) {
	s, clock := storetest.Open(t), now
	url := hook(t, s, &clock)
	a, ended := alert("a", 0, 0, nil), alert("a", 0, 30, nil)
	b, over := alert("b", 10, 0, nil), alert("b", 10, 25, nil)
	all := [][]map[string]any{{a}, {a, b}, {a, over}, {ended}}
	var want []string
	for group, order := range [][]int{{0, 1, 2, 3}, {1, 0, 3, 2}, {1, 3, 2, 0}, {0, 0, 1, 3, 3, 2}} {
		for _, n := range order {
			if status, _ := post(t, url, notification(fmt.Sprint("group ", group), all[n]...), "Authorization", "Bearer "+token); status != 200 {
				t.Fatal(status)
			}
		}
		want = append(want, "09:00–09:30 sev3 too many errors")
	}
	if got := stored(t, s); !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
}

func TestWhoMayCall(t *testing.T) {
	s, clock := storetest.Open(t), now
	url := hook(t, s, &clock)
	body := notification("g", alert("a", 0, 0, nil))
	large := append(bytes.Repeat([]byte(" "), 1<<20), body...)
	for name, c := range map[string]struct {
		want    int
		body    []byte
		headers []string
	}{
		"nobody":            {401, body, nil},
		"wrong token":       {401, body, []string{"Authorization", "Bearer " + token + "x"}},
		"another scheme":    {401, body, []string{"Authorization", "Basic " + token}},
		"token":             {200, body, []string{"Authorization", "bearer " + token}},
		"signature":         {200, body, []string{"X-Baserate-Signature", sign(body, secret)}},
		"of another body":   {401, body, []string{"X-Baserate-Signature", sign(body[1:], secret)}},
		"of another key":    {401, body, []string{"X-Baserate-Signature", sign(body, token)}},
		"no hex":            {401, body, []string{"X-Baserate-Signature", "sha256=zz"}},
		"another algorithm": {401, body, []string{"X-Baserate-Signature", strings.Replace(sign(body, secret), "sha256", "sha1", 1)}},
		"too large":         {413, large, []string{"Authorization", "Bearer " + token}},
		"too large, signed": {413, large, []string{"X-Baserate-Signature", sign(large, secret)}},
		"malformed":         {400, []byte(`{"version":"4"}`), []string{"Authorization", "Bearer " + token}},
		"heartbeat":         {200, notification("w", alert("w", 0, 0, map[string]string{"severity": "none"})), []string{"Authorization", "Bearer " + token}},
	} {
		if got, _ := post(t, url, c.body, c.headers...); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
	answer, err := http.Get(url)
	if err != nil || answer.StatusCode != http.StatusMethodNotAllowed || answer.Header.Get("Allow") != http.MethodPost {
		t.Errorf("GET: %v, %v", answer, err)
	}
	cover, err := s.Coverage(context.Background())
	if err != nil || len(cover.Sources) != 1 || cover.Sources[0].Source != "alertmanager" {
		t.Errorf("ledger: %+v, %v", cover.Sources, err)
	}
}

// A notification that cannot be saved is asked for again.
func TestStoreAway(t *testing.T) {
	s, clock := storetest.Open(t), now
	url := hook(t, s, &clock)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if status, _ := post(t, url, notification("g", alert("a", 0, 0, nil)), "Authorization", "Bearer "+token); status != http.StatusServiceUnavailable {
		t.Errorf("status %d", status)
	}
}

func TestOptions(t *testing.T) {
	_, err := alertmanager.New(alertmanager.Options{})
	if err == nil || !strings.Contains(err.Error(), "alertmanager.token") || !strings.Contains(err.Error(), "store") {
		t.Error(err)
	}
	_, err = alertmanager.New(alertmanager.Options{Token: "short", Secret: "short"})
	if err == nil || !strings.Contains(err.Error(), "alertmanager.token") || !strings.Contains(err.Error(), "alertmanager.secret") {
		t.Error(err)
	}
}
