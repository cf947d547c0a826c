package api

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/baserate/baserate/analysis"
	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/workbench"
)

// Options say what is served and to whom. Store, Ledger and Assets are required.
type Options struct {
	Store  *store.Store
	Ledger *analysis.Ledger
	// Assets are the built pages, index.html among them.
	Assets fs.FS
	// Ready returns nil when the database answers, and else why it does not; Store.Ping when nil.
	Ready func(context.Context) error
	// Progress returns the collections under way; nil when this process never collects.
	Progress func() []Running
	// Schedule is what collects; nil when this process never does.
	Schedule *Schedule
	// Control lets whoever reaches the server run and pause collections, also where it does not listen on a loopback address.
	Control bool
	// SQL runs what analysts write; nil where there is no account for them.
	SQL *workbench.Desk
	// Parquet runs a statement as the analysts' account and returns the file, whole or with an error at its end; nil where the
	// database cannot make one.
	Parquet func(ctx context.Context, sql string, params store.Params) (io.ReadCloser, error)
	// Alerts takes what Alertmanager sends to POST /hooks/alertmanager, and judges itself who may; nil for nobody.
	Alerts http.Handler
	// Fleet is which of the Fleets of this server is answered about; own when empty.
	Fleet  FleetID
	Fleets []FleetLink
	// Making returns how far a fleet is that is still being simulated, nil when it is there; nil when it was from the start.
	// Until then Store and Ledger may be nil.
	Making func() *Making
	// Demo answers what begins with /demo/, which it does not see; nil for nothing.
	Demo http.Handler
	// Docs are the pages at /docs/, as Markdown; nil for none.
	Docs fs.FS
	// Version is the program's, Definitions that of the rules that changes are derived by.
	Version     string
	Definitions int
	// Addr is where the server listens. On a loopback address it answers only to loopback names and to Hosts.
	Addr  string
	Hosts []string
	// Timeout bounds one request, 30 s when zero; exports may take ten times as long.
	Timeout time.Duration
	Log     *slog.Logger // slog.Default when nil
}

// Server answers HTTP requests. It is safe for concurrent use.
type Server struct {
	options Options
	log     *slog.Logger
	echo    *echo.Echo
	metrics *metrics
	answers *answers
	next    atomic.Pointer[Server] // what it became
}

// grace is how long requests in flight may take to end when the server stops.
const grace = 10 * time.Second

// New returns a server. It fails when the contract or the assets cannot be read.
func New(o Options) (*Server, error) {
	o.Timeout = cmp.Or(o.Timeout, 30*time.Second)
	o.Log = cmp.Or(o.Log, slog.Default())
	o.Fleet = cmp.Or(o.Fleet, Own)
	if o.Ready == nil {
		o.Ready = o.Store.Ping
	}
	s := &Server{options: o, log: o.Log, echo: echo.New(), metrics: newMetrics(o)}
	s.answers = newAnswers(s.dataVersion)
	s.echo.HTTPErrorHandler = s.answerError
	if err := s.routes(); err != nil {
		return nil, fmt.Errorf("api: %w", err)
	}
	return s, nil
}

// Become lets the server answer as New(o) would, from the next request on: for one that listens before its data are there.
func (s *Server) Become(o Options) error {
	next, err := New(o)
	if err == nil {
		s.next.Store(next)
	}
	return err
}

// making is how far the fleet is, nil when it is there.
func (o Options) making() *Making {
	if o.Making == nil {
		return nil
	}
	return o.Making()
}

const demo = "/demo"

// ServeHTTP answers one request. A HEAD request is a GET whose body net/http keeps back.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if next := s.next.Load(); next != nil {
		next.ServeHTTP(w, r)
		return
	}
	switch {
	case s.options.Demo != nil && r.URL.Path == demo:
		http.Redirect(w, r, demo+"/", http.StatusPermanentRedirect)
		return
	case s.options.Demo != nil && strings.HasPrefix(r.URL.Path, demo+"/"):
		http.StripPrefix(demo, s.options.Demo).ServeHTTP(w, r)
		return
	}
	if r.Method == http.MethodHead {
		r = r.Clone(r.Context())
		r.Method = http.MethodGet
	}
	s.echo.ServeHTTP(w, r)
}

// Serve answers requests on l until ctx ends, then lets those in flight finish, for ten seconds at most.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	requests, abandon := context.WithCancel(context.WithoutCancel(ctx))
	defer abandon()
	server := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       s.options.Timeout,
		WriteTimeout:      2 * s.options.Timeout,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
		BaseContext:       func(net.Listener) context.Context { return requests },
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serve %s: %w", l.Addr(), err)
	case <-ctx.Done():
	}
	deadline, cancel := context.WithTimeout(requests, grace)
	defer cancel()
	if err := server.Shutdown(deadline); err != nil {
		s.log.Warn("requests cut off", "after", grace, "error", err)
		return errors.Join(server.Close())
	}
	return nil
}
