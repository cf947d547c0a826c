package embedded

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/cenkalti/backoff/v5"
)

// A run of the engine this long counts as healthy: the next restart is prompt again.
const healthyRun = time.Minute

// errClosed is why a closed engine does not answer.
var errClosed = errors.New("engine is closed")

// supervise keeps an engine running until ctx ends, and then stops it.
func (e *Engine) supervise(ctx context.Context, p *process) {
	defer close(e.stopped)
	wait := restartBackoff()
	for begin := time.Now(); ; begin = time.Now() {
		select {
		case <-ctx.Done():
			e.setDown(errClosed)
			e.closed = p.stop(e.options.StopTimeout)
			return
		case <-p.exited:
		}
		p.terminal.Close()
		if time.Since(begin) > healthyRun {
			wait.Reset()
		}
		e.setDown(p.death())
		e.options.Log.Error("engine ended, restarting", "addr", e.endpoint.Addr, "error", p.death())
		if p = e.restart(ctx, wait); p == nil {
			e.setDown(errClosed)
			return
		}
		e.setDown(nil)
	}
}

// restart tries until an engine answers; it returns nil when ctx ends before.
func (e *Engine) restart(ctx context.Context, wait *backoff.ExponentialBackOff) *process {
	for attempt := 1; ; attempt++ {
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(wait.NextBackOff()):
		}
		p, err := e.startProcess(ctx)
		if err == nil {
			e.options.Log.Info("engine restarted", "addr", e.endpoint.Addr, "attempt", attempt)
			return p
		}
		if ctx.Err() != nil {
			return nil
		}
		e.setDown(fmt.Errorf("engine could not be restarted, %d attempts: %w", attempt, err))
		e.options.Log.Error("restart engine", "attempt", attempt, "error", err)
	}
}

func restartBackoff() *backoff.ExponentialBackOff {
	b := backoff.NewExponentialBackOff()
	b.InitialInterval, b.Multiplier, b.MaxInterval = 50*time.Millisecond, 2, 15*time.Second
	return b
}

func (e *Engine) setDown(reason error) {
	e.mu.Lock()
	e.down = reason
	e.mu.Unlock()
}

func (e *Engine) setPID(pid int) {
	e.mu.Lock()
	e.pid = pid
	e.mu.Unlock()
}
