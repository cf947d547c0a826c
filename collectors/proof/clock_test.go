package proof

import (
	"context"
	"sync"
	"time"
)

// clock is the time of a collection that does not want to wait: it passes when somebody sleeps.
type clock struct {
	mu     sync.Mutex
	now    time.Time
	waited time.Duration
}

func newClock(now time.Time) *clock { return &clock{now: now} }

// Now is in place of time.Now.
func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Sleep is in place of waiting.
func (c *clock) Sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	c.waited += d
	return ctx.Err()
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}
