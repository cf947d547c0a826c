package proof

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/baserate/baserate/collectors/alertmanager"
	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/storetest"
)

const hookToken = "a-token-of-the-hook"

// A real Alertmanager tells the hook of two alerts of one group. They fire, one ends, the other ends, they fire again: two
// incidents. Its first notification is kept but answered with an error, so that it comes again.
func TestRealAlertmanager(t *testing.T) {
	s := storetest.Open(t)
	hook, err := alertmanager.New(alertmanager.Options{Token: hookToken, Sink: s})
	if err != nil {
		t.Fatal(err)
	}
	var heard, kept atomic.Int64
	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer kept.Add(1)
		if heard.Add(1) > 1 {
			hook.ServeHTTP(w, r)
			return
		}
		hook.ServeHTTP(httptest.NewRecorder(), r)
		http.Error(w, "the connection behind me broke", http.StatusBadGateway)
	}))
	t.Cleanup(receiver.Close)
	url := startAlertmanager(t, receiver.URL+"/hooks/alertmanager")

	began := time.Now().Add(-time.Hour).UTC().Truncate(time.Second)
	alert(t, url, "a", began, time.Time{})
	alert(t, url, "b", began.Add(time.Minute), time.Time{})
	firing := line(t, "Checkout answers with errors", 1, began.Unix(), 0, "firing", []string{"checkout"}, "production")
	eventually(t, s, firing)
	waitFor(t, "the notification that was refused, again", func() bool { return heard.Load() > 1 })
	eventually(t, s, firing)

	alert(t, url, "a", began, began.Add(10*time.Minute))
	told := heard.Load()
	waitFor(t, "word of the first end", func() bool { return heard.Load() > told })
	eventually(t, s, firing)

	ended := began.Add(20 * time.Minute)
	alert(t, url, "b", began.Add(time.Minute), ended)
	resolved := line(t, "Checkout answers with errors", 1, began.Unix(), ended.Unix(), "resolved", []string{"checkout"}, "production")
	eventually(t, s, resolved)

	again := began.Add(40 * time.Minute)
	alert(t, url, "a", again, time.Time{})
	eventually(t, s, resolved, line(t, "Checkout answers with errors", 1, again.Unix(), 0, "firing", []string{"checkout"}, "production"))

	waitFor(t, "the last answer", func() bool { return kept.Load() == heard.Load() })
	want := line(t, "cause", "acme/shop", "c0ffee0000000000000000000000000000000000")
	for _, got := range pick(t, s, "causes", "role, repo, ref") {
		if got != want {
			t.Errorf("cause %s, want %s", got, want)
		}
	}
}

// alert tells Alertmanager of an alert of one instance; it fires while it has no end.
func alert(t *testing.T, url, instance string, began, ended time.Time) {
	t.Helper()
	one := map[string]any{
		"labels": map[string]string{
			"alertname": "CheckoutErrors", "service": "checkout", "env": "production", "severity": "critical", "instance": instance,
			"repo": "acme/shop", "commit": "c0ffee0000000000000000000000000000000000",
		},
		"annotations": map[string]string{"summary": "Checkout answers with errors"},
		"startsAt":    began,
	}
	if !ended.IsZero() {
		one["endsAt"] = ended
	}
	body, err := json.Marshal([]any{one})
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.Post(url+"/api/v2/alerts", "application/json", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		t.Fatalf("POST /api/v2/alerts: %s", resp.Status)
	}
}

// eventually waits until the incidents are these.
func eventually(t *testing.T, s *store.Store, want ...string) {
	t.Helper()
	var got []string
	waitFor(t, fmt.Sprintf("the incidents %q", want), func() bool {
		got = pick(t, s, "incidents", `title, severity, toUnixTimestamp(started_at), ifNull(toUnixTimestamp(resolved_at), 0), status, services, environment`)
		return fmt.Sprint(got) == fmt.Sprint(want)
	})
}

func waitFor(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if is() {
			return
		}
	}
	t.Fatalf("%s: not within 20 seconds", what)
}

// startAlertmanager starts one that speaks to a hook at once and to nobody else.
func startAlertmanager(t *testing.T, hook string) string {
	t.Helper()
	folder := t.TempDir()
	config := fmt.Sprintf(`
route: {receiver: baserate, group_by: [alertname, service], group_wait: 50ms, group_interval: 200ms, repeat_interval: 1h}
receivers:
  - name: baserate
    webhook_configs:
      - {url: %q, send_resolved: true, http_config: {authorization: {type: Bearer, credentials: %q}}}
`, hook, hookToken)
	if err := os.WriteFile(filepath.Join(folder, "am.yml"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	address := freeAddress(t)
	var log bytes.Buffer
	cmd := exec.Command(alertmanagerPath(t), "--config.file="+filepath.Join(folder, "am.yml"), "--storage.path="+folder,
		"--web.listen-address="+address, "--cluster.listen-address=")
	cmd.Stdout, cmd.Stderr = &log, &log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		if t.Failed() {
			t.Logf("alertmanager: %s", cut(log.String()))
		}
	})
	waitFor(t, "alertmanager", func() bool {
		resp, err := http.Get("http://" + address + "/-/ready")
		if err == nil {
			resp.Body.Close()
		}
		return err == nil && resp.StatusCode == http.StatusOK
	})
	return "http://" + address
}

func alertmanagerPath(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath(cmp.Or(os.Getenv("BASERATE_ALERTMANAGER"), "prometheus-alertmanager"))
	if err != nil {
		t.Fatalf("there is no Alertmanager: make need-alertmanager, or name one by BASERATE_ALERTMANAGER (%v)", err)
	}
	return path
}

func freeAddress(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
