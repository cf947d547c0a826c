package proof

import (
	"errors"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/baserate/baserate/store/storetest"
)

// outage is a line on which calls whose path holds a text fail while it is down.
type outage struct {
	part string
	down atomic.Bool
}

// RoundTrip sends a call, or does not.
func (o *outage) RoundTrip(req *http.Request) (*http.Response, error) {
	if o.down.Load() && strings.Contains(req.URL.Path, o.part) {
		return nil, errors.New("no route to host")
	}
	return http.DefaultTransport.RoundTrip(req)
}

// A repository that cannot be read shows as failed while that lasts, beside one that can, and no longer when it was read again,
// even without news.
func TestFailureOfAPartPasses(t *testing.T) {
	f, s := newForge(t, "shop", "ledger"), storetest.Open(t)
	f.begin()
	c := newClock(f.now.Add(time.Hour))
	o := f.options(c)
	line := &outage{part: "/repos/acme/ledger/"}
	o.HTTP = line
	failed := func() []string {
		return lines(t, s, "SELECT concat(stream, ' ', scope) AS line FROM baserate.coverage WHERE status = 'failed' ORDER BY line")
	}
	gatherAll(t, s, o)
	if got := failed(); len(got) != 0 {
		t.Errorf("before: failed: %q", got)
	}
	c.pass(24 * time.Hour)
	line.down.Store(true)
	gather(t, s, o)
	if got := failed(); !strings.Contains(strings.Join(got, ","), "pull_requests acme/ledger") {
		t.Errorf("while acme/ledger cannot be read: failed: %q", got)
	}
	c.pass(24 * time.Hour)
	line.down.Store(false)
	gatherAll(t, s, o)
	if got := failed(); len(got) != 0 {
		t.Errorf("after: failed: %q", got)
	}
}
