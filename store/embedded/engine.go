package embedded

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strconv"
	"sync"
	"time"
)

// Engine is ClickHouse running for this process: started and supervised by it, or only attached to.
type Engine struct {
	endpoint Endpoint
	options  Options
	config   string
	port     *reservation
	http     *reservation // nil when the HTTP interface is shut
	lock     *os.File     // nil for an engine that another process runs

	stop    context.CancelFunc // ends supervision
	stopped chan struct{}      // closed when it has ended
	close   sync.Once
	closed  error

	mu   sync.Mutex
	down error // why the engine does not answer now; nil when it does
	pid  int   // of the child started last
}

// startTimeout bounds one start of the engine: with many tables and a cold disk it may take a while.
const startTimeout = 2 * time.Minute

// Start takes the lock on o.Dir, starts an engine there and returns when it answers. It fails with a [HeldError]
// when another process holds the folder.
func Start(ctx context.Context, o Options) (*Engine, error) {
	o, err := o.complete()
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(engineFolder(o.Dir), 0o700); err != nil {
		return nil, fmt.Errorf("embedded engine: %w", err)
	}
	e := &Engine{options: o, stopped: make(chan struct{})}
	if e.lock, err = lockFolder(ctx, o.Dir, o.Command); err != nil {
		return nil, err
	}
	if err := e.start(ctx); err != nil {
		e.release()
		return nil, fmt.Errorf("embedded engine on %s: %w", o.Dir, err)
	}
	return e, nil
}

// start does what Start does once the lock is held.
func (e *Engine) start(ctx context.Context) (err error) {
	if e.options.Library == "" {
		if e.options.Library, err = FindLibrary(); err != nil {
			return err
		}
	}
	if err := e.reservePorts(); err != nil {
		return err
	}
	e.endpoint = newEndpoint(e.port.port, e.options.HTTPPort)
	if e.config, err = writeConfig(e.options, e.endpoint, e.port.port); err != nil {
		return err
	}
	p, err := e.startProcess(ctx)
	if err != nil {
		return err
	}
	if err := publish(e.options.Dir, e.endpoint); err != nil {
		return errors.Join(err, p.stop(e.options.StopTimeout))
	}
	supervised, stop := context.WithCancel(context.Background())
	e.stop = stop
	go e.supervise(supervised, p)
	return nil
}

func (e *Engine) reservePorts() (err error) {
	if e.port, err = reservePort(e.options.Port); err != nil || e.options.HTTPPort == 0 {
		return err
	}
	if e.http, err = reservePort(max(0, e.options.HTTPPort)); err == nil {
		e.options.HTTPPort = e.http.port
	}
	return err
}

// startProcess starts the child and returns it when it answers; otherwise none is left behind.
func (e *Engine) startProcess(ctx context.Context) (*process, error) {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	begin := time.Now()
	p, err := startProcess(e.options, e.config, e.lock)
	if err != nil {
		return nil, err
	}
	e.setPID(p.cmd.Process.Pid)
	err = p.waitAnswer(ctx, e.endpoint)
	if err == nil {
		err = e.endpoint.checkShadow(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, p.stop(e.options.StopTimeout))
	}
	e.options.Log.Debug("engine answers", "addr", e.endpoint.Addr, "pid", p.cmd.Process.Pid, "after", time.Since(begin))
	return p, nil
}

func newEndpoint(port, httpPort int) Endpoint {
	e := Endpoint{
		Addr:    loopback(port),
		App:     Credentials{User: appUser, Password: newPassword()},
		Analyst: Credentials{User: analystUser, Password: newPassword()},
		PID:     os.Getpid(),
	}
	if httpPort != 0 {
		e.HTTP = loopback(httpPort)
	}
	return e
}

func loopback(port int) string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(port)) }

// Endpoint returns the address and the accounts. They stay the same when the engine is restarted.
func (e *Engine) Endpoint() Endpoint { return e.endpoint }

// Attached reports whether another process runs the engine.
func (e *Engine) Attached() bool { return e.lock == nil }

// Ready returns nil when the engine answers now, and otherwise why it does not.
func (e *Engine) Ready(ctx context.Context) error {
	e.mu.Lock()
	down := e.down
	e.mu.Unlock()
	if down != nil {
		return down
	}
	return e.endpoint.Ping(ctx)
}

// Close shuts the engine down and frees the folder. Queries that are running get to their end, or are cut off at
// Options.StopTimeout. Close of an attached engine does nothing to it. Calling it again returns the same error.
func (e *Engine) Close() error {
	if e.Attached() {
		return nil
	}
	e.close.Do(func() {
		e.stop()
		<-e.stopped
		e.release()
	})
	return e.closed
}

// release undoes start in reverse. Files first and the lock last: who gets the lock next finds nothing stale.
func (e *Engine) release() {
	os.Remove(endpointPath(e.options.Dir))
	for _, port := range []*reservation{e.http, e.port} {
		if port != nil {
			port.release()
		}
	}
	e.lock.Close()
}
