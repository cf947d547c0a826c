package embedded

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// ErrNotRunning is in the error of [Attach] when no process runs an engine on the data folder.
var ErrNotRunning = errors.New("no engine is running")

// Credentials are one account of the engine.
type Credentials struct {
	User     string `json:"user"`
	Password string `json:"password"`
}

// Endpoint says how to reach a running engine over ClickHouse's native protocol. The passwords live as long as the
// process that started the engine.
type Endpoint struct {
	Addr    string      `json:"addr"`           // host:port, on loopback
	HTTP    string      `json:"http,omitempty"` // host:port of the HTTP interface, when it is open
	App     Credentials `json:"app"`            // may do everything
	Analyst Credentials `json:"analyst"`        // may read the analysts' database, within limits
	PID     int         `json:"pid"`            // the process that started the engine and holds the lock
}

// Ping signs in as the application and returns nil when the engine answers.
func (e Endpoint) Ping(ctx context.Context) error {
	return e.withConn(ctx, func(ctx context.Context, conn driver.Conn) error { return conn.Ping(ctx) })
}

// checkShadow fails unless the function file() is ours; see shadowFileFunction.
func (e Endpoint) checkShadow(ctx context.Context) error {
	const thrown = 395 // FUNCTION_THROW_IF_VALUE_IS_NON_ZERO
	return e.withConn(ctx, func(ctx context.Context, conn driver.Conn) error {
		err := conn.Exec(ctx, "SELECT file('/dev/null')")
		if said, ok := errors.AsType[*clickhouse.Exception](err); ok && said.Code == thrown {
			return nil
		}
		return fmt.Errorf("this libchdb lets analysts read files of this machine, because its function file() "+
			"cannot be replaced: use the version that store/embedded/package.json names (its answer: %v)", err)
	})
}

func (e Endpoint) withConn(ctx context.Context, do func(context.Context, driver.Conn) error) error {
	ctx, cancel := context.WithTimeout(ctx, pingTimeout)
	defer cancel()
	conn, err := clickhouse.Open(&clickhouse.Options{
		Addr:        []string{e.Addr},
		Auth:        clickhouse.Auth{Username: e.App.User, Password: e.App.Password},
		DialTimeout: 5 * time.Second,
	})
	if err != nil {
		return fmt.Errorf("engine at %s: %w", e.Addr, err)
	}
	defer conn.Close()
	if err := do(ctx, conn); err != nil {
		return fmt.Errorf("engine at %s: %w", e.Addr, err)
	}
	return nil
}

func endpointPath(dir string) string { return filepath.Join(dir, "engine.json") }

func publish(dir string, e Endpoint) error {
	text, err := json.MarshalIndent(e, "", "  ")
	if err != nil {
		return fmt.Errorf("publish the engine's address: %w", err)
	}
	return writePrivate(endpointPath(dir), append(text, '\n'))
}

func readEndpoint(dir string) (Endpoint, error) {
	var e Endpoint
	text, err := os.ReadFile(endpointPath(dir))
	if err != nil {
		return e, fmt.Errorf("read the engine's address: %w", err)
	}
	if err := json.Unmarshal(text, &e); err != nil {
		return e, fmt.Errorf("read the engine's address: %s: %w", endpointPath(dir), err)
	}
	return e, nil
}

// How long to wait for one answer, and for another process to have its engine answer at all.
const (
	pingTimeout   = 10 * time.Second
	attachTimeout = 30 * time.Second
)

// Attach returns the endpoint of the engine that another process runs on dir. While that process is still starting
// or restarting its engine, Attach waits, for half a minute at most. Its error is [ErrNotRunning] when nobody holds
// the folder.
func Attach(ctx context.Context, dir string) (Endpoint, error) {
	ctx, cancel := context.WithTimeout(ctx, attachTimeout)
	defer cancel()
	for {
		end, err := readEndpoint(dir)
		if err == nil {
			err = end.Ping(ctx)
		}
		if err == nil {
			return end, nil
		}
		held, lockErr := holderOf(dir)
		if lockErr != nil {
			return Endpoint{}, lockErr
		}
		if held == nil || held.dead {
			return Endpoint{}, fmt.Errorf("%w on data folder %s", ErrNotRunning, dir)
		}
		select {
		case <-ctx.Done():
			return Endpoint{}, fmt.Errorf("%w; its engine does not answer yet: %w", held, err)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// Open returns the engine of dir, whoever runs it: it attaches to the engine of the process that holds the folder, or
// starts one. Close ends only an engine that Open started.
func Open(ctx context.Context, o Options) (*Engine, error) {
	for {
		e, err := Start(ctx, o)
		var held *HeldError
		if !errors.As(err, &held) {
			return e, err
		}
		end, err := Attach(ctx, o.Dir)
		if err == nil {
			return &Engine{endpoint: end}, nil
		}
		if !errors.Is(err, ErrNotRunning) || ctx.Err() != nil {
			return nil, err
		}
	}
}
